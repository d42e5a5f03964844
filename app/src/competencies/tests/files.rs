//! Files as they come: hostile, large, real.

use std::path::PathBuf;

use super::*;
use crate::competencies::model::{Outcome, Weight};
use crate::competencies::{export, store};
use crate::error::AppError;
use crate::exchange;

/// A file among the shared test data, or nothing, said so on standard error.
pub(super) fn real_file(test: &str, path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("CARREL_TEST_DATA").map(PathBuf::from);
    let found = folder.and_then(|folder| std::fs::read(folder.join(path)).ok());
    if found.is_none() {
        eprintln!("SKIPPED: {test}");
    }
    found
}

#[tokio::test]
async fn hostile_files_are_refused_or_made_harmless() {
    let world = world().await;
    let hostile: [&[u8]; 6] = [
        b"PK\x03\x04 not a table",
        b"\xff\xfe\0\0",
        b"<html><script>alert(1)</script></html>",
        b"{\"CFDocument\":",
        b"[[[[[[[[[[",
        b"a,b\n\xe4,c",
    ];
    for bytes in hostile {
        let planned = import::plan(&world.db, &world.library, "x", "x.csv", bytes.to_vec())
            .await
            .unwrap();
        assert!(planned.is_refused());
        assert_eq!(planned.preview.outcome, Outcome::Refused);
        assert!(
            planned
                .preview
                .remarks
                .iter()
                .any(|remark| remark.weight == Weight::Refused)
        );
        assert!(matches!(
            import::apply(&world.db, &planned, true).await,
            Err(AppError::Conflict(_))
        ));
    }
    assert_eq!(world.count("competency_set").await, 0);
    let mut set = small();
    set.description = "<script>alert(1)</script><img src=x onerror=alert(1)>".into();
    set.nodes[2].description = "[x](javascript:alert(1)) <svg/onload=alert(1)>".into();
    set.nodes[2].title = "<b>bold</b> '; DELETE node; --".into();
    world.import(&set, true).await;
    let page = store::node_page(&world.db, &Viewer::visitor(), "small-set", 1, "LM 1.1")
        .await
        .unwrap();
    assert_eq!(page.title, "<b>bold</b> '; DELETE node; --");
    assert!(!page.description_html.contains("<svg") && !page.description_html.contains("href=\"javascript"));
    let page = store::set_page(&world.db, &Viewer::visitor(), "small-set", None)
        .await
        .unwrap();
    assert!(!page.description_html.contains("<script") && !page.description_html.contains("<img"));
}

#[tokio::test]
async fn a_set_of_1500_statements_is_written_at_once() {
    let world = world().await;
    let mut set = small();
    set.references.clear();
    set.nodes.clear();
    for section in 0..15_u128 {
        let own = 10_000 + section * 1_000;
        let node = |own: u128, parent: Option<u128>, title: String| ExchangeNode {
            identifier: id(own),
            parent: parent.map(id),
            code: Some(format!("C {own}")),
            title,
            description: "Some *words* on what is meant.".into(),
            details: ExchangeDetails {
                knowledge: vec!["One".into(), "Two".into()],
                skills: vec!["Three".into()],
                ..Default::default()
            },
            ..ExchangeNode::default()
        };
        set.nodes.push(node(own, None, format!("Section {section}")));
        set.nodes
            .extend((1..=100).map(|number| node(own + number, Some(own), format!("Statement {number} of {section}"))));
    }
    let applied = world.import(&set, true).await;
    assert!(applied.written && applied.published);
    let left = "count(SELECT VALUE id FROM edition_parts);";
    assert_eq!(world.db.row::<i64>(left, crate::vars! {}).await, Ok(Some(0)));
    let page = store::set_page(&world.db, &Viewer::visitor(), "small-set", None)
        .await
        .unwrap();
    assert_eq!((page.shown.statements, page.pages), (1_500, 1));
    let sections = page.outline.iter().filter(|node| node.depth == 0);
    let closed: Vec<u32> = sections.map(|section| section.beneath).collect();
    assert_eq!(
        (closed.len(), closed[0], closed[14]),
        (15, 0, 100),
        "the first are open, the others closed"
    );
}

#[tokio::test]
async fn the_real_moodle_export_comes_in_whole() {
    let Some(bytes) = real_file(
        "the_real_moodle_export_comes_in_whole",
        "moodle/export_of_example_by_moodle-4.3.csv",
    ) else {
        return;
    };
    let world = world().await;
    let planned = import::plan(&world.db, &world.library, "", "export.csv", bytes.clone())
        .await
        .unwrap();
    assert!(!planned.is_refused(), "{:?}", planned.preview.remarks);
    let applied = import::apply(&world.db, &planned, true).await.unwrap();
    let set = export::exchange_set(&world.db, &Viewer::visitor(), &applied.set, None)
        .await
        .unwrap();
    let read = exchange::parse("export.csv", &bytes).set.unwrap();
    assert_eq!(set.nodes.len(), 64);
    assert_eq!(
        (&set.nodes, &set.references, &set.scale),
        (&read.nodes, &read.references, &read.scale)
    );
    assert!(!set.references.is_empty() && !set.scale.is_empty());
    let again = import::plan(&world.db, &world.library, "", "export.csv", bytes)
        .await
        .unwrap();
    assert!(matches!(again.preview.outcome, Outcome::Unchanged { .. }));
    let framework = export::moodle_framework(&world.db, &Viewer::visitor(), &applied.set, 1)
        .await
        .unwrap();
    let round = import::plan(&world.db, &world.library, "", "export.csv", framework.into_bytes())
        .await
        .unwrap();
    assert!(
        matches!(round.preview.outcome, Outcome::Unchanged { .. }),
        "{:?}",
        round.preview.set_fields
    );
}
