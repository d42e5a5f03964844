//! CFItems as nodes.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};
use uuid::Uuid;

use super::case_classes::ITEM;
use super::case_fields::{Object, described, extra, format_of, identifier, own_extension, take};
use super::case_shape::place;
use super::remarks::from_case;
use super::report::Report;
use super::text::{bounded, line, seen, some, tidy};
use super::tree::Planted;
use super::{ExchangeDetails, ExchangeNode, bounds, detail_text};

/// Nodes without their parents, each with its enumeration for the order.
pub(super) fn read_items(
    items: Vec<Object>,
    document: Uuid,
    definitions: &mut Object,
    report: &mut Report,
) -> Vec<(Planted, String)> {
    let mut seen = HashSet::from([document]);
    let mut nodes = Vec::new();
    let mut kinds = Kinds::new(definitions);
    if items.len() > report.limits.nodes {
        report.refuse(
            "file",
            format!(
                "The set has {} items; at most {} can be imported.",
                items.len(),
                report.limits.nodes
            ),
        );
    }
    for (at, item) in items.into_iter().enumerate().take(report.limits.nodes) {
        let place = place(&ITEM, &item);
        let Some(identifier) = identifier(&item) else {
            report.refuse(
                format!("{place} (entry {})", at + 1),
                "The item has no identifier (a UUID).",
            );
            continue;
        };
        if !seen.insert(identifier) {
            report.refuse(
                place.as_str(),
                "The identifier stands more than once; only the first is shown.",
            );
            continue;
        }
        if let Some(node) = read_item(identifier, item, &mut kinds, &place, report) {
            let enumeration = node.extra.pointer("/case/listEnumeration").and_then(Value::as_str);
            let enumeration = enumeration.unwrap_or_default().to_owned();
            nodes.push((
                Planted {
                    node,
                    place,
                    parent_name: String::new(),
                },
                enumeration,
            ));
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
    let mut title = seen(take(&mut item, "fullStatement"), place, report);
    if title.is_empty() {
        title = item
            .get("abbreviatedStatement")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        title = seen(title, place, report);
        if title.is_empty() {
            report.refuse(place, "The item has no statement (fullStatement).");
            return None;
        }
        report.lenient(
            "CFItem.fullStatement is missing; the abbreviated statement stands in",
            place,
        );
    }
    let mut node = ExchangeNode {
        identifier,
        ..ExchangeNode::default()
    };
    node.title = bounded(title, "statement", bounds::STATEMENT, place, report);
    node.code = some(bounded(
        line(&take(&mut item, "humanCodingScheme")),
        "code",
        bounds::CODE,
        place,
        report,
    ));
    node.kind = kinds
        .of(&mut item)
        .map(|kind| bounded(kind, "item type", bounds::CODE, place, report));
    node.description_format = format_of(&mut item);
    node.details = details(own_extension(&mut item, "details"), place, report);
    let remarks = own_extension(&mut item, "remarks");
    node.remarks = from_case(&mut item, remarks, place, report);
    let notes = take(&mut item, "notes");
    let notes = detail_text::detach(&notes, &node.details, node.description_format);
    node.description = described(notes, node.description_format, place, report);
    node.external_id = own_extension(&mut item, "externalId").and_then(|id| some(line(id.as_str()?)));
    let moodle = own_extension(&mut item, "moodle");
    node.extra = extra(item, moodle);
    if node.extra.to_string().len() > bounds::EXTRA_BYTES {
        report.skip(
            place,
            "The fields that Carrel does not use are too large to keep and are left out.",
        );
        node.extra = Value::Null;
    }
    Some(node)
}

/// The details as Carrel writes them into an item's extensions.
fn details(value: Option<Value>, place: &str, report: &mut Report) -> ExchangeDetails {
    let mut details = ExchangeDetails::default();
    let Some(Value::Object(mut given)) = value else {
        return details;
    };
    for (at, key) in ["knowledge", "skills", "attitudes", "behaviours"].iter().enumerate() {
        let Some(Value::Array(entries)) = given.remove(*key) else {
            continue;
        };
        if entries.len() > bounds::DETAILS {
            report.refuse(
                place,
                format!("There are more than {} entries under {key}.", bounds::DETAILS),
            );
        }
        let entries = entries.iter().take(bounds::DETAILS).filter_map(Value::as_str).map(tidy);
        let entries = entries.filter(|entry| !entry.is_empty());
        let entries = entries.map(|entry| bounded(entry, key, bounds::STATEMENT, place, report));
        *details.section_mut(at) = entries.collect();
    }
    details
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
        Self {
            titles: titles.collect(),
            missing: Vec::new(),
        }
    }

    /// The title of the item's type. A type that is linked but not defined is
    /// remembered, so that its identifier is not lost.
    fn of(&mut self, item: &mut Object) -> Option<String> {
        let named = some(line(&take(item, "CFItemType")));
        let Some(link) = item.remove("CFItemTypeURI") else {
            return named;
        };
        let part = |key: &str| link.get(key).and_then(Value::as_str).map(line);
        let (identifier, title) = (part("identifier")?, part("title")?);
        let defined = self.titles.get(&identifier).map(|title| line(title));
        let kind = named.or(defined.clone()).or_else(|| some(title))?;
        if defined.is_none() {
            self.titles.insert(identifier.clone(), kind.clone());
            self.missing
                .push(json!({ "identifier": identifier, "title": kind, "uri": part("uri") }));
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
