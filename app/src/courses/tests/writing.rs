use super::{course_fields, course_with, hugo, lesson_fields, millbrook, rosa, tina, world};
use crate::courses::rules::LessonFields;
use crate::courses::store::{self, Stamp};
use crate::db::Db;
use crate::error::AppError;
use crate::id::{CourseId, LessonId, NodeId, OrganisationId};
use crate::vars;
use crate::viewer::Viewer;

async fn titles(db: &Db, slug: &str) -> Vec<String> {
    let course = store::course(db, &tina(), slug).await.unwrap();
    course.lessons.into_iter().map(|lesson| lesson.title).collect()
}

#[tokio::test]
async fn only_trainers_of_the_line_write() {
    let db = world().await;
    let (key, slug, lessons) = course_with(&db, "Money", &["One", "Two"]).await;
    let others = [
        (rosa(), AppError::Forbidden),
        (hugo(), AppError::Forbidden),
        (Viewer::visitor(), AppError::SignInNeeded),
    ];
    for (other, refusal) in others {
        let fields = course_fields("Changed");
        assert_eq!(
            store::save_course(&db, &other, &key, &fields).await,
            Err(refusal.clone())
        );
        assert_eq!(
            store::set_published(&db, &other, &key, false).await,
            Err(refusal.clone())
        );
        let new = LessonId::random();
        assert_eq!(
            store::write_lesson(&db, &other, &key, &new, &lesson_fields("X", "")).await,
            Err(refusal.clone())
        );
        assert_eq!(
            store::save_lesson(&db, &other, &lessons[0], Stamp::Any, &lesson_fields("X", "")).await,
            Err(refusal.clone())
        );
        assert_eq!(
            store::move_lesson(&db, &other, &lessons[0], 1).await,
            Err(refusal.clone())
        );
        assert_eq!(
            store::delete_lesson(&db, &other, &lessons[0], "One").await,
            Err(refusal.clone())
        );
        let node = NodeId::parse("n1").unwrap();
        assert_eq!(store::align(&db, &other, &key, &node, 2).await, Err(refusal.clone()));
        assert_eq!(store::unalign(&db, &other, &key, &node).await, Err(refusal.clone()));
        let made = store::create_course(&db, &other, &CourseId::random(), &millbrook(), &fields).await;
        assert_eq!(made, Err(refusal));
    }
    assert_eq!(titles(&db, &slug).await, ["One", "Two"]);
    assert_eq!(store::course(&db, &tina(), &slug).await.unwrap().title, "Money");
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one() {
    let db = world().await;
    let key = CourseId::random();
    let first = store::create_course(&db, &tina(), &key, &millbrook(), &course_fields("Money"))
        .await
        .unwrap();
    let again = store::create_course(&db, &tina(), &key, &millbrook(), &course_fields("Money"))
        .await
        .unwrap();
    assert_eq!((first.as_str(), again.as_str()), ("money", "money"));
    let other = store::create_course(&db, &tina(), &CourseId::random(), &millbrook(), &course_fields("Money")).await;
    assert_eq!(other.unwrap(), "money-2");
    let taken = store::create_course(
        &db,
        &hugo(),
        &key,
        &OrganisationId::parse("hill").unwrap(),
        &course_fields("X"),
    )
    .await;
    assert_eq!(taken, Err(AppError::NotFound), "another's key is not taken over");
    let lesson = LessonId::random();
    for _ in 0..2 {
        store::write_lesson(&db, &tina(), &key, &lesson, &lesson_fields("One", ""))
            .await
            .unwrap();
    }
    assert_eq!(titles(&db, "money").await, ["One"]);
}

#[tokio::test]
async fn lessons_stand_in_their_modules_and_can_be_moved() {
    let db = world().await;
    let (key, slug, _) = course_with(&db, "Money", &[]).await;
    for (title, module) in [("A", "First"), ("B", "Second"), ("C", "First"), ("A", "Third")] {
        store::write_lesson(&db, &tina(), &key, &LessonId::random(), &lesson_fields(title, module))
            .await
            .unwrap();
    }
    assert_eq!(titles(&db, &slug).await, ["A", "C", "B", "A"]);
    let course = store::course(&db, &tina(), &slug).await.unwrap();
    assert_eq!(course.lessons[3].slug, "a-2");
    let last = course.lessons[3].id.clone();
    for _ in 0..2 {
        store::move_lesson(&db, &tina(), &last, 1).await.unwrap();
        assert_eq!(titles(&db, &slug).await, ["A", "A", "C", "B"]);
    }
    store::move_lesson(&db, &tina(), &last, 99).await.unwrap();
    assert_eq!(titles(&db, &slug).await, ["A", "C", "B", "A"]);
    store::move_lesson(&db, &tina(), &last, 0).await.unwrap();
    assert_eq!(titles(&db, &slug).await, ["A", "A", "C", "B"]);
}

#[tokio::test]
async fn a_lesson_goes_when_its_title_is_typed() {
    let db = world().await;
    let (_, slug, lessons) = course_with(&db, "Money", &["One", "Two"]).await;
    store::finish(&db, &rosa(), &lessons[0]).await.unwrap();
    let wrong = store::delete_lesson(&db, &tina(), &lessons[0], "Two")
        .await
        .unwrap_err();
    assert!(wrong.at("confirm").is_some());
    store::delete_lesson(&db, &tina(), &lessons[0], " one ").await.unwrap();
    assert_eq!(titles(&db, &slug).await, ["Two"]);
    assert_eq!(
        store::delete_lesson(&db, &tina(), &lessons[0], "One").await,
        Err(AppError::NotFound)
    );
    let left: Vec<i64> = db
        .rows("count(SELECT VALUE id FROM completion);", vars! {})
        .await
        .unwrap();
    assert_eq!(left.first().copied().unwrap_or(0), 0);
    let last = store::delete_lesson(&db, &tina(), &lessons[1], "Two").await;
    assert!(matches!(last, Err(AppError::Conflict(_))));
}

#[tokio::test]
async fn who_writes_at_the_same_time_is_told() {
    let db = world().await;
    let (_, slug, lessons) = course_with(&db, "Money", &["One", "Two"]).await;
    let draft = store::lesson_draft(&db, &tina(), &slug, "one").await.unwrap();
    store::move_lesson(&db, &tina(), &lessons[0], 1).await.unwrap();
    let stamp = || Stamp::At(draft.changed.clone());
    store::save_lesson(&db, &tina(), &lessons[0], stamp(), &lesson_fields("Mine", ""))
        .await
        .unwrap();
    let late = store::save_lesson(&db, &tina(), &lessons[0], stamp(), &lesson_fields("Late", "")).await;
    assert!(matches!(late, Err(AppError::Conflict(message)) if message.contains("still here")));
    assert_eq!(titles(&db, &slug).await, ["Two", "Mine"]);
    store::save_lesson(&db, &tina(), &lessons[0], Stamp::Any, &lesson_fields("Late", ""))
        .await
        .unwrap();
    assert_eq!(titles(&db, &slug).await, ["Two", "Late"]);
    let hostile = Stamp::At("'; DELETE lesson; --".into());
    assert!(
        store::save_lesson(&db, &tina(), &lessons[0], hostile, &lesson_fields("X", ""))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn hostile_markdown_is_harmless() {
    let db = world().await;
    let (key, slug, _) = course_with(&db, "Money", &[]).await;
    let fields = LessonFields::parse(
        "<script>",
        "",
        "1",
        "<script>alert(1)</script>\n\n[x](javascript:alert(1))",
    )
    .unwrap();
    store::write_lesson(&db, &tina(), &key, &LessonId::random(), &fields)
        .await
        .unwrap();
    let lesson = store::lesson(&db, &tina(), &slug, "script").await.unwrap();
    assert!(
        !lesson.html.contains("<script") && !lesson.html.contains("href=\"javascript"),
        "{}",
        lesson.html.to_string()
    );
    let draft = store::lesson_draft(&db, &tina(), &slug, "script").await.unwrap();
    assert!(draft.body.starts_with("<script>"));
}

#[tokio::test]
async fn an_empty_course_is_not_published() {
    let db = world().await;
    let (key, _, _) = course_with(&db, "Money", &[]).await;
    assert!(matches!(
        store::set_published(&db, &tina(), &key, true).await,
        Err(AppError::Conflict(_))
    ));
}

#[tokio::test]
async fn alignments_keep_to_published_statements_and_their_scale() {
    let db = world().await;
    let (key, slug, _) = course_with(&db, "Money", &["One"]).await;
    let node = NodeId::parse("n4").unwrap();
    store::align(&db, &tina(), &key, &node, 2).await.unwrap();
    store::align(&db, &tina(), &key, &node, 3).await.unwrap();
    assert!(matches!(
        store::align(&db, &tina(), &key, &node, 4).await,
        Err(AppError::Conflict(_))
    ));
    let unknown = NodeId::parse("nowhere").unwrap();
    assert_eq!(
        store::align(&db, &tina(), &key, &unknown, 2).await,
        Err(AppError::NotFound)
    );
    let course = store::course(&db, &Viewer::visitor(), &slug).await.unwrap();
    assert_eq!(course.aligned.len(), 1);
    assert_eq!(course.aligned[0].level_label(), "Strong");
    assert_eq!(course.aligned[0].href, "/index/library-management/1/LM%203.4");
    let draft = store::course_draft(&db, &tina(), &slug, " BUDGET ").await.unwrap();
    assert_eq!((draft.found.len(), draft.more), (20, true));
    let by_code = store::course_draft(&db, &tina(), &slug, "lm 3.30").await.unwrap();
    assert_eq!((by_code.found.len(), by_code.more), (1, false));
    assert!(!by_code.found[0].1.is_empty(), "its set is named");
    store::unalign(&db, &tina(), &key, &node).await.unwrap();
    store::unalign(&db, &tina(), &key, &node).await.unwrap();
    assert!(store::course(&db, &tina(), &slug).await.unwrap().aligned.is_empty());
}

#[tokio::test]
async fn a_course_that_was_never_published_goes_with_all_that_hangs_on_it() {
    let db = world().await;
    let (key, slug, _) = course_with(&db, "Money", &[]).await;
    let lesson = LessonId::random();
    store::write_lesson(&db, &tina(), &key, &lesson, &lesson_fields("One", ""))
        .await
        .unwrap();
    store::align(&db, &tina(), &key, &NodeId::parse("n4").unwrap(), 2)
        .await
        .unwrap();
    store::finish(&db, &tina(), &lesson).await.unwrap();
    db.write(
        "CREATE study_group:money SET slug = 'money', organisation = organisation:riverside, title = 'Money', subject = $course;",
        vars! { "course" => key.clone() },
    )
    .await
    .unwrap();
    assert!(!store::course_draft(&db, &tina(), &slug, "").await.unwrap().used);
    for (other, refusal) in [
        (rosa(), AppError::NotFound),
        (hugo(), AppError::NotFound),
        (Viewer::visitor(), AppError::SignInNeeded),
    ] {
        assert_eq!(store::delete_course(&db, &other, &key, "Money").await, Err(refusal));
    }
    let wrong = store::delete_course(&db, &tina(), &key, "Honey").await.unwrap_err();
    assert!(wrong.at("confirm").is_some());
    store::delete_course(&db, &tina(), &key, " money ").await.unwrap();
    assert_eq!(
        store::delete_course(&db, &tina(), &key, "Money").await,
        Err(AppError::NotFound)
    );
    for left in [
        "count(SELECT VALUE id FROM course);",
        "count(SELECT VALUE id FROM lesson);",
        "count(SELECT VALUE id FROM completion);",
        "count(SELECT VALUE id FROM alignment);",
        "count(SELECT VALUE id FROM study_group WHERE subject != NONE);",
        "count(SELECT VALUE id FROM search_entry WHERE kind IN ['course', 'lesson']);",
    ] {
        let left_over: Option<i64> = db.row(left, vars! {}).await.unwrap();
        assert_eq!(left_over.unwrap_or(0), 0, "{left}");
    }
}

#[tokio::test]
async fn a_course_that_was_published_stays() {
    let db = world().await;
    let (key, slug, _) = course_with(&db, "Money", &["One"]).await;
    for published in [true, false] {
        store::set_published(&db, &tina(), &key, published).await.unwrap();
        assert!(store::course_draft(&db, &tina(), &slug, "").await.unwrap().used);
        let refused = store::delete_course(&db, &tina(), &key, "Money").await;
        assert!(matches!(refused, Err(AppError::Conflict(_))));
    }
    assert_eq!(titles(&db, &slug).await, ["One"]);
}
