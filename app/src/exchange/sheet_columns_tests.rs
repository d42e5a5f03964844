//! What columns seem to be.

use super::*;

fn suggest(header: &[&str]) -> Vec<Column> {
    let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
    suggested(
        &header,
        header.len(),
        |at| match header[at].as_str() {
            "Level" => Cells::Numbers,
            "Section" if !header.iter().any(|name| name == "Competency") => Cells::Kinds,
            _ => Cells::Other,
        },
        |_| Texts::default(),
    )
}

/// What the columns of a table seem to be, by their names and what they hold.
fn of(table: &[(&str, Vec<String>)]) -> Vec<Column> {
    let header: Vec<String> = table.iter().map(|(name, _)| (*name).to_owned()).collect();
    let texts = |at: usize| {
        let distinct: std::collections::HashSet<&String> = table[at].1.iter().collect();
        Texts {
            filled: table[at].1.len(),
            distinct: distinct.len(),
            characters: distinct.iter().map(|text| text.len()).sum(),
        }
    };
    suggested(&header, header.len(), |_| Cells::Other, texts)
}

/// So many rows of texts of this length, each standing in so many rows.
fn rows(length: usize, each: usize) -> Vec<String> {
    (0..24).map(|row| format!("{:0length$}", row / each)).collect()
}

#[test]
fn the_statement_differs_most_and_what_repeats_is_its_heading() {
    let table = |title: &'static str, what: &'static str| {
        vec![
            ("Code", rows(4, 1)),
            (title, rows(12, 8)),
            (what, rows(60, 1)),
            ("Type", rows(4, 12)),
        ]
    };
    let expected = [C::Code, C::Level, C::Statement, C::Kind];
    for (title, what) in [
        ("Title", "Task"),
        ("Title", "Statement"),
        ("Name", "Element Name"),
        ("Title", "Skill"),
        ("Statement", "Alternate Title"),
    ] {
        assert_eq!(of(&table(title, what)), expected, "{title}, {what}");
    }
    // A title of its own for each row is no heading; the longer text is the statement.
    let both = [("Title", rows(12, 1)), ("Statement", rows(60, 1))];
    assert_eq!(of(&both), [C::Ignored, C::Statement]);
    // What stands alone stays the statement, however often it repeats.
    assert_eq!(
        of(&[("Title", rows(12, 8)), ("Date", rows(30, 1))]),
        [C::Statement, C::Ignored]
    );
    // Where the tree is said otherwise, nothing is a heading.
    let told = [("Parent", rows(4, 1)), ("Title", rows(12, 8)), ("Task", rows(60, 1))];
    assert_eq!(of(&told), [C::Parent, C::Ignored, C::Statement]);
    assert_eq!(
        of(&[("Scale ID", rows(2, 1)), ("Scale Name", rows(9, 1))])[1],
        C::Statement
    );
}

#[test]
fn whatever_the_order_of_columns_there_is_one_statement_and_it_says_most() {
    let names = ["Title", "Task", "Element Name", "Remarks"];
    for first in 0..4 {
        for (each, lengths) in [(1, [5, 40, 20, 90]), (3, [9, 30, 60, 10]), (8, [30, 31, 32, 33])] {
            let mut table: Vec<(&str, Vec<String>)> = names
                .iter()
                .zip(lengths)
                .map(|(name, length)| (*name, rows(length, if *name == "Title" { 8 } else { each })))
                .collect();
            table.rotate_left(first);
            let columns = of(&table);
            let statements: Vec<usize> = (0..4).filter(|at| columns[*at] == C::Statement).collect();
            assert_eq!(statements.len(), 1, "{columns:?}");
            assert_ne!(table[statements[0]].0, "Title", "{columns:?}");
            let title = table.iter().position(|(name, _)| *name == "Title").unwrap();
            assert_eq!(columns[title], C::Level);
        }
    }
}

#[test]
fn what_things_are_called_tells_how_deep_they_stand() {
    assert_eq!(
        [rank("Domains"), rank("competency"), rank("Indicator")],
        [Some(1), Some(2), Some(3)]
    );
    assert_eq!((rank("Colour"), rank("")), (None, None));
    assert_eq!(suggest(&["Section", "Wording"]), [C::Kind, C::Statement]);
}

#[test]
fn every_column_has_its_own_name_and_word() {
    for (column, ..) in TABLE {
        assert_eq!(Column::named(column.name()), Some(column));
        assert_eq!(Column::parse(&column.as_str()), Some(column));
    }
    assert_eq!(Column::choices().count(), TABLE.len() + 1);
    assert_eq!(Column::parse("anything"), None);
}

#[test]
fn opensalts_names_are_known_however_they_are_spelt() {
    let header = [
        "identifier",
        "fullStatement",
        "Human Coding Scheme",
        "is_child_of",
        "sequenceNumber",
        "CFItemType",
        "Colour",
    ];
    assert_eq!(
        suggest(&header),
        [
            C::Identifier,
            C::Statement,
            C::Code,
            C::Parent,
            C::Order,
            C::Kind,
            C::Ignored
        ]
    );
}

#[test]
fn what_people_write_is_understood() {
    assert_eq!(
        suggest(&["Section", "Competency", "Statement"]),
        [C::Level, C::Level, C::Statement]
    );
    assert_eq!(
        suggest(&["Domain", "Competency", "Indicator"]),
        [C::Level, C::Level, C::Statement]
    );
    assert_eq!(suggest(&["Code", "Skill"]), [C::Code, C::Statement]);
    assert_eq!(
        suggest(&["Statement", "Statement", "Notes"]),
        [C::Statement, C::Ignored, C::Notes]
    );
    assert_eq!(suggest(&["Level", "Competency"]), [C::Depth, C::Statement]);
}
