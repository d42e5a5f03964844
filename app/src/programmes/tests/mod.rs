mod changing;
mod running;
mod studio;

use super::model::Shelf;
use super::rules::CohortFields;
use super::store::{self, cohort, enrol, enrol_by_email, mine, open_cohort, remove, studio};
use crate::courses::store::finish;
use crate::courses::tests::{course_with, hugo, rosa, tina, viewer, world};
use crate::db::Db;
use crate::error::AppError;
use crate::id::{CohortId, CourseId, GroupId, LessonId, OrganisationId, PersonId};
use crate::vars;
use crate::viewer::{GroupLink, Role, Viewer};

fn person(key: &str) -> PersonId {
    PersonId::parse(key).unwrap()
}

fn riverside() -> OrganisationId {
    OrganisationId::parse("riverside").unwrap()
}

fn fields() -> CohortFields {
    CohortFields::parse("Autumn managers", "2026-11-02", "2026-12-18", "Europe/London").unwrap()
}

fn tomas() -> Viewer {
    viewer("tomas", "millbrook", Role::Learner)
}

fn manager() -> Viewer {
    viewer("max", "riverside", Role::Manager)
}

async fn opened(db: &Db) -> (CohortId, CourseId, Vec<LessonId>) {
    let (course, _, lessons) = course_with(db, "Money", &["One", "Two"]).await;
    let key = CohortId::random();
    open_cohort(db, &tina(), &key, &riverside(), &course, &fields(), &[person("fay")])
        .await
        .unwrap();
    (key, course, lessons)
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    db.row::<i64>(sql, vars! {}).await.unwrap().unwrap_or(0)
}

async fn group_of(db: &Db, key: &CohortId) -> (GroupId, i64) {
    let group: GroupId = db
        .row(
            "SELECT VALUE id FROM study_group WHERE subject = $key;",
            vars! { "key" => key.clone() },
        )
        .await
        .unwrap()
        .unwrap();
    let members = db
        .row("SELECT VALUE members FROM $group;", vars! { "group" => group.clone() })
        .await
        .unwrap()
        .unwrap();
    (group, members)
}

#[tokio::test]
async fn a_cohort_opens_once_with_its_private_group() {
    let db = world().await;
    let (key, course, _) = opened(&db).await;
    open_cohort(&db, &tina(), &key, &riverside(), &course, &fields(), &[])
        .await
        .unwrap();
    assert_eq!(count(&db, "count(SELECT VALUE id FROM cohort);").await, 1);
    assert_eq!(
        count(&db, "count(SELECT VALUE id FROM study_group WHERE public = false);").await,
        1
    );
    assert_eq!(group_of(&db, &key).await.1, 2);
    let shown = cohort(&db, &tina(), &key, 1, "").await.unwrap();
    let facilitators: Vec<_> = shown.facilitators.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(facilitators, ["FAY", "TINA"]);
    assert_eq!(shown.dates, "2 November – 18 December 2026");
    assert_eq!(
        open_cohort(
            &db,
            &hugo(),
            &key,
            &OrganisationId::parse("hill").unwrap(),
            &course,
            &fields(),
            &[]
        )
        .await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn only_trainers_of_the_line_open_cohorts() {
    let db = world().await;
    let (course, _, _) = course_with(&db, "Money", &["One"]).await;
    let open = |viewer: Viewer, facilitators: Vec<PersonId>, course: CourseId| {
        let db = db.clone();
        async move {
            open_cohort(
                &db,
                &viewer,
                &CohortId::random(),
                &riverside(),
                &course,
                &fields(),
                &facilitators,
            )
            .await
        }
    };
    for other in [rosa(), hugo(), manager()] {
        assert_eq!(open(other, vec![], course.clone()).await, Err(AppError::Forbidden));
    }
    assert_eq!(
        open(Viewer::visitor(), vec![], course.clone()).await,
        Err(AppError::SignInNeeded)
    );
    let strange = open(tina(), vec![person("hugo")], course).await.unwrap_err();
    assert!(strange.at("facilitators").is_some());
    let nowhere = open(tina(), vec![], CourseId::random()).await.unwrap_err();
    assert!(nowhere.at("course").is_some());
    assert_eq!(
        count(&db, "count(SELECT VALUE id FROM study_group);").await,
        0,
        "nothing half-saved"
    );
}

#[tokio::test]
async fn enrolling_twice_changes_nothing_and_joins_the_group() {
    let db = world().await;
    let (key, ..) = opened(&db).await;
    for _ in 0..2 {
        enrol(&db, &tina(), &key, &person("rosa")).await.unwrap();
    }
    enrol_by_email(&db, &tina(), &key, " Tomas@Millbrook.example ")
        .await
        .unwrap();
    assert_eq!(cohort(&db, &tina(), &key, 1, "").await.unwrap().enrolled, 2);
    assert_eq!(group_of(&db, &key).await.1, 4);
    for _ in 0..2 {
        remove(&db, &tina(), &key, &person("rosa")).await.unwrap();
    }
    assert_eq!(cohort(&db, &tina(), &key, 1, "").await.unwrap().enrolled, 1);
    assert_eq!(group_of(&db, &key).await.1, 3);
    enrol(&db, &tina(), &key, &person("fay")).await.unwrap();
    remove(&db, &tina(), &key, &person("fay")).await.unwrap();
    assert_eq!(group_of(&db, &key).await.1, 3, "facilitators stay in the group");
}

#[tokio::test]
async fn strangers_can_neither_enrol_nor_be_enrolled() {
    let db = world().await;
    let (key, ..) = opened(&db).await;
    enrol(&db, &tina(), &key, &person("rosa")).await.unwrap();
    assert_eq!(
        enrol(&db, &tina(), &key, &person("hugo")).await,
        Err(AppError::NotFound)
    );
    for address in ["hugo@hill.example", "nobody@hill.example", "no address"] {
        assert!(
            enrol_by_email(&db, &tina(), &key, address)
                .await
                .unwrap_err()
                .at("email")
                .is_some(),
            "{address}"
        );
    }
    let refusals = [
        (rosa(), AppError::Forbidden),
        (manager(), AppError::Forbidden),
        (hugo(), AppError::NotFound),
        (tomas(), AppError::NotFound),
        (Viewer::visitor(), AppError::SignInNeeded),
    ];
    for (other, refusal) in refusals {
        assert_eq!(enrol(&db, &other, &key, &person("tomas")).await, Err(refusal.clone()));
        assert_eq!(
            enrol_by_email(&db, &other, &key, "tomas@millbrook.example").await,
            Err(refusal.clone())
        );
        assert_eq!(remove(&db, &other, &key, &person("rosa")).await, Err(refusal));
    }
    assert_eq!(cohort(&db, &tina(), &key, 1, "").await.unwrap().enrolled, 1);
}

#[tokio::test]
async fn each_sees_of_a_cohort_what_is_theirs() {
    let db = world().await;
    let (key, _, lessons) = opened(&db).await;
    for name in ["rosa", "tomas"] {
        enrol(&db, &tina(), &key, &person(name)).await.unwrap();
    }
    finish(&db, &rosa(), &lessons[1]).await.unwrap();
    for who in [tina(), manager()] {
        let shown = cohort(&db, &who, &key, 1, "").await.unwrap();
        assert!(shown.may_see_progress && shown.mine.is_none());
        let grid: Vec<_> = shown
            .people
            .iter()
            .map(|row| (row.name.as_str(), row.done.clone()))
            .collect();
        assert_eq!(grid, [("ROSA", vec![false, true]), ("TOMAS", vec![false, false])]);
    }
    let shown = cohort(&db, &rosa(), &key, 1, "tom").await.unwrap();
    assert!(!shown.may_see_progress && !shown.may_enrol && shown.found.is_empty());
    assert!(shown.people.iter().all(|row| row.done.is_empty()));
    assert_eq!(shown.mine.unwrap().done, [false, true]);
    for stranger in [hugo(), viewer("fay", "riverside", Role::Facilitator)] {
        assert_eq!(cohort(&db, &stranger, &key, 1, "").await, Err(AppError::NotFound));
    }
    assert_eq!(
        cohort(&db, &Viewer::visitor(), &key, 1, "").await,
        Err(AppError::SignInNeeded)
    );
    let nowhere = CohortId::random();
    assert_eq!(cohort(&db, &tina(), &nowhere, 1, "x").await, Err(AppError::NotFound));
}

#[tokio::test]
async fn a_facilitator_sees_names_and_no_progress() {
    let db = world().await;
    let (key, ..) = opened(&db).await;
    enrol(&db, &tina(), &key, &person("rosa")).await.unwrap();
    let (id, _) = group_of(&db, &key).await;
    let mut fay = viewer("fay", "riverside", Role::Facilitator);
    fay.groups.push(GroupLink {
        id,
        slug: "autumn-managers".into(),
        title: "x".into(),
        unread: 0,
        facilitator: true,
    });
    let shown = cohort(&db, &fay, &key, 1, "").await.unwrap();
    assert_eq!(shown.group.map(|(slug, _)| slug).as_deref(), Some("autumn-managers"));
    assert!(!shown.may_see_progress && shown.people.len() == 1 && shown.people[0].done.is_empty());
    assert_eq!(enrol(&db, &fay, &key, &person("tomas")).await, Err(AppError::Forbidden));
}

#[tokio::test]
async fn people_are_found_by_name_within_the_tree_only() {
    let db = world().await;
    let (key, ..) = opened(&db).await;
    enrol(&db, &tina(), &key, &person("rosa")).await.unwrap();
    let found = cohort(&db, &tina(), &key, 1, "ROS").await.unwrap().found;
    assert!(found.len() == 1 && found[0].enrolled);
    assert!(cohort(&db, &tina(), &key, 1, "hugo").await.unwrap().found.is_empty());
    let rename = "UPDATE person:rosa SET name = 'Rosa Marín-Ōta';";
    db.write(rename, vars! {}).await.unwrap();
    for part in ["marin", "Marín", "a mar", "ROSA MARÍN OTA"] {
        let found = cohort(&db, &tina(), &key, 1, part).await.unwrap().found;
        assert_eq!(found.len(), 1, "{part}");
    }
    assert!(cohort(&db, &tina(), &key, 1, "…").await.unwrap().found.is_empty());
    assert!(
        cohort(&db, &tina(), &key, 1, "'; DELETE person; --")
            .await
            .unwrap()
            .found
            .is_empty()
    );
}

#[tokio::test]
async fn the_people_of_a_cohort_are_paged() {
    let db = world().await;
    let (key, ..) = opened(&db).await;
    db.write(
        "FOR $n IN 1..=42 {
            LET $person = type::record('person', string::concat('p', <string>$n));
            CREATE $person SET name = string::concat('Same ', <string>($n % 4)), email = string::concat(<string>$n, '@x.example'), timezone = 'UTC';
            CREATE type::record('enrolment', [record::id($key), record::id($person)]) SET cohort = $key, person = $person, enrolled_by = person:tina;
         };",
        vars! { "key" => key.clone() },
    )
    .await
    .unwrap();
    let first = cohort(&db, &tina(), &key, 1, "").await.unwrap();
    let second = cohort(&db, &tina(), &key, 2, "").await.unwrap();
    assert_eq!((first.people.len(), second.people.len(), first.pages), (40, 2, 2));
    let mut people: Vec<_> = first
        .people
        .iter()
        .chain(&second.people)
        .map(|row| row.person.clone())
        .collect();
    people.sort();
    people.dedup();
    assert_eq!(people.len(), 42);
}

#[tokio::test]
async fn today_shows_cohorts_that_are_not_over() {
    let db = world().await;
    let (key, _, lessons) = opened(&db).await;
    enrol(&db, &tina(), &key, &person("rosa")).await.unwrap();
    finish(&db, &rosa(), &lessons[0]).await.unwrap();
    let now = mine(&db, &person("rosa"), "2026-12-18").await.unwrap();
    assert_eq!(
        (now.len(), now[0].done, now[0].lessons, now[0].phase.as_str()),
        (1, 1, 2, "Running")
    );
    assert!(mine(&db, &person("rosa"), "2026-12-19").await.unwrap().is_empty());
    assert!(mine(&db, &person("tomas"), "2026-12-01").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_course_taken_back_stays_open_to_its_cohorts() {
    let db = world().await;
    let (key, course, _) = opened(&db).await;
    enrol(&db, &tina(), &key, &person("rosa")).await.unwrap();
    let name = |sql: &'static str| {
        let (db, course) = (db.clone(), course.clone());
        async move {
            db.row::<String>(sql, vars! { "course" => course })
                .await
                .unwrap()
                .unwrap()
        }
    };
    let slug = name("SELECT VALUE slug FROM $course;").await;
    let first = name("SELECT VALUE slug FROM lesson WHERE course = $course AND position = 1;").await;
    name("UPDATE $course SET state = 'draft' RETURN VALUE state;").await;
    use crate::courses::store::{course as read, lesson};
    assert_eq!(read(&db, &rosa(), &slug).await.unwrap().title, "Money");
    assert_eq!(lesson(&db, &rosa(), &slug, &first).await.unwrap().slug, first);
    for other in [hugo(), Viewer::visitor()] {
        assert_eq!(read(&db, &other, &slug).await.map(drop), Err(AppError::NotFound));
        assert_eq!(
            lesson(&db, &other, &slug, &first).await.map(drop),
            Err(AppError::NotFound)
        );
    }
}
