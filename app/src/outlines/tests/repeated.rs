//! Codes that stand more than once.

use super::*;
use crate::competencies::store::moved;
use crate::editions::store::{publish, publish_saying};
use crate::error::AppError;
use crate::outlines::pasting;
use crate::reviews::store::Said;

#[tokio::test]
async fn what_stands_there_already_is_added_again_only_where_that_is_wanted() {
    let text = "1\tMoney\n1.1\tReads a budget\n";
    let world = world(text).await;
    let cora = world.cora();
    let rows = pasting::parse(text).unwrap();
    let added = async |rows: &[Pasted], key: u128, again: bool| {
        let key = Uuid::from_u128(key);
        store::add_saying(&world.db, &cora, &world.edition, &Spot::Top, rows, key, again).await
    };
    let refused = added(&rows, 1, false).await.unwrap_err();
    assert!(refused.at("again").unwrap().contains("All of this"));
    let other = pasting::parse("1.1\tWrites a budget\n2\tTalk\n").unwrap();
    let refused = added(&other, 2, false).await.unwrap_err();
    assert!(refused.at("again").unwrap().contains(": 1.1."));
    assert_eq!(world.rows().await.len(), 2);
    added(&other, 2, true).await.unwrap();
    // Sent again, it is done already.
    added(&other, 2, false).await.unwrap();
    let draft = store::outline_page(&world.db, &cora, &world.set, "", 1)
        .await
        .unwrap()
        .draft;
    let shared: Vec<_> = draft.unwrap().repeated.into_iter().map(|line| line.code).collect();
    assert_eq!(
        (world.rows().await.len(), shared),
        (4, vec!["1.1".to_owned(), "1.1".to_owned()])
    );
}

#[tokio::test]
async fn codes_that_stand_twice_are_published_only_where_that_is_said_and_lead_to_the_first() {
    let world = world("1\tReads a budget\n1\tWrites a budget\n").await;
    let (db, cora) = (&world.db, world.cora());
    let refused = publish(db, &cora, &world.edition).await.unwrap_err();
    assert!(refused.at("repeated").unwrap().contains("once: 1."));
    let stranger = viewer("sten", &world.elsewhere, Role::Curator);
    assert_eq!(publish(db, &stranger, &world.edition).await, Err(AppError::NotFound));
    let said = Said {
        repeated: true,
        ..Said::default()
    };
    publish_saying(db, &cora, &world.edition, &said).await.unwrap();
    let first = world.rows().await.remove(0);
    let now = moved(db, &Viewer::visitor(), &world.set, 1, "1").await.unwrap();
    assert!(now.unwrap().ends_with(&first.address));
}
