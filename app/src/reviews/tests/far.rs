//! A statement is merged with any other of its draft, wherever that stands.

use super::{SET, opened};
use crate::error::AppError;
use crate::id::NodeId;
use crate::outlines::store as outlines;
use crate::outlines::store::Spot;
use crate::reviews::rules::{Only, Verdict};
use crate::reviews::store::{self, Looking, NewVerdict, Resolving};
use crate::vars;

#[tokio::test]
async fn what_stands_far_away_is_found_chosen_and_merged_with() {
    let round = opened(true).await;
    let (db, cora, rea) = (round.db(), round.cora(), round.rea_sits().await);
    let rows = crate::outlines::pasting::parse("Far\n  Far away").unwrap();
    outlines::add(db, &cora, &round.edition, &Spot::Top, &rows, uuid::Uuid::new_v4())
        .await
        .unwrap();
    let far: NodeId = db
        .row("SELECT VALUE id FROM node WHERE title = 'Far away';", vars! {})
        .await
        .unwrap()
        .unwrap();
    let found = store::statements_of(db, &rea.edition, "far aw", 8).await.unwrap();
    assert_eq!(
        found.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
        [far.as_str()]
    );
    assert_eq!(
        store::statements_of(db, &rea.edition, "money", 8).await,
        Ok(Vec::new()),
        "no statement"
    );

    let item = store::review_item(db, &rea, 1, "UTC").await.unwrap();
    let listed = |others: &[(String, String)]| others.iter().any(|(id, _)| id == far.as_str());
    assert!(!listed(&item.others));
    let looking = Looking {
        query: "far".into(),
        other: Some(far.clone()),
    };
    let item = store::review_item_looking(db, &rea, 1, "UTC", &looking).await.unwrap();
    assert!(listed(&item.others));
    assert_eq!(item.looked_for.chosen.as_deref(), Some(far.as_str()));
    assert_eq!(item.looked_for.found.len(), 1);
    let verdict = NewVerdict::parse(Verdict::Merge.as_str(), "", "", far.as_str()).unwrap();
    store::give(db, &rea, 1, &verdict).await.unwrap();
    let item = store::review_item(db, &rea, 1, "UTC").await.unwrap();
    assert!(listed(&item.others), "what one said stays chosen");
    let bo = store::review_item(db, &round.bo_sits().await, 1, "UTC").await.unwrap();
    assert!(!listed(&bo.others), "others learn nothing of it");
    assert_eq!(
        store::edition_curated(db, &round.rea(), &round.round).await,
        Err(AppError::NotFound)
    );

    let item = store::board_item(db, &cora, SET, &round.round, 1).await.unwrap();
    assert!(listed(&item.others));
    let new = Resolving::parse("merged", "They say the same.", "", "", far.as_str(), true).unwrap();
    store::resolve(db, &cora, &round.round, 1, &new).await.unwrap();
    assert_eq!(round.title(1).await, None);
    assert_eq!(round.board(Only::All).await.lines.len(), 4);
}
