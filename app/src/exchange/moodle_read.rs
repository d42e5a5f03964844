//! Reads a Moodle competency framework. Where Moodle's own importer drops a
//! row without a word (no id, no name, unknown parent, repeated id), the row is
//! named here.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use uuid::Uuid;

use super::moodle_ids::{framework_identity, identity};
use super::moodle_scale::{kind_at, read_levels, unknown_words, whole_taxonomy};
use super::moodle_table::{Column, Row, rows};
use super::moodle_text::{keep, read_text};
use super::report::Report;
use super::text::{bounded, cut, line, seen, some};
use super::tree::{Planted, in_tree_order};
use super::{ExchangeReference, ExchangeSet, Format, Parsed, RELATED_TO, bounds, cells, detail_text, detect};

/// Reads a framework as Moodle's `tool_lpimportcsv` exports it.
pub fn parse(bytes: &[u8]) -> Parsed {
    let mut report = Report::default();
    match detect::readable(bytes) {
        Ok(text) => read(text, report),
        Err(message) => {
            report.refuse("file", message);
            report.into_parsed(Some(Format::Moodle), None)
        }
    }
}

pub(super) fn read(text: &str, mut report: Report) -> Parsed {
    let set = rows(text, &mut report).map(|rows| read_rows(rows, &mut report));
    // What is no table at all was not recognised as this format either.
    let format = set.is_some().then_some(Format::Moodle);
    report.into_parsed(format, set)
}

fn read_rows(rows: Vec<Row>, report: &mut Report) -> ExchangeSet {
    let (frameworks, items): (Vec<_>, Vec<_>) = rows.into_iter().partition(Row::is_framework);
    for further in frameworks.iter().skip(1) {
        let first = frameworks[0].number;
        report.refuse(
            further.place(),
            format!("This is a second framework row; the first is row {first}. One file holds one framework."),
        );
    }
    let framework_id = frameworks.first().map(|row| row.text(Column::Id)).unwrap_or_default();
    let mut set = match frameworks.first() {
        Some(row) => read_framework(row, &framework_id, report),
        None => {
            report.refuse("file", "There is no framework row (one with 1 under “Is framework”).");
            ExchangeSet::default()
        }
    };
    let taxonomy = set
        .extra
        .pointer("/moodle/taxonomy")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let (planted, ids) = read_items(&items, &framework_id, report);
    set.nodes = in_tree_order(planted, report);
    let depths = set.depths();
    for (node, depth) in set.nodes.iter_mut().zip(depths) {
        node.kind = Some(cut(&kind_at(&taxonomy, depth), bounds::CODE).to_owned());
    }
    set.references = read_references(&items, &set, &ids, report);
    set
}

fn read_framework(row: &Row, id: &str, report: &mut Report) -> ExchangeSet {
    let place = row.place();
    if id.is_empty() {
        report.refuse(place.as_str(), "The framework has no id number.");
    }
    if !row.text(Column::Parent).is_empty() {
        report.lenient("The framework row names a parent, which is not used", &place);
    }
    let own = framework_identity(id);
    let mut node = read_text(row, &place, report);
    let scale = read_levels(&row.text(Column::ScaleValues));
    if scale.is_empty() {
        report.lenient("The framework has no scale", &place);
    } else if scale.len() > bounds::LEVELS {
        report.refuse(
            place.as_str(),
            format!("The scale has more than {} levels.", bounds::LEVELS),
        );
    }
    let scale = scale.into_iter().take(bounds::LEVELS).map(|mut level| {
        level.label = bounded(level.label, "label of a level", bounds::CODE, &place, report);
        level
    });
    let scale = scale.collect();
    let taxonomy = row.text(Column::Taxonomy);
    for word in unknown_words(&taxonomy).iter().take(4) {
        report.note(
            place.as_str(),
            format!("Moodle does not know the taxonomy word “{}”.", cut(word, 50)),
        );
    }
    if !taxonomy.is_empty() {
        keep(&mut node.extra, "taxonomy", whole_taxonomy(&taxonomy));
    }
    ExchangeSet {
        identifier: own,
        external_id: Uuid::try_parse(id).is_err().then(|| id.to_owned()).and_then(some),
        title: seen(node.title, &place, report),
        // The framework row has no details: they would be lost here.
        description: detail_text::attach(&node.description, &node.details, node.description_format),
        description_format: node.description_format,
        scale,
        extra: node.extra,
        ..ExchangeSet::default()
    }
}

/// The nodes, and where each id number leads.
fn read_items(items: &[Row], framework: &str, report: &mut Report) -> (Vec<Planted>, HashMap<String, Uuid>) {
    let mut ids: HashMap<String, Uuid> = HashMap::new();
    let mut rows_of: HashMap<Uuid, usize> = HashMap::new();
    let mut planted = Vec::new();
    if items.len() > report.limits.nodes {
        report.refuse(
            "file",
            format!(
                "The framework has {} competencies; at most {} can be imported.",
                items.len(),
                report.limits.nodes
            ),
        );
    }
    for row in items.iter().take(report.limits.nodes) {
        let (place, id) = (row.place(), row.text(Column::Id));
        if id.is_empty() {
            report.refuse(place, "The row has no id number.");
            continue;
        }
        let own = identity(framework, &id);
        if let Some(first) = rows_of.get(&own.identifier) {
            report.refuse(
                place,
                format!("The id number “{}” stands already in row {first}.", cut(&id, 100)),
            );
            continue;
        }
        rows_of.insert(own.identifier, row.number);
        let mut node = read_text(row, &place, report);
        node.title = seen(node.title, &place, report);
        if node.title.is_empty() {
            continue;
        }
        node.identifier = own.identifier;
        node.code = own
            .code
            .map(|code| bounded(code, "id number", bounds::CODE, &place, report));
        node.external_id = own.external_id.map(|id| cut(&id, bounds::CODE).to_owned());
        ids.insert(id, own.identifier);
        planted.push(Planted {
            node,
            place,
            parent_name: row.text(Column::Parent),
        });
    }
    for item in &mut planted {
        item.node.parent = match item.parent_name.as_str() {
            "" => None,
            name if name == framework && !ids.contains_key(name) => {
                report.lenient("A row names the framework as its parent", &item.place);
                None
            }
            name => Some(identity(framework, name).identifier),
        };
    }
    (planted, ids)
}

fn read_references(
    items: &[Row],
    set: &ExchangeSet,
    ids: &HashMap<String, Uuid>,
    report: &mut Report,
) -> Vec<ExchangeReference> {
    let held: HashSet<Uuid> = set.nodes.iter().map(|node| node.identifier).collect();
    let mut seen = HashSet::new();
    let mut references = Vec::new();
    for row in items {
        let from = ids.get(&row.text(Column::Id)).filter(|from| held.contains(from));
        let Some(from) = from.copied() else { continue };
        for name in cells::split_ids(row.raw(Column::CrossReferences)) {
            let (place, name) = (row.place(), line(&name));
            match ids.get(&name).filter(|to| held.contains(to)).copied() {
                None => report.skip(
                    place,
                    format!(
                        "The cross-reference “{}” is not in the file; it is left out.",
                        cut(&name, 100)
                    ),
                ),
                Some(to) if to == from => {
                    report.skip(place, "The cross-reference leads to the row itself; it is left out.")
                }
                Some(to) if !seen.insert((from, to)) => report.lenient("A cross-reference is repeated", &place),
                Some(_) if references.len() == report.limits.references => {
                    report.refuse(
                        place,
                        format!("There are more than {} cross-references.", report.limits.references),
                    );
                    return references;
                }
                Some(to) => references.push(ExchangeReference {
                    from,
                    to,
                    kind: RELATED_TO.into(),
                    extra: Value::Null,
                }),
            }
        }
    }
    references
}
