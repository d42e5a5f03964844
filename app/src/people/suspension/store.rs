//! Suspensions in the database.

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{Barred, Reason, Suspension};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId};
use crate::organisations::store::{Administered, administered};
use crate::vars;
use crate::viewer::Viewer;

/// The longest suspension, in days.
const LONGEST_DAYS: i64 = 366;

/// A suspension to lay down; the last day is one that a calendar has.
pub struct NewSuspension {
    pub what: Barred,
    pub reason: Reason,
    pub last_day: String,
}

/// The last day as a form sent it: today or later, within a year.
pub fn last_day(raw: &str, zone: &str) -> Result<String, String> {
    use jiff::ToSpan;

    const UNREADABLE: &str = "Enter a day such as 2027-01-15.";
    let day = crate::time::parse_day(raw).ok_or(UNREADABLE)?;
    let today = crate::time::parse_day(&crate::time::today(zone)).ok_or(UNREADABLE)?;
    if day < today {
        return Err("This day has passed. Choose today or a day after it.".into());
    }
    if day > today.saturating_add(LONGEST_DAYS.days()) {
        return Err("A year at most; it can be laid down again then.".into());
    }
    Ok(day.to_string())
}

#[derive(SurrealValue)]
struct SubjectRow {
    site_administrator: bool,
    /// A suspension holds that a site administrator laid down.
    by_site: bool,
    belongs: bool,
    lines: Vec<Vec<OrganisationId>>,
}

/// Whether the viewer may suspend a member of an organisation that they look
/// after: somebody else, all of whose organisations they look after. What a site
/// administrator laid down is theirs to lift or to change.
pub async fn may_suspend(
    db: &Db,
    viewer: &Viewer,
    organisation: &OrganisationId,
    person: &PersonId,
) -> Result<Administered> {
    let own = administered(db, viewer, organisation).await?;
    suspends(db, viewer, organisation, person).await?;
    Ok(own)
}

/// The same of an organisation that the viewer is known to look after.
pub async fn suspends(db: &Db, viewer: &Viewer, organisation: &OrganisationId, person: &PersonId) -> Result<()> {
    let subject = subject(db, Some(organisation), person).await?;
    let subject = subject.filter(|subject| subject.belongs).ok_or(AppError::NotFound)?;
    let above = subject.by_site && !viewer.may_rule_site();
    if above || viewer.is(person) || !viewer.may_let_in(subject.site_administrator, &subject.lines) {
        return Err(AppError::Forbidden);
    }
    Ok(())
}

/// Whether the viewer may suspend somebody who belongs to no organisation: site
/// administrators may, but not themselves.
pub async fn may_suspend_unplaced(db: &Db, viewer: &Viewer, person: &PersonId) -> Result<()> {
    if !viewer.may_rule_site() {
        return Err(AppError::Forbidden);
    }
    let subject = subject(db, None, person).await?;
    if !subject.is_some_and(|subject| subject.lines.is_empty()) {
        return Err(AppError::NotFound);
    }
    if viewer.is(person) {
        return Err(AppError::Forbidden);
    }
    Ok(())
}

async fn subject(db: &Db, organisation: Option<&OrganisationId>, person: &PersonId) -> Result<Option<SubjectRow>> {
    db.row(
        "SELECT site_administrator,
            (SELECT VALUE by.site_administrator FROM ONLY type::record('suspension', [record::id($person)])
                WHERE until > time::now()) ?? false AS by_site,
            $organisation != NONE
                AND record::exists(type::record('membership', [record::id($person), record::id($organisation)])) AS belongs,
            (SELECT VALUE organisation.line FROM membership WHERE person = $person LIMIT 100) AS lines
            FROM $person WHERE closed = NONE;",
        vars! { "person" => person.clone(), "organisation" => organisation.cloned() },
    )
    .await
}

/// The page on which somebody is suspended: a member's, or that of all who
/// belong nowhere.
pub struct SuspendedOn(String);

impl SuspendedOn {
    /// Its address once something was done.
    pub fn after(&self, notice: &str) -> String {
        let joint = if self.0.contains('?') { '&' } else { '?' };
        format!("{}{joint}notice={notice}", self.0)
    }
}

/// Where the viewer may suspend this person, or why not.
pub async fn page_to_suspend_on(
    db: &Db,
    viewer: &Viewer,
    organisation: Option<&OrganisationId>,
    person: &PersonId,
) -> Result<SuspendedOn> {
    Ok(SuspendedOn(match organisation {
        Some(organisation) => {
            let own = may_suspend(db, viewer, organisation, person).await?;
            format!("/organisations/{}/people/{person}", own.slug)
        }
        None => {
            may_suspend_unplaced(db, viewer, person).await?;
            crate::people::unplaced::model::address_of(person)
        }
    }))
}

/// Lays a suspension down; whoever may not sign in is signed out. Refuses where
/// nobody else would look after one of their organisations.
pub async fn suspend(db: &Db, viewer: &Viewer, person: &PersonId, new: &NewSuspension) -> Result<()> {
    let until = crate::time::day_edge(&new.last_day, 1, viewer.timezone()).ok_or(AppError::Internal)?;
    db.write(
        "UPSERT moderation:whole SET changes = (changes ?? 0) + 1 RETURN NONE;
         IF ($by.suspended_until ?? d'1970-01-01T00:00:00Z') > time::now() { THROW 'not found' };
         IF $what = 'signing_in' { fn::is_not_the_last($person, '') };
         UPSERT type::record('suspension', [record::id($person)]) SET person = $person, what = $what, reason = $reason,
            by = $by, last_day = $last_day, until = type::datetime($until), since = time::now();
         IF $what = 'signing_in' {
            DELETE session WHERE person = $person;
            DELETE pending_sign_in WHERE person = $person;
         };",
        vars! {
            "person" => person.clone(), "what" => new.what.as_str(), "reason" => new.reason.as_str().to_owned(),
            "by" => viewer.id().cloned(), "last_day" => new.last_day.clone(), "until" => until,
        },
    )
    .await
    .map(drop)
}

/// Ends a suspension. Again changes nothing.
pub async fn lift(db: &Db, person: &PersonId) -> Result<()> {
    db.write(
        "DELETE type::record('suspension', [record::id($person)]);",
        vars! { "person" => person.clone() },
    )
    .await
    .map(drop)
}

/// Signs somebody out everywhere.
pub async fn end_sessions(db: &Db, person: &PersonId) -> Result<()> {
    db.write(
        "DELETE session WHERE person = $person; DELETE pending_sign_in WHERE person = $person;",
        vars! { "person" => person.clone() },
    )
    .await
    .map(drop)
}

#[derive(SurrealValue)]
struct SuspensionRow {
    what: String,
    reason: String,
    last_day: String,
    until: Datetime,
    by: Option<String>,
}

/// Somebody's suspension, while it holds.
pub async fn held(db: &Db, person: &PersonId) -> Result<Option<Suspension>> {
    let row: Option<SuspensionRow> = db
        .row(
            "SELECT what, reason, last_day, until, by.name AS by FROM type::record('suspension', [record::id($person)]);",
            vars! { "person" => person.clone() },
        )
        .await?;
    let row = row.filter(|row| crate::time::seconds_since(&row.until) < 0);
    Ok(row.and_then(|row| {
        Some(Suspension {
            what: Barred::parse(&row.what)?,
            reason: row.reason,
            until: crate::time::day_label(&row.last_day),
            by: row.by.unwrap_or_default(),
        })
    }))
}

/// Refuses, with the reason, whoever may not do something.
pub async fn not_barred(db: &Db, person: &PersonId, what: Barred) -> Result<()> {
    match held(db, person).await? {
        Some(suspension) if suspension.what == what => Err(AppError::Conflict(suspension.told())),
        _ => Ok(()),
    }
}

/// Refuses, with the reason, a viewer who may not post for a time: to say
/// something where others read it, be it in talk, in a review, of oneself or to
/// whoever decides whether one joins. A visitor is nobody who could be barred.
pub async fn may_post(db: &Db, viewer: &Viewer) -> Result<()> {
    match viewer.id() {
        Some(person) => not_barred(db, person, Barred::Posting).await,
        None => Ok(()),
    }
}
