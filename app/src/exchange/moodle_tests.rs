//! Moodle frameworks read, written, and read again.

use super::fixtures::{native, real_file};
use super::moodle_table::HEADER;
use super::{ExchangeSet, Format, Parsed, RELATED_TO, Severity, TextFormat, case, compare, moodle_csv, parse};

const REAL: &str = "moodle/export_of_example_by_moodle-4.3.csv";

fn read(text: &str) -> Parsed {
    parse("framework.csv", text.as_bytes())
}

fn table(rows: &[&str]) -> String {
    let framework = ",F,Frame,<p>About</p>,1,\"Low,High\",\"[{\"\"scaleid\"\":\"\"2\"\"}]\",,,,,,1,\"domain,skill\"";
    format!("{}\n{framework}\n{}\n", HEADER.join(","), rows.join("\n"))
}

fn ids(set: &ExchangeSet) -> Vec<&str> {
    set.nodes
        .iter()
        .filter_map(|node| node.external_id.as_deref())
        .collect()
}

#[test]
fn the_real_export_gives_all_64_competencies_in_order() {
    let test = "the_real_export_gives_all_64_competencies_in_order";
    let Some(bytes) = real_file(test, REAL) else { return };
    let parsed = parse("export.csv", &bytes);
    assert_eq!(
        (parsed.problems.as_slice(), parsed.format),
        (&[][..], Some(Format::Moodle))
    );
    let set = parsed.set.unwrap_or_default();
    let counts = set.counts();
    assert_eq!(
        (counts.nodes, counts.top, counts.depth, counts.references, counts.levels),
        (64, 2, 4, 78, 2)
    );
    assert_eq!(
        (set.title.as_str(), set.external_id.as_deref()),
        ("OECD", Some("OECD-CORE"))
    );
    let labels: Vec<_> = set.scale.iter().map(|level| level.label.as_str()).collect();
    assert_eq!(labels, ["Not yet competent", "Competent"]);
    // Siblings as in the file, children beneath their parent.
    assert_eq!(
        ids(&set)[..8],
        [
            "competencies",
            "delivery",
            "acheivement-focus",
            "DR-AF-1",
            "DR-AF-2",
            "DR-AF-3",
            "analytical-thinking",
            "DR-AT-2"
        ]
    );
    assert!(set.references.iter().all(|reference| reference.kind == RELATED_TO));
    let first = &set.nodes[3];
    assert_eq!(first.title, "Defines ambitious, but realistic, personal goals.");
    assert_eq!(
        first.description,
        "<p>Defines ambitious, but realistic, personal\ngoals.<br></p>"
    );
    assert_eq!(
        (first.description_format, first.kind.as_deref()),
        (TextFormat::Html, Some("competency"))
    );
    assert_eq!(first.extra["moodle"]["exported_id"], "13");
    let level_1 = set
        .nodes
        .iter()
        .find(|node| node.external_id.as_deref() == Some("level-1"));
    let from = level_1.map(|node| node.identifier);
    assert_eq!(
        set.references
            .iter()
            .filter(|reference| Some(reference.from) == from)
            .count(),
        39
    );
}

#[test]
fn the_real_export_goes_both_ways() {
    let Some(bytes) = real_file("the_real_export_goes_both_ways", REAL) else {
        return;
    };
    let set = parse("export.csv", &bytes).set.unwrap_or_default();
    let written = moodle_csv::emit(&set);
    let parsed = read(&written);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.set.as_ref(), Some(&set));
    assert!(compare(&set, &parsed.set.unwrap_or_default()).is_empty());
    assert_eq!(moodle_csv::losses(&set), []);
    // Field by field, in whatever order the rows stand.
    let cells = |text: &str| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let rows = reader.records().map_while(Result::ok).skip(1);
        let mut rows: Vec<Vec<String>> = rows
            .map(|row| {
                let mut cells: Vec<String> = row.iter().map(|cell| cell.trim().replace("<br />", "<br>")).collect();
                // Moodle keeps no order among cross-references either.
                let mut crossed: Vec<_> = cells[10].split(',').map(str::to_owned).collect();
                crossed.sort();
                cells[10] = crossed.join(",");
                cells
            })
            .collect();
        rows.sort();
        rows
    };
    let original = String::from_utf8_lossy(&bytes).into_owned();
    assert_eq!(cells(&written), cells(&original));
    // And through a CASE package.
    let package = case::emit(&set, set.identifier, "https://x", "2026-05-04T09:30:00Z").to_string();
    assert_eq!(parse("x.json", package.as_bytes()).set, Some(set));
}

#[test]
fn a_set_of_our_own_survives_the_way_through_moodle() {
    let set = native();
    let written = moodle_csv::emit(&set);
    let parsed = read(&written);
    assert_eq!(
        (parsed.problems.as_slice(), parsed.leniencies.as_slice()),
        (&[][..], &[][..]),
        "{written}"
    );
    let again = parsed.set.unwrap_or_default();
    let plan = compare(&set, &again);
    // The kinds fit the taxonomy, so every node is the same.
    assert_eq!(plan.unchanged.len(), set.nodes.len(), "{plan:?}\n{written}");
    assert_eq!(again.identifier, set.identifier);
    assert_eq!(again.scale[0].label, "None, yet");
    let lost: Vec<_> = moodle_csv::losses(&set).into_iter().map(|loss| loss.message).collect();
    assert_eq!(lost.len(), 6, "{lost:?}");
    assert!(written.contains("\"'=Issues"), "{written}");
}

#[test]
fn no_cell_of_an_export_runs_as_a_formula() {
    let mut set = native();
    set.title = "=HYPERLINK(\"http://x\")".into();
    set.description = "@SUM(1)".into();
    set.external_id = Some("-F".into());
    set.scale[0].label = "+0".into();
    set.nodes[0].extra = serde_json::json!({ "moodle": { "rule_type": "=1", "rule_config": "\t=2" } });
    let written = moodle_csv::emit(&set);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(written.as_bytes());
    for record in reader.records().map_while(Result::ok) {
        assert_eq!(record.len(), 14);
        for cell in &record {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell}");
        }
    }
    let again = read(&written).set.unwrap_or_default();
    assert_eq!((again.title, again.external_id), (set.title, set.external_id));
    assert_eq!(
        (&again.description, &again.scale[0].label),
        (&set.description, &set.scale[0].label)
    );
}

#[test]
fn every_row_that_moodle_would_drop_is_named() {
    let long = format!(",long,{},,1,,,,,,,,,", "x".repeat(2_001));
    let parsed = read(&table(&[
        ",a,A,,1,,,,0,null,\"b%2Cc,nowhere,a\",,,",
        "a,\"b,c\",B,,1,,,,0,null,a,,,",
        "a,,No id,,1,,,,,,,,,",
        "a,noname,,,1,,,,,,,,,",
        "noname,below,Below,,1,,,,,,,,,",
        "gone,orphan,Orphan,,1,,,,,,,,,",
        ",a,Again,,1,,,,,,,,,",
        "y,x,Circle,,1,,,,,,,,,",
        "x,y,Circle,,1,,,,,,,,,",
        &long,
        ",G,Second,,1,,,,,,,,1,",
    ]));
    let of = |severity| {
        let of = parsed
            .problems
            .iter()
            .filter(move |problem| problem.severity == severity);
        let mut rows: Vec<_> = of.map(|problem| problem.place.as_str()).collect();
        rows.sort_by(|a, b| super::text::natural(a, b));
        rows
    };
    assert_eq!(
        of(Severity::Refused),
        [
            "row 5", "row 6", "row 7", "row 8", "row 9", "row 10", "row 11", "row 12", "row 13"
        ]
    );
    assert_eq!(of(Severity::Skipped), ["row 3", "row 3"]);
    assert!(parsed.importable().is_none());
    let set = parsed.set.unwrap_or_default();
    assert_eq!(ids(&set), ["a", "b,c", "long"]);
    assert_eq!(set.references.len(), 2);
    let kinds: Vec<_> = set.nodes.iter().filter_map(|node| node.kind.as_deref()).collect();
    assert_eq!(kinds, ["domain", "skill", "domain"]);
}

#[test]
fn a_file_without_a_framework_row_is_refused() {
    let parsed = read(&format!("{}\n,a,A,,1,,,,,,,,,\n", HEADER.join(",")));
    assert!(parsed.refused() && parsed.problems[0].message.contains("no framework row"));
    assert!(read(&HEADER.join(",")).refused());
}

#[test]
fn a_second_import_finds_the_same_nodes() {
    let rows = [",a,A,,1,,,,,,,,,", "a,b,B,,1,,,,,,,,,"];
    let first = read(&table(&rows)).set.unwrap_or_default();
    let crlf = format!(
        "\u{feff}{}",
        table(&[rows[0], "a,b,Better,,1,,,,,,,,,"]).replace('\n', "\r\n")
    );
    let second = read(&crlf).set.unwrap_or_default();
    let plan = compare(&first, &second);
    assert_eq!(
        (
            plan.unchanged.len(),
            plan.changed.len(),
            plan.new.len(),
            plan.missing.len()
        ),
        (1, 1, 0, 0)
    );
    assert!(plan.set_fields.is_empty());
}

#[test]
fn rules_and_settings_come_back_as_they_went() {
    let text = table(&[
        ",a,A,plain & <b>,2,\"x,y\",\"[{\"\"scaleid\"\":\"\"3\"\"}]\",core_competency\\competency_rule_points,2,\"{\"\"base\"\":{\"\"points\"\":2}}\",,7,,",
        ",b,B,old,0,,,,,,,,,",
        ",c,C,*mark*,4,,,,,,,,,",
    ]);
    let set = read(&text).set.unwrap_or_default();
    assert_eq!(set.nodes[0].description, "plain & <b>");
    assert_eq!(set.nodes[0].extra["moodle"]["rule_config"], "{\"base\":{\"points\":2}}");
    let written = moodle_csv::emit(&set);
    assert!(
        written.contains("core_competency\\competency_rule_points,2,"),
        "{written}"
    );
    assert_eq!(read(&written).set, Some(set));
}

#[test]
fn what_is_longer_than_moodle_takes_follows_the_rule_and_comes_back() {
    let mut set = native();
    let long = "=Counts what came in and what went out, for each desk and each day of the week, and says in words why it differs";
    set.title = format!("{long}, a set");
    set.external_id = Some("F".repeat(101));
    set.nodes[0].title = long.to_owned();
    set.nodes[0].code = Some("C".repeat(64));
    // Just as long as a name may be, but for its guard.
    set.nodes[3].title = format!("={}", "x".repeat(99));
    let written = moodle_csv::emit(&set);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(written.as_bytes());
    for record in reader.records().map_while(Result::ok).skip(1) {
        for column in [0, 1, 2] {
            assert!(record[column].chars().count() <= 100, "{}", &record[column]);
        }
    }
    let again = read(&written).set.unwrap_or_default();
    assert_eq!((&again.title, again.identifier), (&set.title, set.identifier));
    let words = |set: &ExchangeSet| {
        let nodes = set.nodes.iter();
        nodes
            .map(|node| (node.identifier, node.title.clone(), node.description.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&again), words(&set));
    assert_eq!(
        (again.nodes[0].code.as_deref(), again.external_id.as_deref()),
        (None, None)
    );
    let lost: Vec<_> = moodle_csv::losses(&set).into_iter().map(|loss| loss.message).collect();
    for said in ["3 statements are longer", "The title is longer", "1 codes are too long"] {
        assert!(lost.iter().any(|message| message.contains(said)), "{said} in {lost:?}");
    }
    // A name that Moodle itself has cut is named.
    let cut = read(&table(&[&format!(",a,{},,1,,,,,,,,,", "x".repeat(100))]));
    let named = |message: &str| message.contains("exactly 100 characters");
    assert!(
        cut.leniencies.iter().any(|one| named(&one.message)),
        "{:?}",
        cut.leniencies
    );
}

#[test]
fn hostile_tables_never_panic() {
    let long_quote = format!("{}\n\"{}", HEADER.join(","), "x,\n".repeat(50_000));
    let many = table(&vec![",a,A,,1,,,,,,,,,"; 12_000]);
    let wide = format!("{}\n{}", HEADER.join(","), ",".repeat(200_000));
    let quotes = format!("{}\n{}", HEADER.join(","), "\"".repeat(99_999));
    let unicode = table(&["\u{202e},\u{202e}é,\u{1F600}\u{0301},\u{feff}\u{0007},1,,,,,,,,,"]);
    let nested = table(&[&format!(",a,A,{},1,,,,,,,,,", "<b><p>".repeat(3_000))]);
    for text in [
        &long_quote,
        &many,
        &wide,
        &quotes,
        &unicode,
        &nested,
        &",".repeat(13),
        &"\n".repeat(100),
    ] {
        let parsed = read(text);
        assert!(parsed.problems.len() <= 1_600);
        if let Some(set) = parsed.set {
            assert!(read(&moodle_csv::emit(&set)).set.is_some());
        }
    }
    assert!(read(&many).refused() && read(&long_quote).refused());
}
