//! What a derived set's published package says of where it comes from.

use uuid::Uuid;

use super::tests::{OWN, SOURCE, derived, draft, node};
use crate::competencies::store::{edition_of, node_page, publish_draft, stored_set};
use crate::competencies::tests::World;
use crate::derivations::model::{Difference, Shown};
use crate::derivations::store::source_page;
use crate::error::AppError;
use crate::exchange::{ExchangeOrigin, ExchangeSet, case};
use crate::id::EditionId;
use crate::vars;
use crate::viewer::Viewer;

async fn set_of(world: &World, edition: &EditionId) -> ExchangeSet {
    stored_set(&world.db, edition).await.unwrap().set
}

async fn source(world: &World) -> EditionId {
    edition_of(&world.db, SOURCE, Some(1)).await.unwrap().unwrap()
}

fn kind_of<'a>(set: &'a ExchangeSet, title: &str) -> Option<&'a ExchangeOrigin> {
    let own = set.nodes.iter().find(|node| node.title == title)?.identifier;
    set.origins.iter().find(|origin| origin.from == own)
}

/// The derived set, published: one statement adapted, one added.
async fn published() -> (World, EditionId) {
    let world = derived().await;
    let own = draft(&world).await;
    let adapted = node(&world, &own, "LM 1.1").await;
    world
        .db
        .write(
            "UPDATE $node SET title = 'In our own words';
             CREATE node:ours SET edition = $own, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000aa', kind = 'statement', depth = 0,
                position = 90, address = 'Z', code = 'Z', title = 'Ours alone', beneath = 0;",
            vars! { "node" => adapted, "own" => own.clone() },
        )
        .await
        .unwrap();
    assert_eq!(set_of(&world, &own).await.origins, [], "a draft says nothing yet");
    publish_draft(&world.db, &own).await.unwrap();
    (world, own)
}

#[tokio::test]
async fn a_published_package_says_what_is_the_same_and_what_was_adapted() {
    let (world, own) = published().await;
    let (set, theirs) = (set_of(&world, &own).await, set_of(&world, &source(&world).await).await);
    assert_eq!(set.origins.len(), theirs.nodes.len());
    let adapted = kind_of(&set, "In our own words").unwrap();
    assert_eq!(
        (adapted.kind.as_str(), kind_of(&set, "Ours alone")),
        ("isRelatedTo", None)
    );
    let same = kind_of(&set, "Talks").unwrap();
    let talks = theirs.nodes.iter().find(|node| node.title == "Talks").unwrap();
    assert_eq!((same.kind.as_str(), same.to), ("exactMatchOf", talks.identifier));
    // It stays so, whatever the links say later.
    world.db.write("DELETE derived_node;", vars! {}).await.unwrap();
    assert_eq!(set_of(&world, &own).await.origins, set.origins);
    // Both statements lead to each other.
    let visitor = Viewer::visitor();
    let page = node_page(&world.db, &visitor, OWN, 1, "B").await.unwrap();
    let there = page
        .references
        .iter()
        .find_map(|one| one.elsewhere.clone().map(|other| (one.words.clone(), other.set)));
    assert_eq!(there, Some(("Says the same as".into(), SOURCE.into())));
    let page = node_page(&world.db, &visitor, SOURCE, 1, "B").await.unwrap();
    let back = page
        .references
        .iter()
        .find_map(|one| one.elsewhere.as_ref().map(|other| other.set.as_str()));
    assert_eq!(back, Some(OWN));
}

#[tokio::test]
async fn readers_see_what_of_a_published_set_differs_and_no_offers() {
    let (world, _) = published().await;
    for reader in [Viewer::visitor(), world.learner(), world.stranger()] {
        let page = source_page(&world.db, &reader, OWN, Shown::First, 1).await.unwrap();
        assert!(!page.may_curate && page.offers.is_empty() && page.waiting == 0);
        assert_eq!(page.shown, Shown::All);
        let kinds: Vec<Difference> = page.differences.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [Difference::Adapted, Difference::Added]);
        assert!(
            page.differences
                .iter()
                .all(|one| one.href.starts_with("/index/") && one.print.is_none())
        );
    }
    let page = source_page(&world.db, &Viewer::visitor(), SOURCE, Shown::First, 1).await;
    assert_eq!(page, Err(AppError::NotFound), "it was not derived");
}

#[tokio::test]
async fn in_another_language_it_is_a_translation() {
    let world = derived().await;
    let own = draft(&world).await;
    world
        .db
        .write(
            "UPDATE edition SET language = 'cy' WHERE id = $own;
             UPDATE node SET title = 'Siarad' WHERE edition = $own AND address = 'B';",
            vars! { "own" => own.clone() },
        )
        .await
        .unwrap();
    publish_draft(&world.db, &own).await.unwrap();
    let language = set_of(&world, &source(&world).await).await.language;
    let set = set_of(&world, &own).await;
    let expected = if language.is_some() {
        "isTranslationOf"
    } else {
        "isRelatedTo"
    };
    assert_eq!(kind_of(&set, "Siarad").unwrap().kind, expected);
}

#[tokio::test]
async fn an_imported_package_is_connected_with_what_is_published_here() {
    let (world, own) = published().await;
    let mut set = set_of(&world, &own).await;
    let written = case::emit(
        &set,
        Uuid::from_u128(77),
        "https://carrel.example",
        "2026-11-23T00:00:00Z",
    );
    // As another system would give it out: under identifiers of its own.
    let text = set.nodes.iter().fold(written.to_string(), |text, node| {
        let other = Uuid::new_v5(&Uuid::nil(), node.identifier.as_bytes());
        text.replace(&node.identifier.to_string(), &other.to_string())
    });
    let text = text.replace(&set.identifier.to_string(), &Uuid::from_u128(78).to_string());
    let again = case::parse(text.as_bytes()).set.unwrap();
    assert_eq!(case::outside(&again).len(), set.origins.len());
    let imported = world.import(&again, true).await.edition;
    let taken = set_of(&world, &imported).await;
    assert_eq!(taken.origins.len(), set.origins.len());
    for origin in &mut set.origins {
        origin.from = Uuid::new_v5(&Uuid::nil(), origin.from.as_bytes());
    }
    let by = |origin: &ExchangeOrigin| (origin.from, origin.to, origin.kind.clone());
    let (mut one, mut other): (Vec<_>, Vec<_>) = (
        set.origins.iter().map(by).collect(),
        taken.origins.iter().map(by).collect(),
    );
    one.sort();
    other.sort();
    assert_eq!(one, other);
    // What it gives out again holds each link once.
    let given = case::emit(
        &taken,
        taken.identifier,
        "https://carrel.example",
        "2026-11-23T00:00:00Z",
    );
    let matches = case::objects(&given, "CFAssociations")
        .iter()
        .filter(|one| one["associationType"] == "exactMatchOf");
    let before = set
        .origins
        .iter()
        .filter(|origin| origin.kind == "exactMatchOf")
        .count();
    assert_eq!(matches.count(), before);
}
