//! Who belongs nowhere is found, page by page, by site administrators alone.

use super::store::{self, UNPLACED};
use crate::db::Db;
use crate::error::AppError;
use crate::people::suspension::model::{Barred, Reason};
use crate::people::suspension::store::{self as suspension, NewSuspension};
use crate::people::tests::id;
use crate::vars;
use crate::viewer::{Person, Viewer};

async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(
        "CREATE organisation:here SET slug = 'here', name = 'Here', kind = 'library', timezone = 'UTC', line = [organisation:here];
         FOR $n IN 1..=120 {
            CREATE type::record('person', string::concat('p', <string> $n)) SET name = IF $n % 3 = 0 { 'Same Name' } ELSE { string::concat('Person ', <string> $n) },
                email = string::concat('p', <string> $n, '@x.example'), timezone = 'UTC';
         };
         FOR $n IN 1..=10 {
            CREATE type::record('membership', [string::concat('p', <string> $n), 'here']) SET person = type::record('person', string::concat('p', <string> $n)),
                organisation = organisation:here, roles = ['learner'];
         };
         CREATE person:mei SET name = 'Mei', email = 'mei@x.example', timezone = 'UTC', site_administrator = true;
         UPDATE person:p20 SET closed = time::now();",
        vars! {},
    )
    .await
    .unwrap();
    db
}

fn viewer(name: &str, site_administrator: bool) -> Viewer {
    Viewer {
        person: Some(Person {
            id: id(name),
            name: name.into(),
            timezone: "UTC".into(),
            session: crate::id::SessionId::parse("s").unwrap(),
        }),
        site_administrator,
        ..Viewer::default()
    }
}

#[tokio::test]
async fn they_are_found_page_by_page_by_site_administrators_alone() {
    let db = world().await;
    let mei = viewer("mei", true);
    let mut seen = Vec::new();
    for page in 1..=3 {
        let found = store::page(&db, &mei, "", page, None).await.unwrap();
        // 120 and Mei, without ten members and a closed account.
        assert_eq!((found.count, found.pages), (110, 3));
        seen.extend(found.people.into_iter().map(|account| account.person));
    }
    assert_eq!(seen.len(), 110);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 110, "nobody stands on two pages");
    assert!(!seen.contains(&id("p3")) && !seen.contains(&id("p20")) && seen.contains(&id("p21")));
    let found = store::page(&db, &mei, " PERSON 5 ", 1, None).await.unwrap();
    assert_eq!(found.count, 7, "{found:?}");
    assert_eq!(store::page(&db, &mei, "P31@x.example", 1, None).await.unwrap().count, 1);
    for other in [viewer("p21", false), Viewer::visitor()] {
        assert_eq!(store::page(&db, &other, "", 1, None).await, Err(AppError::Forbidden));
    }
}

#[tokio::test]
async fn they_are_suspended_by_site_administrators_who_are_others() {
    let db = world().await;
    let mei = viewer("mei", true);
    let may = |by: Viewer, whom: &'static str| {
        let db = db.clone();
        async move { suspension::may_suspend_unplaced(&db, &by, &id(whom)).await }
    };
    assert_eq!(may(mei.clone(), "p21").await, Ok(()));
    assert_eq!(may(mei.clone(), "mei").await, Err(AppError::Forbidden));
    assert_eq!(
        may(mei.clone(), "p3").await,
        Err(AppError::NotFound),
        "an organisation looks after them"
    );
    assert_eq!(may(mei.clone(), "p20").await, Err(AppError::NotFound), "closed");
    assert_eq!(may(viewer("p22", false), "p21").await, Err(AppError::Forbidden));
    let new = NewSuspension {
        what: Barred::SigningIn,
        reason: Reason::parse("Spam").unwrap(),
        last_day: crate::time::today("UTC"),
    };
    suspension::suspend(&db, &mei, &id("p21"), &new).await.unwrap();
    let found = store::page(&db, &mei, "Same", 1, Some(&id("p21"))).await.unwrap();
    let chosen = found.chosen.unwrap();
    assert!(chosen.may_suspend && chosen.suspension.is_some_and(|held| held.reason == "Spam"));
    assert_eq!(found.people.iter().filter(|account| account.suspended).count(), 1);
    // Whoever joins an organisation is found there.
    db.write(
        "CREATE membership:['p21', 'here'] SET person = person:p21, organisation = organisation:here, roles = ['learner'];",
        vars! {},
    )
    .await
    .unwrap();
    assert_eq!(
        store::page(&db, &mei, "", 1, Some(&id("p21"))).await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn an_index_finds_them() {
    let db = world().await;
    let sql = UNPLACED
        .split("LET $all = (")
        .nth(1)
        .and_then(|rest| rest.split(");").next())
        .unwrap();
    let sql: &'static str = Box::leak(format!("{sql} EXPLAIN;").into_boxed_str());
    let plan: surrealdb_types::Value = db.read(sql, vars! { "words" => "" }).await.unwrap();
    assert!(format!("{plan:?}").contains("person_places"), "{plan:?}");
}
