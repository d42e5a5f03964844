//! Conventions that hold because a test holds them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use server::config::Config;

use crate::support::{SECRET, Someone, TestApp, serving};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The sources in a folder and beneath it.
pub fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_route_table_is_what_is_mounted_and_what_the_browser_tests_walk() {
    let mounted: BTreeSet<String> = server::router::PAGES
        .iter()
        .map(|route| route.path().to_owned())
        .collect();
    let pattern = |path: &str| {
        let parts = path.split('/').map(|part| {
            part.strip_prefix(':')
                .map_or_else(|| part.to_owned(), |name| format!("{{{name}}}"))
        });
        parts.collect::<Vec<_>>().join("/")
    };
    let listed: BTreeSet<String> = app::app::routes().map(pattern).collect();
    assert_eq!(mounted, listed);
    // The browser tests read the same list out of the source.
    let walker = std::fs::read_to_string(root().join("end2end/routes.ts")).unwrap();
    assert!(walker.contains("pub const PAGES"));
}

#[test]
fn surrealql_stands_in_stores_only() {
    let mut files = Vec::new();
    sources(&root().join("app/src"), &mut files);
    sources(&root().join("server/src"), &mut files);
    let words = [
        "SELECT ", "CREATE ", "UPDATE ", "UPSERT ", "DELETE ", "RELATE ", "INSERT ",
    ];
    let clauses = [" FROM ", " SET ", " WHERE ", " CONTENT ", " INTO "];
    for file in files {
        let name = file.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let allowed =
            name.contains("/store") || name.contains("/db/") || name.ends_with("tests.rs") || name.contains("/tests/");
        if allowed {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let statement =
                words.iter().any(|word| line.contains(word)) && clauses.iter().any(|clause| line.contains(clause));
            assert!(!statement, "{name}: {line}");
        }
    }
}

/// Whether a function of this name is marked as a test.
fn is_test(sources: &str, name: &str) -> bool {
    let begins = format!("fn {name}(");
    let mut heads = sources.match_indices(&begins).map(|(at, _)| &sources[..at]);
    heads.any(|head| {
        let above = head.rsplit('\n').skip(1).map(str::trim_start);
        let mut marks = above.take_while(|line| line.starts_with("#[") || line.starts_with("///"));
        marks.any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
    })
}

/// What docs/asvs.md says is shown by a test or stands in a file is there.
#[test]
fn the_tests_and_files_that_the_security_table_names_are_there() {
    let table = std::fs::read_to_string(root().join("docs/asvs.md")).unwrap();
    let mut files = Vec::new();
    for folder in ["app/src", "server/src", "server/tests"] {
        sources(&root().join(folder), &mut files);
    }
    let all: String = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    let there = |word: &str| {
        let mut folders = ["", "app/src", "server/src", "server"].iter();
        folders.any(|folder| root().join(folder).join(word).exists())
    };
    let (mut tests, mut named) = (0, 0);
    for word in quoted(&table) {
        let snake = word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if snake && word.matches('_').count() >= 3 {
            assert!(is_test(&all, word), "there is no test {word}");
            tests += 1;
        } else if [".rs", ".ts", ".md", ".toml"].iter().any(|end| word.ends_with(end)) {
            assert!(there(word), "there is no file {word}");
            named += 1;
        }
    }
    assert!(tests > 60 && named > 10, "{tests} tests, {named} files");
    // What a requirement is shown by is a test of whatever name, a row of the access
    // matrix, or a place.
    let rows = table.lines().filter(|line| line.starts_with('|'));
    for row in rows.filter(|row| !row.contains("---")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        assert_eq!(cells.len(), 4, "{row}");
        for word in quoted(cells[3]) {
            let function = format!("rows.add(\"{word}\"");
            assert!(
                there(word) || is_test(&all, word) || all.contains(&function),
                "{row}: {word}"
            );
        }
    }
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The success criteria of WCAG 2.2 at levels A and AA; 4.1.1 is obsolete.
const CRITERIA: &str = "1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 \
    1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 \
    2.4.11 2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 \
    3.3.8 4.1.2 4.1.3";

/// docs/accessibility.md has a row for each, and the files that it names are there.
#[test]
fn the_accessibility_table_has_every_criterion_and_names_what_is_there() {
    let table = std::fs::read_to_string(root().join("docs/accessibility.md")).unwrap();
    let rows = table.lines().filter_map(|line| {
        let name = line.strip_prefix("| ")?.split(" |").next()?;
        (name.ends_with("(A)") || name.ends_with("(AA)")).then(|| name.split(' ').next().unwrap())
    });
    let expected: Vec<&str> = CRITERIA.split_whitespace().collect();
    assert_eq!(rows.collect::<Vec<_>>(), expected);
    let mut named = 0;
    for word in table.split('`').skip(1).step_by(2) {
        if [".rs", ".ts", ".scss"].iter().any(|end| word.ends_with(end)) {
            let there = ["", "end2end"]
                .iter()
                .any(|folder| root().join(folder).join(word).exists());
            assert!(there, "there is no file {word}");
            named += 1;
        }
    }
    assert!(named > 40, "{named} files");
}

/// What writes tables: each by the one rule of what is a formula.
const TABLES: [&str; 5] = [
    "app/src/audit/store.rs",
    "app/src/exchange/moodle_write.rs",
    "app/src/exchange/sheet_write.rs",
    "app/src/reviews/report.rs",
    "app/src/staff/links.rs",
];

/// A table that is written past the rule is found by its writer, or by what it
/// is sent as.
#[test]
fn no_table_is_written_with_cells_that_run() {
    let mut files = Vec::new();
    for folder in ["app/src", "server/src"] {
        sources(&root().join(folder), &mut files);
    }
    let mut sent = 0;
    for file in files {
        let name = file.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        sent += text.matches("\"text/csv; charset=utf-8\"").count();
        let test = name.contains("test") || name.starts_with("app/src/fuzzing");
        let writes = ["csv::Writer", "WriterBuilder", "csv_lines::line(", "Workbook::new("];
        if !test && writes.iter().any(|word| text.contains(word)) {
            assert!(TABLES.contains(&name.as_str()), "{name} writes tables: name it");
        }
    }
    for name in TABLES {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        let kept = text.contains("guard(") || text.contains("csv_lines::line(");
        assert!(kept, "{name} writes cells that may run");
    }
    assert_eq!(sent, TABLES.len(), "what is sent as a table is written by one of these");
}

/// What a part of `ui` is for, as its markup begins.
const PARTS: [&str; 23] = [
    "<details",
    "<summary",
    "<dialog",
    "<progress",
    "<meter",
    "<table",
    "<select",
    "<textarea",
    "<fieldset",
    "<label",
    "<time",
    "<input",
    "class=\"avatar",
    "class=\"chip",
    "class=\"count",
    "class=\"disclosure",
    "class=\"empty-state",
    "class=\"menu\"",
    "class=\"notice",
    "class=\"pager",
    "class=\"tabs",
    "role=\"progressbar",
    "role=\"tab",
];

/// Where it is written by hand all the same.
const BY_HAND: [(&str, &str); 6] = [
    // A document to keep, without Carrel's styles.
    ("copies/making.rs", "<table"),
    // A line of a tree while it is written.
    ("outlines/pages/lines.rs", "<input"),
    // What the script makes of a combobox, to look at.
    ("parts/controls.rs", "<input"),
    ("parts/controls.rs", "<label"),
    // People down, lessons across: cards would say nothing.
    ("programmes/components.rs", "<table"),
    // The header's box on the page of its own.
    ("search/pages.rs", "<input"),
];

#[test]
fn pages_are_made_of_the_parts() {
    let mut files = Vec::new();
    let folder = root().join("app/src");
    sources(&folder, &mut files);
    let mut found = BTreeSet::new();
    for file in files {
        let name = file.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        let test = name.contains("/tests/") || name.ends_with("tests.rs") || name.starts_with("fuzzing/");
        if test || name.starts_with("ui/") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let text = text.split("mod tests {").next().unwrap();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let line = line.replace("<input type=\"hidden\"", "");
            for part in PARTS.into_iter().filter(|part| line.contains(part)) {
                let known = BY_HAND.iter().any(|(file, what)| *file == name && *what == part);
                assert!(known, "{name} makes {part} by hand, which a part of ui is for: {line}");
                found.insert((name.clone(), part));
            }
        }
    }
    assert_eq!(found.len(), BY_HAND.len(), "{found:?}");
}

#[test]
fn no_source_file_is_longer_than_a_conversation_allows() {
    let mut files = Vec::new();
    for folder in ["app/src", "server/src", "frontend/src", "bench/src"] {
        sources(&root().join(folder), &mut files);
    }
    for file in files {
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines", file.display());
    }
}

/// What the framework does while it lists routes once held up the pages of every
/// server in the process.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_answered_while_a_second_server_is_made() {
    let app = TestApp::new().await;
    let db = app.db.clone();
    let config = Config {
        secret: Some(SECRET.into()),
        ..Config::default()
    };
    let done = Arc::new(AtomicBool::new(false));
    let making = std::thread::spawn({
        let (done, runtime) = (Arc::clone(&done), tokio::runtime::Handle::current());
        move || {
            let _entered = runtime.enter();
            while !done.load(Ordering::Relaxed) {
                drop(serving(&db, &config));
            }
        }
    });
    for _ in 0..20 {
        assert_eq!(app.get("/index", &Someone::default()).await.status, 200);
    }
    done.store(true, Ordering::Relaxed);
    making.join().unwrap();
}
