//! Writes a CASE 1.1 package (CFPackage), valid against the official schema.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Value, json};
use uuid::Uuid;

use super::case_classes::{ASSOCIATION, DEFINITIONS, DOCUMENT, ITEM, Kind, RUBRIC};
use super::case_fields::{NO_CREATOR, OWN, Object};
use super::case_generated::Generated;
use super::case_hierarchy::CHILD_OF;
use super::case_links::{association_type, outside};
use super::case_shape::{complete, normalise};
use super::remarks::into_case;
use super::report::Report;
use super::{ExchangeNode, ExchangeSet, TextFormat, case_rubric, detail_text};

/// The package of this set as the document of this identifier, which is the
/// set's own or that of one of its editions. `base_url` is where Carrel is
/// reached (`https://carrel.example`), `last_change` an RFC 3339 time in UTC,
/// written on everything in the package. Opening the result with
/// [`parse`](super::case_read::parse) gives the same set.
pub fn emit(set: &ExchangeSet, document: Uuid, base_url: &str, last_change: &str) -> Value {
    let writer = Writer {
        set,
        document,
        base: base(base_url),
        last_change,
        own: Generated::new(document),
    };
    let mut package = Object::new();
    package.insert("CFDocument".into(), writer.document());
    let definitions = writer.definitions();
    let types = item_types(&definitions);
    let items = set.nodes.iter().map(|node| writer.item(node, &types)).collect();
    package.insert("CFItems".into(), Value::Array(items));
    package.insert("CFAssociations".into(), Value::Array(writer.associations()));
    if !definitions.is_empty() {
        package.insert("CFDefinitions".into(), Value::Object(definitions));
    }
    let rubrics = writer.rubrics();
    if !rubrics.is_empty() {
        package.insert("CFRubrics".into(), Value::Array(rubrics));
    }
    if let Some(extensions) = writer.kept("extensions").filter(|kept| kept.is_object()) {
        package.insert("extensions".into(), extensions.clone());
    }
    Value::Object(package)
}

/// Where the service of CASE 1.1 is reached.
pub(super) fn base(base_url: &str) -> String {
    format!("{}/ims/case/v1p1", base_url.trim_end_matches('/'))
}

struct Writer<'a> {
    set: &'a ExchangeSet,
    document: Uuid,
    base: String,
    last_change: &'a str,
    own: Generated,
}

impl Writer<'_> {
    fn kept(&self, part: &str) -> Option<&Value> {
        self.set.extra.get("case")?.get(part)
    }

    fn uri(&self, class: &str, identifier: impl std::fmt::Display) -> String {
        format!("{}/{class}/{identifier}", self.base)
    }

    fn link(&self, title: &str, class: &str, identifier: &str) -> Value {
        json!({ "title": title, "identifier": identifier, "uri": self.uri(class, identifier) })
    }

    fn document(&self) -> Value {
        let set = self.set;
        let kept = self.kept("document").cloned().unwrap_or_default();
        let mut document = normalise(&DOCUMENT, kept, &mut Report::default());
        put(&mut document, "caseVersion", "1.1");
        put(&mut document, "identifier", &self.document.to_string());
        put(&mut document, "uri", &self.uri("CFDocuments", self.document));
        put(&mut document, "title", &set.title);
        put(&mut document, "creator", set.creator.as_deref().unwrap_or(NO_CREATOR));
        put_some(&mut document, "description", Some(set.description.as_str()));
        put_some(&mut document, "language", set.language.as_deref());
        put(&mut document, "lastChangeDateTime", self.last_change);
        match &set.licence {
            None => drop(document.remove("licenseURI")),
            Some(licence) if !self.keeps_licence(licence) => {
                let link = self.link(licence, "CFLicenses", &self.own.licence());
                document.insert("licenseURI".into(), link);
            }
            Some(_) => {}
        }
        let mut own = Object::new();
        put_some(&mut own, "externalId", set.external_id.as_deref());
        put_format(&mut own, set.description_format);
        if self.document != set.identifier {
            put(&mut own, "set", &set.identifier.to_string());
        }
        extend(&mut document, own, &set.extra);
        Value::Object(document)
    }

    /// Whether the licence the set came with is still the one it has. Reading
    /// takes its name from the link or from the definitions.
    fn keeps_licence(&self, licence: &str) -> bool {
        let link = self.kept("document").and_then(|document| document.get("licenseURI"));
        let part = |of: &Value, key: &str| of.get(key).and_then(Value::as_str) == Some(licence);
        let defined = self
            .kept("definitions")
            .and_then(|kept| kept.get("CFLicenses")?.as_array());
        link.is_some_and(|link| {
            let named = |one: &Value| one.get("identifier") == link.get("identifier") && part(one, "title");
            part(link, "title") || part(link, "uri") || defined.into_iter().flatten().any(named)
        })
    }

    fn definitions(&self) -> Object {
        let kept = self.kept("definitions").cloned().unwrap_or_default();
        let mut definitions = normalise(&DEFINITIONS, kept, &mut Report::default());
        let mut add = |key: &str, value: Value| {
            if let Some(list) = definitions.entry(key).or_insert_with(|| json!([])).as_array_mut() {
                list.push(value);
            }
        };
        if let Some(licence) = self
            .set
            .licence
            .as_deref()
            .filter(|licence| !self.keeps_licence(licence))
        {
            add(
                "CFLicenses",
                json!({ "identifier": self.own.licence(), "title": licence, "licenseText": licence }),
            );
        }
        let types = definitions.get("CFItemTypes").and_then(Value::as_array);
        let titles = types
            .into_iter()
            .flatten()
            .filter_map(|kind| kind.get("title")?.as_str());
        let mut known: HashSet<String> = titles.map(str::to_owned).collect();
        let kinds: BTreeSet<&str> = self.set.nodes.iter().filter_map(|node| node.kind.as_deref()).collect();
        let kinds: Vec<&str> = kinds
            .into_iter()
            .filter(|kind| known.insert((*kind).to_owned()))
            .collect();
        let mut add = |kind: &str| {
            let entry = json!({ "identifier": self.own.item_type(kind), "title": kind });
            if let Some(list) = definitions
                .entry("CFItemTypes")
                .or_insert_with(|| json!([]))
                .as_array_mut()
            {
                list.push(entry);
            }
        };
        kinds.into_iter().for_each(&mut add);
        self.complete_definitions(&mut definitions);
        definitions
    }

    fn complete_definitions(&self, definitions: &mut Object) {
        for (key, kind) in DEFINITIONS.keys {
            let Kind::Many(class) = kind else { continue };
            let list = definitions.get_mut(*key).and_then(Value::as_array_mut);
            for one in list.into_iter().flatten().filter_map(Value::as_object_mut) {
                complete(class, one, &self.document, &self.base, self.last_change);
            }
        }
    }

    fn item(&self, node: &ExchangeNode, types: &HashMap<String, Value>) -> Value {
        let mut kept = node.extra.get("case").cloned().unwrap_or_default();
        if let Some(kept) = kept.as_object_mut() {
            kept.remove("CFAssociation");
        }
        let mut item = normalise(&ITEM, kept, &mut Report::default());
        put(&mut item, "identifier", &node.identifier.to_string());
        put(&mut item, "uri", &self.uri("CFItems", node.identifier));
        put(&mut item, "fullStatement", &node.title);
        put(&mut item, "lastChangeDateTime", self.last_change);
        put_some(&mut item, "humanCodingScheme", node.code.as_deref());
        let notes = detail_text::attach(&node.description, &node.details, node.description_format);
        put_some(&mut item, "notes", Some(notes.as_str()));
        if let Some(kind) = &node.kind {
            put(&mut item, "CFItemType", kind);
            if let Some(link) = types.get(kind) {
                item.insert("CFItemTypeURI".into(), link.clone());
            }
        }
        let mut own = Object::new();
        put_some(&mut own, "externalId", node.external_id.as_deref());
        put_format(&mut own, node.description_format);
        if !node.details.is_empty() {
            own.insert("details".into(), json!(node.details));
        }
        into_case(&node.remarks, &mut item, &mut own);
        extend(&mut item, own, &node.extra);
        Value::Object(item)
    }

    /// The tree first, so that a further parent reads back as a reference.
    fn associations(&self) -> Vec<Value> {
        let set = self.set;
        let titles: HashMap<Uuid, &str> = set
            .nodes
            .iter()
            .map(|node| (node.identifier, node.title.as_str()))
            .collect();
        let mut places: HashMap<Option<Uuid>, u32> = HashMap::new();
        let mut all = Vec::with_capacity(set.nodes.len() + set.references.len());
        for node in &set.nodes {
            let place = places.entry(node.parent).or_default();
            *place += 1;
            let kept = node.extra.pointer("/case/CFAssociation").unwrap_or(&Value::Null);
            let to = node.parent.unwrap_or(self.document);
            let mut association = self.association(node.identifier, to, CHILD_OF, kept, &titles);
            association.insert("sequenceNumber".into(), (*place).into());
            all.push(Value::Object(association));
        }
        let mut written = HashSet::new();
        for reference in &set.references {
            let kind = association_type(&reference.kind);
            if written.insert((reference.from, reference.to, kind.clone())) {
                let association = self.association(reference.from, reference.to, &kind, &reference.extra, &titles);
                all.push(Value::Object(association));
            }
        }
        let kept = outside(self.set);
        let mut told: HashSet<_> = kept.iter().map(|one| (one.from, one.to, one.kind.as_str())).collect();
        for origin in set.origins.iter().filter(|one| titles.contains_key(&one.from)) {
            if !told.insert((origin.from, origin.to, origin.kind.as_str())) {
                continue;
            }
            let mut association = self.association(origin.from, origin.to, &origin.kind, &Value::Null, &titles);
            let end = self.link(&origin.title, "CFItems", &origin.to.to_string());
            association.insert("destinationNodeURI".into(), end);
            all.push(Value::Object(association));
        }
        let outside = self.kept("associations").and_then(Value::as_array);
        for association in outside.into_iter().flatten() {
            let mut association = normalise(&ASSOCIATION, association.clone(), &mut Report::default());
            let whole = ["associationType", "originNodeURI", "destinationNodeURI"];
            if whole.iter().all(|key| association.contains_key(*key)) {
                complete(
                    &ASSOCIATION,
                    &mut association,
                    &self.document,
                    &self.base,
                    self.last_change,
                );
                all.push(Value::Object(association));
            }
        }
        all
    }

    fn association(&self, from: Uuid, to: Uuid, kind: &str, kept: &Value, titles: &HashMap<Uuid, &str>) -> Object {
        let mut association = normalise(&ASSOCIATION, kept.clone(), &mut Report::default());
        let own = Uuid::new_v5(&self.document, format!("{kind}:{from}:{to}").as_bytes());
        let end = |identifier: Uuid| {
            let (class, title) = match titles.get(&identifier) {
                Some(title) => ("CFItems", *title),
                None => ("CFDocuments", self.set.title.as_str()),
            };
            self.link(title, class, &identifier.to_string())
        };
        put(&mut association, "identifier", &own.to_string());
        put(&mut association, "uri", &self.uri("CFAssociations", own));
        put(&mut association, "associationType", kind);
        put(&mut association, "lastChangeDateTime", self.last_change);
        association.insert("originNodeURI".into(), end(from));
        association.insert("destinationNodeURI".into(), end(to));
        association
    }

    fn rubrics(&self) -> Vec<Value> {
        let set = self.set;
        let kept = self.kept("scaleRubric");
        let scale = case_rubric::write(&set.scale, kept, self.document, &self.base, self.last_change);
        let others = self.kept("rubrics").and_then(Value::as_array).into_iter().flatten();
        let others = others.map(|rubric| {
            let mut rubric = normalise(&RUBRIC, rubric.clone(), &mut Report::default());
            complete(&RUBRIC, &mut rubric, &self.document, &self.base, self.last_change);
            Value::Object(rubric)
        });
        scale.into_iter().chain(others).collect()
    }
}

/// Links to the item types by title.
fn item_types(definitions: &Object) -> HashMap<String, Value> {
    let types = definitions.get("CFItemTypes").and_then(Value::as_array);
    let linked = types.into_iter().flatten().filter_map(|kind| {
        let title = kind.get("title")?.as_str()?.to_owned();
        let link = json!({ "title": title, "identifier": kind.get("identifier")?, "uri": kind.get("uri")? });
        Some((title, link))
    });
    linked.collect()
}

fn put(object: &mut Object, key: &str, text: &str) {
    object.insert(key.into(), text.into());
}

fn put_some(object: &mut Object, key: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        put(object, key, text);
    }
}

fn put_format(own: &mut Object, format: TextFormat) {
    if format != TextFormat::Markdown {
        own.insert("descriptionFormat".into(), json!(format));
    }
}

/// Adds Carrel's extensions to those that came with the set.
fn extend(object: &mut Object, mut own: Object, extra: &Value) {
    if let Some(moodle) = extra.get("moodle") {
        own.insert("moodle".into(), moodle.clone());
    }
    if own.is_empty() {
        return;
    }
    let extensions = object.entry("extensions").or_insert_with(|| json!({}));
    if let Value::Object(extensions) = extensions {
        extensions.extend(own.into_iter().map(|(key, value)| (format!("{OWN}{key}"), value)));
    }
}
