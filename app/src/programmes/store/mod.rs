//! Cohorts in the database.

mod changing;
mod cohort;
mod enrolments;
mod helpers;
mod opening;
mod running;
mod seeding;
mod studio;

pub use changing::{cohort_draft, delete_cohort, save_cohort};
pub use cohort::cohort;
pub(crate) use enrolments::may_enrol;
pub use enrolments::{enrol, enrol_by_email, remove};
pub use opening::{new_cohort_form, open_cohort};
pub use running::running;
pub use seeding::{SeedCohort, seed_cohort};
pub(crate) use studio::curates_at;
pub use studio::studio;

use surrealdb_types::SurrealValue;

use super::model::MyCohort;
use super::rules::{dates_label, phase};
use crate::courses::store::small;
use crate::db::Db;
use crate::error::Result;
use crate::id::{CohortId, CourseId, PersonId};
use crate::vars;

#[derive(SurrealValue)]
struct MineRow {
    id: CohortId,
    title: String,
    course: CourseId,
    course_slug: String,
    course_title: String,
    lessons: i64,
    starts: String,
    ends: String,
}

/// The cohorts that a person is in and that are not over on `today`
/// (YYYY-MM-DD in the person's zone), soonest first. For Today.
pub async fn mine(db: &Db, person: &PersonId, today: &str) -> Result<Vec<MyCohort>> {
    let mut answers = db
        .run(
            "SELECT cohort.id AS id, cohort.title AS title, cohort.subject AS course, cohort.subject.slug AS course_slug,
                cohort.subject.title AS course_title, cohort.subject.lessons AS lessons, cohort.starts AS starts,
                cohort.ends AS ends FROM enrolment
                WHERE person = $person AND cohort.ends >= $today ORDER BY starts, id LIMIT 20;
             SELECT VALUE course FROM completion WHERE person = $person;",
            vars! { "person" => person.clone(), "today" => today.to_owned() },
        )
        .await?;
    let rows = answers.rows::<MineRow>(0)?;
    let done = answers.rows::<CourseId>(1)?;
    let line = |row: MineRow| MyCohort {
        dates: dates_label(&row.starts, &row.ends),
        phase: phase(&row.starts, &row.ends, today).into(),
        done: u32::try_from(done.iter().filter(|course| **course == row.course).count()).unwrap_or(0),
        lessons: small(row.lessons),
        id: row.id,
        title: row.title,
        course_slug: row.course_slug,
        course_title: row.course_title,
        starts: row.starts,
        ends: row.ends,
    };
    Ok(rows.into_iter().map(line).collect())
}
