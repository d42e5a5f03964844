//! Sharings in the database.

mod fresh;
mod looking;
mod page;

pub use fresh::fresh;
pub(crate) use looking::{THEIRS, look, shown};
pub use looking::{evidence, gaps, plan, record};
pub use page::page;

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{LONGEST_DAYS, Purpose, ROLES, Terms, What, With, holders};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId, SharingId};
use crate::people::model::Email;
use crate::people::tokens;
use crate::vars;
use crate::viewer::{Person, Role, Viewer};

/// How many sharings somebody can have that are neither over nor ended.
const MOST: i64 = 50;

/// Something to share; the last day is one that a calendar has (YYYY-MM-DD).
pub struct NewSharing {
    pub what: What,
    pub with: With,
    pub purpose: Purpose,
    pub last_day: String,
}

/// The last day of a sharing as a form sent it: today or later, within a year.
pub fn last_day(raw: &str, zone: &str) -> Result<String, String> {
    use jiff::ToSpan;

    let day = crate::time::parse_day(raw).ok_or("Enter a day such as 2027-01-15.")?;
    let today = crate::time::parse_day(&crate::time::today(zone)).ok_or("Enter a day such as 2027-01-15.")?;
    let longest = today.saturating_add(LONGEST_DAYS.days());
    match day {
        day if day < today => Err("This day has passed. Choose today or a day after it.".into()),
        day if day > longest => Err("Share for a year at most; you can renew it then.".into()),
        day => Ok(day.to_string()),
    }
}

/// A day a month ahead, to begin with.
fn month_ahead(zone: &str) -> String {
    use jiff::ToSpan;

    let today = crate::time::parse_day(&crate::time::today(zone));
    today.map_or_else(String::new, |today| today.saturating_add(1.month()).to_string())
}

/// Whether a role is one in an organisation of the viewer's own.
pub fn may_choose(viewer: &Viewer, with: &With) -> bool {
    match with {
        With::Person(_) => true,
        With::Role(role, organisation) => {
            ROLES.contains(role)
                && viewer
                    .memberships
                    .iter()
                    .any(|place| place.organisation == *organisation)
        }
    }
}

/// The colleague with this address. Whether strangers have an account is
/// nobody's business.
pub async fn colleague(db: &Db, viewer: &Viewer, email: &Email) -> Result<PersonId> {
    let unknown = || AppError::field("email", "None of your colleagues has this address.");
    let person: Option<PersonId> = db
        .row(
            "SELECT VALUE id FROM person WHERE email_key = $key AND closed = NONE;",
            vars! { "key" => email.key() },
        )
        .await?;
    let person = person.ok_or_else(unknown)?;
    if viewer.is(&person) {
        return Err(AppError::field("email", "This is your own address."));
    }
    match crate::people::store::profile(db, viewer, &person).await {
        Ok(_) => Ok(person),
        Err(AppError::NotFound) => Err(unknown()),
        Err(error) => Err(error),
    }
}

/// Shares something; the same again renews purpose and date.
pub async fn share(db: &Db, person: &Person, new: &NewSharing) -> Result<()> {
    let until = crate::time::day_edge(&new.last_day, 1, &person.timezone).ok_or(AppError::Internal)?;
    let (with_person, role, organisation) = match &new.with {
        With::Person(person) => (Some(person.clone()), None, None),
        With::Role(role, organisation) => (None, Some(role.as_str().to_owned()), Some(organisation.clone())),
    };
    let with = match &new.with {
        With::Person(person) => format!("person {person}"),
        With::Role(role, organisation) => format!("{} {organisation}", role.as_str()),
    };
    let key = tokens::key(&format!("{} {} {with}", person.id, new.what.as_str()));
    db.write(
        "LET $current = (SELECT VALUE id FROM sharing WHERE person = $me AND ended = NONE AND until > time::now());
         LET $sharing = type::record('sharing', $key);
         IF $sharing NOT IN $current AND array::len($current) >= $most {
            THROW 'You share as much as one person can. End something first.';
         };
         UPSERT $sharing SET person = $me, what = $what, with_person = $with_person, role = $role, organisation = $organisation,
            purpose = $purpose, last_day = $last_day, until = type::datetime($until), ended = NONE,
            begun = IF $sharing IN $current { begun } ELSE { time::now() };",
        vars! {
            "me" => person.id.clone(), "key" => key, "most" => MOST, "what" => new.what.as_str().to_owned(),
            "with_person" => with_person, "role" => role, "organisation" => organisation,
            "purpose" => new.purpose.as_str().to_owned(), "last_day" => new.last_day.clone(), "until" => until,
        },
    )
    .await
    .map(drop)
}

/// Whether others read something of somebody's now.
pub async fn shares(db: &Db, person: &PersonId, what: What) -> Result<bool> {
    let shared: Option<SharingId> = db
        .row(
            "SELECT VALUE id FROM sharing WHERE person = $me AND what = $what AND ended = NONE AND until > time::now() LIMIT 1;",
            vars! { "me" => person.clone(), "what" => what.as_str().to_owned() },
        )
        .await?;
    Ok(shared.is_some())
}

/// Ends a sharing of a person's; of others' it changes nothing.
pub async fn end(db: &Db, person: &PersonId, sharing: &SharingId) -> Result<()> {
    db.write(
        "UPDATE $sharing SET ended = time::now() WHERE person = $me AND ended = NONE;",
        vars! { "sharing" => sharing.clone(), "me" => person.clone() },
    )
    .await
    .map(drop)
}

/// What every reading of sharings asks for: see [`SharingRow`].
macro_rules! sharings {
    ($rest:literal) => {
        concat!(
            "SELECT id, person, person.name AS name, person.timezone AS zone, what, with_person, with_person.name AS with_name, role, organisation,
                organisation.name AS organisation_name, organisation.line AS line, purpose, begun, last_day, until, ended,
                IF organisation = NONE { false } ELSE {
                    record::exists(type::record('membership', [record::id(person), record::id(organisation)])) } AS belongs
                FROM sharing WHERE ",
            $rest
        )
    };
}
use sharings;

/// A sharing with what decides for whom it holds.
#[derive(SurrealValue)]
struct SharingRow {
    id: SharingId,
    person: PersonId,
    name: Option<String>,
    /// Where whoever shares is.
    zone: Option<String>,
    what: String,
    with_person: Option<PersonId>,
    with_name: Option<String>,
    role: Option<String>,
    organisation: Option<OrganisationId>,
    organisation_name: Option<String>,
    line: Option<Vec<OrganisationId>>,
    purpose: String,
    begun: Datetime,
    last_day: String,
    until: Datetime,
    ended: Option<Datetime>,
    belongs: bool,
}

/// Now, in seconds since 1970.
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

impl SharingRow {
    fn what(&self) -> Option<What> {
        What::parse(&self.what)
    }

    /// What decides for whom it holds; nothing where it is with nobody.
    fn terms(&self) -> Option<Terms> {
        let role = self.role.as_deref().and_then(Role::parse);
        let with = match (&self.with_person, role, &self.organisation) {
            (Some(person), ..) => With::Person(person.clone()),
            (None, Some(role), Some(organisation)) => With::Role(role, organisation.clone()),
            _ => return None,
        };
        Some(Terms {
            with,
            line: self.line.clone().unwrap_or_default(),
            belongs: self.belongs,
            until: now() - crate::time::seconds_since(&self.until),
            ended: self.ended.is_some(),
        })
    }

    fn holds(&self) -> bool {
        self.terms().is_some_and(|terms| terms.hold(now()))
    }

    fn holds_for(&self, viewer: &Viewer) -> bool {
        self.terms().is_some_and(|terms| terms.hold_for(viewer, now()))
    }

    /// "Helen Marsh", "Managers of Riverside County Library".
    fn with(&self) -> String {
        match self.role.as_deref().and_then(Role::parse) {
            Some(role) => format!(
                "{} of {}",
                holders(role),
                self.organisation_name.clone().unwrap_or_default()
            ),
            None => self.with_name.clone().unwrap_or_default(),
        }
    }

    fn until_label(&self) -> String {
        format!("until {}", crate::time::day_label(&self.last_day))
    }
}
