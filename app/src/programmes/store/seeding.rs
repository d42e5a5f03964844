//! Writing the demonstration's cohorts.

use crate::db::Db;
use crate::error::Result;
use crate::id::{CohortId, OrganisationId, PersonId};
use crate::vars;

/// A cohort to write, with its people and how many lessons each has finished.
pub struct SeedCohort {
    pub title: String,
    /// The course's slug.
    pub course: String,
    /// YYYY-MM-DD.
    pub starts: String,
    pub ends: String,
    pub timezone: String,
    pub opened_by: PersonId,
    pub participants: Vec<(PersonId, i64)>,
}

pub async fn seed_cohort(db: &Db, organisation: &OrganisationId, cohort: SeedCohort) -> Result<CohortId> {
    let id = CohortId::random();
    let (people, done): (Vec<_>, Vec<_>) = cohort.participants.into_iter().unzip();
    db.write(
        "LET $course = (SELECT VALUE id FROM course WHERE slug = $slug)[0];
         CREATE $id SET subject = $course, organisation = $organisation, title = $title, starts = $starts, ends = $ends,
            timezone = $timezone, opened_by = $by;
         FOR $place IN 0..array::len($people) {
            LET $person = $people[$place];
            LET $most = $done[$place];
            CREATE type::record('enrolment', [record::id($id), record::id($person)])
                SET cohort = $id, person = $person, enrolled_by = $by;
            FOR $lesson IN (SELECT id, position FROM lesson WHERE course = $course AND position <= $most ORDER BY position) {
                CREATE type::record('completion', [record::id($person), record::id($lesson.id)])
                    SET person = $person, lesson = $lesson.id, course = $course;
            };
         };",
        vars! {
            "id" => id.clone(), "slug" => cohort.course, "organisation" => organisation.clone(), "title" => cohort.title,
            "starts" => cohort.starts, "ends" => cohort.ends, "timezone" => cohort.timezone, "by" => cohort.opened_by,
            "people" => people, "done" => done,
        },
    )
    .await?;
    Ok(id)
}
