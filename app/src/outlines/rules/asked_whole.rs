//! From the form of a whole draft to fields and back, as in [`super::asked`].

use serde_json::{Value, json};

use super::asked::{entries, lines, one_line, passage};
use super::frame::Frame;
use super::step::Fields;
use crate::competencies::model::{Level, SetTitle};
use crate::error::{FieldErrors, Result};
use crate::outlines::model::{FrameForm, LONGEST_CODE, LONGEST_PREFIX, LONGEST_TITLE, MOST_LEVELS};

fn level(line: &str) -> Level {
    let (label, description) = line.split_once(':').unwrap_or((line, ""));
    Level {
        label: label.trim().to_owned(),
        description: description.trim().to_owned(),
    }
}

fn scale(text: &str) -> std::result::Result<Vec<Level>, String> {
    let levels: Vec<Level> = lines(text).iter().map(|line| level(line)).collect();
    if levels.len() < 2 || levels.len() > MOST_LEVELS {
        return Err(format!("A scale has from 2 to {MOST_LEVELS} levels, a line each."));
    }
    for level in &levels {
        if level.label.is_empty() {
            return Err("Begin each line with the level’s name.".into());
        }
        crate::text::line(&level.label, "A level’s name", LONGEST_CODE as usize)?;
        crate::text::line(&level.description, "A level’s description", LONGEST_TITLE as usize)?;
    }
    Ok(levels)
}

pub fn language(text: &str) -> std::result::Result<String, String> {
    let tag = text.trim();
    if crate::language::is_tag(tag) {
        Ok(tag.to_owned())
    } else {
        Err("Choose a language, or give its code (BCP 47), such as en, pl or pt-BR.".into())
    }
}

/// What holds for the whole draft as a form gave it.
pub fn frame(form: &FrameForm) -> Result<Fields> {
    let mut errors = FieldErrors::default();
    let named = SetTitle::parse(&form.title).map(|title| title.as_str().to_owned());
    let prefix = crate::text::line(&form.prefix, "What stands before the numbers", LONGEST_PREFIX as usize);
    let fields = [
        ("title", errors.take("title", named).map(Value::from)),
        (
            "description",
            errors
                .take("description", passage(&form.description, "A description"))
                .map(Value::from),
        ),
        (
            "language",
            errors.take("language", language(&form.language)).map(Value::from),
        ),
        (
            "levels",
            errors.take("levels", scale(&form.levels)).map(|levels| json!(levels)),
        ),
        (
            "kinds",
            errors
                .take("kinds", entries(&form.kinds, LONGEST_CODE))
                .map(Value::from),
        ),
        ("numbered", Some(Value::from(form.numbered))),
        ("prefix", errors.take("prefix", prefix).map(Value::from)),
    ];
    errors.check()?;
    Ok(fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect())
}

/// What the form of the whole draft is filled with.
pub fn frame_form(frame: &Frame) -> FrameForm {
    let line = |level: &Level| {
        let text = format!("{}: {}", one_line(&level.label), one_line(&level.description));
        text.trim_end_matches([' ', ':']).to_owned()
    };
    FrameForm {
        title: frame.title.clone(),
        description: frame.description.clone(),
        language: frame.language.clone(),
        levels: frame.levels.iter().map(line).collect::<Vec<_>>().join("\n"),
        kinds: frame.kinds.join("\n"),
        numbered: frame.numbered,
        prefix: frame.prefix.clone(),
        base: String::new(),
    }
}

/// The fields of the whole as its form would give them.
pub fn frame_fields(frame: &Frame) -> Fields {
    let form = frame_form(frame);
    let levels: Vec<Level> = lines(&form.levels).iter().map(|line| level(line)).collect();
    let fields = [
        ("title", Value::from(one_line(&form.title))),
        (
            "description",
            Value::from(form.description.replace("\r\n", "\n").trim()),
        ),
        ("language", Value::from(form.language.trim())),
        ("levels", json!(levels)),
        ("kinds", Value::from(lines(&form.kinds))),
        ("numbered", Value::from(form.numbered)),
        ("prefix", Value::from(one_line(&form.prefix))),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unchanged_form_says_what_it_was_filled_with() {
        let frame = Frame {
            title: "A set".into(),
            language: "en".into(),
            levels: ["None", "Some: more"]
                .map(|label| Level {
                    label: label.into(),
                    description: "It: is".into(),
                })
                .into(),
            kinds: vec!["Domain".into()],
            ..Frame::default()
        };
        assert_eq!(super::frame(&frame_form(&frame)).unwrap(), frame_fields(&frame));
    }

    #[test]
    fn every_bad_field_has_its_message() {
        let error = super::frame(&FrameForm {
            levels: "Only one".into(),
            language: "e n".into(),
            ..FrameForm::default()
        });
        let error = error.unwrap_err();
        for field in ["title", "language", "levels"] {
            assert!(error.at(field).is_some(), "{field}");
        }
    }
}
