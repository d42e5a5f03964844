//! Who may suspend whom, and what it bars.

use super::model::{Barred, Reason};
use super::store::{self, NewSuspension};
use crate::db::Db;
use crate::error::AppError;
use crate::id::{OrganisationId, PersonId};
use crate::people::sessions;
use crate::people::tests::{id, viewer};
use crate::vars;
use crate::viewer::Viewer;

async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(
        "FOR $slug IN ['here', 'there'] {
            LET $place = type::record('organisation', $slug);
            CREATE $place SET slug = $slug, name = $slug, kind = 'library', timezone = 'UTC', line = [$place];
         };
         FOR $name IN ['piotr', 'rosa', 'both', 'sten'] {
            CREATE type::record('person', $name) SET name = $name, email = string::concat($name, '@x.example'), timezone = 'UTC';
         };
         FOR $one IN [['piotr', 'here', 'organisation_administrator'], ['rosa', 'here', 'learner'], ['both', 'here', 'learner'],
                ['both', 'there', 'learner'], ['sten', 'there', 'organisation_administrator']] {
            CREATE type::record('membership', [$one[0], $one[1]]) SET person = type::record('person', $one[0]),
                organisation = type::record('organisation', $one[1]), roles = [$one[2]];
         };",
        vars! {},
    )
    .await
    .unwrap();
    db
}

fn new(what: Barred) -> NewSuspension {
    NewSuspension {
        what,
        reason: Reason::parse("Rude to others").unwrap(),
        last_day: crate::time::today("UTC"),
    }
}

#[tokio::test]
async fn whoever_looks_after_all_their_organisations_may_and_nobody_themselves() {
    let db = world().await;
    let here = OrganisationId::parse("here").unwrap();
    let may = |by: Viewer, whom: &'static str| {
        let (db, here) = (db.clone(), here.clone());
        async move { store::may_suspend(&db, &by, &here, &id(whom)).await.map(drop) }
    };
    let piotr = viewer(&db, "piotr").await;
    assert_eq!(may(piotr.clone(), "rosa").await, Ok(()));
    let mei = Viewer {
        site_administrator: true,
        ..viewer(&db, "sten").await
    };
    assert_eq!(may(mei.clone(), "rosa").await, Ok(()));
    store::suspend(&db, &mei, &id("rosa"), &new(Barred::Posting))
        .await
        .unwrap();
    assert_eq!(may(piotr.clone(), "rosa").await, Ok(()), "one of their own rank");
    db.write("UPDATE person:sten SET site_administrator = true;", vars! {})
        .await
        .unwrap();
    assert_eq!(may(piotr.clone(), "rosa").await, Err(AppError::Forbidden));
    assert_eq!(may(mei, "rosa").await, Ok(()));
    db.write("UPDATE person:sten SET site_administrator = false;", vars! {})
        .await
        .unwrap();
    assert_eq!(may(piotr.clone(), "both").await, Err(AppError::Forbidden));
    assert_eq!(may(piotr.clone(), "piotr").await, Err(AppError::Forbidden));
    assert_eq!(may(piotr, "sten").await, Err(AppError::NotFound));
    assert_eq!(may(viewer(&db, "rosa").await, "both").await, Err(AppError::Forbidden));
    assert_eq!(may(viewer(&db, "sten").await, "both").await, Err(AppError::NotFound));
    assert_eq!(may(Viewer::visitor(), "rosa").await, Err(AppError::SignInNeeded));
}

#[tokio::test]
async fn a_session_ends_at_once_and_none_is_of_use_until_it_is_lifted() {
    let db = world().await;
    let piotr = viewer(&db, "piotr").await;
    let token = sessions::open(&db, &id("rosa"), "test").await.unwrap();
    store::suspend(&db, &piotr, &id("rosa"), &new(Barred::SigningIn))
        .await
        .unwrap();
    assert!(!sessions::viewer(&db, &token).await.unwrap().is_signed_in());
    let later = sessions::open(&db, &id("rosa"), "test").await.unwrap();
    assert!(!sessions::viewer(&db, &later).await.unwrap().is_signed_in());
    let refused = store::not_barred(&db, &id("rosa"), Barred::SigningIn).await;
    assert!(
        matches!(&refused, Err(AppError::Conflict(said)) if said.contains("Rude to others")),
        "{refused:?}"
    );
    assert_eq!(store::not_barred(&db, &id("rosa"), Barred::Posting).await, Ok(()));
    store::lift(&db, &id("rosa")).await.unwrap();
    assert!(sessions::viewer(&db, &later).await.unwrap().is_signed_in());
    assert_eq!(store::held(&db, &id("rosa")).await.unwrap(), None);
}

#[tokio::test]
async fn it_runs_out_and_another_takes_its_place() {
    let db = world().await;
    let piotr = viewer(&db, "piotr").await;
    for what in [Barred::SigningIn, Barred::Posting] {
        store::suspend(&db, &piotr, &id("rosa"), &new(what)).await.unwrap();
        assert_eq!(store::held(&db, &id("rosa")).await.unwrap().unwrap().what, what);
    }
    assert!(viewer(&db, "rosa").await.is_signed_in(), "the later one counts");
    store::suspend(&db, &piotr, &id("rosa"), &new(Barred::SigningIn))
        .await
        .unwrap();
    let token = sessions::open(&db, &id("rosa"), "test").await.unwrap();
    db.write("UPDATE suspension SET until = time::now() - 1s;", vars! {})
        .await
        .unwrap();
    assert_eq!(store::held(&db, &id("rosa")).await.unwrap(), None);
    assert!(sessions::viewer(&db, &token).await.unwrap().is_signed_in());
    assert!(store::last_day("2020-01-01", "UTC").is_err() && store::last_day("2099-01-01", "UTC").is_err());
    let noted = "SELECT VALUE act FROM audit_entry WHERE whom = person:rosa AND act IN ['suspended', 'silenced'];";
    let noted: Vec<String> = db.rows(noted, vars! {}).await.unwrap();
    assert!(noted.len() >= 3 && noted.contains(&"silenced".to_owned()), "{noted:?}");
}

const ALONE: &str = "Nobody else looks after this whole site.";

/// Whether what was tried is refused because nobody else looks after the site.
fn is_alone(tried: &Result<(), AppError>) -> bool {
    matches!(tried, Err(AppError::Conflict(said)) if said.starts_with(ALONE))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_look_after_the_site_and_go_at_once_one_stays() {
    for _ in 0..5 {
        let db = world().await;
        let site = "UPDATE person:rosa, person:both SET site_administrator = true;";
        db.write(site, vars! {}).await.unwrap();
        let (rosa, both) = (id("rosa"), id("both"));
        let close = |person| crate::people::store::close(&db, person, false);
        let (one, two) = tokio::join!(close(&rosa), close(&both));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        assert!(is_alone(&one) || is_alone(&two), "{one:?} {two:?}");
        let left = "SELECT VALUE id FROM person WHERE site_administrator = true AND closed = NONE;";
        assert_eq!(db.rows::<PersonId>(left, vars! {}).await.unwrap().len(), 1);
        let changes = "SELECT VALUE changes FROM site_staff:whole;";
        assert_eq!(db.row::<i64>(changes, vars! {}).await.unwrap(), Some(1));
    }
}

#[tokio::test]
async fn the_last_who_looks_after_the_site_is_neither_closed_nor_kept_out() {
    let db = world().await;
    let piotr = viewer(&db, "piotr").await;
    let site = "UPDATE person:rosa, person:both SET site_administrator = true;
        UPDATE person:both SET suspended_until = time::now() + 1d;";
    db.write(site, vars! {}).await.unwrap();
    // Somebody who cannot sign in looks after nothing.
    assert!(is_alone(&crate::people::store::close(&db, &id("rosa"), false).await));
    assert!(is_alone(
        &store::suspend(&db, &piotr, &id("rosa"), &new(Barred::SigningIn)).await
    ));
    store::suspend(&db, &piotr, &id("rosa"), &new(Barred::Posting))
        .await
        .unwrap();
    db.write("UPDATE person:both SET suspended_until = NONE;", vars! {})
        .await
        .unwrap();
    store::suspend(&db, &piotr, &id("rosa"), &new(Barred::SigningIn))
        .await
        .unwrap();
    assert!(is_alone(&crate::people::store::close(&db, &id("both"), false).await));
}
