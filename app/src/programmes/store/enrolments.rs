//! Enrolling people and taking them out again.

use surrealdb_types::SurrealValue;

use super::super::rules::MOST_PEOPLE;
use crate::courses::store::trains_at;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{CohortId, GroupId, OrganisationId, PersonId};
use crate::people::model::Email;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
pub(super) struct OwnCohort {
    line: Vec<OrganisationId>,
    pub group: Option<GroupId>,
    enrolled: bool,
}

/// A cohort that the viewer may change and enrol people into. Those who are in it see it
/// but may not; for others it is not there.
pub(super) async fn own_cohort(db: &Db, viewer: &Viewer, cohort: &CohortId) -> Result<OwnCohort> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let row: Option<OwnCohort> = db
        .row(
            "SELECT organisation.line AS line,
                (SELECT VALUE id FROM study_group WHERE subject = $cohort ORDER BY id LIMIT 1)[0] AS group,
                record::exists(type::record('enrolment', [record::id($cohort), record::id($me)])) AS enrolled
                FROM $cohort;",
            vars! { "cohort" => cohort.clone(), "me" => me.clone() },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    let knows = row.enrolled
        || viewer.may_see_progress(&row.line)
        || row.group.as_ref().is_some_and(|group| viewer.may_facilitate(group));
    match (viewer.may_train(&row.line), knows) {
        (true, _) => Ok(row),
        (false, true) => Err(AppError::Forbidden),
        (false, false) => Err(AppError::NotFound),
    }
}

/// Whether the viewer may enrol people into a cohort, as an error if not.
pub(crate) async fn may_enrol(db: &Db, viewer: &Viewer, cohort: &CohortId) -> Result<()> {
    own_cohort(db, viewer, cohort).await.map(drop)
}

/// Enrols someone of the organisations that the viewer trains, or beneath them,
/// since whoever runs a cohort sees how far its people are. They join its study
/// group as well. Again changes nothing.
pub async fn enrol(db: &Db, viewer: &Viewer, cohort: &CohortId, person: &PersonId) -> Result<()> {
    let own = own_cohort(db, viewer, cohort).await?;
    let by = viewer.id().ok_or(AppError::SignInNeeded)?;
    db.write(
        "IF !record::exists($cohort) { THROW 'not found' };
         IF (SELECT VALUE id FROM membership WHERE person = $person AND person.closed = NONE
                AND ($everywhere OR organisation.line CONTAINSANY $reach)) = [] { THROW 'not found' };
         LET $enrolment = type::record('enrolment', [record::id($cohort), record::id($person)]);
         IF !record::exists($enrolment) {
            IF array::len((SELECT VALUE id FROM enrolment WHERE cohort = $cohort)) >= $most {
                THROW 'A cohort has at most 500 people. Open another one.'
            };
            CREATE $enrolment SET cohort = $cohort, person = $person, enrolled_by = $by;
            DELETE type::record('past_enrolment', [record::id($cohort), record::id($person)]);
            UPDATE $cohort SET enrolled = array::len((SELECT VALUE id FROM enrolment WHERE cohort = $cohort));
         };
         LET $membership = IF $group != NONE { type::record('group_membership', [record::id($person), record::id($group)]) };
         IF $group != NONE AND !record::exists($membership) {
            FOR $thread IN (SELECT id, posts FROM thread WHERE study_group = $group) {
                UPSERT type::record('reading', [record::id($person), record::id($thread.id)])
                    SET person = $person, thread = $thread.id, study_group = $group, last_read = $thread.posts, at = time::now();
            };
            CREATE $membership SET person = $person, study_group = $group, facilitator = false, posts_read = $group.posts;
            UPDATE $group SET members += 1;
         };",
        vars! {
            "everywhere" => viewer.site_administrator, "reach" => trains_at(viewer), "cohort" => cohort.clone(), "person" => person.clone(), "by" => by.clone(),
            "group" => own.group, "most" => i64::from(MOST_PEOPLE),
        },
    )
    .await
    .map(drop)
}

/// Enrols the colleague with this address, and says who that is.
pub async fn enrol_by_email(db: &Db, viewer: &Viewer, cohort: &CohortId, email: &str) -> Result<PersonId> {
    own_cohort(db, viewer, cohort).await?;
    let email = Email::held(email).map_err(|message| AppError::field("email", message))?;
    let person: Option<PersonId> = db
        .row(
            "SELECT VALUE id FROM person WHERE email_key = $key AND closed = NONE;",
            vars! { "key" => email.key() },
        )
        .await?;
    let done = match person {
        Some(person) => enrol(db, viewer, cohort, &person).await.map(|()| person),
        None => Err(AppError::NotFound),
    };
    // Whether strangers have an account is nobody's business.
    done.map_err(|error| match error {
        AppError::NotFound => AppError::field(
            "email",
            "Nobody in your organisations has this address. Invite them first.",
        ),
        other => other,
    })
}

/// Takes someone out of a cohort and its group; facilitators stay in the
/// group. What they have done stays theirs. Again changes nothing.
pub async fn remove(db: &Db, viewer: &Viewer, cohort: &CohortId, person: &PersonId) -> Result<()> {
    let own = own_cohort(db, viewer, cohort).await?;
    db.write(
        "DELETE type::record('enrolment', [record::id($cohort), record::id($person)]);
         IF $group != NONE {
            DELETE group_membership WHERE person = $person AND study_group = $group AND facilitator = false;
            UPDATE $group SET members = array::len((SELECT VALUE id FROM group_membership WHERE study_group = $group));
         };",
        vars! { "cohort" => cohort.clone(), "person" => person.clone(), "group" => own.group },
    )
    .await
    .map(drop)
}
