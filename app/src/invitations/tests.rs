//! Invitations in the tree of organisations.

use super::model::Terms;
use super::store;
use crate::db::Db;
use crate::error::AppError;
use crate::organisations::store::change_roles;
use crate::organisations::tests::{at, viewer, who, world};
use crate::people::tokens;
use crate::vars;
use crate::viewer::{Role, Viewer};

fn terms(role: Role, uses: u32) -> Terms {
    Terms {
        roles: vec![role],
        uses,
        days: 14,
        email: None,
    }
}

async fn made(db: &Db, rita: &Viewer, terms: &Terms) -> String {
    let token = tokens::new();
    store::invite(db, rita, &at("riverside"), terms, &token).await.unwrap();
    token
}

async fn left(db: &Db) -> Option<i64> {
    db.row("SELECT VALUE uses_left FROM invitation;", vars! {})
        .await
        .unwrap()
}

#[tokio::test]
async fn someone_with_an_account_joins_and_keeps_what_they_had() {
    let db = world().await;
    let rita = viewer(&db, "rita").await;
    let token = made(&db, &rita, &terms(Role::Trainer, 2)).await;
    assert_eq!(
        store::join(&db, &Viewer::visitor(), &token).await,
        Err(AppError::SignInNeeded)
    );
    let lea = viewer(&db, "lea").await;
    for _ in 0..2 {
        assert_eq!(store::join(&db, &lea, &token).await.unwrap(), "riverside");
        assert_eq!(left(&db).await, Some(1), "again uses nothing");
    }
    let lea = viewer(&db, "lea").await;
    assert!(lea.membership(&at("millbrook")).is_some());
    assert_eq!(lea.membership(&at("riverside")).unwrap().roles, [Role::Trainer]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_place_is_for_one_person() {
    let db = world().await;
    let rita = viewer(&db, "rita").await;
    let token = made(&db, &rita, &terms(Role::Learner, 1)).await;
    let (lea, sid) = (viewer(&db, "lea").await, viewer(&db, "sid").await);
    let (one, two) = tokio::join!(store::join(&db, &lea, &token), store::join(&db, &sid, &token));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert_eq!(left(&db).await, Some(0));
    let list = store::list(&db, &rita, "riverside", 1, None).await.unwrap();
    assert!(list.sent.is_empty(), "what is used up is not listed");
}

#[tokio::test]
async fn a_link_gives_no_more_than_its_maker_may_still_give() {
    let db = world().await;
    let rita = viewer(&db, "rita").await;
    let riverside = at("riverside");
    let terms = terms(Role::OrganisationAdministrator, 5);
    let token = made(&db, &rita, &terms).await;
    let nora = viewer(&db, "nora").await;
    change_roles(&db, &nora, &riverside, &who("rita"), &[Role::Learner])
        .await
        .unwrap();
    let lea = viewer(&db, "lea").await;
    assert_eq!(store::join(&db, &lea, &token).await, Err(AppError::NotFound));
    assert_eq!(
        crate::people::store::invitation(&db, &token).await,
        Err(AppError::NotFound)
    );
    for (person, answer) in [("lea", AppError::Forbidden), ("sid", AppError::NotFound)] {
        let made = store::invite(&db, &viewer(&db, person).await, &riverside, &terms, &tokens::new()).await;
        assert_eq!(made, Err(answer), "{person}");
    }
}

#[tokio::test]
async fn a_form_that_is_sent_twice_makes_one_link() {
    let db = world().await;
    let rita = viewer(&db, "rita").await;
    let token = made(&db, &rita, &terms(Role::Learner, 2)).await;
    store::join(&db, &viewer(&db, "lea").await, &token).await.unwrap();
    let again = store::invite(&db, &rita, &at("riverside"), &terms(Role::Learner, 2), &token).await;
    assert_eq!(again, Ok(()));
    let list = store::list(&db, &rita, "riverside", 1, None).await.unwrap();
    let left: Vec<_> = list.sent.iter().map(|sent| sent.left).collect();
    assert_eq!(left, [1], "and what was used stays used");
}

#[tokio::test]
async fn a_withdrawn_link_is_gone_and_only_theirs_can_be() {
    let db = world().await;
    let (rita, sid) = (viewer(&db, "rita").await, viewer(&db, "sid").await);
    let token = made(&db, &rita, &terms(Role::Learner, 3)).await;
    let list = store::list(&db, &rita, "riverside", 1, None).await.unwrap();
    let sent = &list.sent[0];
    assert_eq!((sent.left, sent.uses, sent.invited_by.as_str()), (3, 3, "rita"));
    store::withdraw(&db, &sid, &at("south"), &sent.id).await.unwrap();
    assert_eq!(left(&db).await, Some(3), "somebody else's");
    assert_eq!(
        store::withdraw(&db, &sid, &at("riverside"), &sent.id).await,
        Err(AppError::NotFound)
    );
    for _ in 0..2 {
        store::withdraw(&db, &rita, &at("riverside"), &sent.id).await.unwrap();
    }
    assert_eq!(store::join(&db, &sid, &token).await, Err(AppError::NotFound));
}

#[tokio::test]
async fn the_list_has_pages_without_gaps() {
    let db = world().await;
    let rita = viewer(&db, "rita").await;
    db.write(
        "FOR $n IN 0..120 {
            CREATE type::record('invitation', string::concat('k', <string> $n)) SET organisation = organisation:riverside,
                roles = ['learner'], invited_by = person:rita, expires = time::now() + 1d, uses_left = 1;
         };",
        vars! {},
    )
    .await
    .unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for page in 1..=3 {
        let list = store::list(&db, &rita, "riverside", page, None).await.unwrap();
        assert_eq!(list.pages, 3);
        seen.extend(list.sent.into_iter().map(|sent| sent.id));
    }
    assert_eq!(seen.len(), 120);
}
