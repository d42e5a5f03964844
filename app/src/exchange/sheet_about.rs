//! What a table says of its set as a whole: in a sheet of its own, or in columns
//! of which the first row that says something counts.

use uuid::Uuid;

use super::report::Report;
use super::sheet_columns::Column;
use super::sheet_read::entries;
use super::text::{bounded, line, some, tidy};
use super::{ExchangeLevel, ExchangeSet, TextFormat, bounds};

/// The sheet of a workbook that holds it: a name and what it is in each row.
pub(super) const SHEET: &str = "About this set";

/// Its columns, which are the names in that sheet.
pub(super) const ABOUT: [Column; 7] = [
    Column::SetTitle,
    Column::SetIdentifier,
    Column::SetDescription,
    Column::SetLanguage,
    Column::SetCreator,
    Column::SetLicence,
    Column::Scale,
];

/// Where such things are said of a set.
const PLACE: &str = "file";

/// Names with what they are, one after the other.
pub(super) type Said = Vec<(Column, String)>;

/// What a set says of itself; its scale in as many entries as it has levels.
pub(super) fn said_of(set: &ExchangeSet) -> Said {
    let own = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut said = vec![
        (Column::SetTitle, set.title.clone()),
        (Column::SetIdentifier, set.identifier.to_string()),
        (Column::SetDescription, set.description.clone()),
        (Column::SetLanguage, own(&set.language)),
        (Column::SetCreator, own(&set.creator)),
        (Column::SetLicence, own(&set.licence)),
    ];
    said.extend(set.scale.iter().map(|level| (Column::Scale, level_entry(level))));
    said.retain(|(_, text)| !text.is_empty());
    said
}

/// All that is said under one name.
pub(super) fn text_of(said: &Said, column: Column) -> String {
    let own = said.iter().filter(|(own, _)| *own == column);
    tidy(&own.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n"))
}

/// The identifier of the set, where it is one.
pub(super) fn identifier(said: &Said) -> Option<Uuid> {
    Uuid::try_parse(&text_of(said, Column::SetIdentifier)).ok()
}

/// Takes in what is said, but for title and identifier. What says the same as
/// the set stays as it is to the letter.
pub(super) fn take_in(set: &mut ExchangeSet, said: &Said, report: &mut Report) {
    let was = said_of(set);
    for column in ABOUT {
        let text = text_of(said, column);
        if text.is_empty() || text == text_of(&was, column) {
            continue;
        }
        let mut short = |what: &str, most: usize| some(bounded(line(&text), what, most, PLACE, report));
        match column {
            Column::SetLanguage => set.language = short("language", bounds::CODE),
            Column::SetCreator => set.creator = short("creator", bounds::STATEMENT),
            Column::SetLicence => set.licence = short("licence", bounds::STATEMENT),
            Column::SetDescription => {
                set.description = bounded(text, "description", bounds::DESCRIPTION, PLACE, report);
                set.description_format = TextFormat::default();
            }
            Column::Scale => set.scale = scale(&text, report),
            _ => {}
        }
    }
}

/// A level as an entry of its own, lines that follow indented.
fn level_entry(level: &ExchangeLevel) -> String {
    let label = line(&level.label);
    let label = if label.contains(": ") || label.starts_with('"') {
        format!("\"{}\"", label.replace('"', "\"\""))
    } else {
        label
    };
    let entry = match level.description.as_str() {
        "" => label,
        description => format!("{label}: {description}"),
    };
    format!("- {}", entry.replace('\n', "\n  "))
}

fn scale(text: &str, report: &mut Report) -> Vec<ExchangeLevel> {
    let entries = entries(text);
    if entries.len() > bounds::LEVELS {
        report.refuse(PLACE, format!("The scale has more than {} levels.", bounds::LEVELS));
    }
    let levels = entries.iter().take(bounds::LEVELS).map(|entry| {
        let (label, description) = label_of(entry);
        ExchangeLevel {
            label: bounded(line(&label), "label of a level", bounds::CODE, PLACE, report),
            description: bounded(
                tidy(description),
                "description of a level",
                bounds::DESCRIPTION,
                PLACE,
                report,
            ),
        }
    });
    levels.collect()
}

/// `label: description`, the label in quotation marks where it holds a colon.
fn label_of(entry: &str) -> (String, &str) {
    let plain = || entry.split_once(": ").unwrap_or((entry, ""));
    let Some(quoted) = entry.strip_prefix('"') else {
        let (label, description) = plain();
        return (label.to_owned(), description);
    };
    let mut label = String::new();
    let mut rest = quoted;
    while let Some((before, after)) = rest.split_once('"') {
        label.push_str(before);
        match after.strip_prefix('"') {
            Some(further) => {
                label.push('"');
                rest = further;
            }
            None if after.is_empty() => return (label, ""),
            None => match after.strip_prefix(": ") {
                Some(description) => return (label, description),
                None => break,
            },
        }
    }
    let (label, description) = plain();
    (label.to_owned(), description)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_come_back_whatever_they_say() {
        for (label, description) in [
            ("None", ""),
            ("Some", "With help.\n\n- a list\n- of two"),
            ("Level 1: basic", "Knows it: a little"),
            ("Level 2: more", ""),
            ("\"So to say\"", "As one says \"it\": so"),
            ("Ends:", "and goes on"),
            ("- dashed", "- and dashed"),
        ] {
            let level = ExchangeLevel {
                label: label.into(),
                description: description.into(),
            };
            let mut report = Report::default();
            let text = [level_entry(&level), level_entry(&level)].join("\n");
            assert_eq!(scale(&text, &mut report), [level.clone(), level], "{text}");
        }
    }

    #[test]
    fn a_scale_is_written_by_hand_too() {
        let mut report = Report::default();
        let read = scale("Not yet\nNearly: with help\n", &mut report);
        let labels: Vec<&str> = read.iter().map(|level| level.label.as_str()).collect();
        assert_eq!(labels, ["Not yet", "Nearly"]);
        assert_eq!(read[1].description, "with help");
    }
}
