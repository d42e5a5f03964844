//! Versions, and who has accepted which.

use super::model::TermsBody;
use super::store;
use crate::db::Db;
use crate::error::AppError;
use crate::id::PersonId;
use crate::people::sessions;
use crate::vars;
use crate::viewer::Viewer;

async fn world() -> (Db, PersonId) {
    let db = Db::for_test().await.unwrap();
    let made = "CREATE person:rosa SET name = 'Rosa', email = 'rosa@x.example', timezone = 'UTC';
        CREATE person:mei SET name = 'Mei', email = 'mei@x.example', timezone = 'UTC', site_administrator = true;";
    db.write(made, vars! {}).await.unwrap();
    (db, PersonId::parse("rosa").unwrap())
}

async fn viewer(db: &Db, person: &PersonId) -> Viewer {
    let token = sessions::open(db, person, "test").await.unwrap();
    sessions::viewer(db, &token).await.unwrap()
}

async fn publish(db: &Db, after: u32, text: &str) -> Result<(), AppError> {
    let mei = PersonId::parse("mei").unwrap();
    store::publish(db, &mei, after, &TermsBody::parse(text).unwrap()).await
}

#[tokio::test]
async fn nothing_is_asked_until_terms_are_written_and_then_once_a_version() {
    let (db, rosa) = world().await;
    let page = store::page(&db, &Viewer::visitor(), None).await.unwrap();
    assert_eq!((page.in_force, page.shown.is_none(), page.due), (0, true, false));
    assert!(!viewer(&db, &rosa).await.terms_due);
    for number in [1, 2] {
        publish(&db, number - 1, &format!("Be kind {number}. <script>x</script>"))
            .await
            .unwrap();
        assert!(viewer(&db, &rosa).await.terms_due, "{number}");
        for _ in 0..2 {
            store::accept(&db, &rosa, number).await.unwrap();
            assert!(!viewer(&db, &rosa).await.terms_due, "{number}");
        }
    }
    let consents: Vec<i64> = db
        .rows("SELECT VALUE record::id(terms) FROM consent ORDER BY at;", vars! {})
        .await
        .unwrap();
    assert_eq!(consents, [1, 2]);
    assert!(
        matches!(store::accept(&db, &rosa, 1).await, Err(AppError::Conflict(_))),
        "it does not hold"
    );
    assert!(
        matches!(store::accept(&db, &rosa, 3).await, Err(AppError::Conflict(_))),
        "there is none"
    );
}

#[tokio::test]
async fn versions_stay_readable_and_as_they_were() {
    let (db, rosa) = world().await;
    publish(&db, 0, "One. <script>x</script>").await.unwrap();
    assert!(
        matches!(publish(&db, 0, "Late.").await, Err(AppError::Conflict(_))),
        "of two one is told"
    );
    assert!(
        matches!(
            publish(&db, 1, "One. <script>x</script>").await,
            Err(AppError::Conflict(_))
        ),
        "the same"
    );
    publish(&db, 1, "Two.").await.unwrap();
    let rosa = viewer(&db, &rosa).await;
    let first = store::page(&db, &rosa, Some(1)).await.unwrap();
    let shown = first.shown.unwrap();
    assert_eq!((first.in_force, shown.number, first.source), (2, 1, None));
    assert!(
        shown.html.contains("One.") && !shown.html.contains("<script"),
        "{}",
        &*shown.html
    );
    let numbers: Vec<u32> = first.versions.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [2, 1]);
    assert_eq!(store::page(&db, &rosa, Some(3)).await.unwrap_err(), AppError::NotFound);
    for change in ["UPDATE terms:1 SET body = 'Other.';", "DELETE terms:1;"] {
        assert!(db.write(change, vars! {}).await.is_err(), "{change}");
    }
    let noted = "SELECT VALUE about FROM audit_entry WHERE act = 'terms_published' ORDER BY id;";
    let noted: Vec<String> = db.rows(noted, vars! {}).await.unwrap();
    assert_eq!(noted, ["version 1", "version 2"]);
}
