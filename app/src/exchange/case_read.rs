//! Reads a CASE package. Strictness ends where real packages begin: what is
//! meant is read, and how far it was from the standard is listed.

use std::collections::HashSet;

use serde_json::{Value, json};
use uuid::Uuid;

use super::case_classes::{ASSOCIATION, Class, DEFINITIONS, DOCUMENT, ITEM, RUBRIC};
use super::case_fields::{NO_CREATOR, Object, described, extra, format_of, identifier, keep, own_extension, take};
use super::case_generated::Generated;
use super::case_hierarchy::Hierarchy;
use super::case_items::read_items;
use super::case_links::{as_uuid, uuid_in_uri};
use super::case_shape::{many, normalise, place};
use super::report::Report;
use super::text::{bounded, line, some};
use super::tree::in_tree_order;
use super::{ExchangeSet, Format, Parsed, bounds, case_rubric, detect, json, text};

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
                report.note(
                    "file",
                    format!("The key “{key}” stands twice in one object; the last one counts."),
                );
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
        let given = match package.remove(key) {
            // These two are single objects by the standard.
            Some(one @ Value::Object(_)) if matches!(key, "CFDocument" | "CFDefinitions") => Value::Array(vec![one]),
            given => given.unwrap_or_else(|| json!([])),
        };
        many(class, key, given, "file", report)
            .into_iter()
            .map(|one| normalise(class, one, report))
            .collect()
    };
    let documents = list("CFDocument", &DOCUMENT, report);
    let items = list("CFItems", &ITEM, report);
    let associations = list("CFAssociations", &ASSOCIATION, report);
    let rubrics = list("CFRubrics", &RUBRIC, report);
    let mut definitions = list("CFDefinitions", &DEFINITIONS, report)
        .into_iter()
        .next()
        .unwrap_or_default();
    let extensions = package.remove("extensions").filter(|value| !value.is_null());
    for key in package.keys() {
        report.skip(
            "file",
            format!(
                "The package has a part “{}” that CASE does not know; it is left out.",
                text::cut(key, 100)
            ),
        );
    }

    let mut document = documents.into_iter().next().unwrap_or_default();
    let mut set = read_document(&mut document, &definitions, report);
    let alias = document
        .remove("uri")
        .as_ref()
        .and_then(Value::as_str)
        .and_then(uuid_in_uri);
    let nodes = read_items(items, set.identifier, &mut definitions, report);
    let known: HashSet<Uuid> = nodes.iter().map(|(planted, _)| planted.node.identifier).collect();
    let mut hierarchy = Hierarchy::new(set.identifier, alias, known);
    for association in associations {
        hierarchy.add(association, report);
    }
    set.nodes = in_tree_order(hierarchy.place(nodes, report), report);
    let held: HashSet<Uuid> = set.nodes.iter().map(|node| node.identifier).collect();
    set.references = hierarchy.references;
    set.references
        .retain(|reference| held.contains(&reference.from) && held.contains(&reference.to));

    let scale = case_rubric::read(rubrics, set.identifier, report);
    set.scale = scale.levels;
    let own = Generated::new(set.identifier);
    own.remove_from(&mut document, &mut definitions);
    let moodle = own_extension(&mut document, "moodle");
    // An edition is a document of its own; what it is an edition of stays the same.
    if let Some(own) = own_extension(&mut document, "set").as_ref().and_then(as_uuid) {
        set.identifier = own;
    }
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
    let mut set = ExchangeSet {
        identifier: identifier.unwrap_or_default(),
        ..ExchangeSet::default()
    };
    set.title = line(&bounded(
        take(document, "title"),
        "title",
        bounds::STATEMENT,
        &place,
        report,
    ));
    if set.title.is_empty() {
        report.refuse(place.as_str(), "The document has no title.");
    }
    set.description_format = format_of(document);
    set.description = described(take(document, "description"), set.description_format, &place, report);
    let short = |key: &str, document: &mut Object, report: &mut Report| {
        some(bounded(
            line(&take(document, key)),
            key,
            bounds::STATEMENT,
            &place,
            report,
        ))
    };
    set.language = short("language", document, report);
    set.creator = short("creator", document, report);
    if set.creator.is_none() {
        report.lenient("CFDocument.creator is missing", &place);
    }
    set.creator = set.creator.filter(|creator| creator != NO_CREATOR);
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
        licence
            .get("identifier")
            .is_some_and(|own| link.get("identifier") == Some(own))
    });
    let title = link.get("title").filter(|title| link.get("uri") != Some(title));
    let title = title.or_else(|| named?.get("title")).or_else(|| link.get("uri"))?;
    some(text::cut(&line(title.as_str()?), bounds::STATEMENT).to_owned())
}
