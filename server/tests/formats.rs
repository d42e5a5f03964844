//! What goes out holds before checkers of its formats that others wrote. Where
//! one of them is not installed, its test says so.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Output;

use app::competencies::import;
use app::exchange::{ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeSet, case};
use serde_json::Value;
use server::config::Config;
use tokio::process::Command;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::case::{SET, published_in_full};
use crate::support::{Description, TestApp, serving};

/// A program among the Python packages of the tests.
fn program(test: &str, name: &str) -> Option<PathBuf> {
    let cache = std::env::var_os("CARREL_CACHE").unwrap_or_default();
    let found = Path::new(&cache).join("python/bin").join(name);
    if found.exists() {
        return Some(found);
    }
    // In one write: tests run side by side, and the runner counts these lines.
    let line = format!("NOT INSTALLED: {test}\n");
    eprint!("{line}");
    None
}

/// A server at an address of this machine; it ends with the test.
struct Listening {
    base: String,
    server: JoinHandle<()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn listening(app: &TestApp) -> Listening {
    app::outside::prefer_ring();
    let router = serving(&app.db, &Config::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    Listening { base, server }
}

impl Listening {
    async fn file(&self, path: &str) -> Vec<u8> {
        let answer = reqwest::get(format!("{}{path}", self.base)).await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.bytes().await.unwrap().to_vec()
    }
}

fn said(output: &Output) -> String {
    let texts = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    texts.concat()
}

/// Identifiers that are there, so that not only what is missing is asked for.
fn known(package: &Value) -> String {
    let mut identifiers = vec![("CFDocuments", SET.to_string()), ("CFPackages", SET.to_string())];
    let lists = ["CFItems", "CFAssociations"].into_iter().chain(case::CATALOGUED);
    for list in lists {
        if let Some(object) = case::objects(package, list).first() {
            identifiers.push((list, object["identifier"].as_str().unwrap().to_owned()));
        }
    }
    let mut toml = String::new();
    for (class, identifier) in identifiers {
        let path = format!("/{class}/{{sourcedId}}");
        let parameters = format!("{{ sourcedId = \"{identifier}\" }}");
        write!(
            toml,
            "[[operations]]\ninclude-path = \"{path}\"\nparameters = {parameters}\n\n"
        )
        .unwrap();
    }
    toml
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn schemathesis_finds_no_failure_in_the_service_of_case() {
    const TEST: &str = "schemathesis_finds_no_failure_in_the_service_of_case";
    let Some(official) = Description::file(TEST) else {
        return;
    };
    let Some(program) = program(TEST, "schemathesis") else {
        return;
    };
    let world = published_in_full().await;
    let there = listening(&world.app).await;
    let base = format!("{}/ims/case/v1p1", there.base);
    let package = there.file(&format!("/ims/case/v1p1/CFPackages/{SET}")).await;
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("schemathesis.toml");
    for known in [String::new(), known(&serde_json::from_slice(&package).unwrap())] {
        std::fs::write(&settings, &known).unwrap();
        // The links between answers that the description names are not well-formed, so they are not followed.
        let output = Command::new(&program)
            .arg("--config-file")
            .arg(&settings)
            .arg("run")
            .arg(&official)
            .args([
                "--url",
                &base,
                "--phases",
                "coverage,fuzzing",
                "--max-examples",
                "10",
                "--max-time",
                "20",
            ])
            .args(["--seed", "1", "--generation-database", "none", "--no-color"])
            .current_dir(folder.path())
            .output()
            .await
            .unwrap();
        assert!(output.status.success(), "{known}\n{}", said(&output));
    }
}

/// A set that is hard on whoever writes it: thousands of lines, no codes, other
/// scripts, what looks like markup or a formula, and long texts.
fn hard() -> ExchangeSet {
    let words = [
        "<script>alert(1)</script> & \"quotes\" ]]>",
        "=HYPERLINK(\"https://a.example\",\"x\")",
        "يشرح للقارئ كيف يبحث في الفهرس",
        "向讀者說明如何查找目錄",
        "Erklärt, wie man sucht – ‘genau’ \u{1F4DA} e\u{301}",
        "'=quoted already",
    ];
    let id = |number: u128| Uuid::from_u128(SET.as_u128() + 0x10_0000 + number);
    let section = |number: u128| ExchangeNode {
        identifier: id(number),
        parent: (!number.is_multiple_of(5)).then(|| id(number - 1)),
        title: format!("{} {number}", words[number as usize % words.len()]),
        ..ExchangeNode::default()
    };
    let statement = |number: u128| ExchangeNode {
        parent: Some(id(number % 20)),
        description: "<p>One <b>and</b><ul><li>two</li></ul></p>\n\n| a | b |\n|---|---|\n| 1 | 2 |".into(),
        details: ExchangeDetails {
            knowledge: vec![
                words[number as usize % words.len()].into(),
                "- dashed\nover two lines".into(),
            ],
            ..ExchangeDetails::default()
        },
        ..section(number)
    };
    let mut nodes: Vec<ExchangeNode> = (0..20).map(section).collect();
    nodes.extend((20..2_000).map(statement));
    nodes[19].title = "long ".repeat(399);
    ExchangeSet {
        identifier: id(0xf_ffff),
        title: "Schwer <zu> schreiben & 難".into(),
        description: "For *everyone*.\n\n<div onclick=x>and</div>".into(),
        language: Some("ar".into()),
        scale: ["None", "Level 1: some", "<b>All</b>"]
            .map(|label| ExchangeLevel {
                label: label.into(),
                description: "Two\nlines".into(),
            })
            .into(),
        nodes,
        ..ExchangeSet::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_export_of_a_hard_set_opens_in_the_checker_of_its_format() {
    const TEST: &str = "each_export_of_a_hard_set_opens_in_the_checker_of_its_format";
    let Some(python) = program(TEST, "python") else { return };
    let Some(epubcheck) = program(TEST, "epubcheck") else {
        return;
    };
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let set = hard();
    let package = case::emit(&set, set.identifier, "https://carrel.example", "2026-11-23T00:00:00Z");
    let package = serde_json::to_vec(&package).unwrap();
    let planned = import::plan(&app.db, &library, "Hard", "hard.json", package)
        .await
        .unwrap();
    assert!(!planned.is_refused(), "{:?}", planned.preview.remarks);
    let made = import::apply(&app.db, &planned, true).await.unwrap().set;
    let there = listening(&app).await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (name, from) in [
        ("sheet.xlsx", "export/sheet.xlsx"),
        ("book.docx", "publication/book.docx"),
        ("book.epub", "publication/book.epub"),
    ] {
        let bytes = there.file(&format!("/index/{made}/1/{from}")).await;
        std::fs::write(path(name), bytes).unwrap();
    }
    let reader = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/read_exports.py");
    let mut reading = Command::new(&python);
    let read = reading
        .arg(reader)
        .args([path("sheet.xlsx"), path("book.docx")])
        .output();
    let read = read.await.unwrap();
    assert!(read.status.success(), "{}", said(&read));
    let read: Value = serde_json::from_slice(&read.stdout).unwrap();
    assert_eq!(read["sheets"][1], "About this set");
    assert_eq!(
        (read["rows"].as_u64(), read["formulas"].as_u64()),
        (Some(2_000), Some(0))
    );
    assert!(
        read["statements"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one == &set.nodes[8].title)
    );
    assert!(read["headings"].as_array().unwrap().len() >= 20 && read["lines"].as_u64() > Some(2_000));
    // Of these the checker needs Java.
    if Command::new("java").arg("-version").output().await.is_err() {
        eprintln!("NOT INSTALLED: {TEST} (epubcheck)");
        return;
    }
    let checked = Command::new(&epubcheck).arg(path("book.epub")).output().await.unwrap();
    let told = said(&checked);
    let faults = ["ERROR", "WARNING", "FATAL"];
    assert!(
        checked.status.success() && !faults.iter().any(|fault| told.contains(fault)),
        "{told}"
    );
}
