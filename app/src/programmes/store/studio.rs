//! The studio's shelves.

use surrealdb_types::SurrealValue;

use super::super::model::{CohortLine, Shelf, StudioCourse, StudioPage, StudioSet};
use super::super::rules::{dates_label, phase};
use crate::courses::store::{small, trains_at};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{CohortId, CourseId, OrganisationId, SetId};
use crate::vars;
use crate::viewer::{Role, Viewer};

/// Things on one page of a shelf, and of each where all are shown.
pub const PAGE: u32 = 50;
pub const FIRST: u32 = 8;

#[derive(SurrealValue)]
struct CourseRow {
    id: CourseId,
    slug: String,
    title: String,
    organisation: String,
    lessons: i64,
    state: String,
}

#[derive(SurrealValue)]
pub(super) struct CohortRow {
    id: CohortId,
    title: String,
    course: String,
    starts: String,
    ends: String,
    timezone: String,
}

#[derive(SurrealValue)]
struct SetRow {
    id: SetId,
    slug: String,
    title: String,
    organisation: String,
    editions: Vec<EditionRow>,
}

#[derive(SurrealValue)]
struct EditionRow {
    number: i64,
    state: String,
}

/// What the viewer may write: the beginning of each shelf, or a page of one.
pub async fn studio(db: &Db, viewer: &Viewer, shelf: Option<Shelf>, page: u32) -> Result<StudioPage> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    if !viewer.may_use_studio() {
        return Err(AppError::Forbidden);
    }
    let page = if shelf.is_some() { page.clamp(1, 10_000) } else { 1 };
    let limit = if shelf.is_some() { PAGE } else { FIRST };
    let mut answers = db
        .run(
            "LET $training = (SELECT VALUE id FROM organisation WHERE $all OR line CONTAINSANY $trains);
             LET $curating = (SELECT VALUE id FROM organisation WHERE $all OR line CONTAINSANY $curates);
             count(SELECT VALUE id FROM course WHERE organisation IN $training);
             SELECT id, slug, title, organisation.name AS organisation, lessons, state FROM course
                WHERE organisation IN $training ORDER BY title, id LIMIT $limit START $start;
             count(SELECT VALUE id FROM cohort WHERE organisation IN $training);
             SELECT id, title, subject.title AS course, starts, ends, timezone FROM cohort
                WHERE organisation IN $training ORDER BY starts DESC, id LIMIT $limit START $start;
             count(SELECT VALUE id FROM competency_set WHERE organisation IN $curating);
             SELECT id, slug, title, organisation.name AS organisation,
                (SELECT number, state FROM edition WHERE competency_set = $parent.id ORDER BY number DESC LIMIT 1) AS editions
                FROM competency_set WHERE organisation IN $curating ORDER BY title, id LIMIT $limit START $start;",
            vars! {
                "all" => viewer.site_administrator, "trains" => trains_at(viewer), "curates" => curates_at(viewer),
                "limit" => i64::from(limit), "start" => i64::from((page - 1) * limit),
            },
        )
        .await?;
    let counts = [answers.row::<i64>(2)?, answers.row::<i64>(4)?, answers.row::<i64>(6)?];
    let [courses_count, cohorts_count, sets_count] = counts.map(|count| small(count.unwrap_or(0)));
    let shown = match shelf {
        Some(Shelf::Courses) => courses_count,
        Some(Shelf::Cohorts) => cohorts_count,
        Some(Shelf::Sets) => sets_count,
        None => 0,
    };
    Ok(StudioPage {
        shelf,
        trains: viewer.may_write_courses(),
        curates: viewer.may_write_sets(),
        courses: answers.rows::<CourseRow>(3)?.into_iter().map(course).collect(),
        courses_count,
        cohorts: answers.rows::<CohortRow>(5)?.into_iter().map(cohort_line).collect(),
        cohorts_count,
        sets: answers.rows::<SetRow>(7)?.into_iter().map(set).collect(),
        sets_count,
        page,
        pages: shown.div_ceil(PAGE).max(1),
    })
}

/// Where the viewer's own roles let them write sets.
pub(crate) fn curates_at(viewer: &Viewer) -> Vec<OrganisationId> {
    let administers = viewer.organisations_as(Role::OrganisationAdministrator);
    viewer
        .organisations_as(Role::Curator)
        .chain(administers)
        .map(|place| place.organisation.clone())
        .collect()
}

fn course(row: CourseRow) -> StudioCourse {
    StudioCourse {
        slug: row.slug,
        title: row.title,
        organisation: row.organisation,
        lessons: small(row.lessons),
        published: row.state == "published",
    }
}

/// A cohort as a list has it.
pub(super) fn cohort_line(row: CohortRow) -> CohortLine {
    CohortLine {
        dates: dates_label(&row.starts, &row.ends),
        phase: phase(&row.starts, &row.ends, &crate::time::today(&row.timezone)).into(),
        id: row.id,
        title: row.title,
        course: row.course,
    }
}

fn set(row: SetRow) -> StudioSet {
    let edition = row.editions.into_iter().next().map(|edition| {
        let state = match edition.state.as_str() {
            "draft" => "draft",
            "in_review" => "in review",
            "retired" => "retired",
            _ => "published",
        };
        (small(edition.number), state.to_owned())
    });
    StudioSet {
        slug: row.slug,
        title: row.title,
        organisation: row.organisation,
        edition,
    }
}
