//! Providers in the database.

pub mod identities;
pub mod rules;
pub mod visits;

use surrealdb_types::SurrealValue;

use super::model::{Listed, MOST_PROVIDERS, Provider, ProviderFields, WayIn, answer_at};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::ProviderId;
use crate::people::tokens::Pepper;
use crate::vars;

/// A provider, its secret sealed.
#[derive(SurrealValue)]
pub struct ProviderRow {
    pub name: String,
    pub issuer: String,
    pub client: String,
    pub secret: String,
    pub enabled: bool,
}

#[derive(SurrealValue)]
struct SealedRow {
    id: ProviderId,
    secret: String,
}

/// Seals anew what was sealed under the installation's secret of before.
pub async fn take_over(db: &Db, pepper: &Pepper) -> Result<()> {
    let rows: Vec<SealedRow> = db
        .rows(
            "SELECT id, secret FROM identity_provider WHERE secret != '' ORDER BY id LIMIT $most;",
            vars! { "most" => MOST_PROVIDERS },
        )
        .await?;
    for row in rows {
        if let Some(secret) = super::sealing::taken_over(pepper, row.id.as_str(), &row.secret) {
            db.write(
                "UPDATE $provider SET secret = $secret WHERE secret = $before;",
                vars! { "provider" => row.id, "secret" => secret, "before" => row.secret },
            )
            .await?;
        }
    }
    Ok(())
}

async fn row(db: &Db, id: &ProviderId) -> Result<Option<ProviderRow>> {
    db.row(
        "SELECT name, issuer, client, secret, enabled FROM $provider;",
        vars! { "provider" => id.clone() },
    )
    .await
}

/// A provider that people may sign in with; others are not there.
pub async fn enabled(db: &Db, id: &ProviderId) -> Result<ProviderRow> {
    let row = row(db, id).await?.filter(|row| row.enabled);
    row.ok_or(AppError::NotFound)
}

#[derive(SurrealValue)]
struct WayInRow {
    id: ProviderId,
    name: String,
}

/// The providers that people may sign in with.
pub async fn ways_in(db: &Db) -> Result<Vec<WayIn>> {
    let rows: Vec<WayInRow> = db
        .rows(
            "SELECT id, name FROM identity_provider WHERE enabled = true ORDER BY name, id LIMIT $most;",
            vars! { "most" => MOST_PROVIDERS },
        )
        .await?;
    let way = |WayInRow { id, name }| WayIn { id, name };
    Ok(rows.into_iter().map(way).collect())
}

#[derive(SurrealValue)]
struct ListedRow {
    id: ProviderId,
    name: String,
    issuer: String,
    enabled: bool,
    people: i64,
}

/// All providers, for site administrators.
pub async fn list(db: &Db) -> Result<Vec<Listed>> {
    let rows: Vec<ListedRow> = db
        .rows(
            "SELECT id, name, issuer, enabled, count(SELECT VALUE id FROM identity WHERE provider = $parent.id) AS people
             FROM identity_provider ORDER BY name, id LIMIT $most;",
            vars! { "most" => MOST_PROVIDERS },
        )
        .await?;
    let listed = |row: ListedRow| Listed {
        id: row.id,
        name: row.name,
        issuer: row.issuer,
        enabled: row.enabled,
        people: u32::try_from(row.people).unwrap_or(0),
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// A provider with its rules, for site administrators.
pub async fn page(db: &Db, id: &ProviderId, site: &str) -> Result<Provider> {
    let row = row(db, id).await?.ok_or(AppError::NotFound)?;
    let people = db.row::<i64>(
        "count(SELECT VALUE id FROM identity WHERE provider = $provider);",
        vars! { "provider" => id.clone() },
    );
    let (people, rules) = db
        .at_once(async { futures::try_join!(people, rules::list(db, id)) })
        .await?;
    Ok(Provider {
        answer_at: answer_at(site, id),
        rules,
        id: id.clone(),
        name: row.name,
        issuer: row.issuer,
        client: row.client,
        has_secret: !row.secret.is_empty(),
        enabled: row.enabled,
        people: u32::try_from(people.unwrap_or(0)).unwrap_or(0),
    })
}

/// Adds a provider, not yet open to anybody. Its secret comes sealed.
pub async fn add(db: &Db, id: &ProviderId, fields: &ProviderFields, secret: String) -> Result<()> {
    const TAKEN: &str = "There is a provider of this name already.";
    let done = db
        .write(
            "IF record::exists($provider) { THROW 'taken' };
             IF count(SELECT VALUE id FROM identity_provider) >= $most { THROW 'There are as many providers as there can be.' };
             CREATE $provider SET name = $name, issuer = $issuer, client = $client, secret = $secret;",
            vars! {
                "provider" => id.clone(), "name" => fields.name.clone(), "issuer" => fields.issuer.clone(),
                "client" => fields.client.clone(), "secret" => secret, "most" => MOST_PROVIDERS,
            },
        )
        .await;
    match done {
        Err(AppError::Conflict(said)) if said == "taken" => Err(AppError::field("name", TAKEN)),
        done => done.map(drop),
    }
}

/// Changes a provider; its secret stays where none is given. Accounts are known
/// by their issuer: with another one, they are others' and are forgotten.
pub async fn save(
    db: &Db,
    id: &ProviderId,
    fields: &ProviderFields,
    secret: Option<String>,
    enabled: bool,
) -> Result<()> {
    db.write(
        "IF !record::exists($provider) { THROW 'not found' };
         UPDATE $provider SET name = $name, issuer = $issuer, client = $client, secret = $secret ?? secret,
            enabled = $enabled;
         DELETE identity WHERE provider = $provider AND issuer != $issuer;
         DELETE provider_visit WHERE provider = $provider;",
        vars! {
            "provider" => id.clone(), "name" => fields.name.clone(), "issuer" => fields.issuer.clone(),
            "client" => fields.client.clone(), "secret" => secret, "enabled" => enabled,
        },
    )
    .await
    .map(drop)
}

/// Removes a provider with all that hangs on it. Its people and their
/// memberships stay.
pub async fn remove(db: &Db, id: &ProviderId) -> Result<()> {
    db.write(
        "DELETE identity WHERE provider = $provider;
         DELETE claim_rule WHERE provider = $provider;
         DELETE provider_visit WHERE provider = $provider;
         DELETE $provider;",
        vars! { "provider" => id.clone() },
    )
    .await
    .map(drop)
}
