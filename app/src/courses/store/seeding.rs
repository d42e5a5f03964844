//! Courses and resources of the demonstration, written as they are given.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::Result;
use crate::id::{CourseId, EditionId, LessonId, NodeId, OrganisationId, PersonId, ResourceId};
use crate::vars;

/// A course to write, published.
pub struct SeedCourse {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub hours: f64,
    pub language: String,
    pub open: bool,
    pub by: Option<PersonId>,
    pub lessons: Vec<SeedLesson>,
    /// Statements with the level served.
    pub aligned: Vec<(NodeId, i64)>,
}

/// A lesson to write; positions count from 1.
pub struct SeedLesson {
    pub slug: String,
    pub module: String,
    pub position: i64,
    pub title: String,
    pub minutes: i64,
    pub body: String,
}

#[derive(Clone, SurrealValue)]
struct LessonRow {
    id: LessonId,
    course: CourseId,
    slug: String,
    module: String,
    position: i64,
    title: String,
    minutes: i64,
    body: String,
    html: String,
}

impl LessonRow {
    fn of(lesson: SeedLesson, course: &CourseId) -> Self {
        Self {
            id: LessonId::random(),
            course: course.clone(),
            slug: lesson.slug,
            module: lesson.module,
            position: lesson.position,
            title: lesson.title,
            minutes: lesson.minutes,
            html: crate::markdown::render(&lesson.body),
            body: lesson.body,
        }
    }
}

#[derive(Clone, SurrealValue)]
struct ServedRow {
    node: NodeId,
    level: i64,
}

fn served(aligned: Vec<(NodeId, i64)>) -> Vec<ServedRow> {
    aligned
        .into_iter()
        .map(|(node, level)| ServedRow { node, level })
        .collect()
}

#[derive(SurrealValue)]
struct NodeRow {
    id: NodeId,
    code: String,
}

/// The statements of an edition by their code.
pub async fn nodes_by_code(db: &Db, edition: &EditionId) -> Result<HashMap<String, NodeId>> {
    let rows: Vec<NodeRow> = db
        .rows(
            "SELECT id, code FROM node WHERE edition = $edition AND kind = 'statement' AND code != '';",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.id)).collect())
}

/// Writes a course with its lessons and alignments in one transaction.
pub async fn seed_course(db: &Db, organisation: &OrganisationId, course: SeedCourse) -> Result<CourseId> {
    let id = CourseId::random();
    let lessons: Vec<LessonRow> = course
        .lessons
        .into_iter()
        .map(|lesson| LessonRow::of(lesson, &id))
        .collect();
    db.write(
        "CREATE $id SET slug = $slug, organisation = $organisation, title = $title, summary = $summary, hours = $hours,
            language = $language, state = 'published', open = $open, written_by = $by, lessons = array::len($lessons);
         INSERT INTO lesson $lessons RETURN NONE;
         FOR $one IN $aligned {
            UPSERT type::record('alignment', [record::id($id), record::id($one.node)])
                SET subject = $id, node = $one.node, level = $one.level;
         };",
        vars! {
            "id" => id.clone(), "slug" => course.slug, "organisation" => organisation.clone(), "title" => course.title,
            "summary" => course.summary, "hours" => course.hours, "language" => course.language, "open" => course.open,
            "by" => course.by, "lessons" => lessons, "aligned" => served(course.aligned),
        },
    )
    .await?;
    Ok(id)
}

/// A resource to write.
pub struct SeedResource {
    pub slug: String,
    pub title: String,
    pub kind: String,
    pub url: String,
    pub publisher: String,
    pub summary: String,
    pub minutes: i64,
    pub aligned: Vec<(NodeId, i64)>,
}

/// Writes a resource with its alignments.
pub async fn seed_resource(db: &Db, organisation: &OrganisationId, resource: SeedResource) -> Result<ResourceId> {
    let id = ResourceId::random();
    db.write(
        "CREATE $id SET slug = $slug, organisation = $organisation, title = $title, kind = $kind, url = $url,
            publisher = $publisher, summary = $summary, minutes = $minutes;
         FOR $one IN $aligned {
            UPSERT type::record('alignment', [record::id($id), record::id($one.node)])
                SET subject = $id, node = $one.node, level = $one.level;
         };",
        vars! {
            "id" => id.clone(), "slug" => resource.slug, "organisation" => organisation.clone(),
            "title" => resource.title, "kind" => resource.kind, "url" => resource.url,
            "publisher" => resource.publisher, "summary" => resource.summary, "minutes" => resource.minutes,
            "aligned" => served(resource.aligned),
        },
    )
    .await?;
    Ok(id)
}
