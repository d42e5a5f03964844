//! Organisations that show themselves, and those that do not.

use super::model::{Doors, PAGE};
use super::store::{DOORS, doors};
use crate::db::Db;
use crate::organisations::tests::{viewer, world};
use crate::vars;
use crate::viewer::Viewer;

/// Beside the tree, where nobody is taken: so many that take requests, one of
/// them in a place, and one that takes its own addresses.
const OPEN: u32 = PAGE + 5;

async fn opened() -> Db {
    let db = world().await;
    db.write(
        "FOR $n IN 0..$open {
            LET $own = type::record('organisation', string::concat('open', <string> $n));
            CREATE $own SET slug = record::id($own), name = IF $n < 2 { 'Namesake' } ELSE { string::concat('Open ', <string> $n) },
                place = IF $n = 7 { 'Fen Edge' } ELSE { '' }, kind = 'library', timezone = 'UTC', line = [$own], takes_requests = true;
         };
         CREATE organisation:known SET slug = 'known', name = 'Known Library', kind = 'library', timezone = 'UTC',
            line = [organisation:known], domains = ['known.example'];",
        vars! { "open" => i64::from(OPEN) },
    )
    .await
    .unwrap();
    db
}

async fn looked_for(db: &Db, mail: bool, words: &str, page: u32) -> Doors {
    doors(db, &Viewer::visitor(), mail, words, page).await.unwrap()
}

#[tokio::test]
async fn every_organisation_that_takes_newcomers_is_found_once_page_after_page() {
    let db = opened().await;
    let asked = db.times_asked();
    let first = looked_for(&db, false, "", 1).await;
    assert_eq!(db.times_asked() - asked, 1);
    assert_eq!((first.count, first.pages, first.open.len()), (OPEN, 2, PAGE as usize));
    let second = looked_for(&db, false, "", 2).await;
    let found: std::collections::BTreeSet<_> = [first, second]
        .into_iter()
        .flat_map(|page| page.open)
        .map(|door| door.slug)
        .collect();
    assert_eq!(found.len(), OPEN as usize, "namesakes too, each once");
    assert!(found.iter().all(|slug| slug.starts_with("open")), "{found:?}");
    assert!(looked_for(&db, false, "", 9).await.open.is_empty());
}

#[tokio::test]
async fn a_part_of_a_name_or_of_a_place_finds_them_and_what_takes_nobody_is_not_there() {
    let db = opened().await;
    let slugs = |doors: Doors| doors.open.into_iter().map(|door| door.slug).collect::<Vec<_>>();
    assert_eq!(slugs(looked_for(&db, false, "  FEN  edge ", 1).await), ["open7"]);
    assert_eq!(slugs(looked_for(&db, false, "open 24", 1).await), ["open24"]);
    for nothing in ["riverside", "mill", "%", "' OR true"] {
        assert_eq!(looked_for(&db, true, nothing, 1).await.count, 0, "{nothing}");
    }
    let long = looked_for(&db, false, &"x".repeat(500), 1).await;
    assert_eq!((long.words.len(), long.count), (120, 0));
}

#[tokio::test]
async fn who_takes_only_addresses_is_found_by_newcomers_where_mail_is_sent() {
    let db = opened().await;
    let known = looked_for(&db, true, "known", 1).await;
    assert_eq!((known.count, known.open[0].by_request), (1, false));
    assert_eq!(
        looked_for(&db, false, "known", 1).await.count,
        0,
        "no address is confirmed"
    );
    let sid = viewer(&db, "sid").await;
    assert_eq!(doors(&db, &sid, true, "known", 1).await.unwrap().count, 0);
    assert_eq!(doors(&db, &sid, true, "", 1).await.unwrap().count, OPEN);
    // What is changed counts at once.
    db.write("UPDATE organisation:known SET domains = [];", vars! {})
        .await
        .unwrap();
    assert_eq!(looked_for(&db, true, "known", 1).await.count, 0);
    db.write("UPDATE organisation:known SET takes_requests = true;", vars! {})
        .await
        .unwrap();
    assert_eq!(looked_for(&db, false, "known", 1).await.count, 1);
}

#[tokio::test]
async fn an_index_finds_them() {
    let db = opened().await;
    let sql = DOORS
        .split("LET $all = (")
        .nth(1)
        .and_then(|rest| rest.split(");").next())
        .unwrap();
    let sql: &'static str = Box::leak(format!("{sql} EXPLAIN;").into_boxed_str());
    let plan: surrealdb_types::Value = db
        .read(sql, vars! { "words" => "", "ways" => vec!["requests"] })
        .await
        .unwrap();
    assert!(format!("{plan:?}").contains("organisation_opens_to"), "{plan:?}");
}
