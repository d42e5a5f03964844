//! Reads a CASE package. Strictness ends where real packages begin: what is
//! meant is read, and how far it was from the standard is listed.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::case_hierarchy::Hierarchy;
use super::case_links::{as_uuid, uuid_in_uri};
use super::case_shape::{ASSOCIATION, Class, DEFINITIONS, DOCUMENT, ITEM, RUBRIC, many, normalise, place};
use super::report::Report;
use super::text::{bounded, clean_html, line, some, tidy};
use super::tree::{Planted, in_tree_order};
use super::{
    ExchangeDetails, ExchangeNode, ExchangeSet, Format, Parsed, TextFormat, bounds, case_rubric,
    case_write, detail_text, detect, json, text,
};

type Object = Map<String, Value>;

/// Reads a CASE 1.0 or 1.1 package (CFPackage), wrapped or bare.
pub fn parse(bytes: &[u8]) -> Parsed {
    let mut report = Report::default();
    match detect::readable(bytes) {
        Ok(text) => read(text, report),
        Err(message) => {
            report.refuse("file", message);
            report.into_parsed(Some(Format::Case), None)
        }
    }
}

pub(super) fn read(text: &str, mut report: Report) -> Parsed {
    let set = match json::read(text) {
        Ok((value, repeated)) => {
            for key in repeated {
                let key = text::cut(&key, 100);
                report.note("file", format!("The key “{key}” stands twice in one object; the last one counts."));
            }
            package(value, &mut report).map(|package| read_package(package, &mut report))
        }
        Err(message) => {
            report.refuse("file", message);
            None
        }
    };
    report.into_parsed(Some(Format::Case), set)
}

/// The package itself, out of the wrappers that are met; or why there is none.
fn package(value: Value, report: &mut Report) -> Option<Object> {
    let mut value = value;
    for _ in 0..3 {
        value = match value {
            Value::Array(mut list) if list.len() == 1 => list.remove(0),
            Value::Object(mut object) if object.contains_key("CFPackage") => {
                report.lenient("The package is wrapped in CFPackage", "file");
                object.remove("CFPackage").unwrap_or_default()
            }
            other => other,
        };
    }
    let object = match value {
        Value::Object(object) if object.contains_key("CFDocument") => return Some(object),
        Value::Object(object) => object,
        _ => Object::new(),
    };
    let has = |key: &str| object.keys().any(|own| own == key || own.starts_with(key));
    let message = if has("imsx_") {
        "This is the error answer of a CASE service, not a package."
    } else if has("CFDocuments") {
        "This is a list of CASE documents. Fetch the package of one of them (…/CFPackages/{identifier}) and choose that."
    } else if has("CFItems") || has("CFAssociations") {
        "The package has no CFDocument, so the set has no identifier and no title."
    } else if has("fullStatement") {
        "This is a single CASE item. Fetch the whole package (…/CFPackages/{identifier}) and choose that."
    } else {
        "This is JSON, but not a CASE package: there is no CFDocument in it."
    };
    report.refuse("file", message);
    None
}

fn read_package(mut package: Object, report: &mut Report) -> ExchangeSet {
    let mut list = |key: &str, class: &'static Class, report: &mut Report| -> Vec<Object> {
        let given = package.remove(key).unwrap_or_else(|| json!([]));
        many(class, key, given, "file", report).into_iter().map(|one| normalise(class, one, report)).collect()
    };
    let documents = list("CFDocument", &DOCUMENT, report);
    let items = list("CFItems", &ITEM, report);
    let associations = list("CFAssociations", &ASSOCIATION, report);
    let rubrics = list("CFRubrics", &RUBRIC, report);
    let mut definitions = list("CFDefinitions", &DEFINITIONS, report).into_iter().next().unwrap_or_default();
    let extensions = package.remove("extensions").filter(|value| !value.is_null());
    for key in package.keys() {
        report.skip("file", format!("The package has a part “{}” that CASE does not know; it is left out.", text::cut(key, 100)));
    }

    let mut document = documents.into_iter().next().unwrap_or_default();
    let mut set = read_document(&mut document, &definitions, report);
    let alias = document.remove("uri").as_ref().and_then(Value::as_str).and_then(uuid_in_uri);
    let nodes = read_items(items, set.identifier, &mut definitions, report);
    let known: HashSet<Uuid> = nodes.iter().map(|(planted, _)| planted.node.identifier).collect();
    let mut hierarchy = Hierarchy::new(set.identifier, alias, known);
    for association in associations {
        hierarchy.add(association, report);
    }
    set.nodes = in_tree_order(hierarchy.place(nodes, report), report);
    let held: HashSet<Uuid> = set.nodes.iter().map(|node| node.identifier).collect();
    set.references = hierarchy.references;
    set.references.retain(|reference| held.contains(&reference.from) && held.contains(&reference.to));

    let scale = case_rubric::read(rubrics, set.identifier, report);
    set.scale = scale.levels;
    let own = case_write::Generated::new(set.identifier);
    own.remove_from(&mut document, &mut definitions);
    let moodle = own_extension(&mut document, "moodle");
    let mut case = Object::new();
    for (key, value) in [
        ("document", Value::Object(document)),
        ("definitions", Value::Object(definitions)),
        ("scaleRubric", scale.kept.unwrap_or_default()),
        ("rubrics", Value::Array(scale.others)),
        ("associations", Value::Array(hierarchy.outside)),
        ("extensions", extensions.unwrap_or_default()),
    ] {
        keep(&mut case, key, value);
    }
    set.extra = extra(case, moodle);
    set
}

/// Takes out of the document what Carrel interprets; the rest stays.
fn read_document(document: &mut Object, definitions: &Object, report: &mut Report) -> ExchangeSet {
    let place = place(&DOCUMENT, document);
    let identifier = identifier(document);
    if identifier.is_none() {
        report.refuse(place.as_str(), "The document has no identifier (a UUID).");
    }
    document.remove("identifier");
    document.remove("caseVersion");
    let mut set = ExchangeSet { identifier: identifier.unwrap_or_default(), ..ExchangeSet::default() };
    set.title = line(&bounded(take(document, "title"), "title", bounds::STATEMENT, &place, report));
    if set.title.is_empty() {
        report.refuse(place.as_str(), "The document has no title.");
    }
    set.description_format = format_of(document);
    set.description = described(take(document, "description"), set.description_format, &place, report);
    let short = |key: &str, document: &mut Object, report: &mut Report| {
        some(bounded(line(&take(document, key)), key, bounds::STATEMENT, &place, report))
    };
    set.language = short("language", document, report);
    set.creator = short("creator", document, report);
    if set.creator.is_none() {
        report.lenient("CFDocument.creator is missing", &place);
    }
    set.external_id = own_extension(document, "externalId").and_then(|id| some(line(id.as_str()?)));
    set.licence = licence(document.get("licenseURI"), definitions);
    set
}

/// The licence by name; a link titled with nothing but its address is looked up
/// among the package's licences.
fn licence(link: Option<&Value>, definitions: &Object) -> Option<String> {
    let link = link?;
    let licences = definitions.get("CFLicenses").and_then(Value::as_array);
    let named = licences.into_iter().flatten().find(|licence| {
        licence.get("identifier").is_some_and(|own| link.get("identifier") == Some(own))
    });
    let title = link.get("title").filter(|title| link.get("uri") != Some(title));
    let title = title.or_else(|| named?.get("title")).or_else(|| link.get("uri"))?;
    some(text::cut(&line(title.as_str()?), bounds::STATEMENT).to_owned())
}

/// Nodes without their parents, each with its enumeration for the order.
fn read_items(
    items: Vec<Object>,
    document: Uuid,
    definitions: &mut Object,
    report: &mut Report,
) -> Vec<(Planted, String)> {
    let mut seen = HashSet::from([document]);
    let mut nodes = Vec::new();
    let mut kinds = Kinds::new(definitions);
    if items.len() > bounds::NODES {
        report.refuse("file", format!("The set has {} items; at most {} can be imported.", items.len(), bounds::NODES));
    }
    for (at, item) in items.into_iter().enumerate().take(bounds::NODES) {
        let place = place(&ITEM, &item);
        let Some(identifier) = identifier(&item) else {
            report.refuse(format!("{place} (entry {})", at + 1), "The item has no identifier (a UUID).");
            continue;
        };
        if !seen.insert(identifier) {
            report.refuse(place.as_str(), "The identifier stands more than once; only the first is shown.");
            continue;
        }
        if let Some(node) = read_item(identifier, item, &mut kinds, &place, report) {
            let enumeration = node.extra.pointer("/case/listEnumeration").and_then(Value::as_str);
            let enumeration = enumeration.unwrap_or_default().to_owned();
            nodes.push((Planted { node, place, parent_name: String::new() }, enumeration));
        }
    }
    kinds.add_missing(definitions);
    nodes
}

fn read_item(
    identifier: Uuid,
    mut item: Object,
    kinds: &mut Kinds,
    place: &str,
    report: &mut Report,
) -> Option<ExchangeNode> {
    item.remove("identifier");
    item.remove("uri");
    let mut title = take(&mut item, "fullStatement");
    if title.is_empty() {
        title = item.get("abbreviatedStatement").and_then(Value::as_str).unwrap_or_default().to_owned();
        if title.is_empty() {
            report.refuse(place, "The item has no statement (fullStatement).");
            return None;
        }
        report.lenient("CFItem.fullStatement is missing; the abbreviated statement stands in", place);
    }
    let mut node = ExchangeNode { identifier, ..ExchangeNode::default() };
    node.title = bounded(title, "statement", bounds::STATEMENT, place, report);
    node.code = some(bounded(line(&take(&mut item, "humanCodingScheme")), "code", bounds::CODE, place, report));
    node.kind = kinds.of(&mut item).map(|kind| bounded(kind, "item type", bounds::CODE, place, report));
    node.description_format = format_of(&mut item);
    node.details = details(own_extension(&mut item, "details"), place, report);
    let notes = take(&mut item, "notes");
    let notes = detail_text::detach(&notes, &node.details, node.description_format);
    node.description = described(notes, node.description_format, place, report);
    node.external_id = own_extension(&mut item, "externalId").and_then(|id| some(line(id.as_str()?)));
    let moodle = own_extension(&mut item, "moodle");
    node.extra = extra(item, moodle);
    if node.extra.to_string().len() > bounds::EXTRA_BYTES {
        report.skip(place, "The fields that Carrel does not use are too large to keep and are left out.");
        node.extra = Value::Null;
    }
    Some(node)
}

/// Notes or a description, within bounds, and safe where it is HTML.
fn described(text: String, format: TextFormat, place: &str, report: &mut Report) -> String {
    let text = bounded(text, "description", bounds::DESCRIPTION, place, report);
    if format == TextFormat::Html { clean_html(&text, place, report) } else { text }
}

/// The details as Carrel writes them into an item's extensions.
fn details(value: Option<Value>, place: &str, report: &mut Report) -> ExchangeDetails {
    let mut details = ExchangeDetails::default();
    let Some(Value::Object(mut given)) = value else { return details };
    for (at, key) in ["knowledge", "skills", "attitudes", "behaviours"].iter().enumerate() {
        let Some(Value::Array(entries)) = given.remove(*key) else { continue };
        if entries.len() > bounds::DETAILS {
            report.refuse(place, format!("There are more than {} entries under {key}.", bounds::DETAILS));
        }
        let entries = entries.iter().take(bounds::DETAILS).filter_map(Value::as_str).map(tidy);
        let entries = entries.filter(|entry| !entry.is_empty());
        let entries = entries.map(|entry| bounded(entry, key, bounds::STATEMENT, place, report));
        *details.section_mut(at) = entries.collect();
    }
    details
}

fn identifier(object: &Object) -> Option<Uuid> {
    let own = object.get("identifier").and_then(as_uuid);
    own.or_else(|| uuid_in_uri(object.get("uri")?.as_str()?))
}

fn format_of(object: &mut Object) -> TextFormat {
    let given = own_extension(object, "descriptionFormat").unwrap_or_default();
    serde_json::from_value(given).unwrap_or_default()
}

fn take(object: &mut Object, key: &str) -> String {
    match object.remove(key) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    }
}

/// Takes one of Carrel's own extensions, and the extensions with it when that
/// was the last one.
fn own_extension(object: &mut Object, name: &str) -> Option<Value> {
    let extensions = object.get_mut("extensions")?.as_object_mut()?;
    let found = extensions.remove(&format!("{}{name}", case_write::OWN));
    if extensions.is_empty() {
        object.remove("extensions");
    }
    found
}

fn keep(extra: &mut Object, key: &str, value: Value) {
    let empty = match &value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    if !empty {
        extra.insert(key.into(), value);
    }
}

fn extra(case: Object, moodle: Option<Value>) -> Value {
    let mut extra = Object::new();
    keep(&mut extra, "case", Value::Object(case));
    keep(&mut extra, "moodle", moodle.filter(Value::is_object).unwrap_or_default());
    if extra.is_empty() { Value::Null } else { Value::Object(extra) }
}

/// Item types by identifier, and those that only items speak of.
struct Kinds {
    titles: HashMap<String, String>,
    missing: Vec<Value>,
}

impl Kinds {
    fn new(definitions: &Object) -> Self {
        let types = definitions.get("CFItemTypes").and_then(Value::as_array);
        let text = |of: &Value, key: &str| Some(of.get(key)?.as_str()?.to_owned());
        let titles = types.into_iter().flatten();
        let titles = titles.filter_map(|kind| Some((text(kind, "identifier")?, text(kind, "title")?)));
        Self { titles: titles.collect(), missing: Vec::new() }
    }

    /// The title of the item's type. A type that is linked but not defined is
    /// remembered, so that its identifier is not lost.
    fn of(&mut self, item: &mut Object) -> Option<String> {
        let named = some(line(&take(item, "CFItemType")));
        let Some(link) = item.remove("CFItemTypeURI") else { return named };
        let part = |key: &str| link.get(key).and_then(Value::as_str).map(line);
        let (identifier, title) = (part("identifier")?, part("title")?);
        let defined = self.titles.get(&identifier).map(|title| line(title));
        let kind = named.or(defined.clone()).or_else(|| some(title))?;
        if defined.is_none() {
            self.titles.insert(identifier.clone(), kind.clone());
            self.missing.push(json!({ "identifier": identifier, "title": kind, "uri": part("uri") }));
        }
        Some(kind)
    }

    fn add_missing(self, definitions: &mut Object) {
        if self.missing.is_empty() {
            return;
        }
        let types = definitions.entry("CFItemTypes").or_insert_with(|| json!([]));
        if let Value::Array(types) = types {
            types.extend(self.missing);
        }
    }
}
