//! Lists of staff in the database.

use std::collections::{HashMap, HashSet};

use surrealdb_types::{Datetime, SurrealValue};

use super::links::Link;
use super::model::{Entry, MOST_BYTES, Outcome, PAGE, StaffForm, StaffPreview, StaffRow};
use super::reading::{self, Table};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, StaffListId};
use crate::mail::Letter;
use crate::organisations::store::{Administered, administered_by_slug};
use crate::people::store::words;
use crate::people::tokens;
use crate::vars;
use crate::viewer::Viewer;

/// How many days the links of a list work.
pub const DAYS: u32 = 30;

/// What the form for a list needs, for those who look after the organisation.
pub async fn form(db: &Db, viewer: &Viewer, slug: &str) -> Result<StaffForm> {
    let own = administered_by_slug(db, viewer, slug).await?;
    Ok(StaffForm {
        asking: own.asking(),
        slug: own.slug,
        name: own.name,
    })
}

/// Keeps a list for a day, until it was looked at.
pub async fn keep(db: &Db, viewer: &Viewer, slug: &str, text: &str) -> Result<StaffListId> {
    let own = administered_by_slug(db, viewer, slug).await?;
    if text.trim().is_empty() {
        return Err(AppError::field("file", "Choose a file, or paste the list."));
    }
    if text.len() > MOST_BYTES {
        return Err(AppError::field("file", "A list has at most 1 MB."));
    }
    reading::read(text).map_err(|problem| AppError::field("file", problem))?;
    let id = StaffListId::random();
    db.write(
        "DELETE staff_list WHERE created < time::now() - 1d RETURN NONE;
         CREATE $id SET person = $me, organisation = $organisation, content = $content RETURN NONE;",
        vars! {
            "id" => id.clone(), "me" => viewer.id().cloned(), "organisation" => own.id, "content" => text.to_owned(),
        },
    )
    .await?;
    Ok(id)
}

#[derive(SurrealValue)]
struct ListRow {
    organisation: Administered,
    content: String,
    links_made: Option<Datetime>,
}

/// A kept list with its organisation, for those who look after that.
async fn kept(db: &Db, viewer: &Viewer, list: &StaffListId) -> Result<(Administered, Table, Option<Datetime>)> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let row: Option<ListRow> = db
        .row(
            "SELECT { id: organisation.id, slug: organisation.slug, name: organisation.name, line: organisation.line, asking: 0 } AS organisation,
                content, links_made FROM $list WHERE created > time::now() - 1d;",
            vars! { "list" => list.clone() },
        )
        .await?;
    // A list is known to those who look after its organisation alone.
    let row = row
        .filter(|row| viewer.may_administer(&row.organisation.line))
        .ok_or(AppError::NotFound)?;
    let table = reading::read(&row.content).map_err(|problem| AppError::internal("staff list", problem))?;
    Ok((row.organisation, table, row.links_made))
}

/// The slug of a list's organisation, for those who look after that.
pub async fn slug(db: &Db, viewer: &Viewer, list: &StaffListId) -> Result<String> {
    Ok(kept(db, viewer, list).await?.0.slug)
}

#[derive(SurrealValue)]
struct OpenRow {
    key: String,
    expires: Datetime,
}

/// What becomes of each row. Of addresses only those are told apart whose
/// people belong to the organisation, or hold one of its links that works: whether
/// others have an account is nobody's business.
async fn outcomes(db: &Db, organisation: &OrganisationId, table: Table, zone: &str) -> Result<Vec<StaffRow>> {
    let keys: Vec<String> = table.rows.iter().map(|row| row.entry.email.to_lowercase()).collect();
    let mut answers = db
        .run(
            "LET $people = (SELECT VALUE id FROM person WHERE email_key IN $keys);
             LET $memberships = (SELECT VALUE type::record('membership', [record::id(id), record::id($organisation)]) FROM $people);
             SELECT VALUE person.email_key FROM $memberships WHERE person != NONE;
             LET $open = (SELECT string::lowercase(email) AS key, expires, invited_by FROM invitation
                WHERE organisation = $organisation AND email != '' AND uses_left > 0 AND expires > time::now());
             LET $makers = array::distinct($open.invited_by);
             LET $line = $organisation.line;
             LET $acting_still = (SELECT VALUE id FROM $makers WHERE fn::vouches(id, $line));
             SELECT key, expires FROM $open WHERE key IN $keys AND invited_by IN $acting_still;",
            vars! { "keys" => keys, "organisation" => organisation.clone() },
        )
        .await?;
    let here: HashSet<String> = answers.rows::<String>(2)?.into_iter().collect();
    let open = answers.rows::<OpenRow>(7)?.into_iter();
    let open: HashMap<String, Datetime> = open.map(|row| (row.key, row.expires)).collect();
    let row = |row: reading::Read| {
        let key = row.entry.email.to_lowercase();
        let outcome = match (row.problems.is_empty(), open.get(&key)) {
            (false, _) => Outcome::Wrong(row.problems),
            _ if here.contains(&key) => Outcome::Here,
            (_, Some(until)) => Outcome::Invited(crate::time::day(until, zone)),
            _ => Outcome::Link,
        };
        StaffRow {
            number: row.number,
            outcome,
            entry: row.entry,
        }
    };
    Ok(table.rows.into_iter().map(row).collect())
}

/// What would be done with a list.
pub async fn preview(db: &Db, viewer: &Viewer, list: &StaffListId, page: u32) -> Result<StaffPreview> {
    let (own, table, links_made) = kept(db, viewer, list).await?;
    let ignored = table.ignored.clone();
    let mut rows = outcomes(db, &own.id, table, viewer.timezone()).await?;
    let count = |is: fn(&Outcome) -> bool| rows.iter().filter(|row| is(&row.outcome)).count() as u32;
    let links = count(|outcome| *outcome == Outcome::Link);
    let invited = count(|outcome| matches!(outcome, Outcome::Invited(_)));
    let here = count(|outcome| *outcome == Outcome::Here);
    let wrong = count(|outcome| matches!(outcome, Outcome::Wrong(_)));
    rows.sort_by_key(|row| (!matches!(row.outcome, Outcome::Wrong(_)), row.number));
    let pages = (rows.len() as u32).div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let shown = rows.into_iter().skip(((page - 1) * PAGE) as usize).take(PAGE as usize);
    Ok(StaffPreview {
        list: list.clone(),
        slug: own.slug,
        name: own.name,
        rows: shown.collect(),
        links,
        invited,
        here,
        wrong,
        ignored,
        page,
        pages,
        links_made: links_made.map(|at| crate::time::label(&at, viewer.timezone())),
        mail: false,
    })
}

#[derive(SurrealValue)]
struct NewLink {
    key: String,
    name: String,
    email: String,
    title: String,
    roles: Vec<String>,
    timezone: String,
}

/// Makes a link for each person of a list who has none. With `renew`, those who
/// have one get another, and the earlier one stops working, so that nobody has two.
pub async fn make_links(db: &Db, viewer: &Viewer, list: &StaffListId, join_at: &str, renew: bool) -> Result<Vec<Link>> {
    make_links_with(db, viewer, list, join_at, renew, |_, _| None).await
}

/// The same with letters that carry the links: `write` is given the name of the
/// organisation and a link.
pub async fn make_links_with(
    db: &Db,
    viewer: &Viewer,
    list: &StaffListId,
    join_at: &str,
    renew: bool,
    write: impl Fn(&str, &Link) -> Option<Letter>,
) -> Result<Vec<Link>> {
    let (own, table, _) = kept(db, viewer, list).await?;
    let rows = outcomes(db, &own.id, table, viewer.timezone()).await?;
    let new = rows.into_iter().filter(|row| match &row.outcome {
        Outcome::Link => true,
        Outcome::Invited(_) => renew,
        Outcome::Here | Outcome::Wrong(_) => false,
    });
    let (links, rows): (Vec<Link>, Vec<NewLink>) = new.map(|row| link(row.entry, join_at)).unzip();
    if rows.is_empty() {
        return Err(AppError::Conflict("There is nobody new in this list.".into()));
    }
    let letters: Vec<Letter> = links.iter().filter_map(|link| write(&own.name, link)).collect();
    db.write(
        "LET $keys = array::map($rows.email, |$email| string::lowercase($email));
         DELETE invitation WHERE organisation = $organisation AND email != '' AND string::lowercase(email) IN $keys RETURN NONE;
         FOR $row IN $rows {
            CREATE type::record('invitation', $row.key) SET organisation = $organisation, roles = $row.roles, invited_by = $me,
                name = $row.name, email = $row.email, title = $row.title, timezone = $row.timezone,
                expires = time::now() + duration::from_days($days), uses_left = 1, uses = 1 RETURN NONE;
         };
         IF $letters != [] { INSERT INTO letter $letters RETURN NONE };
         UPDATE $list SET links_made = time::now() RETURN NONE;
         fn::audit('staff_invited', $acting, NONE, string::concat('for ', <string> array::len($rows)), $organisation);",
        vars! {
            "rows" => rows, "organisation" => own.id, "me" => viewer.id().cloned(), "days" => i64::from(DAYS), "list" => list.clone(),
            "replacing" => true, "letters" => letters,
        },
    )
    .await?;
    Ok(links)
}

fn link(entry: Entry, join_at: &str) -> (Link, NewLink) {
    let token = tokens::new();
    let row = NewLink {
        key: tokens::key(&token),
        name: entry.name.clone(),
        email: entry.email.clone(),
        title: entry.title,
        roles: words(&entry.roles),
        timezone: entry.timezone,
    };
    let link = Link {
        name: entry.name,
        email: entry.email,
        roles: entry.roles,
        href: format!("{join_at}{token}"),
    };
    (link, row)
}
