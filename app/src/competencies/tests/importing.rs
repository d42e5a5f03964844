//! From a file to an edition, and back.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::*;
use crate::competencies::model::{Outcome, Weight};
use crate::competencies::{export, store};
use crate::error::AppError;
use crate::exchange;
use crate::id::ImportId;

/// A file among the shared test data, or nothing, said so on standard error.
fn real_file(test: &str, path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("CARREL_TEST_DATA").map(PathBuf::from);
    let found = folder.and_then(|folder| std::fs::read(folder.join(path)).ok());
    if found.is_none() {
        eprintln!("SKIPPED: {test}");
    }
    found
}

async fn staged(world: &World, set: &ExchangeSet) -> ImportId {
    import::stage(&world.db, &world.curator(), world.library.as_str(), "", "set.json", file(set)).await.unwrap()
}

#[tokio::test]
async fn a_round_trip_gives_the_same_set() {
    let world = world().await;
    let set = small();
    world.import(&set, true).await;
    let out = export::exchange_set(&world.db, &Viewer::visitor(), "small-set", Some(1)).await.unwrap();
    assert_eq!(out.nodes, set.nodes);
    assert_eq!((&out.references, &out.scale, &out.title), (&set.references, &set.scale, &set.title));
    let package = export::case_package(&world.db, &Viewer::visitor(), "small-set", 1, "https://carrel.example").await.unwrap();
    let again = exchange::parse("case.json", &serde_json::to_vec(&package).unwrap());
    assert!(exchange::compare(&out, again.importable().unwrap()).is_empty());
    let framework = export::moodle_framework(&world.db, &Viewer::visitor(), "small-set", 1).await.unwrap();
    let again = exchange::parse("moodle.csv", framework.as_bytes());
    let titles = |set: &ExchangeSet| set.nodes.iter().map(|node| node.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(again.importable().unwrap()), titles(&set));
}

#[tokio::test]
async fn nothing_is_written_before_it_is_confirmed() {
    let world = world().await;
    let import = staged(&world, &small()).await;
    let preview = import::preview(&world.db, &world.curator(), &import).await.unwrap();
    assert_eq!(preview.outcome, Outcome::NewSet);
    assert_eq!((preview.sections, preview.competencies, preview.statements), (1, 1, 4));
    assert_eq!((preview.new, preview.with_details, preview.references, preview.levels.len()), (6, 1, 1, 3));
    assert_eq!((preview.title.as_str(), preview.format.as_str(), preview.organisation.as_str()), ("Small set", "CASE package", "library"));
    assert_eq!((world.count("competency_set").await, world.count("node").await), (0, 0));
}

#[tokio::test]
async fn curators_of_the_organisation_import_and_nobody_else() {
    let world = world().await;
    let stage = async |viewer: &Viewer, organisation: &str| {
        import::stage(&world.db, viewer, organisation, "", "set.json", file(&small())).await
    };
    assert_eq!(stage(&Viewer::visitor(), world.library.as_str()).await, Err(AppError::SignInNeeded));
    assert_eq!(stage(&world.learner(), world.library.as_str()).await, Err(AppError::Forbidden));
    for organisation in [world.library.as_str(), "nowhere", "", "'; DELETE organisation;"] {
        let answer = stage(&world.stranger(), organisation).await.unwrap_err();
        assert!(answer.at("organisation").is_some(), "{organisation}");
    }
    assert!(stage(&world.curator(), world.branch.as_str()).await.is_ok());
    let import = stage(&world.curator(), world.library.as_str()).await.unwrap();
    for (other, error) in [(Viewer::visitor(), AppError::SignInNeeded), (world.stranger(), AppError::NotFound), (world.learner(), AppError::NotFound)] {
        assert_eq!(import::preview(&world.db, &other, &import).await, Err(error.clone()));
        assert_eq!(import::confirm(&world.db, &other, &import).await, Err(error));
    }
    assert_eq!(world.count("competency_set").await, 0);
    assert!(import::confirm(&world.db, &world.curator(), &import).await.unwrap().written);
}

#[tokio::test]
async fn bad_uploads_are_answered_at_their_fields() {
    let world = world().await;
    let curator = world.curator();
    let stage = async |title: &str, bytes: Vec<u8>| import::stage(&world.db, &curator, world.library.as_str(), title, "a.json", bytes).await;
    assert!(stage("", Vec::new()).await.unwrap_err().at("file").is_some());
    assert!(stage("", vec![b' '; import::MOST_BYTES + 1]).await.unwrap_err().at("file").is_some());
    assert!(stage(&"x".repeat(301), b"{}".to_vec()).await.unwrap_err().at("title").is_some());
    assert_eq!(world.count("import").await, 0);
}

#[tokio::test]
async fn a_large_upload_arrives_whole() {
    let world = world().await;
    let mut content = file(&small());
    content.resize(5 * 1024 * 1024 + 17, b' ');
    let import = import::stage(&world.db, &world.curator(), world.library.as_str(), "", "C:\\sets\\a.json", content.clone()).await.unwrap();
    let file = store::staged(&world.db, &import).await.unwrap();
    assert_eq!(file.file_name, "a.json");
    assert!(file.content == content);
    assert_eq!(import::preview(&world.db, &world.curator(), &import).await.unwrap().outcome, Outcome::NewSet);
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let world = world().await;
    assert!(world.import(&small(), false).await.written);
    let again = world.import(&small(), false).await;
    assert_eq!((again.written, again.number), (false, 1));
    let import = staged(&world, &small()).await;
    let preview = import::preview(&world.db, &world.curator(), &import).await.unwrap();
    assert!(matches!(preview.outcome, Outcome::Unchanged { number: 1, .. }), "{:?}", preview.set_fields);
    assert!(!import::confirm(&world.db, &world.curator(), &import).await.unwrap().written);
    // And once it is published: publishing it again is no new edition either.
    assert!(world.import(&small(), true).await.published);
    assert!(!world.import(&small(), true).await.written);
    assert_eq!((world.count("competency_set").await, world.count("edition").await, world.count("node").await), (1, 1, 6));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_confirmation_sent_twice_writes_once() {
    let world = world().await;
    let import = staged(&world, &small()).await;
    let (db, curator) = (&world.db, &world.curator());
    let (one, two) = tokio::join!(import::confirm(db, curator, &import), import::confirm(db, curator, &import));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!(one.edition, two.edition);
    assert_eq!([one.written, two.written].iter().filter(|written| **written).count(), 1);
    let third = import::confirm(db, curator, &import).await.unwrap();
    assert!(!third.written);
    let preview = import::preview(db, curator, &import).await.unwrap();
    assert_eq!(preview.outcome, Outcome::Done { set: "small-set".into(), number: 1 });
    assert_eq!((world.count("competency_set").await, world.count("edition").await, world.count("node").await), (1, 1, 6));
}

#[tokio::test]
async fn a_changed_file_replaces_a_draft_and_follows_a_published_edition() {
    let world = world().await;
    let first = world.import(&small(), false).await;
    let kept = store::node_by_code(&world.db, &first.edition, "LM 1.1").await.unwrap();
    let mut changed = small();
    changed.nodes[2].title = "Explains the whole budget".into();
    changed.nodes.remove(5);
    let planned = import::plan(&world.db, &world.library, "", "set.json", file(&changed)).await.unwrap();
    assert!(matches!(planned.preview.outcome, Outcome::ReplacesDraft { number: 1, .. }));
    assert_eq!((planned.preview.changed, planned.preview.missing, planned.preview.unchanged), (1, 1, 4));
    assert_eq!(planned.preview.missing_nodes[0].title, "Talks");
    let second = import::apply(&world.db, &planned, true).await.unwrap();
    assert_eq!((second.edition.clone(), second.number), (first.edition, 1));
    assert_eq!(store::node_by_code(&world.db, &second.edition, "LM 1.1").await.unwrap(), kept);
    let third = world.import(&small(), false).await;
    assert_eq!((third.number, third.written, third.published), (2, true, false));
    assert_eq!((world.count("edition").await, world.count("node").await), (2, 11));
}

#[tokio::test]
async fn a_plan_that_was_overtaken_is_refused() {
    let world = world().await;
    let planned = import::plan(&world.db, &world.library, "", "set.json", file(&small())).await.unwrap();
    world.import(&small(), false).await;
    assert!(matches!(import::apply(&world.db, &planned, false).await, Err(AppError::Conflict(_))));
    assert_eq!(world.count("competency_set").await, 1);
}

#[tokio::test]
async fn a_typed_name_wins_and_a_new_name_alone_makes_no_edition() {
    let world = world().await;
    let named = async |title: &str| {
        let planned = import::plan(&world.db, &world.library, title, "set.json", file(&small())).await.unwrap();
        (planned.preview.outcome.clone(), import::apply(&world.db, &planned, true).await.unwrap())
    };
    assert_eq!(named("Our skills").await.1.set, "our-skills");
    assert!(!named("Our skills").await.1.written);
    assert!(!named("").await.1.written);
    let (outcome, applied) = named("Their skills").await;
    assert!(matches!(outcome, Outcome::SetOnly { number: 1, .. }));
    assert!(applied.written);
    let page = store::set_page(&world.db, &Viewer::visitor(), "our-skills", None).await.unwrap();
    assert_eq!((page.title.as_str(), page.editions.len()), ("Their skills", 1));
}

#[tokio::test]
async fn two_organisations_may_hold_the_same_set() {
    let world = world().await;
    assert_eq!(world.import(&small(), true).await.set, "small-set");
    let planned = import::plan(&world.db, &world.elsewhere, "", "set.json", file(&small())).await.unwrap();
    assert_eq!(planned.preview.outcome, Outcome::NewSet);
    assert_eq!(import::apply(&world.db, &planned, true).await.unwrap().set, "small-set-2");
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
        let planned = import::plan(&world.db, &world.library, "x", "x.csv", bytes.to_vec()).await.unwrap();
        assert!(planned.is_refused());
        assert_eq!(planned.preview.outcome, Outcome::Refused);
        assert!(planned.preview.remarks.iter().any(|remark| remark.weight == Weight::Refused));
        assert!(matches!(import::apply(&world.db, &planned, true).await, Err(AppError::Conflict(_))));
    }
    assert_eq!(world.count("competency_set").await, 0);
    let mut set = small();
    set.description = "<script>alert(1)</script><img src=x onerror=alert(1)>".into();
    set.nodes[2].description = "[x](javascript:alert(1)) <svg/onload=alert(1)>".into();
    set.nodes[2].title = "<b>bold</b> '; DELETE node; --".into();
    world.import(&set, true).await;
    let page = store::node_page(&world.db, &Viewer::visitor(), "small-set", 1, "LM 1.1").await.unwrap();
    assert_eq!(page.title, "<b>bold</b> '; DELETE node; --");
    assert!(!page.description_html.contains("<svg") && !page.description_html.contains("href=\"javascript"));
    let page = store::set_page(&world.db, &Viewer::visitor(), "small-set", None).await.unwrap();
    assert!(!page.description_html.contains("<script") && !page.description_html.contains("<img"));
}

#[tokio::test]
async fn a_set_of_1500_statements_is_written_soon() {
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
            details: ExchangeDetails { knowledge: vec!["One".into(), "Two".into()], skills: vec!["Three".into()], ..Default::default() },
            ..ExchangeNode::default()
        };
        set.nodes.push(node(own, None, format!("Section {section}")));
        set.nodes.extend((1..=100).map(|number| node(own + number, Some(own), format!("Statement {number} of {section}"))));
    }
    let begin = Instant::now();
    world.import(&set, true).await;
    let took = begin.elapsed();
    eprintln!("1,500 statements written in {took:?}");
    assert!(took < Duration::from_secs(10));
    let page = store::set_page(&world.db, &Viewer::visitor(), "small-set", None).await.unwrap();
    assert_eq!((page.shown.statements, page.outline.len()), (1_500, 15));
    assert_eq!(page.outline[0].badge, "100 beneath");
    let begin = Instant::now();
    for _ in 0..20 {
        store::node_page(&world.db, &Viewer::visitor(), "small-set", 1, "C 12050").await.unwrap();
    }
    eprintln!("a statement's page takes {:?}", begin.elapsed() / 20);
}

#[tokio::test]
async fn the_real_moodle_export_comes_in_whole() {
    let Some(bytes) = real_file("the_real_moodle_export_comes_in_whole", "moodle/export_of_example_by_moodle-4.3.csv") else { return };
    let world = world().await;
    let planned = import::plan(&world.db, &world.library, "", "export.csv", bytes.clone()).await.unwrap();
    assert!(!planned.is_refused(), "{:?}", planned.preview.remarks);
    let applied = import::apply(&world.db, &planned, true).await.unwrap();
    let set = export::exchange_set(&world.db, &Viewer::visitor(), &applied.set, None).await.unwrap();
    let read = exchange::parse("export.csv", &bytes).set.unwrap();
    assert_eq!(set.nodes.len(), 64);
    assert_eq!((&set.nodes, &set.references, &set.scale), (&read.nodes, &read.references, &read.scale));
    assert!(!set.references.is_empty() && !set.scale.is_empty());
    let again = import::plan(&world.db, &world.library, "", "export.csv", bytes).await.unwrap();
    assert!(matches!(again.preview.outcome, Outcome::Unchanged { .. }));
    let framework = export::moodle_framework(&world.db, &Viewer::visitor(), &applied.set, 1).await.unwrap();
    let round = import::plan(&world.db, &world.library, "", "export.csv", framework.into_bytes()).await.unwrap();
    assert!(matches!(round.preview.outcome, Outcome::Unchanged { .. }), "{:?}", round.preview.set_fields);
}
