//! Spreadsheets read, written, and read again.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::json;
use uuid::Uuid;

use super::fixtures::{native, real_file};
use super::sheet::{Column, csv, workbook};
use super::{
    ExchangeRemarks, ExchangeSet, ExchangeSource, Format, Limits, Opened, Parsed, Severity, compare, open, parse,
    set_identifier,
};

fn read(text: &str) -> Parsed {
    parse("skills.csv", text.as_bytes())
}

fn tree(parsed: &Parsed) -> Vec<String> {
    let set = parsed.set.as_ref().unwrap();
    let depths = set.depths();
    let lines = set.nodes.iter().zip(depths);
    lines.map(|(node, depth)| format!("{depth} {}", node.title)).collect()
}

fn over(current: &ExchangeSet, bytes: &[u8]) -> Parsed {
    let Opened::Sheet(sheet) = open("x.csv", bytes, Limits::default()) else {
        panic!("no table")
    };
    let columns: Vec<Column> = sheet.columns().iter().map(|column| column.suggested).collect();
    sheet.read(&columns, current.identifier, &current.title, Some(current))
}

#[test]
fn what_carrel_writes_opens_again_as_the_same_set() {
    let mut set = native();
    set.nodes[1].extra =
        json!({ "case": { "conceptKeywords": ["a", "b, c"], "abbreviatedStatement": "short", "x": 1 } });
    set.nodes[1].remarks = beside();
    set.nodes[2].title = "'=kept as it stands".into();
    for bytes in [csv(&set).into_bytes(), workbook(&set).unwrap()] {
        let parsed = over(&set, &bytes);
        assert_eq!(parsed.format, Some(Format::Sheet));
        assert_eq!((&parsed.problems, &parsed.leniencies), (&vec![], &vec![]));
        let again = parsed.importable().unwrap();
        let plan = compare(&set, again);
        assert!(plan.is_empty(), "{plan:?}\n{:#?}\n{:#?}", set.nodes, again.nodes);
        assert_eq!(again.nodes[1].remarks, set.nodes[1].remarks);
    }
}

fn beside() -> ExchangeRemarks {
    ExchangeRemarks {
        notes: Some("For trainers.\n\nTwo paragraphs.".into()),
        topics: Some(vec!["desks".into(), "loans, all of them".into()]),
        sources: Some(vec![ExchangeSource {
            title: "A handbook".into(),
            credit: "Its writers".into(),
            address: "https://handbook.example/".into(),
        }]),
        levels: Some(vec![String::new(), "Does so with help".into()]),
        ..ExchangeRemarks::default()
    }
}

#[test]
fn a_table_without_these_columns_says_nothing_of_them() {
    let mut set = native();
    let without = csv(&set);
    set.nodes[1].remarks = beside();
    let again = over(&set, without.as_bytes());
    assert_eq!(again.importable().unwrap().nodes[1].remarks, ExchangeRemarks::default());
    let with = csv(&set).replace("For trainers.", "For all.");
    let again = over(&set, with.as_bytes());
    let nodes = &again.importable().unwrap().nodes;
    assert_eq!(nodes[1].remarks.notes.as_deref(), Some("For all.\n\nTwo paragraphs."));
    assert_eq!(
        nodes[0].remarks.notes.as_deref(),
        Some(""),
        "an empty cell says that there is none"
    );
}

#[test]
fn no_cell_runs() {
    let mut set = native();
    for (node, sign) in set.nodes.iter_mut().zip(["=", "+", "@", "-"]) {
        node.title = format!("{sign}cmd|' /C calc'!A0");
        node.code = Some(format!("{sign}1"));
        node.description = format!("{sign}2");
    }
    let text = csv(&set);
    let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let cells: Vec<String> = reader
        .records()
        .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(cells.iter().any(|cell| cell.starts_with("'=cmd")));
    assert!(
        !cells.iter().any(|cell| cell.starts_with(['=', '+', '@', '-'])),
        "{cells:?}"
    );
    let mut book = Xlsx::new(Cursor::new(workbook(&set).unwrap())).unwrap();
    let formulas = book.worksheet_formula("Sheet1").unwrap();
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
    let range = book.worksheet_range("Sheet1").unwrap();
    assert_eq!(range.get_value((1, 1)), Some(&Data::String(set.nodes[0].title.clone())));
}

#[test]
fn a_person_writes_levels_side_by_side() {
    let text = "Section,Competency,Statement,Code,Notes\n\
        Money,Budgets,Reads a budget,M1,why\n\
        ,,Explains a budget,M2,\n\
        ,Funds,Finds money,M3,\n\
        People,,Listens,P1,\n\
        Money,,Counts twice,M4,\n\
        ,,,,only a note\n";
    let parsed = read(text);
    assert_eq!(
        tree(&parsed),
        [
            "1 Money",
            "2 Budgets",
            "3 Reads a budget",
            "3 Explains a budget",
            "2 Funds",
            "3 Finds money",
            "2 Counts twice",
            "1 People",
            "2 Listens"
        ]
    );
    assert_eq!(parsed.problems.len(), 1, "{:?}", parsed.problems);
    assert_eq!(
        (parsed.problems[0].place.as_str(), parsed.problems[0].severity),
        ("row 7", Severity::Skipped)
    );
    let set = parsed.set.as_ref().unwrap();
    assert_eq!(
        (set.nodes[0].kind.as_deref(), set.nodes[2].kind.as_deref()),
        (Some("Section"), Some("Statement"))
    );
    assert_eq!(
        (set.nodes[2].code.as_deref(), set.nodes[2].description.as_str()),
        (Some("M1"), "why")
    );
    // The same table again is the same set, and with other words the same statements.
    let again = read(&text.replace("Reads a budget", "Reads any budget"));
    let plan = compare(set, again.set.as_ref().unwrap());
    assert_eq!((plan.changed.len(), plan.new.len(), plan.missing.len()), (1, 0, 0));
}

#[test]
fn trees_are_told_by_parent_place_depth_or_indentation() {
    let expected = ["1 A", "2 B", "3 C", "2 D", "1 E"];
    for text in [
        "Statement,Code,Parent\nA,1,\nB,2,1\nC,3,2\nD,4,1\nE,5,\n",
        "Statement;Smart Level\nA;1\nB;1.1\nC;1.1.1.\nD;1.2\nE;2\n",
        "Smart Level,Statement\n2,E\n1.2,D\n1,A\n1.1.1,C\n1.1,B\n",
        "Statement\tLevel\nA\t1\nB\t2\nC\t3\nD\t2\nE\t1\n",
        "Code,Statement\n,A\n,  B\n,    C\n,  D\n,E\n",
        "Full Statement,Identifier,Is Child Of,Sequence Number\nE,e,,2\nC,c,b,1\nD,d,a,10\nB,b,A,9\nA,a,,1\n",
    ] {
        let parsed = read(text);
        assert!(!parsed.refused(), "{text}: {:?}", parsed.problems);
        assert_eq!(tree(&parsed), expected, "{text}");
    }
    let set = "0b2e9dd4-2d2c-4c7e-8e6c-0d8a7a3f1c11";
    let parsed = read(&format!("Full Statement,Identifier,Is Child Of\nA,a,{set}\nB,b,a\n"));
    assert_eq!((tree(&parsed).concat(), parsed.leniencies.len()), ("1 A2 B".into(), 1));
    let parsed = read("Full Statement,Identifier,Is Child Of\nA,a,nobody\nB,b,a\n");
    assert!(parsed.problems[0].message.contains("“nobody”"), "{:?}", parsed.problems);
}

#[test]
fn codes_and_kinds_make_a_tree_where_nothing_else_does() {
    let text = "Code,Wording,Level\n1,Money,Section\n1.1,Budgets,Competency\n1.1.1,Reads a budget,Statement\n\
        1.1.2,Explains a budget,Statement\n,Without a code,Statement\n2,People,Section\n1.1.2,Twice,Statement\n2.1,,Statement\n";
    let parsed = read(text);
    let expected = [
        "1 Money",
        "2 Budgets",
        "3 Reads a budget",
        "3 Explains a budget",
        "3 Without a code",
        "3 Twice",
        "1 People",
    ];
    assert_eq!(tree(&parsed), expected);
    let set = parsed.set.as_ref().unwrap();
    assert_eq!(
        (set.nodes[2].code.as_deref(), set.nodes[2].kind.as_deref()),
        (Some("1.1.1"), Some("Statement"))
    );
    assert_eq!(parsed.leniencies[0].message, "The codes say what stands beneath what");
    let said: Vec<(&str, Severity)> = parsed
        .problems
        .iter()
        .map(|one| (one.place.as_str(), one.severity))
        .collect();
    assert_eq!(said, [("row 9", Severity::Skipped), ("row 8", Severity::Noted)]);

    let parsed = read(
        "Type,Statement\nSection,Money\nCompetency,Budgets\nIndicator,Reads one\nSection,People\nIndicator,Listens\n",
    );
    assert_eq!(
        tree(&parsed),
        ["1 Money", "2 Budgets", "3 Reads one", "1 People", "2 Listens"]
    );
    // What no other code begins with is no place, and one kind of thing is a list.
    assert_eq!(
        tree(&read("Code,Statement\n1.1,A\n1.2,B\n2.1,C\n")),
        ["1 A", "1 B", "1 C"]
    );
    assert_eq!(tree(&read("Type,Statement\nSkill,A\nSkill,B\n")), ["1 A", "1 B"]);
}

#[test]
fn a_statement_goes_on_under_another_identifier_and_what_has_no_column_stays() {
    let set = native();
    let (own, new) = (
        set.nodes[1].identifier,
        Uuid::from_u128(77 << 76 | 0x8000_0000_0000_0000),
    );
    let text = format!("Identifier,Previous Identifier,Full Statement\n{new},{own},Issues things\n");
    let parsed = over(&set, text.as_bytes());
    let again = parsed.importable().unwrap();
    assert_eq!(again.nodes[0].identifier, own);
    assert_eq!(
        (&again.nodes[0].code, &again.nodes[0].details),
        (&set.nodes[1].code, &set.nodes[1].details)
    );
    assert_eq!(
        (&again.scale, &again.description, again.references.len()),
        (&set.scale, &set.description, 0)
    );
    let plan = compare(&set, again);
    assert_eq!((plan.changed.len(), plan.missing.len(), plan.new.len()), (1, 3, 0));
}

#[test]
fn every_row_that_cannot_be_read_is_named() {
    let parsed = read("Identifier,Full Statement,Is Related To\na,One,b\na,Two,\n,,\nb,,\nc,Three,nothing\n");
    let said: Vec<(&str, Severity)> = parsed
        .problems
        .iter()
        .map(|one| (one.place.as_str(), one.severity))
        .collect();
    assert_eq!(
        said,
        [
            ("row 3", Severity::Refused),
            ("row 5", Severity::Skipped),
            ("row 2", Severity::Skipped),
            ("row 6", Severity::Skipped)
        ]
    );
    let long = format!("Full Statement\n{}\n", "x".repeat(2_001));
    assert!(read(&long).refused());
    let many = format!("Full Statement\n{}", "x\n".repeat(10_001));
    assert!(read(&many).refused());
    assert!(
        read("Colour,Size\nred,1\n").problems[0]
            .message
            .contains("which column")
    );
    assert!(read("Full Statement\n").refused());
}

#[test]
fn the_same_words_in_two_places_are_two_statements() {
    let text = "Full Statement,Depth\nA,1\nOverview,2\nB,1\nOverview,2\n";
    let parsed = read(text);
    assert_eq!(tree(&parsed), ["1 A", "2 Overview", "1 B", "2 Overview"]);
    assert!(compare(parsed.set.as_ref().unwrap(), read(text).set.as_ref().unwrap()).is_empty());
    assert_eq!(parsed.set.unwrap().identifier, set_identifier("Skills"));
}

#[test]
fn a_real_framework_of_people_is_read_by_its_levels() {
    let name = "direct/framework/DIRECT-framework-all-in-one.csv";
    let Some(bytes) = real_file("a_real_framework_of_people_is_read_by_its_levels", name) else {
        return;
    };
    let parsed = parse(name, &bytes);
    assert!(!parsed.refused(), "{:?}", parsed.problems);
    let counts = parsed.set.unwrap().counts();
    assert_eq!(
        (counts.nodes, counts.top, counts.leaves, counts.depth),
        (191, 7, 164, 3)
    );
}

#[test]
fn real_tables_of_occupations_are_read_by_what_differs() {
    let files: [(&str, &[(&str, Column)]); 5] = [
        (
            "Task_Statements.csv",
            &[("Title", Column::Level), ("Task", Column::Statement)],
        ),
        (
            "Skills.csv",
            &[("Title", Column::Level), ("Element Name", Column::Statement)],
        ),
        (
            "Knowledge.csv",
            &[("Title", Column::Level), ("Element Name", Column::Statement)],
        ),
        (
            "Alternate_Titles.csv",
            &[
                ("Title", Column::Level),
                ("Alternate Title", Column::Statement),
                ("Source(s)", Column::Sources),
            ],
        ),
        (
            "Occupation_Data.csv",
            &[("Title", Column::Statement), ("Description", Column::Notes)],
        ),
    ];
    for (file, expected) in files {
        let name = format!("onet/{file}");
        let Some(bytes) = real_file("real_tables_of_occupations_are_read_by_what_differs", &name) else {
            return;
        };
        let Opened::Sheet(sheet) = open(file, &bytes, Limits::default()) else {
            panic!("{file} is no table")
        };
        let known: Vec<(String, Column)> = sheet
            .columns()
            .into_iter()
            .filter(|column| column.suggested != Column::Ignored)
            .map(|column| (column.name, column.suggested))
            .collect();
        let expected: Vec<(String, Column)> = expected
            .iter()
            .map(|(name, column)| ((*name).to_owned(), *column))
            .collect();
        assert_eq!(known, expected, "{file}");
        let parsed = parse(file, &bytes);
        assert!(!parsed.refused(), "{file}: {:?}", parsed.problems);
    }
}

#[test]
fn hostile_tables_never_panic() {
    for text in [
        "\u{0}",
        "a",
        ",,,\n,,,",
        "\"",
        "Full Statement\n\"\"\"",
        "=1+1,Full Statement\n=2,=3\n",
        "Level,Level,Level\na,b\n,,,,,c\n",
    ] {
        let parsed = read(text);
        if let Some(set) = parsed.importable() {
            assert!(parse("x.csv", csv(set).as_bytes()).set.is_some());
            assert!(parse("x.xlsx", &workbook(set).unwrap()).set.is_some());
        }
    }
}
