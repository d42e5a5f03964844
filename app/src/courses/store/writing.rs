//! Writing courses: what trainers of the organisation's line may do.

use surrealdb_types::{Datetime, SurrealValue};

use super::super::rules::{CourseFields, LessonFields, MOST_LESSONS, free_slug};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{CourseId, LessonId, OrganisationId};
use crate::pictures::shown::held;
use crate::pictures::store::missing;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
pub(super) struct OwnCourse {
    pub slug: String,
    state: String,
    line: Vec<OrganisationId>,
}

/// A course that the viewer may write. Others' published courses are seen but
/// not theirs to change; others' drafts are not found.
pub(super) async fn own_course(db: &Db, viewer: &Viewer, course: &CourseId) -> Result<OwnCourse> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let row: Option<OwnCourse> = db
        .row(
            "SELECT slug, state, organisation.line AS line FROM $course;",
            vars! { "course" => course.clone() },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    match (viewer.may_train(&row.line), row.state.as_str()) {
        (true, _) => Ok(row),
        (false, "published") => Err(AppError::Forbidden),
        (false, _) => Err(AppError::NotFound),
    }
}

/// Whether the viewer may write a course, or what others hear.
pub(crate) async fn check_writable(db: &Db, viewer: &Viewer, course: &CourseId) -> Result<()> {
    own_course(db, viewer, course).await.map(drop)
}

/// Makes a draft of a course under an id that the form brought, so that the
/// same form sent twice makes one. The answer is its slug.
pub async fn create_course(
    db: &Db,
    viewer: &Viewer,
    key: &CourseId,
    organisation: &OrganisationId,
    fields: &CourseFields,
) -> Result<String> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    let line = crate::organisations::store::line(db, organisation).await?;
    if !viewer.may_train(&line) {
        return Err(AppError::Forbidden);
    }
    let slug = fields.title.slug("course");
    let taken: Vec<String> = db
        .rows(
            "SELECT VALUE slug FROM course WHERE slug = $slug OR string::starts_with(slug, string::concat($slug, '-'));",
            vars! { "slug" => slug.clone() },
        )
        .await?;
    let mut answers = db
        .write(
            "LET $earlier = (SELECT slug, written_by FROM ONLY $key);
             IF $earlier != NONE AND $earlier.written_by != $person { THROW 'not found' };
             IF $earlier = NONE {
                CREATE $key SET slug = $slug, organisation = $organisation, title = $title, summary = $summary,
                    hours = $hours, open = $open, written_by = $person;
             };
             SELECT VALUE slug FROM $key;",
            vars! {
                "key" => key.clone(), "slug" => free_slug(&slug, &taken), "organisation" => organisation.clone(),
                "title" => fields.title.as_str().to_owned(), "summary" => fields.summary.clone(),
                "hours" => fields.hours, "open" => fields.open, "person" => person.clone(),
            },
        )
        .await?;
    answers.row::<String>(3)?.ok_or(AppError::Internal)
}

/// Changes what a course says of itself; its address stays. The answer is its
/// slug.
pub async fn save_course(db: &Db, viewer: &Viewer, course: &CourseId, fields: &CourseFields) -> Result<String> {
    let own = own_course(db, viewer, course).await?;
    db.write(
        "UPDATE $course SET title = $title, summary = $summary, hours = $hours, open = $open;",
        vars! {
            "course" => course.clone(), "title" => fields.title.as_str().to_owned(),
            "summary" => fields.summary.clone(), "hours" => fields.hours, "open" => fields.open,
        },
    )
    .await?;
    Ok(own.slug)
}

/// Puts a course into the catalogue or takes it out again.
pub async fn set_published(db: &Db, viewer: &Viewer, course: &CourseId, published: bool) -> Result<()> {
    own_course(db, viewer, course).await?;
    db.write(
        "IF $published AND $course.lessons = 0 {
            THROW 'A course needs at least one lesson before it is published.'
         };
         UPDATE $course SET was_published = (was_published = true OR state = 'published' OR $published),
            state = IF $published { 'published' } ELSE { 'draft' };",
        vars! { "course" => course.clone(), "published" => published },
    )
    .await
    .map(drop)
}

/// When the text that is being changed was written.
pub enum Stamp {
    At(String),
    /// Whatever stands there is replaced.
    Any,
}

#[derive(SurrealValue)]
struct Changed {
    changed: Datetime,
}

/// Adds a lesson at the end of its module, else of its course, under an id
/// that the form brought. The answer is the course's slug.
pub async fn write_lesson(
    db: &Db,
    viewer: &Viewer,
    course: &CourseId,
    key: &LessonId,
    fields: &LessonFields,
) -> Result<String> {
    let own = own_course(db, viewer, course).await?;
    let html = crate::markdown::illustrated(&fields.body);
    let pictures = held(&html)?;
    let slug = fields.title.slug("lesson");
    let taken: Vec<String> = db
        .rows(
            "SELECT VALUE slug FROM lesson WHERE course = $course;",
            vars! { "course" => course.clone() },
        )
        .await?;
    db.write(
        "LET $earlier = (SELECT course FROM ONLY $key);
         IF $earlier != NONE AND $earlier.course != $course { THROW 'not found' };
         IF $earlier = NONE {
            LET $there = (SELECT id, module, position FROM lesson WHERE course = $course ORDER BY position, id);
            IF array::len($there) >= $most { THROW 'A course has at most 200 lessons. Make a second course.' };
            LET $mates = $there[WHERE module = $module].position;
            LET $last = IF $mates != [] { array::max($mates) } ELSE { array::max(array::concat($there.position, [0])) };
            FOR $one IN $there[WHERE position > $last] {
                LET $moved = $one.id;
                UPDATE $moved SET position += 1;
            };
            CREATE $key SET course = $course, slug = $slug, module = $module, position = $last + 1, title = $title,
                minutes = $minutes, body = $body, html = $html;
            fn::hold_pictures($key, $course, $pictures);
            UPDATE $course SET lessons = array::len($there) + 1;
         };",
        vars! {
            "course" => course.clone(), "key" => key.clone(), "slug" => free_slug(&slug, &taken),
            "module" => fields.module.clone(), "title" => fields.title.as_str().to_owned(), "minutes" => fields.minutes,
            "html" => html, "body" => fields.body.clone(), "pictures" => pictures,
            "most" => i64::from(MOST_LESSONS),
        },
    )
    .await
    .map_err(missing)?;
    Ok(own.slug)
}

/// The course of a lesson that the viewer may write.
async fn own_lesson(db: &Db, viewer: &Viewer, lesson: &LessonId) -> Result<(CourseId, OwnCourse)> {
    let course: Option<CourseId> = db
        .row(
            "SELECT VALUE course FROM $lesson;",
            vars! { "lesson" => lesson.clone() },
        )
        .await?;
    let course = course.ok_or(AppError::NotFound)?;
    let own = own_course(db, viewer, &course).await?;
    Ok((course, own))
}

/// Changes a lesson, unless it was changed since `stamp`: then nothing is
/// saved. Its address stays. The answer is the course's slug.
pub async fn save_lesson(
    db: &Db,
    viewer: &Viewer,
    lesson: &LessonId,
    stamp: Stamp,
    fields: &LessonFields,
) -> Result<String> {
    const MEANWHILE: &str = "Somebody else saved this lesson while you were writing. What you typed is still here.";
    let (course, own) = own_lesson(db, viewer, lesson).await?;
    let html = crate::markdown::illustrated(&fields.body);
    let pictures = held(&html)?;
    let row: Option<Changed> = db
        .row("SELECT changed FROM $lesson;", vars! { "lesson" => lesson.clone() })
        .await?;
    let changed = row.ok_or(AppError::NotFound)?.changed;
    if matches!(&stamp, Stamp::At(stamp) if *stamp != crate::time::stamp(&changed)) {
        return Err(AppError::Conflict(MEANWHILE.into()));
    }
    // Asked again within the transaction, where nobody can come between.
    db.write(
        "LET $now = (SELECT VALUE changed FROM ONLY $lesson);
         IF $now = NONE { THROW 'not found' };
         IF $now != $changed { THROW $meanwhile };
         UPDATE $lesson SET title = $title, module = $module, minutes = $minutes, body = $body, html = $html,
            changed = time::now();
         fn::hold_pictures($lesson, $course, $pictures);",
        vars! {
            "lesson" => lesson.clone(), "course" => course, "changed" => changed, "meanwhile" => MEANWHILE,
            "title" => fields.title.as_str().to_owned(), "module" => fields.module.clone(), "minutes" => fields.minutes,
            "html" => html, "body" => fields.body.clone(), "pictures" => pictures,
        },
    )
    .await
    .map_err(missing)?;
    Ok(own.slug)
}

/// Puts a lesson at a place in its course, from 0; again changes nothing.
pub async fn move_lesson(db: &Db, viewer: &Viewer, lesson: &LessonId, to: u32) -> Result<()> {
    let (course, _) = own_lesson(db, viewer, lesson).await?;
    db.write(
        "LET $others = (SELECT id, position FROM lesson WHERE course = $course AND id != $lesson ORDER BY position, id).id;
         LET $order = array::insert($others, $lesson, math::min([$to, array::len($others)]));
         FOR $place IN array::range(0, array::len($order)) {
            LET $one = $order[$place];
            UPDATE $one SET position = $place + 1 WHERE position != $place + 1;
         };",
        vars! { "lesson" => lesson.clone(), "course" => course, "to" => i64::from(to) },
    )
    .await
    .map(drop)
}

/// Deletes a lesson and who has done it, once its title was typed; talk about
/// it stays in its groups.
pub async fn delete_lesson(db: &Db, viewer: &Viewer, lesson: &LessonId, confirm: &str) -> Result<()> {
    let (course, _) = own_lesson(db, viewer, lesson).await?;
    let title: Option<String> = db
        .row("SELECT VALUE title FROM $lesson;", vars! { "lesson" => lesson.clone() })
        .await?;
    let title = title.ok_or(AppError::NotFound)?;
    if confirm.trim().to_lowercase() != title.trim().to_lowercase() {
        return Err(AppError::field(
            "confirm",
            format!("Type “{title}” to delete this lesson."),
        ));
    }
    db.write(
        "IF $course.state = 'published' AND $course.lessons <= 1 {
            THROW 'This is the last lesson of a published course. Take the course out of the catalogue first.'
         };
         DELETE $lesson;
         DELETE completion WHERE course = $course AND lesson = $lesson;
         UPDATE $course SET lessons = array::len((SELECT VALUE id FROM lesson WHERE course = $course));",
        vars! { "lesson" => lesson.clone(), "course" => course },
    )
    .await
    .map(drop)
}

/// Deletes a course that was never published and has no cohort, with all that hangs
/// on it, once its title was typed; groups that it was for stay.
pub async fn delete_course(db: &Db, viewer: &Viewer, course: &CourseId, confirm: &str) -> Result<()> {
    own_course(db, viewer, course).await?;
    let title: Option<String> = db
        .row("SELECT VALUE title FROM $course;", vars! { "course" => course.clone() })
        .await?;
    let title = title.ok_or(AppError::NotFound)?;
    if confirm.trim().to_lowercase() != title.trim().to_lowercase() {
        return Err(AppError::field(
            "confirm",
            format!("Type “{title}” to delete this course."),
        ));
    }
    db.write(
        "IF fn::course_used($course) {
            THROW 'This course was in the catalogue, or has a cohort: so it stays. Take it out of the catalogue instead.'
         };
         DELETE completion WHERE course = $course;
         DELETE alignment WHERE subject = $course;
         DELETE lesson WHERE course = $course;
         UPDATE study_group SET subject = NONE WHERE subject = $course;
         DELETE $course;",
        vars! { "course" => course.clone() },
    )
    .await
    .map(drop)
}
