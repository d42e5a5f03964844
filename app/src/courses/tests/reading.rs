use super::{course_fields, course_with, hugo, millbrook, rosa, tina, viewer, world};
use crate::courses::model::{Course, done};
use crate::courses::rules::CourseFields;
use crate::courses::{seed, store};
use crate::error::AppError;
use crate::id::{EditionId, LessonId, PersonId};
use crate::vars;
use crate::viewer::{Role, Viewer};

#[tokio::test]
async fn the_catalogue_holds_published_courses_over_two_pages() {
    let db = world().await;
    for n in 0..22 {
        course_with(&db, &format!("Same {}", n / 3), &["One"]).await;
    }
    course_with(&db, "A draft", &[]).await;
    let first = store::catalogue(&db, &Viewer::visitor(), 1).await.unwrap();
    let second = store::catalogue(&db, &Viewer::visitor(), 2).await.unwrap();
    assert_eq!((first.courses.len(), second.courses.len(), first.pages), (20, 2, 2));
    let mut slugs: Vec<_> = first
        .courses
        .iter()
        .chain(&second.courses)
        .map(|course| course.slug.clone())
        .collect();
    slugs.sort();
    slugs.dedup();
    assert_eq!(slugs.len(), 22, "every course once");
    assert!(!slugs.contains(&"a-draft".to_owned()));
    assert!(store::catalogue(&db, &Viewer::visitor(), 0).await.unwrap().page == 1);
}

#[tokio::test]
async fn a_draft_is_seen_by_trainers_of_its_line_only() {
    let db = world().await;
    let (_, slug, _) = course_with(&db, "Secret", &[]).await;
    assert!(store::course(&db, &tina(), &slug).await.unwrap().may_edit);
    let administrator = viewer("max", "riverside", Role::OrganisationAdministrator);
    assert!(store::course(&db, &administrator, &slug).await.is_ok());
    for other in [rosa(), hugo(), Viewer::visitor()] {
        assert_eq!(store::course(&db, &other, &slug).await, Err(AppError::NotFound));
        assert!(store::course_draft(&db, &other, &slug, "").await.is_err());
    }
    assert_eq!(
        store::course(&db, &tina(), "'; DELETE course; --").await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn lessons_are_for_members_unless_the_course_is_open() {
    let db = world().await;
    let (key, slug, _) = course_with(&db, "Money", &["One"]).await;
    assert!(store::lesson(&db, &rosa(), &slug, "one").await.is_ok());
    assert!(store::lesson(&db, &hugo(), &slug, "one").await.is_ok());
    let visitor = Viewer::visitor();
    assert_eq!(
        store::lesson(&db, &visitor, &slug, "one").await,
        Err(AppError::SignInNeeded)
    );
    assert_eq!(
        store::lesson(&db, &visitor, &slug, "two").await,
        Err(AppError::NotFound)
    );
    let open = CourseFields {
        open: true,
        ..course_fields("Money")
    };
    store::save_course(&db, &tina(), &key, &open).await.unwrap();
    let lesson = store::lesson(&db, &visitor, &slug, "one").await.unwrap();
    assert_eq!(lesson.html.trim(), "<p>Some <em>words</em>.</p>");
    assert!(!lesson.may_edit);
}

#[tokio::test]
async fn a_lesson_is_done_once_and_can_be_taken_back() {
    let db = world().await;
    let (_, slug, lessons) = course_with(&db, "Money", &["One", "Two", "Three"]).await;
    for _ in 0..2 {
        let lesson = store::finish(&db, &rosa(), &lessons[0]).await.unwrap();
        assert_eq!(lesson.after().map(|next| next.slug.as_str()), Some("two"));
    }
    assert_eq!(
        store::finish(&db, &Viewer::visitor(), &lessons[0]).await.unwrap_err(),
        AppError::SignInNeeded
    );
    assert_eq!(
        store::finish(&db, &rosa(), &LessonId::random()).await.unwrap_err(),
        AppError::NotFound
    );
    let done = |course: &Course| done(&course.lessons);
    assert_eq!(done(&store::course(&db, &rosa(), &slug).await.unwrap()), 1);
    assert_eq!(
        done(&store::course(&db, &tina(), &slug).await.unwrap()),
        0,
        "progress is one's own"
    );
    assert_eq!(store::catalogue(&db, &rosa(), 1).await.unwrap().courses[0].done, 1);
    store::reopen(&db, &rosa(), &lessons[0]).await.unwrap();
    store::reopen(&db, &rosa(), &lessons[0]).await.unwrap();
    assert_eq!(done(&store::course(&db, &rosa(), &slug).await.unwrap()), 0);
}

#[tokio::test]
async fn a_lesson_of_a_draft_cannot_be_done_by_others() {
    let db = world().await;
    let (key, _, lessons) = course_with(&db, "Money", &["One"]).await;
    store::set_published(&db, &tina(), &key, false).await.unwrap();
    assert_eq!(
        store::finish(&db, &rosa(), &lessons[0]).await.unwrap_err(),
        AppError::NotFound
    );
}

#[tokio::test]
async fn one_continues_with_the_course_touched_last() {
    let db = world().await;
    let me = PersonId::parse("rosa").unwrap();
    assert_eq!(store::continue_with(&db, &me).await.unwrap(), None);
    let (_, _, money) = course_with(&db, "Money", &["One", "Two"]).await;
    let (_, _, people) = course_with(&db, "People", &["Red", "Blue"]).await;
    store::finish(&db, &rosa(), &money[0]).await.unwrap();
    store::finish(&db, &rosa(), &people[0]).await.unwrap();
    let next = store::continue_with(&db, &me).await.unwrap().unwrap();
    assert_eq!(
        (
            next.course_slug.as_str(),
            next.lesson_slug.as_str(),
            next.done,
            next.lessons
        ),
        ("people", "blue", 1, 2)
    );
    store::finish(&db, &rosa(), &people[1]).await.unwrap();
    let next = store::continue_with(&db, &me).await.unwrap().unwrap();
    assert_eq!((next.course_slug.as_str(), next.lesson_slug.as_str()), ("money", "two"));
    store::finish(&db, &rosa(), &money[1]).await.unwrap();
    assert_eq!(store::continue_with(&db, &me).await.unwrap(), None);
}

#[tokio::test]
async fn the_demonstration_courses_are_written() {
    let db = world().await;
    let edition = EditionId::parse("demo").unwrap();
    db.write(
        "CREATE $edition SET competency_set = competency_set:lm, number = 2, state = 'draft', levels = [{ label: 'a', description: '' }];
         FOR $a IN 1..=14 { FOR $b IN 1..=14 {
            LET $code = string::concat('LM ', <string>$a, '.', <string>$b);
            CREATE node SET edition = $edition, kind = 'statement', depth = 3, identifier = $code, position = $a * 20 + $b,
                address = $code, code = $code, title = $code;
         } };",
        vars! { "edition" => edition.clone() },
    )
    .await
    .unwrap();
    let seeded = seed::demo(&db, &millbrook(), &edition, None).await.unwrap();
    assert!(seeded.courses.len() >= 8 && seeded.resources.len() >= 24);
    let lesson = store::lesson(&db, &Viewer::visitor(), "reading-a-budget", "carry-over")
        .await
        .unwrap();
    assert_eq!(lesson.outline.len(), 7);
    assert_eq!(lesson.position(), 3);
    let catalogue = store::catalogue(&db, &Viewer::visitor(), 1).await.unwrap();
    assert_eq!(catalogue.courses.iter().filter(|course| course.open).count(), 3);
}
