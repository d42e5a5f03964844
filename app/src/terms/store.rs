//! The terms of use in the database.

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{TermsBody, TermsPage, Version};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct VersionRow {
    number: i64,
    body: String,
    html: String,
    published: Datetime,
}

#[derive(SurrealValue)]
struct ListedRow {
    number: i64,
    published: Datetime,
}

#[derive(SurrealValue)]
struct Found {
    in_force: i64,
    shown: Option<VersionRow>,
    all: Vec<ListedRow>,
    accepted: Option<Datetime>,
}

const PAGE: &str = "{
    LET $number = terms_in_force:this.number ?? 0;
    LET $asked = $version ?? $number;
    {
        in_force: $number,
        shown: (SELECT number, body, html, published FROM ONLY type::record('terms', $asked)),
        all: (SELECT number, published FROM terms ORDER BY number DESC LIMIT 200),
        accepted: (SELECT VALUE at FROM ONLY type::record('consent', [$me, $asked])),
    }
};";

/// Whether any terms hold.
pub async fn are_there(db: &Db) -> Result<bool> {
    let number: Option<i64> = db
        .row("SELECT VALUE number FROM terms_in_force:this;", vars! {})
        .await?;
    Ok(number.is_some_and(|number| number > 0))
}

/// A version, or the one that holds; of a version that there is not, nothing.
pub async fn page(db: &Db, viewer: &Viewer, version: Option<u32>) -> Result<TermsPage> {
    let me = viewer.id().map_or(String::new(), ToString::to_string);
    let found: Found = db
        .read(PAGE, vars! { "version" => version.map(i64::from), "me" => me })
        .await?;
    if version.is_some() && found.shown.is_none() {
        return Err(AppError::NotFound);
    }
    let zone = viewer.timezone();
    let source = found.shown.as_ref().map_or(String::new(), |shown| shown.body.clone());
    Ok(TermsPage {
        in_force: small(found.in_force),
        shown: found.shown.map(|row| Version {
            number: small(row.number),
            day: crate::time::day(&row.published, zone),
            html: row.html.into(),
        }),
        versions: found
            .all
            .iter()
            .map(|row| (small(row.number), crate::time::day(&row.published, zone)))
            .collect(),
        accepted: found.accepted.map(|at| crate::time::day(&at, zone)),
        due: viewer.terms_due,
        source: viewer.may_rule_site().then_some(source),
    })
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// Accepts the version that holds. Again changes nothing.
pub async fn accept(db: &Db, person: &PersonId, number: u32) -> Result<()> {
    const NEWER: &str = "These terms do not hold any more. Load the page anew to read those that do.";
    db.write(
        "IF (terms_in_force:this.number ?? 0) != $number { THROW $newer };
         LET $consent = type::record('consent', [record::id($person), $number]);
         IF !record::exists($consent) {
            CREATE $consent SET person = $person, terms = type::record('terms', $number) RETURN NONE;
         };",
        vars! { "person" => person.clone(), "number" => i64::from(number), "newer" => NEWER },
    )
    .await
    .map(drop)
}

/// Publishes the version after `number`, which has to be the one that holds.
pub async fn publish(db: &Db, person: &PersonId, number: u32, body: &TermsBody) -> Result<()> {
    const MEANWHILE: &str = "Somebody has published a version meanwhile. What you wrote is still here.";
    const SAME: &str = "This is what the terms say already.";
    db.write(
        "IF (terms_in_force:this.number ?? 0) != $number { THROW $meanwhile };
         IF type::record('terms', $number).body = $body { THROW $same };
         CREATE type::record('terms', $number + 1) SET number = $number + 1, body = $body, html = $html, by = $person RETURN NONE;
         UPSERT terms_in_force:this SET number = $number + 1 RETURN NONE;",
        vars! {
            "person" => person.clone(), "number" => i64::from(number), "body" => body.as_str().to_owned(),
            "html" => crate::markdown::render(body.as_str()), "meanwhile" => MEANWHILE, "same" => SAME,
        },
    )
    .await
    .map(drop)
}
