//! What curators write beside a node, as it travels: in cells, and in CASE under
//! an extension of Carrel's own, topics also as its keywords.

use serde_json::{Value, json};

use super::case_fields::Object;
use super::report::Report;
use super::text::{bounded, line, tidy};
use super::{ExchangeRemarks, ExchangeSource, bounds};

const KEYWORDS: &str = "conceptKeywords";

/// A source as a line: title, credit and address with bars between.
pub(super) fn source_line(source: &ExchangeSource) -> String {
    let parts = [&source.title, &source.credit, &source.address];
    let parts = parts.map(|part| line(part).replace('|', "/"));
    parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
}

/// What each level means, a line each; a dash where the set's own words hold.
pub(super) fn meaning_lines(levels: &[String]) -> String {
    let lines = levels.iter().map(|level| {
        if level.is_empty() {
            "–".to_owned()
        } else {
            line(level)
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn source_of(text: &str) -> ExchangeSource {
    let mut parts = text.split('|').map(line);
    let mut next = || parts.next().unwrap_or_default();
    ExchangeSource {
        title: next(),
        credit: next(),
        address: next(),
    }
}

/// Within bounds, and with addresses that lead somewhere.
fn sources(given: Vec<ExchangeSource>, place: &str, report: &mut Report) -> Vec<ExchangeSource> {
    let mut text = |text: String| bounded(line(&text), "source", bounds::STATEMENT, place, report);
    let source = |source: ExchangeSource| ExchangeSource {
        title: text(source.title),
        credit: text(source.credit),
        address: Some(text(source.address))
            .filter(|address| address.starts_with("https://") || address.starts_with("http://"))
            .unwrap_or_default(),
    };
    let sources = given.into_iter().take(bounds::DETAILS).map(source);
    sources.filter(|source| *source != ExchangeSource::default()).collect()
}

fn short(
    entries: impl Iterator<Item = String>,
    what: &str,
    most: usize,
    place: &str,
    report: &mut Report,
) -> Vec<String> {
    let entries = entries.take(most);
    entries
        .map(|entry| bounded(line(&entry), what, bounds::CODE, place, report))
        .collect()
}

fn notes(text: &str, place: &str, report: &mut Report) -> String {
    bounded(tidy(text), "notes", bounds::DESCRIPTION, place, report)
}

fn meanings(texts: impl Iterator<Item = String>, place: &str, report: &mut Report) -> Vec<String> {
    let texts = texts.take(bounds::LEVELS);
    let mut meanings: Vec<String> = texts
        .map(|text| bounded(line(&text), "level", bounds::STATEMENT, place, report))
        .collect();
    while meanings.last().is_some_and(String::is_empty) {
        meanings.pop();
    }
    meanings
}

/// The cells of a table, each none where it has no such column.
#[derive(Default)]
pub(super) struct Cells<'a> {
    pub notes: Option<&'a str>,
    pub topics: Option<&'a str>,
    pub sources: Option<&'a str>,
    pub levels: Option<&'a str>,
}

/// What cells say: an empty one that nothing stands there.
pub(super) fn from_cells(cells: &Cells, place: &str, report: &mut Report) -> ExchangeRemarks {
    let lines = |cell: &str| -> Vec<String> { cell.lines().map(line).filter(|text| !text.is_empty()).collect() };
    let topics = |cell: &str| -> Vec<String> {
        let parts = cell.split([';', '\n']).map(line);
        parts.filter(|text| !text.is_empty()).collect()
    };
    ExchangeRemarks {
        notes: cells.notes.map(|cell| notes(cell, place, report)),
        topics: cells
            .topics
            .map(|cell| short(topics(cell).into_iter(), "topic", bounds::DETAILS, place, report)),
        sources: cells
            .sources
            .map(|cell| sources(lines(cell).iter().map(|text| source_of(text)).collect(), place, report)),
        levels: cells
            .levels
            .map(|cell| meanings(cell.lines().map(meaning), place, report)),
        ..ExchangeRemarks::default()
    }
}

fn meaning(text: &str) -> String {
    match line(text).as_str() {
        "–" | "-" => String::new(),
        text => text.to_owned(),
    }
}

/// Takes the remarks out of an item of CASE.
pub(super) fn from_case(item: &mut Object, own: Option<Value>, place: &str, report: &mut Report) -> ExchangeRemarks {
    let Some(Value::Object(mut own)) = own else {
        return ExchangeRemarks::default();
    };
    let texts = |value: Value| -> Vec<String> {
        let list = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        list.map(str::to_owned).collect()
    };
    let remarks = ExchangeRemarks {
        notes: own
            .remove("notes")
            .and_then(|text| Some(notes(text.as_str()?, place, report))),
        topics: own
            .remove("topics")
            .map(|list| short(texts(list).into_iter(), "topic", bounds::DETAILS, place, report)),
        sources: own
            .remove("sources")
            .and_then(|list| serde_json::from_value::<Vec<ExchangeSource>>(list).ok())
            .map(|list| sources(list, place, report)),
        levels: own
            .remove("levels")
            .map(|list| meanings(texts(list).into_iter(), place, report)),
        ..ExchangeRemarks::default()
    };
    // Its keywords are the topics once more.
    let keywords = item.get(KEYWORDS).cloned().map(texts);
    if keywords.is_some() && keywords == remarks.topics {
        item.remove(KEYWORDS);
    }
    remarks
}

/// Writes the remarks into an item of CASE and its own extensions. Keywords that
/// came with the item stay.
pub(super) fn into_case(remarks: &ExchangeRemarks, item: &mut Object, own: &mut Object) {
    let mut said = Object::new();
    if let Some(notes) = remarks.notes.as_ref().filter(|notes| !notes.is_empty()) {
        said.insert("notes".into(), json!(notes));
    }
    if let Some(topics) = remarks.topics.as_ref().filter(|topics| !topics.is_empty()) {
        said.insert("topics".into(), json!(topics));
        item.entry(KEYWORDS).or_insert_with(|| json!(topics));
    }
    if let Some(sources) = remarks.sources.as_ref().filter(|sources| !sources.is_empty()) {
        said.insert("sources".into(), json!(sources));
    }
    if let Some(levels) = remarks.levels.as_ref().filter(|levels| !levels.is_empty()) {
        said.insert("levels".into(), json!(levels));
    }
    if !said.is_empty() {
        own.insert("remarks".into(), Value::Object(said));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> ExchangeRemarks {
        ExchangeRemarks {
            notes: Some("At the desk.\n\nAnd elsewhere.".into()),
            topics: Some(vec!["money".into(), "desks, all of them".into()]),
            sources: Some(vec![ExchangeSource {
                title: "A set".into(),
                credit: "Its writers".into(),
                address: "https://a.example/x".into(),
            }]),
            levels: Some(vec![String::new(), "Says so".into()]),
            ..ExchangeRemarks::default()
        }
    }

    #[test]
    fn cells_say_what_was_written_into_them() {
        let said = all();
        let (topics, levels) = (
            said.topics.clone().unwrap().join("; "),
            meaning_lines(said.levels.as_deref().unwrap()),
        );
        let source = source_line(&said.sources.as_ref().unwrap()[0]);
        let cells = Cells {
            notes: said.notes.as_deref(),
            topics: Some(&topics),
            sources: Some(&source),
            levels: Some(&levels),
        };
        let report = &mut Report::default();
        assert_eq!(from_cells(&cells, "row 1", report), said);
        assert_eq!(
            from_cells(&Cells::default(), "row 1", report),
            ExchangeRemarks::default()
        );
        let empty = Cells {
            notes: Some(""),
            ..Cells::default()
        };
        assert_eq!(from_cells(&empty, "row 1", report).notes.as_deref(), Some(""));
    }

    #[test]
    fn an_item_says_them_and_keeps_its_own_keywords() {
        let (mut item, mut own) = (Object::new(), Object::new());
        into_case(&all(), &mut item, &mut own);
        assert_eq!(item["conceptKeywords"], json!(["money", "desks, all of them"]));
        let report = &mut Report::default();
        assert_eq!(from_case(&mut item, own.remove("remarks"), "x", report), all());
        assert!(item.is_empty());
        let mut item = Object::from_iter([("conceptKeywords".to_owned(), json!(["theirs"]))]);
        into_case(&all(), &mut item, &mut own);
        assert_eq!(from_case(&mut item, own.remove("remarks"), "x", report), all());
        assert_eq!(item["conceptKeywords"], json!(["theirs"]));
    }

    #[test]
    fn what_is_odd_is_left_out() {
        let own = json!({ "notes": 1, "topics": "x", "sources": [{ "title": "A", "address": "javascript:alert(1)" }, {}], "levels": ["", ""] });
        let said = from_case(&mut Object::new(), Some(own), "x", &mut Report::default());
        assert_eq!(
            (said.notes, said.topics, said.levels),
            (None, Some(Vec::new()), Some(Vec::new()))
        );
        let sources = said.sources.unwrap();
        assert_eq!((sources.len(), sources[0].address.as_str()), (1, ""));
    }
}
