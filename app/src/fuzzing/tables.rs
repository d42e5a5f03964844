//! Files: sets of competencies, lists of staff, pictures.

use super::text;
use crate::evidence::files::{Content, FileKind, FileName, of_content};
use crate::exchange::{self, ExchangeSet, Parsed, bounds, case, moodle_csv, sheet};
use crate::profiles::decoding;
use crate::staff::reading;

/// What is tried is short: bounds of size are tested elsewhere.
const LONGEST: usize = 64 * 1024;

pub(super) fn case(bytes: &[u8]) {
    let parsed = read("package.json", bytes);
    let direct = case::parse(bytes);
    assert_sound(&direct);
    let Some(set) = parsed.importable() else { return };
    // What Carrel writes it reads again, as the same set.
    let written = case::emit(set, set.identifier, "https://carrel.example", "2026-05-04T09:30:00Z");
    let again = exchange::parse("package.json", written.to_string().as_bytes());
    let same = again.importable().unwrap_or_else(|| panic!("{:?}", again.problems));
    assert_eq!(identifiers(set), identifiers(same));
    assert_eq!(set.references.len(), same.references.len());
}

pub(super) fn asn(bytes: &[u8]) {
    read("standards.json", bytes);
}

pub(super) fn moodle(bytes: &[u8]) {
    let parsed = read("framework.csv", bytes);
    assert_sound(&moodle_csv::parse(bytes));
    let Some(set) = parsed.importable() else { return };
    let written = moodle_csv::emit(set);
    let again = exchange::parse("framework.csv", written.as_bytes());
    let same = again
        .importable()
        .unwrap_or_else(|| panic!("{:?}\n{written}", again.problems));
    assert_eq!(set.nodes.len(), same.nodes.len(), "{written}");
    drop(moodle_csv::losses(set));
}

pub(super) fn sheet(bytes: &[u8]) {
    let parsed = read("set.csv", bytes);
    // A table without rows is none to read again.
    let Some(set) = parsed.importable().filter(|set| !set.nodes.is_empty()) else {
        return;
    };
    let written = sheet::csv(set);
    let again = exchange::parse("set.csv", written.as_bytes());
    let same = again
        .importable()
        .unwrap_or_else(|| panic!("{:?}\n{written}", again.problems));
    assert_eq!(set.nodes.len(), same.nodes.len(), "{written}");
}

pub(super) fn workbook(bytes: &[u8]) {
    read("set.xlsx", bytes);
}

fn read(name: &str, bytes: &[u8]) -> Parsed {
    if bytes.len() > LONGEST {
        return Parsed::default();
    }
    let parsed = exchange::parse(name, bytes);
    assert_sound(&parsed);
    parsed
}

/// What was read keeps to its bounds and is a tree.
fn assert_sound(parsed: &Parsed) {
    assert!(parsed.set.is_some() || !parsed.problems.is_empty());
    assert!(parsed.problems.len() <= 3 * 501 && parsed.leniencies.len() <= 500);
    let Some(set) = parsed.importable() else { return };
    assert!(set.nodes.len() <= bounds::NODES && set.references.len() <= bounds::REFERENCES);
    assert!(set.scale.len() <= bounds::LEVELS);
    let mut known = std::collections::HashSet::new();
    for node in &set.nodes {
        assert!(
            node.parent.is_none_or(|parent| known.contains(&parent)),
            "a parent comes first"
        );
        assert!(known.insert(node.identifier), "an identifier stands once");
        let codes = [&node.code, &node.kind, &node.external_id].into_iter().flatten();
        for (text, most) in codes.map(|code| (code, bounds::CODE)).chain([
            (&node.title, bounds::STATEMENT),
            (&node.description, bounds::DESCRIPTION),
        ]) {
            assert!(
                text.chars().count() <= most,
                "{} of at most {most}",
                text.chars().count()
            );
        }
        assert!(!node.title.trim().is_empty(), "a node says something");
        let hidden = |c: char| !matches!(c, '\n' | '\t') && crate::text::is_hidden(c);
        assert!(!node.title.contains(hidden), "{:?}", node.title);
    }
    assert!(set.depths().into_iter().all(|depth| depth as usize <= bounds::DEPTH));
    for reference in &set.references {
        assert!(known.contains(&reference.from) && known.contains(&reference.to));
    }
}

fn identifiers(set: &ExchangeSet) -> Vec<(uuid::Uuid, Option<uuid::Uuid>)> {
    set.nodes.iter().map(|node| (node.identifier, node.parent)).collect()
}

pub(super) fn staff(bytes: &[u8]) {
    let Ok(table) = reading::read(&text(bytes)) else { return };
    assert!(!table.rows.is_empty());
    for row in table.rows {
        let entry = row.entry;
        assert!(row.number > 1 && !entry.roles.is_empty() || !row.problems.is_empty());
        for shown in [&entry.name, &entry.email, &entry.title] {
            assert!(shown.chars().count() <= 254);
            assert!(!shown.chars().any(crate::text::is_hidden), "{shown:?}");
        }
        if row.problems.is_empty() {
            assert!(!entry.name.is_empty() && entry.email.contains('@'));
            assert!(!entry.name.chars().any(crate::text::is_hidden));
        }
        assert!(entry.timezone.is_empty() || crate::time::is_zone(&entry.timezone));
    }
}

pub(super) fn documents(bytes: &[u8]) {
    let named = FileName::cleaned(&text(bytes));
    let shown = named.as_str();
    assert!((1..=FileName::MOST).contains(&shown.chars().count()), "{shown:?}");
    assert!(
        !shown.contains(['/', '\\']) && !shown.chars().any(crate::text::is_hidden),
        "{shown:?}"
    );
    assert_eq!(FileName::cleaned(shown), named);
    let saved = named.to_save(FileKind::Text);
    assert!(saved.to_ascii_lowercase().ends_with(".txt"), "{saved:?}");
    if bytes.len() > LONGEST {
        return;
    }
    match of_content(bytes) {
        Ok(Content::Document(FileKind::Text)) => assert!(std::str::from_utf8(bytes).is_ok()),
        Ok(Content::Document(kind)) => {
            assert!(!kind.is_picture() && (bytes.starts_with(b"%PDF-") || bytes.starts_with(b"PK")));
        }
        Ok(Content::Picture) => assert!(!bytes.starts_with(b"PK")),
        Err(message) => assert!(!message.is_empty()),
    }
}

pub(super) fn pictures(bytes: &[u8]) {
    if let Ok(picture) = decoding::decode(bytes.to_vec()) {
        assert!(picture.width() <= decoding::MOST_SIDE && picture.height() <= decoding::MOST_SIDE);
    }
}
