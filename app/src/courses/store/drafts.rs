//! Courses as their writers see them.

use surrealdb_types::{Datetime, SurrealValue};

use super::super::model::{Aligned, CourseDraft, LessonDraft, NewCourseForm};
use super::{AlignedRow, LineRow, outline, small};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{CourseId, LessonId, NodeId, OrganisationId};
use crate::organisations::choosing::model::{Purpose, Wanted};
use crate::organisations::choosing::store::choices;
use crate::vars;
use crate::viewer::Viewer;

/// Statements shown of a search.
const FOUND: usize = 20;

/// Where the viewer's own roles let them train; they reach everything beneath.
pub(crate) fn trains_at(viewer: &Viewer) -> Vec<OrganisationId> {
    Purpose::Training.places(viewer)
}

pub async fn new_course_form(db: &Db, viewer: &Viewer, wanted: &Wanted) -> Result<NewCourseForm> {
    Ok(NewCourseForm {
        key: CourseId::random(),
        organisations: choices(db, viewer, Purpose::Training, wanted).await?,
    })
}

#[derive(SurrealValue)]
struct DraftRow {
    id: CourseId,
    slug: String,
    title: String,
    summary: String,
    organisation: String,
    line: Vec<OrganisationId>,
    hours: f64,
    state: String,
    open: bool,
}

impl DraftRow {
    fn check_own(&self, viewer: &Viewer) -> Result<()> {
        match (viewer.is_signed_in(), viewer.may_train(&self.line), self.state.as_str()) {
            (false, ..) => Err(AppError::SignInNeeded),
            (_, true, _) => Ok(()),
            (_, _, "published") => Err(AppError::Forbidden),
            _ => Err(AppError::NotFound),
        }
    }
}

/// A course with its lessons, alignments, and statements that match `query`.
pub async fn course_draft(db: &Db, viewer: &Viewer, slug: &str, query: &str) -> Result<CourseDraft> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let query = crate::search::model::query(query).unwrap_or_default();
    let found = crate::lookups::store::statements(db, &query, FOUND + 1).await?;
    let found: Vec<(NodeId, String)> = found
        .into_iter()
        .filter_map(|one| Some((NodeId::parse(&one.id)?, one.place)))
        .collect();
    let nodes: Vec<NodeId> = found.iter().map(|(node, _)| node.clone()).collect();
    let mut answers = db
        .run(
            "LET $course = (SELECT VALUE id FROM course WHERE slug = $slug)[0];
             SELECT id, slug, title, summary, organisation.name AS organisation, organisation.line AS line, hours,
                state, open FROM $course;
             SELECT id, slug, title, module, minutes, position FROM lesson WHERE course = $course
                ORDER BY position, id LIMIT 200;
             SELECT node, node.code AS code, node.address AS address, node.title AS title, node.position AS position,
                node.edition.number AS edition, node.edition.competency_set.slug AS competency_set,
                node.edition.levels[*].label AS levels, level
                FROM alignment WHERE subject = $course AND node.edition.state != 'retired'
                ORDER BY competency_set, position, node LIMIT 200;
             SELECT id AS node, code, address, title, edition.number AS edition,
                edition.competency_set.slug AS competency_set, edition.levels[*].label AS levels, 1 AS level FROM $found;
             IF $course = NONE { true } ELSE { fn::course_used($course) };",
            vars! { "slug" => slug.to_owned(), "found" => nodes },
        )
        .await?;
    let row = answers.row::<DraftRow>(1)?.ok_or(AppError::NotFound)?;
    row.check_own(viewer)?;
    let lessons = outline(answers.rows::<LineRow>(2)?, &[]);
    let aligned: Vec<Aligned> = answers.rows::<AlignedRow>(3)?.into_iter().map(Aligned::from).collect();
    let with_set = |one: Aligned| {
        let set = found.iter().find(|(node, _)| *node == one.node);
        let set = set.map_or_else(String::new, |(_, title)| title.clone());
        (one, set)
    };
    let rows = answers.rows::<AlignedRow>(4)?.into_iter().map(Aligned::from);
    let mut found: Vec<(Aligned, String)> = rows.map(with_set).collect();
    let more = found.len() > FOUND;
    found.truncate(FOUND);
    let used = answers.row::<bool>(5)?.unwrap_or(true);
    Ok(CourseDraft {
        id: row.id,
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        organisation: row.organisation,
        hours: row.hours,
        open: row.open,
        published: row.state == "published",
        lessons,
        aligned,
        query,
        found,
        more,
        used,
    })
}

#[derive(SurrealValue)]
struct TextRow {
    id: LessonId,
    slug: String,
    title: String,
    module: String,
    minutes: i64,
    body: String,
    html: String,
    changed: Datetime,
}

/// A lesson to change, or an empty one when `lesson` is `new`.
pub async fn lesson_draft(db: &Db, viewer: &Viewer, course: &str, lesson: &str) -> Result<LessonDraft> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let mut answers = db
        .run(
            "LET $course = (SELECT VALUE id FROM course WHERE slug = $course_slug)[0];
             SELECT id, slug, title, summary, organisation.name AS organisation, organisation.line AS line, hours,
                state, open FROM $course;
             SELECT id, slug, title, module, minutes, body, html, changed FROM lesson
                WHERE course = $course AND slug = $lesson_slug;
             SELECT module, position FROM lesson WHERE course = $course ORDER BY position LIMIT 200;",
            vars! { "course_slug" => course.to_owned(), "lesson_slug" => lesson.to_owned() },
        )
        .await?;
    let row = answers.row::<DraftRow>(1)?.ok_or(AppError::NotFound)?;
    row.check_own(viewer)?;
    let text = answers.row::<TextRow>(2)?;
    let mut modules: Vec<String> = answers
        .rows::<ModuleRow>(3)?
        .into_iter()
        .map(|row| row.module)
        .filter(|name| !name.is_empty())
        .collect();
    modules.dedup();
    let empty = LessonDraft {
        published: row.state == "published",
        course: row.id,
        course_slug: row.slug,
        course_title: row.title,
        id: LessonId::random(),
        slug: None,
        title: String::new(),
        module: modules.last().cloned().unwrap_or_default(),
        minutes: 15,
        body: String::new(),
        changed: String::new(),
        modules,
        preview: String::new(),
    };
    match text {
        None if lesson == "new" => Ok(empty),
        None => Err(AppError::NotFound),
        Some(text) => Ok(LessonDraft {
            id: text.id,
            slug: Some(text.slug),
            title: text.title,
            module: text.module,
            minutes: small(text.minutes),
            body: text.body,
            changed: crate::time::stamp(&text.changed),
            preview: text.html,
            ..empty
        }),
    }
}

#[derive(SurrealValue)]
struct ModuleRow {
    module: String,
}
