//! Courses in the database: reading here, writing and seeding beside.

mod aligned;
mod drafts;
mod seeding;
mod writing;

pub use aligned::{AlignedRow, align, unalign};
pub(crate) use drafts::trains_at;
pub use drafts::{course_draft, lesson_draft, new_course_form};
pub use seeding::{SeedCourse, SeedLesson, SeedResource, nodes_by_code, seed_course, seed_resource};
pub(crate) use writing::check_writable;
pub use writing::{
    Stamp, create_course, delete_course, delete_lesson, move_lesson, save_course, save_lesson, set_published,
    write_lesson,
};

use surrealdb_types::SurrealValue;

use super::model::{
    Aligned, CataloguePage, ContinueWith, Course, CourseCard, CourseCohort, CourseGroup, Lesson, LessonLine, next,
};
use super::rules::hours_label;
use crate::db::{Answers, Db};
use crate::error::{AppError, Result};
use crate::id::{ActionId, CohortId, CourseId, GroupId, LessonId, OrganisationId, PersonId};
use crate::vars;
use crate::viewer::Viewer;

/// Courses on one page of the catalogue.
pub const PAGE: u32 = 20;
/// Study groups that a course's page names.
const GROUPS: usize = 50;

/// A count on the wire.
pub(crate) fn small(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

#[derive(SurrealValue)]
struct CardRow {
    id: CourseId,
    slug: String,
    title: String,
    summary: String,
    organisation: String,
    hours: f64,
    lessons: i64,
    open: bool,
}

#[derive(SurrealValue)]
struct DoneRow {
    course: CourseId,
    done: i64,
}

/// Published courses, by title.
pub async fn catalogue(db: &Db, viewer: &Viewer, page: u32) -> Result<CataloguePage> {
    let page = page.clamp(1, 10_000);
    let mut answers = db
        .run(
            "count(SELECT VALUE id FROM course WHERE state = 'published');
             SELECT id, slug, title, summary, organisation.name AS organisation, hours, lessons, open FROM course
                WHERE state = 'published' ORDER BY title, id LIMIT $limit START $start;
             SELECT course, count() AS done FROM completion WHERE person = $me GROUP BY course;",
            vars! {
                "me" => viewer.id().cloned(), "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE),
            },
        )
        .await?;
    let count = small(answers.row::<i64>(0)?.unwrap_or(0));
    let rows = answers.rows::<CardRow>(1)?;
    let done = answers.rows::<DoneRow>(2)?;
    let card = |row: CardRow| CourseCard {
        done: done
            .iter()
            .find(|done| done.course == row.id)
            .map_or(0, |done| small(done.done)),
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        organisation: row.organisation,
        hours: hours_label(row.hours),
        lessons: small(row.lessons),
        open: row.open,
    };
    Ok(CataloguePage {
        courses: rows.into_iter().map(card).collect(),
        page,
        pages: count.div_ceil(PAGE).max(1),
    })
}

#[derive(SurrealValue)]
struct CourseRow {
    id: CourseId,
    slug: String,
    title: String,
    summary: String,
    organisation: String,
    line: Vec<OrganisationId>,
    hours: f64,
    language: String,
    state: String,
    open: bool,
    /// Whether the viewer goes through a course that is not published with a cohort.
    enrolled: bool,
}

impl CourseRow {
    fn is_published(&self) -> bool {
        self.state == "published"
    }

    /// Drafts are there for those who may write them and for those whose cohort
    /// goes through them, and for nobody else.
    fn check_visible(&self, viewer: &Viewer) -> Result<()> {
        if self.is_published() || self.enrolled || viewer.may_train(&self.line) {
            Ok(())
        } else {
            Err(AppError::NotFound)
        }
    }

    /// Lessons are for signed-in people, unless the course is open.
    fn check_readable(&self, viewer: &Viewer) -> Result<()> {
        self.check_visible(viewer)?;
        if self.open || viewer.is_signed_in() {
            Ok(())
        } else {
            Err(AppError::SignInNeeded)
        }
    }
}

/// Whether the viewer may read the lessons of a course, or what others hear.
pub(crate) async fn check_readable(db: &Db, viewer: &Viewer, course: &CourseId) -> Result<()> {
    let row: Option<CourseRow> = db
        .row(
            "SELECT id, slug, title, summary, organisation.name AS organisation, organisation.line AS line, hours,
                language, state, open, (state != 'published' AND array::len((SELECT VALUE id FROM enrolment
                    WHERE person = $me AND cohort.subject = $course LIMIT 1)) > 0) AS enrolled FROM $course;",
            vars! { "course" => course.clone(), "me" => viewer.id().cloned() },
        )
        .await?;
    row.ok_or(AppError::NotFound)?.check_readable(viewer)
}

#[derive(SurrealValue)]
struct LineRow {
    id: LessonId,
    slug: String,
    title: String,
    module: String,
    minutes: i64,
}

fn outline(rows: Vec<LineRow>, done: &[LessonId]) -> Vec<LessonLine> {
    rows.into_iter()
        .map(|row| LessonLine {
            done: done.contains(&row.id),
            id: row.id,
            slug: row.slug,
            title: row.title,
            module: row.module,
            minutes: small(row.minutes),
        })
        .collect()
}

#[derive(SurrealValue)]
struct GroupRow {
    id: GroupId,
    slug: String,
    title: String,
    members: i64,
    public: bool,
}

#[derive(SurrealValue)]
struct CohortRow {
    id: CohortId,
    title: String,
    starts: String,
    ends: String,
}

/// A course's page. Drafts are not found by those who may not write them.
pub async fn course(db: &Db, viewer: &Viewer, slug: &str) -> Result<Course> {
    let mut answers = db
        .run(
            "LET $course = (SELECT VALUE id FROM course WHERE slug = $slug)[0];
             SELECT id, slug, title, summary, organisation.name AS organisation, organisation.line AS line, hours,
                language, state, open, (state != 'published' AND array::len((SELECT VALUE id FROM enrolment
                    WHERE person = $me AND cohort.subject = $course LIMIT 1)) > 0) AS enrolled FROM $course;
             SELECT id, slug, title, module, minutes, position FROM lesson WHERE course = $course
                ORDER BY position, id LIMIT 200;
             SELECT VALUE lesson FROM completion WHERE person = $me AND course = $course;
             SELECT node, node.code AS code, node.address AS address, node.title AS title, node.position AS position,
                node.edition.number AS edition, node.edition.competency_set.slug AS competency_set,
                node.edition.levels[*].label AS levels, level
                FROM alignment WHERE subject = $course AND node.edition.state = 'published'
                ORDER BY competency_set, position, node LIMIT 200;
             SELECT id, slug, title, members, public FROM study_group
                WHERE subject = $course AND (public = true OR id IN $groups) ORDER BY title, id LIMIT $groups_read;
             SELECT cohort.id AS id, cohort.title AS title, cohort.starts AS starts, cohort.ends AS ends FROM enrolment
                WHERE person = $me AND cohort.subject = $course ORDER BY starts, id LIMIT 20;
             IF $me = NONE { [] } ELSE {
                (SELECT VALUE id FROM action WHERE person = $me AND subject = $course AND removed = NONE LIMIT 1) };",
            vars! {
                "slug" => slug.to_owned(), "me" => viewer.id().cloned(),
                "groups" => viewer.groups.iter().map(|group| group.id.clone()).collect::<Vec<_>>(),
                "groups_read" => GROUPS as i64 + 1,
            },
        )
        .await?;
    let row = answers.row::<CourseRow>(1)?.ok_or(AppError::NotFound)?;
    row.check_visible(viewer)?;
    let done = answers.rows::<LessonId>(3)?;
    let lessons = outline(answers.rows::<LineRow>(2)?, &done);
    let aligned = answers.rows::<AlignedRow>(4)?.into_iter().map(Aligned::from).collect();
    let mut groups = groups(&mut answers, 5, viewer)?;
    let more_groups = groups.len() > GROUPS;
    groups.truncate(GROUPS);
    let cohorts = answers.rows::<CohortRow>(6)?.into_iter().map(cohort).collect();
    Ok(Course {
        may_edit: viewer.may_train(&row.line),
        published: row.is_published(),
        id: row.id,
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        organisation: row.organisation,
        hours: hours_label(row.hours),
        language: row.language,
        open: row.open,
        lessons,
        aligned,
        groups,
        more_groups,
        cohorts,
        planned: !answers.rows::<ActionId>(7)?.is_empty(),
    })
}

/// Groups that the viewer may know of: public ones and their own.
fn groups(answers: &mut Answers, index: usize, viewer: &Viewer) -> Result<Vec<CourseGroup>> {
    let rows = answers.rows::<GroupRow>(index)?;
    Ok(rows
        .into_iter()
        .filter(|row| viewer.may_read_group(&row.id, row.public))
        .map(|row| CourseGroup {
            mine: viewer.group(&row.id).is_some(),
            slug: row.slug,
            title: row.title,
            members: small(row.members),
        })
        .collect())
}

fn cohort(row: CohortRow) -> CourseCohort {
    CourseCohort {
        id: row.id,
        title: row.title,
        dates: crate::programmes::rules::dates_label(&row.starts, &row.ends),
    }
}

#[derive(SurrealValue)]
struct LessonRow {
    id: LessonId,
    slug: String,
    title: String,
    html: String,
}

/// A lesson beside the outline of its course.
pub async fn lesson(db: &Db, viewer: &Viewer, course: &str, lesson: &str) -> Result<Lesson> {
    let mut answers = db
        .run(
            "LET $course = (SELECT VALUE id FROM course WHERE slug = $course_slug)[0];
             SELECT id, slug, title, summary, organisation.name AS organisation, organisation.line AS line, hours,
                language, state, open, (state != 'published' AND array::len((SELECT VALUE id FROM enrolment
                    WHERE person = $me AND cohort.subject = $course LIMIT 1)) > 0) AS enrolled FROM $course;
             SELECT id, slug, title, html FROM lesson WHERE course = $course AND slug = $lesson_slug;
             SELECT id, slug, title, module, minutes, position FROM lesson WHERE course = $course
                ORDER BY position, id LIMIT 200;
             SELECT VALUE lesson FROM completion WHERE person = $me AND course = $course;",
            vars! {
                "course_slug" => course.to_owned(), "lesson_slug" => lesson.to_owned(), "me" => viewer.id().cloned(),
            },
        )
        .await?;
    let row = answers.row::<CourseRow>(1)?.ok_or(AppError::NotFound)?;
    row.check_visible(viewer)?;
    let text = answers.row::<LessonRow>(2)?.ok_or(AppError::NotFound)?;
    row.check_readable(viewer)?;
    let lines = answers.rows::<LineRow>(3)?;
    let done = answers.rows::<LessonId>(4)?;
    Ok(Lesson {
        id: text.id,
        slug: text.slug,
        title: text.title,
        html: text.html.into(),
        published: row.is_published(),
        may_edit: viewer.may_train(&row.line),
        course: row.id,
        course_slug: row.slug,
        course_title: row.title,
        language: row.language,
        outline: outline(lines, &done),
    })
}

#[derive(SurrealValue)]
struct PlaceRow {
    course: String,
    lesson: String,
}

/// The lesson as its page shows it, by its id: through the viewer as well.
async fn lesson_by_id(db: &Db, viewer: &Viewer, lesson: &LessonId) -> Result<Lesson> {
    let place: Option<PlaceRow> = db
        .row(
            "SELECT course.slug AS course, slug AS lesson FROM $lesson;",
            vars! { "lesson" => lesson.clone() },
        )
        .await?;
    let place = place.ok_or(AppError::NotFound)?;
    self::lesson(db, viewer, &place.course, &place.lesson).await
}

/// Records that the viewer has done a lesson; again changes nothing. The answer
/// is the lesson with its outline as it was before.
pub async fn finish(db: &Db, viewer: &Viewer, lesson: &LessonId) -> Result<Lesson> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    let shown = lesson_by_id(db, viewer, lesson).await?;
    db.write(
        "IF !record::exists($lesson) { THROW 'not found' };
         INSERT IGNORE INTO completion {
            id: type::record('completion', [record::id($person), record::id($lesson)]),
            person: $person, lesson: $lesson, course: $course
         };",
        vars! { "person" => person.clone(), "lesson" => lesson.clone(), "course" => shown.course.clone() },
    )
    .await?;
    Ok(shown)
}

/// Takes the viewer's completion of a lesson back.
pub async fn reopen(db: &Db, viewer: &Viewer, lesson: &LessonId) -> Result<()> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    db.write(
        "DELETE type::record('completion', [record::id($person), record::id($lesson)]);",
        vars! { "person" => person.clone(), "lesson" => lesson.clone() },
    )
    .await
    .map(drop)
}

#[derive(SurrealValue)]
struct TitleRow {
    slug: String,
    title: String,
}

/// The course that the person touched last and has not finished, with the
/// lesson to go on with. For Today.
pub async fn continue_with(db: &Db, person: &PersonId) -> Result<Option<ContinueWith>> {
    let mut answers = db
        .run(
            "LET $recent = (SELECT VALUE course FROM (SELECT course, time::max(at) AS last FROM completion
                WHERE person = $person AND course.state = 'published' GROUP BY course ORDER BY last DESC LIMIT 20));
             LET $courses = (SELECT course, count() AS done FROM completion
                WHERE person = $person AND course IN $recent GROUP BY course);
             LET $open = $recent.filter(|$course| ($courses[WHERE course = $course].done)[0] < $course.lessons)[0];
             SELECT slug, title FROM $open;
             SELECT id, slug, title, module, minutes, position FROM lesson WHERE course = $open
                ORDER BY position, id LIMIT 200;
             SELECT VALUE lesson FROM completion WHERE person = $person AND course = $open;",
            vars! { "person" => person.clone() },
        )
        .await?;
    let Some(course) = answers.row::<TitleRow>(3)? else {
        return Ok(None);
    };
    let lines = answers.rows::<LineRow>(4)?;
    let done = answers.rows::<LessonId>(5)?;
    let lessons = outline(lines, &done);
    Ok(next(&lessons).map(|lesson| ContinueWith {
        course_slug: course.slug,
        course_title: course.title,
        lesson_slug: lesson.slug.clone(),
        lesson_title: lesson.title.clone(),
        minutes: lesson.minutes,
        done: super::model::done(&lessons),
        lessons: small(i64::try_from(lessons.len()).unwrap_or(0)),
    }))
}
