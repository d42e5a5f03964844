//! What is said of a set as a whole goes out and comes in, to where nothing is known of it.

use serde_json::Value;

use super::fixtures::native;
use super::sheet::{csv, workbook};
use super::sheet_columns::REFERENCES;
use super::{ExchangeLevel, ExchangeReference, Limits, Opened, compare, open, parse};

#[test]
fn a_table_says_all_of_a_set_where_nothing_is_known_of_it() {
    let mut set = native();
    let level = |label: &str, description: &str| ExchangeLevel {
        label: label.into(),
        description: description.into(),
    };
    set.scale = vec![
        level("Not yet", ""),
        level("Stage 1: begins", "With help.\n\nOr not."),
        level("=2", "Alone: without help"),
        level("Stage \"3\"", "Helps others"),
        level("Stage 4", "Writes the book"),
    ];
    (set.language, set.creator) = (Some("cy".into()), Some("Llyfrgell".into()));
    set.licence = Some("CC BY 4.0".into());
    let (from, to) = (set.nodes[1].identifier, set.nodes[2].identifier);
    let kinds = REFERENCES.map(|(_, kind)| kind);
    assert_eq!(kinds.len(), 9);
    set.references = kinds
        .map(|kind| ExchangeReference {
            from,
            to,
            kind: kind.into(),
            extra: Value::Null,
        })
        .into();
    for (name, bytes) in [("a.csv", csv(&set).into_bytes()), ("a.xlsx", workbook(&set).unwrap())] {
        let parsed = parse(name, &bytes);
        assert_eq!((&parsed.problems, &parsed.leniencies), (&vec![], &vec![]), "{name}");
        let again = parsed.importable().unwrap();
        assert_eq!((again.identifier, &again.title), (set.identifier, &set.title), "{name}");
        assert_eq!(again.scale, set.scale, "{name}");
        assert_eq!(
            (&again.language, &again.creator, &again.licence, &again.description),
            (&set.language, &set.creator, &set.licence, &set.description),
            "{name}"
        );
        let fields = compare(&set, again).set_fields;
        assert!(!fields.contains(&"references".to_owned()), "{name}: {fields:?}");
    }
}

#[test]
fn a_person_says_it_in_columns_or_in_a_sheet_and_what_is_left_out_stays() {
    let set = native();
    let text = "Full Statement,Proficiency Scale,Set Licence\nReads,\"Not yet\nNearly: with help\",CC0\nWrites,,\n";
    let Opened::Sheet(sheet) = open("a.csv", text.as_bytes(), Limits::default()) else {
        panic!("no table")
    };
    let columns: Vec<_> = sheet.columns().iter().map(|column| column.suggested).collect();
    assert_eq!((sheet.title(&columns), sheet.set_identifier(&columns)), (None, None));
    let parsed = sheet.read(&columns, set.identifier, &set.title, Some(&set));
    let again = parsed.importable().unwrap();
    assert_eq!((again.scale.len(), again.licence.as_deref()), (2, Some("CC0")));
    assert_eq!((&again.description, &again.creator), (&set.description, &set.creator));
    // A scale of too many levels is refused, not cut.
    let many = "x\n".repeat(51);
    assert!(
        parse(
            "a.csv",
            format!("Full Statement,Proficiency Scale\nA,\"{many}\"\n").as_bytes()
        )
        .refused()
    );
}
