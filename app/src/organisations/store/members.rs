//! Who belongs to an organisation, and as what.

use surrealdb_types::{Datetime, SurrealValue};

use super::tree::{administered, administered_by_slug};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId};
use crate::organisations::model::MemberPage;
use crate::people::store::words;
use crate::people::suspension::store as suspension;
use crate::vars;
use crate::viewer::{Role, Viewer};

#[derive(SurrealValue)]
struct MemberRow {
    name: String,
    title: String,
    roles: Vec<String>,
    since: Datetime,
}

/// A member of an organisation that the viewer looks after.
pub async fn member(db: &Db, viewer: &Viewer, slug: &str, person: &PersonId) -> Result<MemberPage> {
    let own = administered_by_slug(db, viewer, slug).await?;
    let row = db.row::<MemberRow>(
        "SELECT person.name AS name, person.title AS title, roles, since
            FROM type::record('membership', [record::id($person), record::id($organisation)])
            WHERE person.closed = NONE;",
        vars! { "person" => person.clone(), "organisation" => own.id.clone() },
    );
    let suspends = suspension::suspends(db, viewer, &own.id, person);
    let (row, may_suspend, held) = db
        .at_once(async { futures::join!(row, suspends, suspension::held(db, person)) })
        .await;
    let row = row?.ok_or(AppError::NotFound)?;
    let may_suspend = match may_suspend {
        Ok(()) => true,
        Err(AppError::Forbidden) => false,
        Err(error) => return Err(error),
    };
    Ok(MemberPage {
        may_suspend,
        suspension: held?.filter(|_| may_suspend),
        organisation: own.id,
        slug: own.slug,
        organisation_name: own.name,
        person: person.clone(),
        name: row.name,
        title: row.title,
        roles: row.roles.iter().filter_map(|role| Role::parse(role)).collect(),
        since: crate::time::day(&row.since, viewer.timezone()),
    })
}

/// Gives a member these roles instead of those they have, from their next
/// request on. The answer is the organisation's slug.
pub async fn change_roles(
    db: &Db,
    viewer: &Viewer,
    organisation: &OrganisationId,
    person: &PersonId,
    roles: &[Role],
) -> Result<String> {
    let own = administered(db, viewer, organisation).await?;
    // The organisation's record is written, so that of two administrators who
    // give up at once one sees the other.
    db.write(
        "LET $membership = type::record('membership', [record::id($person), record::id($organisation)]);
         LET $before = (SELECT roles, administers FROM ONLY $membership);
         IF $before = NONE { THROW 'not found' };
         UPDATE $organisation SET staff_changes += 1 RETURN NONE;
         IF $before.administers AND $roles CONTAINSNOT 'organisation_administrator'
            AND !fn::administered_without($organisation.line, $person) { THROW $last };
         UPDATE $membership SET roles = $roles RETURN NONE;",
        vars! {
            "person" => person.clone(), "organisation" => organisation.clone(), "roles" => words(roles), "last" => LAST,
        },
    )
    .await?;
    Ok(own.slug)
}

const LAST: &str = "Nobody else looks after this organisation. Make someone else an administrator first.";

/// Takes someone out of an organisation. Again changes nothing. The answer is
/// the organisation's slug.
pub async fn take_out(db: &Db, viewer: &Viewer, organisation: &OrganisationId, person: &PersonId) -> Result<String> {
    let own = administered(db, viewer, organisation).await?;
    remove(db, organisation, person).await?;
    Ok(own.slug)
}

/// Leaves an organisation that one belongs to. Again changes nothing.
pub async fn leave(db: &Db, viewer: &Viewer, organisation: &OrganisationId) -> Result<()> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    remove(db, organisation, me).await
}

/// What is theirs stays theirs: ratings, plans, what they have done and said.
/// What was open to them as one of the organisation's people is so no longer:
/// its private groups and its cohorts, unless another organisation on the same
/// line is theirs too. Cohorts that had begun stay in their record of learning.
async fn remove(db: &Db, organisation: &OrganisationId, person: &PersonId) -> Result<()> {
    db.write(
        "LET $membership = type::record('membership', [record::id($person), record::id($organisation)]);
         LET $before = (SELECT administers FROM ONLY $membership);
         IF $before != NONE {
            UPDATE $organisation SET staff_changes += 1 RETURN NONE;
            IF $before.administers AND !fn::administered_without($organisation.line, $person) { THROW $last };
            DELETE $membership;
            LET $left = $organisation.line;
            LET $kept = (SELECT VALUE organisation FROM membership WHERE person = $person LIMIT 100);
            LET $lines = array::flatten((SELECT VALUE line FROM $kept));
            FOR $enrolment IN (SELECT id, cohort, since, cohort.starts AS starts, cohort.organisation AS at, cohort.organisation.line AS line
                    FROM enrolment WHERE person = $person) {
                IF ($left CONTAINS $enrolment.at OR $enrolment.line CONTAINS $organisation)
                    AND !($lines CONTAINS $enrolment.at OR $enrolment.line CONTAINSANY $kept) {
                    DELETE $enrolment.id;
                    LET $cohort = $enrolment.cohort;
                    IF $enrolment.starts <= time::format(time::now(), '%Y-%m-%d') {
                        UPSERT type::record('past_enrolment', [record::id($cohort), record::id($person)])
                            SET cohort = $cohort, person = $person, since = $enrolment.since, ended = time::now() RETURN NONE;
                    };
                    UPDATE $cohort SET enrolled = array::len((SELECT VALUE id FROM enrolment WHERE cohort = $cohort)) RETURN NONE;
                };
            };
            FOR $joined IN (SELECT id, study_group, study_group.organisation AS at, study_group.organisation.line AS line
                    FROM group_membership WHERE person = $person AND study_group.public = false) {
                IF ($left CONTAINS $joined.at OR $joined.line CONTAINS $organisation)
                    AND !($lines CONTAINS $joined.at OR $joined.line CONTAINSANY $kept) {
                    DELETE $joined.id;
                    LET $group = $joined.study_group;
                    DELETE reading WHERE person = $person AND study_group = $group RETURN NONE;
                    UPDATE $group SET members -= 1 RETURN NONE;
                };
            };
         };",
        vars! { "person" => person.clone(), "organisation" => organisation.clone(), "last" => LAST },
    )
    .await
    .map(drop)
}
