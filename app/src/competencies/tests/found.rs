//! What search looks through follows what is written in bulk.

use super::importing::staged;
use super::*;
use crate::competencies::store;
use crate::vars;

/// The words of all entries of nodes.
async fn entries(world: &World) -> Vec<String> {
    let sql = "SELECT VALUE words FROM search_entry WHERE record::tb(subject) = 'node' ORDER BY words;";
    world.db.rows(sql, vars! {}).await.unwrap()
}

/// The words of all texts of nodes, without what stands for their edition.
async fn texts(world: &World) -> Vec<String> {
    let sql = "SELECT VALUE string::replace(words, fn::scope_word(scope), 'E') FROM search_text ORDER BY words;";
    world.db.rows(sql, vars! {}).await.unwrap()
}

async fn run(world: &World, sql: &'static str) {
    world.db.run(sql, vars! {}).await.unwrap();
}

#[tokio::test]
async fn entries_follow_imports_over_a_draft() {
    let world = world().await;
    world.import(&small(), false).await;
    let first = entries(&world).await;
    assert_eq!(first.len(), 6);
    assert!(first.contains(&"! LM 1 1 Explains the budget".to_owned()), "{first:?}");
    assert!(first.contains(&"# A Money".to_owned()), "{first:?}");
    let said = "! E What it means How money works all Draws a picture Is calm Answers";
    assert_eq!(texts(&world).await, [said]);
    let mut changed = small();
    changed.nodes[2].title = "Explains the whole budget".into();
    changed.nodes[2].details = ExchangeDetails::default();
    changed.nodes.remove(5);
    world.import(&changed, true).await;
    let second = entries(&world).await;
    assert_eq!(second.len(), 5);
    assert!(second.contains(&"! LM 1 1 Explains the whole budget".to_owned()));
    assert!(!second.iter().any(|words| words.contains("Talks")));
    assert_eq!(texts(&world).await, ["! @ E What it means"], "it is published");
    let pending = world
        .db
        .rows::<i64>("SELECT VALUE found_to FROM edition WHERE found_to != NONE;", vars! {});
    assert_eq!(pending.await.unwrap(), [0_i64; 0]);
}

#[tokio::test]
async fn entries_are_those_that_the_events_would_have_written() {
    let world = world().await;
    world.import(&small(), false).await;
    let (written, said) = (entries(&world).await, texts(&world).await);
    let known = "SELECT VALUE <string> id FROM known_word ORDER BY id;";
    let words: Vec<String> = world.db.rows(known, vars! {}).await.unwrap();
    assert!(words.iter().any(|word| word.contains("budget")), "{words:?}");
    run(
        &world,
        "DELETE search_entry; DELETE search_text; DELETE known_word WHERE true;",
    )
    .await;
    // Each title and text is another for a moment, so that the events see a change.
    run(
        &world,
        "UPDATE node SET title += ' x', attitudes += 'x';
         UPDATE node SET title = string::slice(title, 0, string::len(title) - 2), attitudes = array::slice(attitudes, 0, array::len(attitudes) - 1);",
    )
    .await;
    assert_eq!((entries(&world).await, texts(&world).await), (written, said));
    run(&world, "DELETE known_word:x;").await;
    assert_eq!(world.db.rows::<String>(known, vars! {}).await.unwrap(), words);
    run(&world, "DELETE node;").await;
    assert_eq!((entries(&world).await, texts(&world).await), (vec![], vec![]));
}

#[tokio::test]
async fn an_import_that_was_cut_off_is_found_later() {
    let world = world().await;
    world.import(&small(), true).await;
    let whole = (entries(&world).await, texts(&world).await);
    run(
        &world,
        "DELETE search_entry; DELETE search_text; UPDATE edition SET found_to = 0;",
    )
    .await;
    assert_eq!(store::find_missing(&world.db).await, Ok(1));
    assert_eq!((entries(&world).await, texts(&world).await), whole);
    assert_eq!(store::find_missing(&world.db).await, Ok(0));
}

#[tokio::test]
async fn parts_of_a_write_that_was_cut_off_go_and_the_import_begins_anew() {
    let world = world().await;
    let (db, curator) = (&world.db, &world.curator());
    let import = staged(&world, &small()).await;
    // As a process has left them that ended meanwhile: the edition itself is not there.
    let half = "CREATE edition_parts:lost SET edition = edition:lost, since = time::now() - 2h;
        CREATE node SET edition = edition:lost, identifier = 'half', kind = 'statement', depth = 0, position = 0, address = 'half',
            title = 'Half of it', beneath = 0;";
    db.write(half, vars! { "in_bulk" => true }).await.unwrap();
    assert_eq!(world.count("node").await, 1);
    assert_eq!(store::discard_left(db).await, Ok(1));
    assert_eq!(world.count("node").await, 0);
    let applied = import::confirm(db, curator, &import, Limits::default()).await.unwrap();
    assert!(applied.written);
    assert_eq!((world.count("edition").await, world.count("node").await), (1, 6));
    assert_eq!(store::discard_left(db).await, Ok(0));
}
