//! Accounts at providers in the database, and whom they sign in.

use surrealdb_types::{Datetime, SurrealValue};

use super::rules::Offer;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{IdentityId, PersonId, ProviderId};
use crate::people::model::Email;
use crate::people::tokens;
use crate::single_sign_on::claims::Claims;
use crate::single_sign_on::model::Account;
use crate::vars;
use crate::viewer::Person;

/// The most accounts that one person links.
const MOST: i64 = 20;

/// Minutes after signing in for which a first password may be set.
const FRESH: i64 = 10;

/// What came of somebody's coming back from a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// Their account signs this person in.
    Known(PersonId),
    /// A person was made of it, called so, with this address.
    New(PersonId, String, Email),
    /// It now signs in whoever asked for that.
    Linked,
    SomebodyElses,
    /// Nobody has linked it, and no rule makes a person of it.
    Nobody,
    /// Its address is that of a person here, which proves nothing.
    EmailTaken,
    /// A person needs a name and an address.
    Unnamed,
}

/// The key of an account: nothing but issuer and subject decides.
pub fn key(issuer: &str, subject: &str) -> Option<IdentityId> {
    IdentityId::parse(&tokens::key(&format!("{issuer}\n{subject}")))
}

/// Meets somebody who comes from a provider with these claims.
pub async fn meet(
    db: &Db,
    provider: &ProviderId,
    claims: &Claims,
    links: Option<&PersonId>,
    offers: &[Offer],
) -> Result<Met> {
    let id = key(&claims.issuer, &claims.subject).ok_or(AppError::Internal)?;
    let owner: Option<PersonId> = db
        .row(
            "SELECT VALUE person FROM $identity;",
            vars! { "identity" => id.clone() },
        )
        .await?;
    match (owner, links) {
        (Some(owner), Some(person)) if owner != *person => Ok(Met::SomebodyElses),
        (Some(owner), links) => {
            use_again(db, &id, claims, offers).await?;
            Ok(if links.is_some() {
                Met::Linked
            } else {
                Met::Known(owner)
            })
        }
        (None, Some(person)) => {
            link(db, &id, provider, claims, person, offers).await?;
            Ok(Met::Linked)
        }
        (None, None) if offers.is_empty() => Ok(Met::Nobody),
        (None, None) => make(db, &id, provider, claims, offers).await,
    }
}

/// Brings the owner of an account in where its rules say so, where it did not
/// before.
async fn use_again(db: &Db, id: &IdentityId, claims: &Claims, offers: &[Offer]) -> Result<()> {
    db.write(
        "IF !record::exists($identity) { THROW 'not found' };
         UPDATE $identity SET label = $label;
         fn::bring_in($identity, $offers);",
        vars! { "identity" => id.clone(), "label" => claims.label(), "offers" => offers.to_vec() },
    )
    .await
    .map(drop)
}

async fn link(
    db: &Db,
    id: &IdentityId,
    provider: &ProviderId,
    claims: &Claims,
    person: &PersonId,
    offers: &[Offer],
) -> Result<()> {
    db.write(
        "IF record::exists($identity) { THROW 'This account is being linked elsewhere. Try again.' };
         IF count(SELECT VALUE id FROM identity WHERE person = $person) >= $most {
            THROW 'You have linked as many accounts as you can.'
         };
         CREATE $identity SET person = $person, provider = $provider, issuer = $issuer, subject = $subject, label = $label;
         fn::bring_in($identity, $offers);",
        vars! {
            "identity" => id.clone(), "person" => person.clone(), "provider" => provider.clone(),
            "issuer" => claims.issuer.clone(), "subject" => claims.subject.clone(), "label" => claims.label(),
            "offers" => offers.to_vec(), "most" => MOST,
        },
    )
    .await
    .map(drop)
}

/// Makes a person out of claims. They live where the provider says, else where
/// the first organisation is.
async fn make(db: &Db, id: &IdentityId, provider: &ProviderId, claims: &Claims, offers: &[Offer]) -> Result<Met> {
    let Some((name, email)) = claims.name().zip(claims.email()) else {
        return Ok(Met::Unnamed);
    };
    let person = PersonId::random();
    let done = db
        .write(
            "IF record::exists($identity) { THROW 'This account is being linked elsewhere. Try again.' };
             IF (SELECT VALUE id FROM person WHERE email_key = $key) != [] { THROW 'email taken' };
             CREATE $person SET name = $name, email = $email, timezone = $timezone ?? $offers[0].organisation.timezone,
                address_confirmed = IF $verified { time::now() } ELSE { NONE };
             CREATE $identity SET person = $person, provider = $provider, issuer = $issuer, subject = $subject, label = $label;
             fn::bring_in($identity, $offers);",
            vars! {
                "identity" => id.clone(), "person" => person.clone(), "provider" => provider.clone(),
                "issuer" => claims.issuer.clone(), "subject" => claims.subject.clone(), "label" => claims.label(),
                "offers" => offers.to_vec(), "key" => email.key(), "name" => name.as_str().to_owned(),
                "email" => email.as_str().to_owned(), "timezone" => claims.timezone().map(str::to_owned),
                "verified" => claims.email_is_verified(),
            },
        )
        .await;
    match done {
        Ok(_) => Ok(Met::New(person, name.as_str().to_owned(), email)),
        Err(AppError::Conflict(said)) if said == "email taken" => Ok(Met::EmailTaken),
        Err(error) => Err(error),
    }
}

#[derive(SurrealValue)]
struct AccountRow {
    id: IdentityId,
    provider: Option<String>,
    label: String,
    last_used: Datetime,
}

/// The accounts that somebody has linked, the oldest first, and whether they can
/// sign in with a password.
pub async fn linked(db: &Db, person: &Person) -> Result<(Vec<Account>, bool)> {
    let mut answers = db
        .run(
            "SELECT id, provider.name AS provider, label, last_used, created FROM identity WHERE person = $person
                ORDER BY created, id LIMIT $most;
             record::exists(type::record('credential', [record::id($person)]));",
            vars! { "person" => person.id.clone(), "most" => MOST },
        )
        .await?;
    let rows: Vec<AccountRow> = answers.rows(0)?;
    let has_password = answers.row::<bool>(1)?.ok_or(AppError::Internal)?;
    let account = |row: AccountRow| Account {
        id: row.id,
        provider: row.provider.unwrap_or_default(),
        label: row.label,
        last_used: crate::time::label(&row.last_used, &person.timezone),
        last_used_iso: crate::time::iso(&row.last_used),
    };
    Ok((rows.into_iter().map(account).collect(), has_password))
}

/// Takes an account from its owner, unless nothing else lets them in. Of
/// others' it changes nothing.
pub async fn unlink(db: &Db, person: &PersonId, identity: &IdentityId) -> Result<()> {
    db.write(
        "IF $identity.person = $person {
            LET $others = (SELECT VALUE id FROM identity WHERE person = $person AND id != $identity AND provider.enabled = true LIMIT 1);
            IF $others = [] AND !record::exists(type::record('credential', [record::id($person)])) {
                THROW 'This is the only way into your account. Set a password first.'
            };
            DELETE $identity;
         };",
        vars! { "person" => person.clone(), "identity" => identity.clone() },
    )
    .await
    .map(drop)
}

/// Gives somebody who has no password their first, shortly after they signed
/// in.
pub async fn set_first_password(db: &Db, person: &Person, hash: String) -> Result<()> {
    db.write(
        "LET $credential = type::record('credential', [record::id($person)]);
         IF record::exists($credential) { THROW 'You have a password already. Change it in your settings.' };
         IF $opened.created < time::now() - duration::from_mins($fresh) {
            THROW 'Sign out and in again first: a first password is set within ten minutes of signing in.'
         };
         CREATE $credential SET person = $person, hash = $hash;",
        vars! {
            "person" => person.id.clone(), "opened" => person.session.clone(), "hash" => hash, "fresh" => FRESH,
        },
    )
    .await
    .map(drop)
}
