//! The cohorts of an organisation that somebody may see.

use super::super::store::running;
use super::*;
use crate::courses::tests::millbrook;

async fn at(db: &Db, course: &CourseId, place: &OrganisationId, title: &str, ends: &str) -> CohortId {
    let key = CohortId::random();
    let fields = CohortFields::parse(title, "2020-01-01", ends, "UTC").unwrap();
    open_cohort(db, &tina(), &key, place, course, &fields, &[])
        .await
        .unwrap();
    key
}

async fn titles(db: &Db, viewer: &Viewer, slug: &str) -> Vec<String> {
    let shown = running(db, viewer, slug, 1).await.unwrap();
    shown.cohorts.into_iter().map(|cohort| cohort.title).collect()
}

#[tokio::test]
async fn each_finds_the_cohorts_that_they_may_see() {
    let db = world().await;
    let (course, _, _) = course_with(&db, "Money", &["One"]).await;
    let library = at(&db, &course, &riverside(), "Library", "2099-01-01").await;
    at(&db, &course, &millbrook(), "Branch", "2099-01-01").await;
    at(&db, &course, &riverside(), "Over", "2020-02-01").await;
    for who in [tina(), manager()] {
        let mut found = titles(&db, &who, "riverside").await;
        found.sort();
        assert_eq!(found, ["Branch", "Library"]);
        assert_eq!(titles(&db, &who, "millbrook").await, ["Branch"]);
    }
    assert!(titles(&db, &rosa(), "riverside").await.is_empty());
    enrol(&db, &tina(), &library, &person("rosa")).await.unwrap();
    assert_eq!(titles(&db, &rosa(), "riverside").await, ["Library"]);
    let mut fay = viewer("fay", "riverside", Role::Facilitator);
    fay.groups.push(GroupLink {
        id: group_of(&db, &library).await.0,
        slug: "library".into(),
        title: "x".into(),
        unread: 0,
        facilitator: true,
    });
    assert_eq!(titles(&db, &fay, "riverside").await, ["Library"]);
    for other in [hugo(), Viewer::visitor()] {
        assert_eq!(
            running(&db, &other, "riverside", 1).await.map(drop),
            Err(AppError::NotFound)
        );
    }
    assert_eq!(
        running(&db, &tina(), "nowhere", 1).await.map(drop),
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn the_cohorts_of_an_organisation_are_paged() {
    let db = world().await;
    let (course, _, _) = course_with(&db, "Money", &["One"]).await;
    for n in 0..52 {
        at(&db, &course, &riverside(), &format!("Same {}", n % 2), "2099-01-01").await;
    }
    let first = running(&db, &manager(), "riverside", 1).await.unwrap();
    let second = running(&db, &manager(), "riverside", 2).await.unwrap();
    assert_eq!((first.cohorts.len(), second.cohorts.len(), first.pages), (50, 2, 2));
    let mut all: Vec<_> = first
        .cohorts
        .iter()
        .chain(&second.cohorts)
        .map(|one| one.id.clone())
        .collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 52);
}
