//! Joining in the tree of organisations.

use super::model::{Domains, Standing};
use super::store;
use crate::db::Db;
use crate::error::AppError;
use crate::organisations::tests::{at, viewer, who, world};
use crate::vars;
use crate::viewer::{Role, Viewer};

async fn open(db: &Db, takes_requests: bool, domains: &str) {
    let rita = viewer(db, "rita").await;
    let domains = Domains::parse(domains).unwrap();
    store::save(db, &rita, &at("riverside"), takes_requests, &domains)
        .await
        .unwrap();
}

/// As the page of one's address does it.
async fn confirm(db: &Db, key: &str) {
    db.write(
        "DEFINE FIELD IF NOT EXISTS address_confirmed ON person TYPE option<datetime>;
         UPDATE $person SET address_confirmed = time::now();",
        vars! { "person" => who(key) },
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn what_takes_nobody_is_not_there() {
    let db = world().await;
    let sid = viewer(&db, "sid").await;
    assert_eq!(store::door(&db, &sid, "riverside").await, Err(AppError::NotFound));
    assert_eq!(store::door(&db, &sid, "nowhere").await, Err(AppError::NotFound));
    let asked = store::ask(&db, &sid, &at("riverside"), "", Vec::new()).await;
    assert_eq!(asked, Err(AppError::NotFound));
    let visitor = store::door(&db, &Viewer::visitor(), "riverside").await;
    assert_eq!(visitor, Err(AppError::SignInNeeded));
}

#[tokio::test]
async fn who_asks_waits_for_an_answer() {
    let db = world().await;
    open(&db, true, "").await;
    let sid = viewer(&db, "sid").await;
    let riverside = at("riverside");
    assert_eq!(
        store::door(&db, &sid, "riverside").await.unwrap().standing,
        Standing::MayAsk
    );
    for message in ["Hello", "Hello, I begin on Monday"] {
        let (_, standing) = store::ask(&db, &sid, &riverside, message, Vec::new()).await.unwrap();
        assert_eq!(standing, Standing::Asked);
    }
    let rita = viewer(&db, "rita").await;
    let requests = store::requests(&db, &rita, "riverside", 1).await.unwrap();
    assert_eq!(requests.asking.len(), 1);
    assert_eq!(requests.asking[0].message, "Hello, I begin on Monday");
    for (person, told) in [("sid", AppError::NotFound), ("lea", AppError::Forbidden)] {
        let looking = viewer(&db, person).await;
        assert_eq!(store::requests(&db, &looking, "riverside", 1).await, Err(told.clone()));
        assert_eq!(
            store::accept(&db, &looking, &riverside, &who("sid"), Vec::new()).await,
            Err(told)
        );
    }
    store::accept(&db, &rita, &riverside, &who("sid"), Vec::new())
        .await
        .unwrap();
    let sid = viewer(&db, "sid").await;
    assert_eq!(sid.membership(&riverside).unwrap().roles, [Role::Learner]);
    assert_eq!(
        store::door(&db, &sid, "riverside").await.unwrap().standing,
        Standing::Member
    );
    let nobody_asks = store::accept(&db, &rita, &riverside, &who("ann"), Vec::new()).await;
    assert_eq!(
        nobody_asks,
        Err(AppError::NotFound),
        "nobody is taken in who did not ask"
    );
}

#[tokio::test]
async fn a_request_is_declined_or_taken_back() {
    let db = world().await;
    open(&db, true, "").await;
    let (sid, rita) = (viewer(&db, "sid").await, viewer(&db, "rita").await);
    let riverside = at("riverside");
    store::ask(&db, &sid, &riverside, "", Vec::new()).await.unwrap();
    store::decline(&db, &rita, &riverside, &who("sid"), Vec::new())
        .await
        .unwrap();
    assert_eq!(
        store::door(&db, &sid, "riverside").await.unwrap().standing,
        Standing::MayAsk
    );
    store::ask(&db, &sid, &riverside, "", Vec::new()).await.unwrap();
    for _ in 0..2 {
        store::withdraw(&db, &who("sid"), &riverside).await.unwrap();
    }
    assert!(viewer(&db, "sid").await.membership(&riverside).is_none());
}

#[tokio::test]
async fn an_address_of_a_domain_counts_once_it_is_confirmed() {
    let db = world().await;
    open(&db, true, "carrel.example").await;
    let sid = viewer(&db, "sid").await;
    assert_eq!(
        store::door(&db, &sid, "riverside").await.unwrap().standing,
        Standing::MayAsk,
        "anybody can type an address"
    );
    confirm(&db, "sid").await;
    assert_eq!(
        store::door(&db, &sid, "riverside").await.unwrap().standing,
        Standing::Welcome
    );
    let (_, standing) = store::ask(&db, &sid, &at("riverside"), "", Vec::new()).await.unwrap();
    assert_eq!(standing, Standing::Member);
    assert!(viewer(&db, "sid").await.membership(&at("riverside")).is_some());
    // Another domain, and nobody may ask: then it is not there.
    open(&db, false, "other.example").await;
    confirm(&db, "ann").await;
    let ann = viewer(&db, "ann").await;
    assert_eq!(store::door(&db, &ann, "riverside").await, Err(AppError::NotFound));
}
