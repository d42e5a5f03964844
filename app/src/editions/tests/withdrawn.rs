//! An edition that is retired with none in its place.

use super::*;
use crate::competencies::model::EditionState;
use crate::competencies::store::{edition_of, list, set_page};

#[tokio::test]
async fn an_edition_is_retired_by_curators_with_a_reason_and_another_can_follow() {
    let world = world().await;
    let first = world.import(&small(), true).await.edition;
    let statement = node(&world, &first, "LM 1.1").await;
    rate(&world, &statement, "2").await.unwrap();
    let retire = async |viewer: Viewer, understood, reason: &str| {
        store::withdraw(&world.db, &viewer, &first, understood, reason).await
    };
    assert_eq!(
        retire(Viewer::visitor(), true, "Old").await,
        Err(AppError::SignInNeeded)
    );
    for other in [world.stranger(), world.learner()] {
        assert_eq!(retire(other, true, "Old").await, Err(AppError::Forbidden));
    }
    let refused = retire(world.curator(), false, " ").await.unwrap_err();
    assert!(refused.at("reason").is_some() && refused.at("understood").is_some());
    assert_eq!(published_edition(&world.db, SET).await.unwrap().as_ref(), Some(&first));
    for _ in 0..2 {
        let set = retire(world.curator(), true, "The law it follows is gone.").await;
        assert_eq!(set.as_deref(), Ok(SET));
    }
    // Readers find it and are told; nothing is said by it any more.
    let sets = list(&world.db, &Viewer::visitor(), 1).await.unwrap().sets;
    assert_eq!(sets[0].editions[0].state, EditionState::Retired);
    let page = set_page(&world.db, &Viewer::visitor(), SET, None).await.unwrap();
    assert!(
        page.withdrawn.ends_with("The law it follows is gone."),
        "{}",
        page.withdrawn
    );
    assert_eq!(rate(&world, &statement, "1").await, Err(AppError::NotFound));
    // The next edition goes on from it.
    assert_eq!(store::open_draft(&world.db, &world.curator(), SET).await, Ok(2));
    let second = edition_of(&world.db, SET, Some(2)).await.unwrap().unwrap();
    let draft = store::withdraw(&world.db, &world.curator(), &second, true, "No").await;
    assert!(matches!(draft, Err(AppError::Conflict(_))));
    store::publish_as_suggested(&world.db, &second).await.unwrap();
    let level = "SELECT VALUE level FROM rating WHERE node = $node;";
    let now = node(&world, &second, "LM 1.1").await;
    let level: Option<i64> = world.db.row(level, vars! { "node" => now }).await.unwrap();
    assert_eq!(level, Some(2));
}
