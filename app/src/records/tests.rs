//! What stands in a record, and what of it whom it is shown to may not know of.

use super::store::{self, PAGE};
use crate::courses::store::{finish, set_published};
use crate::courses::tests::{course_with, hugo, millbrook, rosa, tina, viewer, world};
use crate::db::Db;
use crate::id::CohortId;
use crate::organisations::store::leave;
use crate::programmes::rules::CohortFields;
use crate::programmes::store::{enrol, open_cohort};
use crate::vars;
use crate::viewer::{Role, Viewer};

/// Rosa finished one lesson of two in Money, all of Keys, and is in a cohort of
/// Money.
async fn studied() -> (Db, CohortId) {
    let db = world().await;
    let (money, _, lessons) = course_with(&db, "Money", &["One", "Two"]).await;
    let (_, _, keys) = course_with(&db, "Keys", &["Doors"]).await;
    for lesson in [&lessons[0], &keys[0]] {
        finish(&db, &rosa(), lesson).await.unwrap();
    }
    let key = CohortId::random();
    let fields = CohortFields::parse("Autumn managers", "2026-11-02", "2026-12-18", "Europe/London").unwrap();
    open_cohort(&db, &tina(), &key, &millbrook(), &money, &fields, &[])
        .await
        .unwrap();
    enrol(&db, &tina(), &key, rosa().id().unwrap()).await.unwrap();
    set_published(&db, &tina(), &money, false).await.unwrap();
    (db, key)
}

async fn read_by(db: &Db, reader: &Viewer) -> super::model::LearningRecord {
    let rosa = rosa().person.unwrap();
    store::record(db, reader, &rosa, [1; 3]).await.unwrap()
}

#[tokio::test]
async fn ones_own_record_names_everything() {
    let (db, key) = studied().await;
    let record = read_by(&db, &rosa()).await;
    assert_eq!((record.finished, record.lessons), (1, 2));
    let mut courses: Vec<_> = record
        .courses
        .iter()
        .map(|course| (course.title.as_str(), course.done, course.of, course.lessons.len()))
        .collect();
    courses.sort_unstable();
    assert_eq!(courses, [("Keys", 1, 1, 1), ("Money", 1, 2, 1)]);
    let cohort = &record.cohorts[0];
    assert_eq!(
        (cohort.title.as_str(), cohort.subject.as_str()),
        ("Autumn managers", "Money")
    );
    assert_eq!(cohort.href, Some(format!("/cohorts/{key}")));
    let none = store::record(&db, &hugo(), &hugo().person.unwrap(), [1; 3])
        .await
        .unwrap();
    assert!(none.is_empty());
}

#[tokio::test]
async fn others_read_the_names_that_they_may_know() {
    let (db, _) = studied().await;
    for (reader, money, cohort, subject) in [
        (tina(), "Money", "Autumn managers", "Money"),
        (
            viewer("max", "riverside", Role::Manager),
            "A course that is not published",
            "Autumn managers",
            "Money",
        ),
        (
            viewer("fay", "riverside", Role::Facilitator),
            "A course that is not published",
            "A cohort",
            "",
        ),
    ] {
        let record = read_by(&db, &reader).await;
        let mut titles: Vec<_> = record.courses.iter().map(|course| course.title.as_str()).collect();
        titles.sort_unstable();
        let mut expected = ["Keys", money];
        expected.sort_unstable();
        assert_eq!(titles, expected);
        let read = &record.cohorts[0];
        assert_eq!((read.title.as_str(), read.subject.as_str()), (cohort, subject));
        let lessons: usize = record.courses.iter().map(|course| course.lessons.len()).sum();
        assert_eq!(lessons, if money == "Money" { 2 } else { 1 });
    }
}

#[tokio::test]
async fn tasks_done_at_work_are_for_oneself() {
    let (db, _) = studied().await;
    db.write(
        "CREATE plan:rosa SET person = person:rosa, title = 'Plan';
         FOR $n IN 1..=21 { CREATE action SET plan = plan:rosa, person = person:rosa, kind = 'task', title = 'Task ' + <string>$n,
            done = time::now() - duration::from_days($n) };
         CREATE action SET plan = plan:rosa, person = person:rosa, kind = 'task', title = 'Not yet';
         CREATE action SET plan = plan:rosa, person = person:rosa, kind = 'task', title = 'Gone', done = time::now(), removed = time::now();",
        vars! {},
    )
    .await
    .unwrap();
    let record = read_by(&db, &rosa()).await;
    assert_eq!((record.tasks.len(), record.tasks_pages), (20, 2));
    assert_eq!(record.tasks[0].title, "Task 1", "the latest first");
    assert!(!record.tasks[0].day.is_empty());
    let read = read_by(&db, &hugo()).await;
    assert_eq!(
        (read.tasks.len(), read.tasks_pages),
        (0, 1),
        "they were not written for others"
    );
}

/// Whoever changes employer keeps what they did there, and opens none of it.
#[tokio::test]
async fn who_leaves_keeps_the_cohorts_of_their_record() {
    let (db, _) = studied().await;
    db.write(
        "DELETE enrolment;
         LET $money = (SELECT VALUE id FROM course WHERE title = 'Money')[0];
         FOR $one IN [['over', '2020-01-06', '2020-03-27'], ['running', '2020-01-06', '2099-03-27'], ['coming', '2099-01-05', '2099-03-27']] {
            LET $cohort = type::record('cohort', $one[0]);
            CREATE $cohort SET subject = $money, organisation = organisation:millbrook, title = $one[0], starts = $one[1],
                ends = $one[2], timezone = 'UTC', opened_by = person:tina;
            CREATE type::record('enrolment', [$one[0], 'rosa']) SET cohort = $cohort, person = person:rosa, enrolled_by = person:tina;
         };",
        vars! {},
    )
    .await
    .unwrap();
    let before = read_by(&db, &rosa()).await;
    assert_eq!((before.cohorts.len(), before.lessons), (3, 2));
    for _ in 0..2 {
        leave(&db, &rosa(), &millbrook()).await.unwrap();
    }
    let record = read_by(&db, &rosa()).await;
    let cohorts: Vec<_> = record
        .cohorts
        .iter()
        .map(|cohort| (cohort.title.as_str(), cohort.subject.as_str(), cohort.href.is_some()))
        .collect();
    assert_eq!(cohorts, [("over", "Money", false), ("running", "Money", false)]);
    let left: Vec<_> = record
        .cohorts
        .iter()
        .map(|cohort| cohort.phase.starts_with("left on "))
        .collect();
    assert_eq!(left, [false, true]);
    assert_eq!((&record.courses, record.lessons), (&before.courses, before.lessons));

    // Back there and enrolled again, they are in it as before.
    db.write(
        "CREATE membership:['rosa', 'millbrook'] SET person = person:rosa, organisation = organisation:millbrook, roles = ['learner'];",
        vars! {},
    )
    .await
    .unwrap();
    let running = CohortId::parse("running").unwrap();
    enrol(&db, &tina(), &running, rosa().id().unwrap()).await.unwrap();
    let record = read_by(&db, &rosa()).await;
    assert_eq!((record.cohorts.len(), &record.cohorts[1]), (2, &before.cohorts[2]));
}

#[tokio::test]
async fn a_long_record_has_pages() {
    let db = world().await;
    const MANY: usize = PAGE as usize + 5;
    db.write(
        "FOR $n IN 0..25 {
            LET $key = string::concat('c', <string> $n);
            LET $course = type::record('course', $key);
            CREATE $course SET slug = $key, organisation = organisation:millbrook, title = 'Same', state = 'published', lessons = 1;
            LET $lesson = type::record('lesson', $key);
            CREATE $lesson SET course = $course, slug = 'one', position = 0, title = $key, body = '', html = '';
            CREATE type::record('completion', ['rosa', $key]) SET person = person:rosa, lesson = $lesson, course = $course;
            LET $cohort = type::record('cohort', $key);
            CREATE $cohort SET subject = $course, organisation = organisation:millbrook, title = $key, starts = '2026-11-02',
                ends = '2026-12-18', timezone = 'UTC', opened_by = person:tina;
            CREATE type::record('enrolment', [$key, 'rosa']) SET cohort = $cohort, person = person:rosa, enrolled_by = person:tina;
         };",
        vars! {},
    )
    .await
    .unwrap();
    let person = rosa().person.unwrap();
    let (mut lessons, mut cohorts) = (Vec::new(), Vec::new());
    for page in 1..=2 {
        let record = store::record(&db, &rosa(), &person, [page; 3]).await.unwrap();
        assert_eq!((record.courses_pages, record.cohorts_pages), (2, 2));
        lessons.extend(record.courses.into_iter().flat_map(|course| course.lessons));
        cohorts.extend(record.cohorts.into_iter().map(|cohort| cohort.title));
    }
    for mut names in [lessons.into_iter().map(|(title, _)| title).collect(), cohorts] {
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), MANY);
    }
}
