//! What a spreadsheet cannot say stays as it is in the set.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::sheet_columns::{Column, REFERENCES};
use super::sheet_read::Columns;
use super::text::line;
use super::{ExchangeNode, ExchangeSet};

/// Columns for keys of CASE that Carrel keeps uninterpreted, and whether they
/// hold several texts.
pub(super) const EXTRA: [(Column, &str, bool); 4] = [
    (Column::Abbreviated, "abbreviatedStatement", false),
    (Column::Keywords, "conceptKeywords", true),
    (Column::Language, "language", false),
    (Column::Education, "educationLevel", true),
];

/// The texts of a cell that holds several.
pub(super) fn listed(cell: &str) -> Vec<String> {
    cell.split([',', ';', '|', '\n'])
        .map(line)
        .filter(|text| !text.is_empty())
        .collect()
}

/// The cell for a key of CASE.
pub(super) fn cell_of(extra: &Value, key: &str) -> String {
    match extra.get("case").and_then(|case| case.get(key)) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

/// Takes over from the set as it is now what has no column.
pub(super) fn keep(set: &mut ExchangeSet, current: &ExchangeSet, columns: &Columns) {
    set.description.clone_from(&current.description);
    set.description_format = current.description_format;
    set.language.clone_from(&current.language);
    set.creator.clone_from(&current.creator);
    set.licence.clone_from(&current.licence);
    set.scale.clone_from(&current.scale);
    set.external_id.clone_from(&current.external_id);
    set.extra = current.extra.clone();
    let before: HashMap<Uuid, &ExchangeNode> = current.nodes.iter().map(|node| (node.identifier, node)).collect();
    for node in &mut set.nodes {
        if let Some(was) = before.get(&node.identifier) {
            keep_node(node, was, columns);
        }
    }
    let held: HashSet<Uuid> = set.nodes.iter().map(|node| node.identifier).collect();
    let has_column = |kind: &str| {
        REFERENCES
            .iter()
            .any(|(column, own)| *own == kind && columns.has(*column))
    };
    let further = current.references.iter().filter(|reference| {
        !has_column(&reference.kind) && held.contains(&reference.from) && held.contains(&reference.to)
    });
    set.references.extend(further.cloned());
    let abroad = current
        .origins
        .iter()
        .filter(|origin| origin.by_hand && !has_column(&origin.kind) && held.contains(&origin.from));
    set.origins.extend(abroad.cloned());
    let notes: HashMap<_, _> = current
        .references
        .iter()
        .map(|one| ((one.from, one.to, one.kind.as_str()), &one.extra))
        .collect();
    for reference in &mut set.references {
        if let Some(extra) = notes.get(&(reference.from, reference.to, reference.kind.as_str())) {
            reference.extra = (*extra).clone();
        }
    }
}

fn keep_node(node: &mut ExchangeNode, was: &ExchangeNode, columns: &Columns) {
    if !columns.has(Column::Notes) {
        node.description.clone_from(&was.description);
    }
    if node.description == was.description {
        node.description_format = was.description_format;
    }
    if !columns.has(Column::Kind) {
        node.kind.clone_from(&was.kind);
    }
    if !columns.has(Column::Code) {
        node.code.clone_from(&was.code);
    }
    node.external_id.clone_from(&was.external_id);
    let details = [Column::Knowledge, Column::Skills, Column::Attitudes, Column::Behaviours];
    for (at, column) in details.into_iter().enumerate() {
        if !columns.has(column) {
            *node.details.section_mut(at) = was.details.sections()[at].1.to_vec();
        }
    }
    node.extra = merged(&node.extra, &was.extra, columns);
}

/// The kept fields with those that have a column put in or taken out.
fn merged(given: &Value, was: &Value, columns: &Columns) -> Value {
    let mut extra = was.clone();
    for (column, key, _) in EXTRA {
        if !columns.has(column) || cell_of(given, key) == cell_of(was, key) {
            continue;
        }
        let value = given.get("case").and_then(|case| case.get(key));
        let mut case = match extra.get("case") {
            Some(Value::Object(case)) => case.clone(),
            _ => Map::new(),
        };
        match value {
            Some(value) => drop(case.insert(key.into(), value.clone())),
            None => drop(case.remove(key)),
        }
        if !extra.is_object() {
            extra = json!({});
        }
        if let Some(extra) = extra.as_object_mut() {
            extra.remove("case");
            if !case.is_empty() {
                extra.insert("case".into(), Value::Object(case));
            }
        }
    }
    if extra.as_object().is_some_and(Map::is_empty) {
        Value::Null
    } else {
        extra
    }
}
