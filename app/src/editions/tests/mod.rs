//! Editions after the first against a real database.

mod dropped;
mod evidence;
mod following;
mod jobs;
mod kept;
mod onward;
mod passed_on;
mod profiles;
mod sections;
mod withdrawn;

use surrealdb_types::Value;

use super::model::{Kind, Stroke};
use super::store::{self, Answer, Narrow};
use crate::assessments::gaps::Sort;
use crate::assessments::store::{Rating, choose, gaps, growth, save_one as save};
use crate::competencies::store::{
    RoleProfileToWrite, add_role_profile, node_by_code, published_edition, remove_draft, stored_set,
};
use crate::competencies::tests::{World, small, viewer, world};
use crate::error::{AppError, Result};
use crate::exchange;
use crate::id::{EditionId, NodeId, PersonId};
use crate::reviews::store::Said;
use crate::vars;
use crate::viewer::{Person, Role, Viewer};

const SET: &str = "small-set";

fn lea() -> PersonId {
    PersonId::parse("lea").unwrap()
}

fn person(world: &World) -> Person {
    world.learner().person.unwrap()
}

async fn node(world: &World, edition: &EditionId, address: &str) -> NodeId {
    node_by_code(&world.db, edition, address).await.unwrap().unwrap()
}

async fn rate(world: &World, node: &NodeId, level: &str) -> Result<()> {
    let rating = Rating {
        level: level.into(),
        ..Rating::default()
    };
    save(&world.db, &lea(), node, &rating).await
}

/// An edition, the draft after it, and the identifiers of small().
struct Editions {
    world: World,
    first: EditionId,
    second: EditionId,
}

async fn opened() -> Editions {
    let world = world().await;
    let first = world.import(&small(), true).await.edition;
    assert_eq!(store::open_draft(&world.db, &world.curator(), SET).await, Ok(2));
    let second = crate::competencies::store::edition_of(&world.db, SET, Some(2))
        .await
        .unwrap()
        .unwrap();
    Editions { world, first, second }
}

/// LM 1.1 stays, a/b%#é? is reworded, what has no code goes, B is split in two.
async fn revised() -> Editions {
    let editions = opened().await;
    let Editions { world, second, .. } = &editions;
    world
        .db
        .write(
            "UPDATE node SET title = 'Has a very awkward code' WHERE edition = $edition AND address = 'a/b%#é?';
             DELETE node WHERE edition = $edition AND title = 'Has no code';
             CREATE node:listens SET edition = $edition, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-000000000007', kind = 'statement', depth = 0,
                position = 7, address = 'B2', code = 'B2', title = 'Listens to others', beneath = 0;",
            vars! { "edition" => second.clone() },
        )
        .await
        .unwrap();
    let talks = small().nodes[5].identifier.to_string();
    store::change(&world.db, &world.curator(), second, &talks, "b; B2", false)
        .await
        .unwrap();
    editions
}

async fn confirm_all(world: &World, edition: &EditionId) {
    let curator = world.curator();
    store::confirm_same(&world.db, &curator, edition).await.unwrap();
    let page = store::editions_page(&world.db, &curator, SET, None, true, 1)
        .await
        .unwrap();
    let map = page.map.unwrap();
    assert!(map.rows.iter().all(|row| !row.confirmed && row.kind != Kind::Same));
    let looked: Vec<String> = map
        .rows
        .iter()
        .map(|row| format!("{}:{}", row.identifier, row.print))
        .collect();
    store::confirm(&world.db, &curator, edition, &looked).await.unwrap();
}

async fn published(editions: &Editions) {
    let Editions { world, second, .. } = editions;
    confirm_all(world, second).await;
    let published = store::publish(&world.db, &world.curator(), second).await.unwrap();
    assert_eq!((published.number, published.carries), (2, true));
    store::carry_over(&world.db, second).await;
}

/// All that people and jobs have, whole.
async fn everything(world: &World) -> Vec<Value> {
    let tables = "
        (SELECT * FROM rating ORDER BY id); (SELECT * FROM goal ORDER BY id); (SELECT * FROM judgement ORDER BY id);
        (SELECT * FROM edition_question ORDER BY id); (SELECT * FROM assessment ORDER BY id);
        (SELECT * FROM role_profile ORDER BY id); (SELECT * FROM target ORDER BY id); (SELECT * FROM alignment ORDER BY id);";
    let mut answers = world.db.run(tables, vars! {}).await.unwrap();
    (0..8).flat_map(|at| answers.rows::<Value>(at).unwrap()).collect()
}

async fn many(world: &World, sql: &'static str) -> i64 {
    world.db.row(sql, vars! {}).await.unwrap().unwrap_or(0)
}

#[tokio::test]
async fn a_draft_is_all_of_the_last_edition_and_there_is_one() {
    let Editions { world, first, second } = opened().await;
    assert_eq!(store::open_draft(&world.db, &world.curator(), SET).await, Ok(2));
    assert_eq!(many(&world, "count(SELECT VALUE id FROM edition);").await, 2);
    let (old, new) = (
        stored_set(&world.db, &first).await.unwrap(),
        stored_set(&world.db, &second).await.unwrap(),
    );
    assert!(exchange::compare(&old.set, &new.set).is_empty());
    assert_ne!(old.document, new.document);
    assert_eq!(published_edition(&world.db, SET).await.unwrap(), Some(first));
    let page = store::editions_page(&world.db, &world.curator(), SET, None, false, 1)
        .await
        .unwrap();
    let map = page.map.unwrap();
    assert_eq!((map.counts.of(Kind::Same), map.waiting, map.ready), (6, 6, false));
    assert!(!page.may_open && page.editions.len() == 2);
}

#[tokio::test]
async fn only_curators_open_drafts_and_write_maps() {
    let world = world().await;
    let draft = world.import(&small(), false).await.edition;
    let open = async |viewer: Viewer| store::open_draft(&world.db, &viewer, SET).await;
    assert_eq!(open(Viewer::visitor()).await, Err(AppError::SignInNeeded));
    assert_eq!(open(world.stranger()).await, Err(AppError::NotFound));
    assert_eq!(open(world.curator()).await, Ok(1));
    crate::competencies::store::publish_draft(&world.db, &draft)
        .await
        .unwrap();
    assert_eq!(open(world.stranger()).await, Err(AppError::Forbidden));
    assert_eq!(open(world.learner()).await, Err(AppError::Forbidden));
    assert_eq!(
        open(viewer("ada", &world.library, Role::OrganisationAdministrator)).await,
        Ok(2)
    );
    let second = crate::competencies::store::edition_of(&world.db, SET, Some(2))
        .await
        .unwrap()
        .unwrap();
    for other in [world.stranger(), world.learner()] {
        let same = store::confirm_same(&world.db, &other, &second).await;
        assert_eq!(same, Err(AppError::NotFound));
        let changed = store::change(&world.db, &other, &second, "x", "", false).await;
        assert_eq!(changed, Err(AppError::NotFound));
    }
    let closed = store::confirm_same(&world.db, &world.curator(), &draft).await;
    assert!(matches!(closed, Err(AppError::Conflict(_))));
    assert_eq!(many(&world, "count(SELECT VALUE id FROM statement_map);").await, 0);
}

#[tokio::test]
async fn nothing_is_published_before_its_map_is_confirmed() {
    let editions = revised().await;
    let Editions { world, first, second } = &editions;
    let curator = world.curator();
    let refused = store::publish(&world.db, &curator, second).await;
    assert!(matches!(refused, Err(AppError::Conflict(message)) if message.contains("5 statements")));
    let page = async |kind, waiting| {
        let page = store::editions_page(&world.db, &curator, SET, kind, waiting, 1)
            .await
            .unwrap();
        page.map.unwrap()
    };
    let map = page(None, false).await;
    let counts: Vec<u32> = map.counts.0.iter().map(|(_, count)| *count).collect();
    assert_eq!(counts, [3, 0, 1, 1, 0, 1, 0], "{:?}", map.counts);
    let reworded = page(Some(Kind::Reworded), false).await.rows;
    assert!(
        reworded[0]
            .pieces
            .iter()
            .any(|piece| piece.stroke == Stroke::In && piece.text == "a very")
    );
    // What was looked at before the draft changed is not confirmed.
    let stale = format!("{}:{}", reworded[0].identifier, "0".repeat(16));
    let looked = store::confirm(&world.db, &curator, second, &[stale]).await;
    assert!(matches!(looked, Err(AppError::Conflict(_))));
    let unknown = store::change(&world.db, &curator, second, &reworded[0].identifier, "LM 99", false).await;
    assert!(matches!(unknown, Err(AppError::Invalid(errors)) if errors.get("becomes").is_some()));
    confirm_all(world, second).await;
    assert!(page(None, false).await.ready);
    // Words that change afterwards are looked at again.
    let reword =
        "UPDATE node SET title = 'Has the most awkward code' WHERE edition = $edition AND address = 'a/b%#é?';";
    world
        .db
        .write(reword, vars! { "edition" => second.clone() })
        .await
        .unwrap();
    assert_eq!(page(None, true).await.waiting, 1);
    confirm_all(world, second).await;
    let published = store::publish(&world.db, &curator, second).await.unwrap();
    assert!(published.carries);
    // Again, it changes nothing.
    assert!(!store::publish(&world.db, &curator, second).await.unwrap().carries);
    let state = "SELECT VALUE state FROM $edition;";
    let state: Option<String> = world.db.row(state, vars! { "edition" => first.clone() }).await.unwrap();
    assert_eq!(state.as_deref(), Some("retired"));
    let frozen = world
        .db
        .write("UPDATE statement_map SET kind = 'same';", vars! {})
        .await;
    assert!(matches!(frozen, Err(AppError::Conflict(_))));
}

#[tokio::test]
async fn readers_see_what_changed_and_nobody_else_a_draft() {
    let editions = revised().await;
    let Editions { world, .. } = &editions;
    let read = async |viewer: Viewer, narrow: Narrow| store::changes(&world.db, &viewer, SET, 2, &narrow).await;
    for other in [Viewer::visitor(), world.learner(), world.stranger()] {
        assert_eq!(read(other, Narrow::default()).await, Err(AppError::NotFound));
    }
    assert_eq!(read(world.curator(), Narrow::default()).await.unwrap().bases, [1]);
    published(&editions).await;
    let page = read(Viewer::visitor(), Narrow::default()).await.unwrap();
    let counts: Vec<u32> = page.counts.0.iter().map(|(_, count)| *count).collect();
    assert_eq!(counts, [3, 0, 1, 1, 0, 1, 0]);
    let titles: Vec<&str> = page.groups.iter().map(|group| group.title.as_str()).collect();
    assert_eq!(titles, ["A Money", "B Talks"]);
    assert_eq!(page.groups[0].changes.len(), 2);
    let one = Narrow {
        node: "a/b%#é?".into(),
        ..Narrow::default()
    };
    let page = read(Viewer::visitor(), one).await.unwrap();
    assert_eq!(page.groups[0].changes[0].kind, Kind::Reworded);
    assert!(page.node.unwrap().ends_with("Has a very awkward code"));
    let first = store::changes(&world.db, &Viewer::visitor(), SET, 1, &Narrow::default())
        .await
        .unwrap();
    assert!(first.bases.is_empty() && first.groups.is_empty());
}

#[tokio::test]
async fn a_newer_file_makes_a_draft_with_a_map_that_goes_with_it() {
    let world = world().await;
    world.import(&small(), true).await;
    let mut newer = small();
    newer.nodes[5].title = "Talks and listens".into();
    let applied = world.import(&newer, false).await;
    let map = async || {
        let page = store::editions_page(&world.db, &world.curator(), SET, None, false, 1)
            .await
            .unwrap();
        page.map.unwrap()
    };
    assert_eq!(map().await.counts.of(Kind::Reworded), 1);
    store::confirm_same(&world.db, &world.curator(), &applied.edition)
        .await
        .unwrap();
    assert_eq!(map().await.waiting, 1);
    // The draft is replaced by another file; what is the same stays confirmed.
    newer.nodes[0].title = "Money matters".into();
    world.import(&newer, false).await;
    assert_eq!(map().await.waiting, 2);
    let gone = "CREATE import:one SET person = person:cora, organisation = $library, file_name = 'f', parts = 0, done = $edition, made = 'edition';";
    let vars = vars! { "library" => world.library.clone(), "edition" => applied.edition };
    world.db.write(gone, vars).await.unwrap();
    remove_draft(&world.db, &crate::id::ImportId::parse("one").unwrap())
        .await
        .unwrap();
    assert_eq!(many(&world, "count(SELECT VALUE id FROM statement_map);").await, 0);
}

/// In parts too: more nodes than one transaction takes.
#[tokio::test]
async fn eleven_hundred_statements_are_opened_and_compared_without_a_pause() {
    let world = world().await;
    let mut large = small();
    large.references.clear();
    let one = large.nodes[2].clone();
    for at in 0..1_100_u128 {
        large.nodes.push(exchange::ExchangeNode {
            identifier: uuid::Uuid::from_u128(0x1000 + at),
            parent: Some(large.nodes[1].identifier),
            code: Some(format!("X {at}")),
            title: format!("Explains case {at} to colleagues"),
            ..one.clone()
        });
    }
    world.import(&large, true).await;
    assert_eq!(store::open_draft(&world.db, &world.curator(), SET).await, Ok(2));
    let second = crate::competencies::store::edition_of(&world.db, SET, Some(2))
        .await
        .unwrap()
        .unwrap();
    let reword = "UPDATE node SET title += ', in a minute' WHERE edition = $edition AND position > 1000;";
    world
        .db
        .write(reword, vars! { "edition" => second.clone() })
        .await
        .unwrap();
    let page = store::changes(&world.db, &world.curator(), SET, 2, &Narrow::default())
        .await
        .unwrap();
    assert_eq!(
        (page.counts.of(Kind::Same), page.counts.of(Kind::Reworded)),
        (1_001, 105)
    );
    store::confirm_same(&world.db, &world.curator(), &second).await.unwrap();
    assert_eq!(many(&world, "count(SELECT VALUE id FROM statement_map);").await, 1_001);
}

#[tokio::test]
async fn what_has_to_be_decided_comes_first_and_parts_stand_in_their_order() {
    let editions = revised().await;
    let Editions { world, second, .. } = &editions;
    let curator = world.curator();
    // Typed the other way round.
    let talks = small().nodes[5].identifier.to_string();
    store::change(&world.db, &curator, second, &talks, "B2; b", false)
        .await
        .unwrap();
    let page = async |kind, waiting| {
        let page = store::editions_page(&world.db, &curator, SET, kind, waiting, 1).await;
        page.unwrap().map.unwrap()
    };
    let map = page(None, false).await;
    let shown: Vec<(Kind, bool)> = map.rows.iter().map(|row| (row.kind, row.confirmed)).collect();
    assert_eq!(
        shown,
        [(Kind::Retired, false), (Kind::Reworded, false), (Kind::Split, true)],
        "what was guessed, what changed, what is confirmed"
    );
    assert_eq!(map.same.len(), usize::try_from(map.counts.of(Kind::Same)).unwrap());
    assert!(map.same.iter().all(|row| row.kind == Kind::Same));
    let codes = |row: &crate::editions::model::MapRow| -> Vec<String> {
        row.after.iter().map(|named| named.code.clone()).collect()
    };
    assert_eq!(codes(&map.rows[2]), ["B", "B2"]);
    // Asked for, they are listed.
    let same = page(Some(Kind::Same), false).await;
    assert_eq!((same.rows.len(), same.same.len()), (map.same.len(), 0));
    let waiting = page(None, true).await;
    assert_eq!(waiting.rows.last().map(|row| row.kind), Some(Kind::Same));
    let changes = store::changes(&world.db, &curator, SET, 2, &Narrow::default())
        .await
        .unwrap();
    let split = changes.groups.iter().flat_map(|group| &group.changes);
    let split = split.into_iter().find(|change| change.kind == Kind::Split).unwrap();
    let after: Vec<&str> = split.after.iter().map(|named| named.code.as_str()).collect();
    assert_eq!(after, ["B", "B2"]);
}
