//! The audit log in the database. Most entries are made by the tables
//! themselves (migration 0016); what no table sees is noted here.

use std::net::IpAddr;

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{Act, Asked, AuditPage, Entry, in_words};
use crate::db::{Db, Variables};
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{AuditId, OrganisationId, PersonId};
use crate::vars;
use crate::viewer::Viewer;

/// Entries on one page.
pub const PAGE: usize = 50;
/// Entries in one download.
pub const MOST_EXPORTED: usize = 20_000;

/// What is kept of a network address: enough to tell the library from
/// elsewhere, not enough to tell a household (/24, /48).
pub fn network(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{}/48", std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
        Err(_) => String::new(),
    }
}

/// Notes what no table sees, such as a failed attempt to sign in.
pub async fn note(
    db: &Db,
    act: Act,
    whom: Option<&PersonId>,
    about: &str,
    organisation: Option<&OrganisationId>,
) -> Result<()> {
    db.write(
        "fn::audit($act, $acting, $whom, $about, $organisation);",
        vars! {
            "act" => act.as_str().to_owned(), "whom" => whom.cloned(), "about" => about.to_owned(),
            "organisation" => organisation.cloned(),
        },
    )
    .await
    .map(drop)
}

/// Whose log the viewer may read: the whole site's, or an organisation's.
pub struct Scope {
    place: Option<(OrganisationId, String, String)>,
    asking: u32,
    /// For how many days entries are kept.
    days: u32,
}

#[derive(SurrealValue)]
struct ScopeRow {
    place: Option<PlaceRow>,
    days: i64,
}

#[derive(SurrealValue)]
struct PlaceRow {
    id: OrganisationId,
    name: String,
    line: Vec<OrganisationId>,
    asking: i64,
}

impl Scope {
    /// The organisation of a slug, or with none the site. Whoever may not read
    /// it does not learn whether there is such an organisation.
    pub async fn of(db: &Db, viewer: &Viewer, slug: &str) -> Result<Self> {
        let row: ScopeRow = db
            .read(
                "{ place: (SELECT id, name, line, fn::asking(id) AS asking FROM organisation WHERE slug = $slug)[0], days: fn::audit_days() };",
                vars! { "slug" => slug.to_owned() },
            )
            .await?;
        let place = row.place.filter(|place| viewer.may_administer(&place.line));
        if place.is_none() && !(slug.is_empty() && viewer.may_rule_site()) {
            return Err(AppError::NotFound);
        }
        let asking = place.as_ref().map_or(0, |place| place.asking);
        Ok(Self {
            asking: u32::try_from(asking).unwrap_or(0),
            place: place.map(|place| (place.id, slug.to_owned(), place.name)),
            days: u32::try_from(row.days).unwrap_or(0),
        })
    }

    pub fn organisation(&self) -> Option<&OrganisationId> {
        self.place.as_ref().map(|(id, ..)| id)
    }
}

#[derive(SurrealValue)]
struct EntryRow {
    id: AuditId,
    act: String,
    at: Datetime,
    by: Option<PersonId>,
    by_name: Option<String>,
    whom_name: Option<String>,
    about: String,
    organisation: Option<String>,
    network: String,
}

/// The newest entries before one, with what is asked for; `$organisation`
/// decides which index is used, so there are two statements. What is looked for is
/// folded once, not for each entry: most are passed over.
macro_rules! entries {
    ($scope:literal) => {
        concat!(
            "LET $part = fn::part_of_name($who);
             SELECT id, act, at, by, by.name AS by_name, whom.name AS whom_name, about, line[0].name AS organisation, network
                FROM audit_entry WHERE ",
            $scope,
            " AND at >= type::datetime($since) AND at < type::datetime($until) AND ($before = NONE OR id < $before)
                AND ($act = '' OR act = $act)
                AND ($who = '' OR string::slug(by.name ?? '') CONTAINS $part OR string::slug(whom.name ?? '') CONTAINS $part)
                ORDER BY id DESC LIMIT $limit;"
        )
    };
}

/// Entries of a scope, the newest first. What is asked was found to be sound.
pub async fn entries(
    db: &Db,
    viewer: &Viewer,
    scope: &Scope,
    asked: &Asked,
    before: Option<AuditId>,
    limit: usize,
) -> Result<Vec<Entry>> {
    let zone = viewer.timezone();
    let edge =
        |day: &str, later, open: &str| crate::time::day_edge(day, later, zone).unwrap_or_else(|| open.to_owned());
    let vars: Variables = vars! {
        "organisation" => scope.organisation().cloned(), "before" => before, "act" => asked.act.clone(),
        "who" => asked.who.to_lowercase(), "limit" => i64::try_from(limit).unwrap_or(i64::MAX),
        "since" => edge(&asked.from, 0, "2000-01-01T00:00:00Z"), "until" => edge(&asked.to, 1, "2200-01-01T00:00:00Z"),
    };
    let mut answers = match scope.organisation() {
        Some(_) => db.run(entries!("line CONTAINS $organisation"), vars).await?,
        None => db.run(entries!("true"), vars).await?,
    };
    let rows = answers.rows::<EntryRow>(1)?;
    Ok(rows.into_iter().map(|row| row.into_entry(zone)).collect())
}

impl EntryRow {
    fn into_entry(self, zone: &str) -> Entry {
        let by = match (self.by, self.network.is_empty()) {
            (Some(_), _) => self.by_name.unwrap_or_default(),
            (None, true) => "The server".to_owned(),
            (None, false) => "Nobody signed in".to_owned(),
        };
        let act = Act::parse(&self.act);
        Entry {
            id: self.id,
            at: crate::time::iso(&self.at),
            at_label: crate::time::label(&self.at, zone),
            act: act.map_or(self.act, |act| act.label().to_owned()),
            by,
            whom: self.whom_name.unwrap_or_default(),
            about: in_words(act, &self.about),
            organisation: self.organisation.unwrap_or_default(),
            network: self.network,
        }
    }
}

/// What cannot be looked for, days that no calendar has included.
fn errors(asked: &Asked) -> FieldErrors {
    let mut errors = asked.errors();
    for (field, day) in [("from", &asked.from), ("to", &asked.to)] {
        if !day.is_empty() && crate::time::parse_day(day).is_none() {
            errors.add(field, "Enter a day that there is, such as 2026-11-26.");
        }
    }
    errors
}

/// A page of the log, with what was typed when it cannot be looked for.
pub async fn page(db: &Db, viewer: &Viewer, slug: &str, asked: Asked, before: Option<AuditId>) -> Result<AuditPage> {
    let scope = Scope::of(db, viewer, slug).await?;
    let errors = errors(&asked);
    let later = before.is_some();
    let mut entries = match errors.is_empty() {
        true => entries(db, viewer, &scope, &asked, before, PAGE + 1).await?,
        false => Vec::new(),
    };
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    Ok(AuditPage {
        asking: scope.asking,
        organisation: scope.place.map(|(_, slug, name)| (slug, name)),
        asked,
        errors,
        older: entries.last().filter(|_| more).map(|entry| entry.id.clone()),
        entries,
        later,
        days: scope.days,
    })
}

/// The log as a table for other programs; that it was taken is noted.
pub async fn csv(db: &Db, viewer: &Viewer, slug: &str, asked: &Asked) -> Result<String> {
    let scope = Scope::of(db, viewer, slug).await?;
    errors(asked).check()?;
    note(db, Act::AuditExported, None, &asked.query(), scope.organisation()).await?;
    let mut table = crate::csv_lines::line(["when", "by", "act", "whom", "about", "organisation", "network"]);
    let (mut before, mut left) = (None, MOST_EXPORTED);
    while left > 0 {
        let entries = entries(db, viewer, &scope, asked, before, left.min(1_000)).await?;
        let Some(last) = entries.last() else { break };
        (before, left) = (Some(last.id.clone()), left - entries.len());
        for entry in &entries {
            let cells = [
                &entry.at,
                &entry.by,
                &entry.act,
                &entry.whom,
                &entry.about,
                &entry.organisation,
                &entry.network,
            ];
            table += &crate::csv_lines::line(cells.map(String::as_str));
        }
    }
    Ok(table)
}

/// For how many days entries are kept.
pub async fn days(db: &Db) -> Result<u32> {
    let days: i64 = db.read("fn::audit_days();", vars! {}).await?;
    Ok(u32::try_from(days).unwrap_or(0))
}

/// Sets for how many days entries are kept.
pub async fn keep_for(db: &Db, days: u32) -> Result<()> {
    db.write(
        "UPSERT retention:audit SET days = $days;",
        vars! { "days" => i64::from(days) },
    )
    .await
    .map(drop)
}

/// Forgets what is older than that.
pub async fn forget_old(db: &Db) -> Result<()> {
    db.write(
        "LET $days = fn::audit_days();
         DELETE audit_entry WHERE at < time::now() - duration::from_days($days) RETURN NONE;",
        vars! {},
    )
    .await
    .map(drop)
}
