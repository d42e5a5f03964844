//! Setting up an empty database.

use super::model::SiteName;
use super::store::{self, First};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::organisations::model::{Kind, OrganisationName};
use crate::people::model::{Email, PersonName};
use crate::vars;

async fn empty() -> Db {
    Db::for_test().await.unwrap()
}

async fn set_up(db: &Db, token: &str, name: &str) -> Result<PersonId> {
    let first = First {
        organisation: OrganisationName::parse("North State Library").unwrap(),
        kind: Kind::StateLibrary,
        timezone: "Europe/London".into(),
        language: "en".into(),
        name: PersonName::parse(name).unwrap(),
        email: Email::parse(&format!("{name}@north.example")).unwrap(),
        hash: "none".into(),
    };
    store::set_up(db, token, &SiteName::parse("North").unwrap(), first).await
}

#[tokio::test]
async fn a_token_sets_up_once_and_the_latest_counts() {
    let db = empty().await;
    let earlier = store::begin(&db).await.unwrap().unwrap();
    let token = store::begin(&db).await.unwrap().unwrap();
    for wrong in [earlier.as_str(), "", "none"] {
        assert_eq!(store::is_open(&db, wrong).await, Err(AppError::NotFound), "{wrong}");
        assert_eq!(set_up(&db, wrong, "eve").await, Err(AppError::NotFound), "{wrong}");
    }
    assert_eq!(store::is_open(&db, &token).await, Ok(()));
    let ada = set_up(&db, &token, "ada").await.unwrap();
    assert_eq!(store::site_name(&db).await.unwrap().as_deref(), Some("North"));
    let all: Option<bool> = db
        .row(
            "SELECT VALUE site_administrator FROM ONLY $ada;",
            vars! { "ada" => ada },
        )
        .await
        .unwrap();
    assert_eq!(all, Some(true));
    assert_eq!(set_up(&db, &token, "eve").await, Err(AppError::NotFound));
    assert_eq!(store::begin(&db).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_not_empty_is_not_set_up() {
    let db = empty().await;
    let token = store::begin(&db).await.unwrap().unwrap();
    db.write(
        "CREATE organisation:one SET slug = 'one', name = 'One', kind = 'library', timezone = 'UTC', line = [organisation:one];",
        vars! {},
    )
    .await
    .unwrap();
    assert_eq!(store::is_open(&db, &token).await, Err(AppError::NotFound));
    assert_eq!(set_up(&db, &token, "eve").await, Err(AppError::NotFound));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_at_once_one_sets_up() {
    let db = empty().await;
    let token = store::begin(&db).await.unwrap().unwrap();
    let (one, two) = tokio::join!(set_up(&db, &token, "ada"), set_up(&db, &token, "eve"));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let people: Option<i64> = db.row("count(SELECT VALUE id FROM person);", vars! {}).await.unwrap();
    assert_eq!(people, Some(1));
}
