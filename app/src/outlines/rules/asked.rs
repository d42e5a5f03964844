//! From forms to fields and back. What a form was filled with and what it says
//! go through the same hands, so that saving an unchanged form changes nothing.

use serde_json::{Value, json};

use super::outline::Content;
use super::step::Fields;
use crate::error::{FieldErrors, Result};
use crate::outlines::model::{
    EntryForm, LONGEST_CODE, LONGEST_DESCRIPTION, LONGEST_TITLE, MOST_ENTRIES, MOST_LEVELS, Source,
};

/// A statement of 1 to 2,000 characters on one line.
pub fn title(text: &str) -> std::result::Result<String, String> {
    let title = crate::text::line(text, "A statement", LONGEST_TITLE as usize)?;
    if title.is_empty() {
        Err("Write the statement.".into())
    } else {
        Ok(title)
    }
}

/// Several lines of text.
pub(super) fn passage(text: &str, what: &str) -> std::result::Result<String, String> {
    let text = crate::text::trimmed_lines(text)?;
    if text.chars().count() > LONGEST_DESCRIPTION as usize {
        return Err(format!("{what} has at most 20,000 characters."));
    }
    Ok(text)
}

pub(super) fn lines(text: &str) -> Vec<String> {
    let lines = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

/// Entries, one a line.
pub(super) fn entries(text: &str, longest: u32) -> std::result::Result<Vec<String>, String> {
    let entries = lines(text);
    if entries.len() > MOST_ENTRIES {
        return Err(format!("Write at most {MOST_ENTRIES} lines."));
    }
    for entry in &entries {
        crate::text::line(entry, "A line", longest as usize)?;
    }
    Ok(entries)
}

fn source(line: &str) -> Source {
    let mut parts = line.split('|').map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    Source {
        title: next(),
        credit: next(),
        address: next(),
    }
}

fn sources(text: &str) -> std::result::Result<Vec<Source>, String> {
    let sources: Vec<Source> = entries(text, LONGEST_TITLE)?.iter().map(|line| source(line)).collect();
    let odd = |source: &Source| {
        let address = source.address.as_str();
        !address.is_empty() && !address.starts_with("https://") && !address.starts_with("http://")
    };
    match sources.iter().find(|source| odd(source)) {
        Some(source) => Err(format!("“{}” is no address: it begins with https://.", source.address)),
        None => Ok(sources),
    }
}

/// What each level means; empty lines stand for the set's own words.
fn meanings(text: &str) -> std::result::Result<Vec<String>, String> {
    let mut meanings: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    while meanings.last().is_some_and(String::is_empty) {
        meanings.pop();
    }
    if meanings.len() > MOST_LEVELS {
        return Err("There are more lines than levels.".into());
    }
    for meaning in &meanings {
        crate::text::line(meaning, "A line", LONGEST_TITLE as usize)?;
    }
    Ok(meanings)
}

/// The fields of a node as a form gave them.
pub fn entry(form: &EntryForm) -> Result<Fields> {
    let mut errors = FieldErrors::default();
    let short = |text: &str, what: &str| crate::text::line(text, what, LONGEST_CODE as usize);
    let fields = [
        ("title", errors.take("title", title(&form.title)).map(Value::from)),
        (
            "code",
            errors.take("code", short(&form.code, "A code")).map(Value::from),
        ),
        (
            "kind_label",
            errors.take("kind", short(&form.kind, "A kind")).map(Value::from),
        ),
        (
            "description",
            errors
                .take("description", passage(&form.description, "A description"))
                .map(Value::from),
        ),
        (
            "knowledge",
            errors
                .take("knowledge", entries(&form.knowledge, LONGEST_TITLE))
                .map(Value::from),
        ),
        (
            "skills",
            errors
                .take("skills", entries(&form.skills, LONGEST_TITLE))
                .map(Value::from),
        ),
        (
            "attitudes",
            errors
                .take("attitudes", entries(&form.attitudes, LONGEST_TITLE))
                .map(Value::from),
        ),
        (
            "behaviours",
            errors
                .take("behaviours", entries(&form.behaviours, LONGEST_TITLE))
                .map(Value::from),
        ),
        (
            "notes",
            errors.take("notes", passage(&form.notes, "A note")).map(Value::from),
        ),
        (
            "topics",
            errors
                .take("topics", entries(&form.topics, LONGEST_CODE))
                .map(Value::from),
        ),
        (
            "sources",
            errors
                .take("sources", sources(&form.sources))
                .map(|sources| json!(sources)),
        ),
        ("levels", errors.take("levels", meanings(&form.levels)).map(Value::from)),
    ];
    errors.check()?;
    Ok(fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect())
}

/// The name of a field in the form of a node.
pub fn form_name(field: &str) -> &str {
    match field {
        "kind_label" => "kind",
        other => other,
    }
}

/// What a node's form is filled with.
pub fn entry_form(content: &Content, numbered: bool) -> EntryForm {
    let source = |source: &Source| {
        let parts = [&source.title, &source.credit, &source.address];
        let parts = parts.map(|part| part.replace('|', "/"));
        parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
    };
    let list = |entries: &[String]| {
        entries
            .iter()
            .map(|entry| one_line(entry))
            .collect::<Vec<_>>()
            .join("\n")
    };
    EntryForm {
        title: one_line(&content.title),
        code: if numbered && !content.by_hand {
            String::new()
        } else {
            content.code.clone()
        },
        kind: content.kind_label.clone(),
        description: content.description.clone(),
        knowledge: list(&content.knowledge),
        skills: list(&content.skills),
        attitudes: list(&content.attitudes),
        behaviours: list(&content.behaviours),
        notes: content.notes.clone(),
        topics: list(&content.topics),
        sources: content.sources.iter().map(source).collect::<Vec<_>>().join("\n"),
        levels: list(&content.levels),
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The fields of a node as its form would give them; what its form would refuse
/// stands as it is.
pub fn entry_fields(content: &Content, numbered: bool) -> Fields {
    let form = entry_form(content, numbered);
    let texts = |text: &str| Value::from(lines(text));
    let whole = |text: &str| Value::from(text.replace("\r\n", "\n").trim());
    let sources: Vec<Source> = lines(&form.sources).iter().map(|line| source(line)).collect();
    let fields = [
        ("title", Value::from(one_line(&form.title))),
        ("code", Value::from(one_line(&form.code))),
        ("kind_label", Value::from(one_line(&form.kind))),
        ("description", whole(&form.description)),
        ("knowledge", texts(&form.knowledge)),
        ("skills", texts(&form.skills)),
        ("attitudes", texts(&form.attitudes)),
        ("behaviours", texts(&form.behaviours)),
        ("notes", whole(&form.notes)),
        ("topics", texts(&form.topics)),
        ("sources", json!(sources)),
        ("levels", json!(content.levels)),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        Content {
            title: "Explains  the budget".into(),
            code: "LM 1".into(),
            description: "Two\r\n\r\nparagraphs ".into(),
            knowledge: vec!["How money\nworks".into(), "More".into()],
            sources: vec![
                Source {
                    title: "A set".into(),
                    credit: String::new(),
                    address: "https://a.example".into(),
                },
                Source {
                    title: "Another".into(),
                    ..Source::default()
                },
            ],
            levels: vec![String::new(), "Says so".into()],
            ..Content::default()
        }
    }

    #[test]
    fn an_unchanged_form_says_what_it_was_filled_with() {
        for numbered in [false, true] {
            let form = entry_form(&content(), numbered);
            assert_eq!(entry(&form).unwrap(), entry_fields(&content(), numbered));
        }
    }

    #[test]
    fn every_bad_field_has_its_message() {
        let form = EntryForm {
            title: " ".into(),
            code: "c".repeat(101),
            topics: "t".repeat(101),
            sources: "A | B | javascript:alert(1)".into(),
            notes: "n".repeat(20_001),
            ..EntryForm::default()
        };
        let error = entry(&form).unwrap_err();
        for field in ["title", "code", "topics", "sources", "notes"] {
            assert!(error.at(field).is_some(), "{field}");
        }
    }
}
