//! Drafts that are thrown away.

use super::*;
use crate::competencies::store::{edition_of, list};

#[tokio::test]
async fn a_draft_that_was_never_published_is_thrown_away_with_all_that_hangs_on_it() {
    let world = world().await;
    let first = world.import(&small(), false).await.edition;
    let (db, cora) = (&world.db, world.curator());
    let statement = node(&world, &first, "LM 1.1").await;
    crate::outlines::store::remove(db, &cora, &statement, true)
        .await
        .unwrap();
    let drop = async |viewer: &Viewer, edition: &EditionId, understood| {
        store::throw_away(db, viewer, edition, understood).await
    };
    assert_eq!(
        drop(&Viewer::visitor(), &first, true).await,
        Err(AppError::SignInNeeded)
    );
    for other in [world.stranger(), world.learner()] {
        assert_eq!(drop(&other, &first, true).await, Err(AppError::NotFound));
    }
    let refused = drop(&cora, &first, false).await.unwrap_err();
    assert!(refused.at("understood").is_some());
    assert_eq!(drop(&cora, &first, true).await, Ok(None));
    for table in [
        "competency_set",
        "edition",
        "node",
        "edition_change",
        "cross_reference",
        "edition_parts",
        "search_entry",
    ] {
        let vars = vars! { "table" => table.to_owned() };
        let left = db
            .row::<i64>("count(SELECT VALUE id FROM type::table($table));", vars)
            .await;
        assert_eq!(left.unwrap(), Some(0), "{table}");
    }
    let told = "SELECT VALUE about FROM audit_entry WHERE act = 'edition_dropped';";
    assert_eq!(
        db.rows::<String>(told, vars! {}).await.unwrap(),
        ["Small set, edition 1"]
    );
    // The same file comes in again, as a set of its own.
    world.import(&small(), false).await;
    assert_eq!(drop(&cora, &first, true).await, Err(AppError::NotFound));
}

#[tokio::test]
async fn of_a_published_set_only_the_draft_goes() {
    let Editions { world, first, second } = opened().await;
    let cora = world.curator();
    let kept = store::throw_away(&world.db, &cora, &first, true).await;
    assert!(matches!(kept, Err(AppError::Conflict(_))), "{kept:?}");
    let left = store::throw_away(&world.db, &cora, &second, true).await;
    assert_eq!(left, Ok(Some(SET.to_owned())));
    assert_eq!(edition_of(&world.db, SET, Some(2)).await.unwrap(), None);
    assert_eq!(list(&world.db, &Viewer::visitor(), 1).await.unwrap().sets.len(), 1);
    // Another one is opened.
    assert_eq!(store::open_draft(&world.db, &cora, SET).await, Ok(2));
}
