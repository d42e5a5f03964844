//! What framework and item rows have in common: a name, a description, and
//! settings that only Moodle reads.

use serde_json::{Map, Value};

use super::moodle_table::{Column, Row};
use super::report::Report;
use super::text::{bounded, clean_html, unescape_html};
use super::{ExchangeNode, TextFormat, bounds, cells, detail_text};

/// Moodle cuts names here, without a word.
pub(super) const MOODLE_NAME: usize = 100;

/// What is kept of a row for the way back, and the text that says nothing.
pub(super) const KEPT: [(&str, Column, &str); 6] = [
    ("scale_values", Column::ScaleValues, ""),
    ("scale_configuration", Column::ScaleConfiguration, ""),
    ("rule_type", Column::RuleType, ""),
    ("rule_outcome", Column::RuleOutcome, "0"),
    ("rule_config", Column::RuleConfig, "null"),
    ("exported_id", Column::ExportedId, ""),
];

/// The row as a node that has no identifier yet.
pub(super) fn read_text(row: &Row, place: &str, report: &mut Report) -> ExchangeNode {
    let raw_name = cells::undo(row.raw(Column::Name));
    let mut node = ExchangeNode {
        title: bounded(row.text(Column::Name), "name", bounds::STATEMENT, place, report),
        ..ExchangeNode::default()
    };
    if node.title.is_empty() {
        report.refuse(place, "The row has no name.");
    }
    let given = row.text(Column::DescriptionFormat);
    let (format, usual) = match given.as_str() {
        "1" => (TextFormat::Html, true),
        "2" => (TextFormat::Plain, true),
        "4" => (TextFormat::Markdown, true),
        _ => (TextFormat::Html, false),
    };
    if !usual && given != "0" {
        report.lenient("A description's format is not given; it is read as HTML", place);
    } else if given == "0" {
        keep(&mut node.extra, "description_format", given);
    }
    let text = bounded(
        row.text(Column::Description),
        "description",
        bounds::DESCRIPTION,
        place,
        report,
    );
    let text = if format == TextFormat::Html {
        clean_html(&text, place, report)
    } else {
        text
    };
    let text = whole_name(&mut node.title, text, format);
    if node.title.chars().count() <= MOODLE_NAME && raw_name.chars().count() == MOODLE_NAME {
        report.lenient(
            "A name has exactly 100 characters, where Moodle cuts it; the whole statement may stand in the description",
            place,
        );
    }
    let (description, details) = detail_text::split(&text, format);
    node.description_format = format;
    if details
        .sections()
        .iter()
        .any(|(_, entries)| entries.len() > bounds::DETAILS)
    {
        node.description = text;
    } else {
        (node.description, node.details) = (description, details);
    }
    for (key, column, nothing) in KEPT {
        let text = row.text(column);
        if !text.is_empty() && text != nothing {
            keep(&mut node.extra, key, text);
        }
    }
    if node.extra.to_string().len() > bounds::EXTRA_BYTES {
        report.skip(
            place,
            "The rule or scale settings are too large to keep and are left out.",
        );
        node.extra = Value::Null;
    }
    node
}

/// A name that Carrel had to cut ends in "…" and stands whole in the first
/// paragraph of the description: puts it back, and gives the description.
fn whole_name(name: &mut String, text: String, format: TextFormat) -> String {
    // One less where the first character had to be guarded.
    let length = MOODLE_NAME - 1..=MOODLE_NAME;
    let cut_short = name
        .strip_suffix('…')
        .filter(|_| length.contains(&name.chars().count()));
    let Some(begin) = cut_short else { return text };
    let (paragraph, rest) = match format {
        TextFormat::Html => match text.strip_prefix("<p>").and_then(|text| text.split_once("</p>")) {
            Some((paragraph, rest)) if !paragraph.contains('<') => (unescape_html(paragraph), rest),
            _ => return text,
        },
        TextFormat::Markdown | TextFormat::Plain => {
            let (paragraph, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
            (paragraph.to_owned(), rest)
        }
    };
    if !paragraph.starts_with(begin) || paragraph.chars().count() > bounds::STATEMENT {
        return text;
    }
    *name = paragraph;
    rest.trim_start().to_owned()
}

/// Keeps one setting for the way back.
pub(super) fn keep(extra: &mut Value, key: &str, text: String) {
    if !extra.is_object() {
        *extra = serde_json::json!({ "moodle": Map::new() });
    }
    extra["moodle"][key] = text.into();
}
