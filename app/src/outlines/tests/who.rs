//! Who may write, and what nobody may.

use super::*;
use crate::error::AppError;
use crate::outlines::model::Way;

#[tokio::test]
async fn only_curators_of_the_line_write() {
    let world = world("Money\n  Budgets").await;
    let node = world.node("Budgets").await;
    let others = [
        (Viewer::visitor(), AppError::SignInNeeded),
        (viewer("lea", &world.library, Role::Learner), AppError::NotFound),
        (viewer("tom", &world.library, Role::Trainer), AppError::NotFound),
        (viewer("sten", &world.elsewhere, Role::Curator), AppError::NotFound),
    ];
    let db = &world.db;
    for (other, refusal) in others {
        let (form, base) = world.form(&node).await;
        let heard = [
            store::add(db, &other, &world.edition, &Spot::Top, &line("X"), Uuid::new_v4())
                .await
                .map(drop),
            store::shift(db, &other, &node, Way::Out).await.map(drop),
            store::place(db, &other, &node, &Spot::Top).await.map(drop),
            store::remove(db, &other, &node, true).await.map(drop),
            store::split(db, &other, &node, "A\nB", Uuid::new_v4()).await.map(drop),
            store::merge(db, &other, &node, std::slice::from_ref(&node), "", "A")
                .await
                .map(drop),
            store::save_entry(db, &other, &node, &base, &form, false)
                .await
                .map(drop),
            store::link(db, &other, &node, (None, "Money"), "precedes")
                .await
                .map(drop),
            store::unlink(db, &other, &node, &node, "precedes").await.map(drop),
            store::step_back(db, &other, &world.edition, false).await.map(drop),
            store::outline_page(db, &other, &world.set, "", 1).await.map(drop),
            store::entry_page(db, &other, &world.set, &node).await.map(drop),
        ];
        for (number, heard) in heard.into_iter().enumerate() {
            assert_eq!(heard, Err(refusal.clone()), "{number}");
        }
    }
    assert_eq!(world.shown().await, "0Money 1Budgets");
}

#[tokio::test]
async fn a_set_is_begun_for_ones_own_organisation_alone() {
    let world = world("").await;
    let new = |organisation: &OrganisationId| NewSet {
        key: Uuid::from_u128(9),
        organisation: organisation.to_string(),
        title: "Another".into(),
        language: "en".into(),
        ..NewSet::default()
    };
    let refused = store::create(&world.db, &world.cora(), &new(&world.elsewhere))
        .await
        .unwrap_err();
    assert!(refused.at("organisation").is_some());
    let learner = viewer("lea", &world.library, Role::Learner);
    assert_eq!(
        store::create(&world.db, &learner, &new(&world.library)).await,
        Err(AppError::Forbidden)
    );
    let page = store::outline_page(&world.db, &world.cora(), &world.set, "", 1)
        .await
        .unwrap();
    let draft = page.draft.unwrap();
    assert_eq!(
        (page.title.as_str(), draft.size, draft.number),
        ("Reference work", 0, 1)
    );
    assert_eq!(draft.frame.levels.lines().count(), 4);
}

#[tokio::test]
async fn what_is_published_stays_as_it_is() {
    let world = world("Money\n  Budgets").await;
    let node = world.node("Budgets").await;
    crate::competencies::store::publish_draft(&world.db, &world.edition)
        .await
        .unwrap();
    let added = store::add(
        &world.db,
        &world.cora(),
        &world.edition,
        &Spot::Top,
        &line("X"),
        Uuid::new_v4(),
    )
    .await;
    assert!(matches!(added, Err(AppError::Conflict(_))));
    assert!(matches!(
        store::remove(&world.db, &world.cora(), &node, true).await,
        Err(AppError::Conflict(_))
    ));
    let undone = store::step_back(&world.db, &world.cora(), &world.edition, false).await;
    assert!(matches!(undone, Err(AppError::Conflict(_))));
    assert_eq!(world.shown().await, "0Money 1Budgets");
    let page = store::outline_page(&world.db, &world.cora(), &world.set, "", 1)
        .await
        .unwrap();
    assert_eq!((page.draft, page.in_review), (None, false));
}

#[tokio::test]
async fn the_same_form_three_times_at_once_is_one_set_and_each_is_told_of_it() {
    let world = world("").await;
    let new = NewSet {
        key: Uuid::from_u128(9),
        organisation: world.library.to_string(),
        title: "Another".into(),
        language: "en".into(),
        ..NewSet::default()
    };
    let curator = world.cora();
    let sent = || store::create(&world.db, &curator, &new);
    let (first, second, third) = tokio::join!(sent(), sent(), sent());
    let slug = first.unwrap();
    assert_eq!((second, third), (Ok(slug.clone()), Ok(slug)));
    let sets = "count(SELECT VALUE id FROM competency_set WHERE title = 'Another');";
    assert_eq!(world.db.row::<i64>(sets, vars! {}).await.unwrap(), Some(1));
}
