//! Changing a cohort, and deleting one that nobody has to do with.

use super::super::store::{cohort_draft, delete_cohort, save_cohort};
use super::*;

fn later() -> CohortFields {
    CohortFields::parse("Winter managers", "2026-12-02", "2027-01-18", "Europe/Madrid").unwrap()
}

async fn titles_of_groups(db: &Db) -> Vec<String> {
    db.rows("SELECT VALUE title FROM study_group;", vars! {}).await.unwrap()
}

#[tokio::test]
async fn a_cohort_is_changed_with_its_group_and_again_changes_nothing() {
    let db = world().await;
    let (key, ..) = opened(&db).await;
    enrol(&db, &tina(), &key, &person("fay")).await.unwrap();
    let draft = cohort_draft(&db, &tina(), &key, "", &[]).await.unwrap();
    assert_eq!(
        (draft.starts.as_str(), draft.timezone.as_str()),
        ("2026-11-02", "Europe/London")
    );
    let names = |people: &[(PersonId, String)]| people.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&draft.facilitators), ["FAY", "TINA"]);
    assert!(draft.helpers.is_empty() && draft.looked_for.is_none() && draft.used);
    for _ in 0..2 {
        save_cohort(&db, &tina(), &key, &later(), &[person("tina")])
            .await
            .unwrap();
    }
    let shown = cohort(&db, &tina(), &key, 1, "").await.unwrap();
    assert_eq!(
        (shown.title.as_str(), shown.timezone.as_str()),
        ("Winter managers", "Europe/Madrid")
    );
    assert_eq!(shown.dates, "2 December 2026 – 18 January 2027");
    assert_eq!(names(&shown.facilitators), ["TINA"]);
    assert_eq!(titles_of_groups(&db).await, ["Winter managers"]);
    assert_eq!(group_of(&db, &key).await.1, 2, "whoever is enrolled stays in the group");
    save_cohort(&db, &tina(), &key, &later(), &[person("max"), person("fay")])
        .await
        .unwrap();
    let shown = cohort(&db, &tina(), &key, 1, "").await.unwrap();
    assert_eq!(names(&shown.facilitators), ["FAY", "MAX"]);
    assert_eq!(group_of(&db, &key).await.1, 2, "whoever only facilitated leaves it");
    let draft = cohort_draft(&db, &tina(), &key, "", &[]).await.unwrap();
    assert_eq!(names(&draft.helpers), ["TINA"]);
}

#[tokio::test]
async fn a_cohort_keeps_a_facilitator_and_takes_no_stranger() {
    let db = world().await;
    let (key, ..) = opened(&db).await;
    for (chosen, why) in [(vec![], "nobody"), (vec![person("tina"), person("hugo")], "a stranger")] {
        let refused = save_cohort(&db, &tina(), &key, &later(), &chosen).await.unwrap_err();
        assert!(refused.at("facilitators").is_some(), "{why}");
    }
    assert_eq!(
        cohort(&db, &tina(), &key, 1, "").await.unwrap().title,
        "Autumn managers"
    );
}

#[tokio::test]
async fn only_trainers_of_the_line_change_and_delete_cohorts() {
    let db = world().await;
    let (key, ..) = opened(&db).await;
    let refusals = [
        (manager(), AppError::Forbidden),
        (rosa(), AppError::NotFound),
        (hugo(), AppError::NotFound),
        (Viewer::visitor(), AppError::SignInNeeded),
    ];
    for (other, refusal) in refusals {
        let saved = save_cohort(&db, &other, &key, &later(), &[person("tina")]).await;
        assert_eq!(saved, Err(refusal.clone()));
        assert_eq!(
            delete_cohort(&db, &other, &key, "Autumn managers").await,
            Err(refusal.clone())
        );
        assert_eq!(cohort_draft(&db, &other, &key, "", &[]).await.map(drop), Err(refusal));
    }
    assert_eq!(
        cohort(&db, &tina(), &key, 1, "").await.unwrap().title,
        "Autumn managers"
    );
}

#[tokio::test]
async fn a_cohort_goes_with_its_group_while_nobody_has_to_do_with_it() {
    let db = world().await;
    let (key, ..) = opened(&db).await;
    let wrong = delete_cohort(&db, &tina(), &key, "Another").await.unwrap_err();
    assert!(wrong.at("confirm").is_some());
    enrol(&db, &tina(), &key, &person("rosa")).await.unwrap();
    let used = delete_cohort(&db, &tina(), &key, "Autumn managers").await;
    assert!(matches!(used, Err(AppError::Conflict(_))));
    remove(&db, &tina(), &key, &person("rosa")).await.unwrap();
    assert!(!cohort_draft(&db, &tina(), &key, "", &[]).await.unwrap().used);
    delete_cohort(&db, &tina(), &key, " autumn MANAGERS ").await.unwrap();
    assert_eq!(
        delete_cohort(&db, &tina(), &key, "Autumn managers").await,
        Err(AppError::NotFound)
    );
    for left in [
        "count(SELECT VALUE id FROM cohort);",
        "count(SELECT VALUE id FROM study_group);",
        "count(SELECT VALUE id FROM group_membership);",
        "count(SELECT VALUE id FROM search_entry WHERE kind = 'group');",
    ] {
        assert_eq!(count(&db, left).await, 0, "{left}");
    }
    assert_eq!(
        enrol(&db, &tina(), &key, &person("rosa")).await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn a_cohort_whose_group_has_talk_stays() {
    let db = world().await;
    let (key, ..) = opened(&db).await;
    db.write("UPDATE study_group SET threads = 1;", vars! {}).await.unwrap();
    let used = delete_cohort(&db, &tina(), &key, "Autumn managers").await;
    assert!(matches!(used, Err(AppError::Conflict(_))));
}

#[tokio::test]
async fn a_draft_of_a_course_stays_while_it_has_a_cohort() {
    use crate::courses::store::delete_course;

    let db = world().await;
    let (course, _, _) = course_with(&db, "Money", &[]).await;
    let key = CohortId::random();
    open_cohort(&db, &tina(), &key, &riverside(), &course, &fields(), &[])
        .await
        .unwrap();
    let refused = delete_course(&db, &tina(), &course, "Money").await;
    assert!(matches!(refused, Err(AppError::Conflict(_))));
    delete_cohort(&db, &tina(), &key, "Autumn managers").await.unwrap();
    delete_course(&db, &tina(), &course, "Money").await.unwrap();
    let gone = open_cohort(&db, &tina(), &CohortId::random(), &riverside(), &course, &fields(), &[]).await;
    assert!(gone.unwrap_err().at("course").is_some());
}
