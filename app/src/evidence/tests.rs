//! Evidence against a real database.

use super::model::{EvidencePage, MOST_FOR_ONE, PAGE};
use super::rules::{Written, written};
use super::store;
use crate::assessments::tests::{World, node, world};
use crate::error::{AppError, Result};
use crate::id::{EvidenceId, NodeId};
use crate::vars;
use crate::viewer::Person;

fn said(title: &str) -> Written {
    written(title, "It *went* well.", "", "", "2026-11-26").unwrap()
}

async fn add(world: &World, person: &Person, number: i64, title: &str, key: &str) -> Result<()> {
    store::add(&world.db, &person.id, &node(number), key, &said(title)).await
}

async fn page(world: &World, person: &Person) -> EvidencePage {
    store::page(&world.db, person, None, 1).await.unwrap()
}

fn titles(page: &EvidencePage) -> Vec<&str> {
    let pieces = page.list.groups.iter().flat_map(|group| &group.pieces);
    pieces.map(|piece| piece.title.as_str()).collect()
}

#[tokio::test]
async fn what_is_sent_twice_is_put_down_once() {
    let world = world().await;
    for _ in 0..2 {
        add(&world, &world.rosa, 1, "Led a talk", "k1").await.unwrap();
    }
    add(&world, &world.rosa, 1, "Led a talk", "k2").await.unwrap();
    let page = page(&world, &world.rosa).await;
    assert_eq!((titles(&page), page.list.count), (vec!["Led a talk", "Led a talk"], 2));
    let statement = &page.list.groups[0].statement;
    assert_eq!(
        (statement.href.as_str(), statement.code.as_str(), statement.open),
        ("/index/lm/1/LM%200.1", "LM 0.1", true)
    );
    let piece = &page.list.groups[0].pieces[0];
    assert_eq!(
        (piece.html.trim(), piece.before.as_deref()),
        ("<p>It <em>went</em> well.</p>", None)
    );
}

#[tokio::test]
async fn it_is_for_statements_of_an_edition_in_force() {
    let world = world().await;
    for key in ["ds1", "section", "nowhere"] {
        let there = NodeId::parse(key).unwrap();
        let heard = store::add(&world.db, &world.rosa.id, &there, "k1", &said("Led a talk")).await;
        assert_eq!(heard, Err(AppError::NotFound), "{key}");
        let heard = store::page(&world.db, &world.rosa, Some(&there), 1).await.map(drop);
        assert_eq!(heard, Err(AppError::NotFound), "{key}");
    }
    assert_eq!(page(&world, &world.rosa).await.list.count, 0);
}

#[tokio::test]
async fn a_statement_and_a_page_show_their_own() {
    let world = world().await;
    for number in [13, 2, 1] {
        for copy in 0..10 {
            add(&world, &world.rosa, number, "Led a talk", &format!("{number} {copy}"))
                .await
                .unwrap();
        }
    }
    let of_one = store::page(&world.db, &world.rosa, Some(&node(2)), 1).await.unwrap();
    assert_eq!((of_one.list.count, of_one.list.groups.len()), (10, 1));
    assert_eq!(of_one.statement.unwrap().code, "LM 0.2");
    let (mut seen, mut codes) = (Vec::new(), Vec::new());
    for number in 1..=2 {
        let page = store::page(&world.db, &world.rosa, None, number).await.unwrap();
        assert_eq!((page.list.page, page.list.pages), (number, 2));
        for group in page.list.groups {
            codes.push(group.statement.code);
            seen.extend(group.pieces.into_iter().map(|piece| piece.id));
        }
    }
    assert_eq!(codes, ["LM 0.1", "LM 0.2", "LM 1.1"], "in the order of the index");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 10 + PAGE as usize);
}

#[tokio::test]
async fn a_statement_has_room_for_so_many() {
    let world = world().await;
    for copy in 0..MOST_FOR_ONE {
        add(&world, &world.rosa, 1, "Led a talk", &copy.to_string())
            .await
            .unwrap();
    }
    let refused = add(&world, &world.rosa, 1, "Led a talk", "more").await;
    assert!(matches!(refused, Err(AppError::Conflict(_))), "{refused:?}");
    // What is there already is no more than it was.
    add(&world, &world.rosa, 1, "Led a talk", "0").await.unwrap();
    add(&world, &world.rosa, 2, "Led a talk", "more").await.unwrap();
    add(&world, &world.jonas, 1, "Led a talk", "more").await.unwrap();
    assert_eq!(page(&world, &world.rosa).await.list.count, MOST_FOR_ONE + 1);
}

#[tokio::test]
async fn it_is_changed_taken_out_and_put_back_by_whose_it_is() {
    let world = world().await;
    add(&world, &world.rosa, 1, "Led a talk", "k1").await.unwrap();
    let id: EvidenceId = page(&world, &world.rosa).await.list.groups[0].pieces[0].id.clone();
    let other = written(
        "Led two talks",
        "",
        "https://example.org/talks",
        "2026-03-03",
        "2026-11-26",
    )
    .unwrap();
    let (db, rosa, jonas) = (&world.db, &world.rosa.id, &world.jonas.id);
    for heard in [
        store::change(db, jonas, &id, &other).await,
        store::remove(db, jonas, &id).await,
        store::restore(db, jonas, &id).await,
    ] {
        assert_eq!(heard, Err(AppError::NotFound));
    }
    assert_eq!(titles(&page(&world, &world.jonas).await), Vec::<&str>::new());
    assert_eq!(store::says_else(db, rosa, &id, &said("Led a talk")).await, Ok(false));
    assert_eq!(store::says_else(db, rosa, &id, &other).await, Ok(true));
    store::change(db, rosa, &id, &other).await.unwrap();
    let changed = page(&world, &world.rosa).await.list.groups[0].pieces[0].clone();
    assert_eq!(
        (changed.title.as_str(), changed.html.as_str(), changed.address.as_str()),
        ("Led two talks", "", "https://example.org/talks")
    );
    assert_eq!(
        (changed.day.as_str(), changed.day_label.as_str()),
        ("2026-03-03", "3 March 2026")
    );
    store::remove(db, rosa, &id).await.unwrap();
    let gone = page(&world, &world.rosa).await;
    assert_eq!((gone.list.count, gone.removed[0].fresh), (0, true));
    store::restore(db, rosa, &id).await.unwrap();
    let back = page(&world, &world.rosa).await;
    assert_eq!((titles(&back), back.removed.len()), (vec!["Led two talks"], 0));
    // What was taken out long ago goes with what is taken out next.
    let long_ago = "UPDATE evidence SET removed = time::now() - 31d;";
    db.write(long_ago, vars! {}).await.unwrap();
    add(&world, &world.rosa, 2, "Led a talk", "k2").await.unwrap();
    let next = page(&world, &world.rosa).await.list.groups[0].pieces[0].id.clone();
    store::remove(db, rosa, &next).await.unwrap();
    assert_eq!(store::restore(db, rosa, &id).await, Err(AppError::NotFound));
}
