//! Passkeys in the database.

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{MOST, Passkey, PasskeyName};
use crate::db::Db;
use crate::error::Result;
use crate::id::{PasskeyId, PersonId};
use crate::people::tokens;
use crate::vars;
use crate::viewer::Person;

/// How long a challenge may be answered.
pub const CHALLENGE_SECONDS: u32 = 300;

#[derive(SurrealValue)]
struct PasskeyRow {
    id: PasskeyId,
    name: String,
    created: Datetime,
    last_used: Option<Datetime>,
}

/// Somebody's passkeys, the newest first.
pub async fn list(db: &Db, person: &Person) -> Result<Vec<Passkey>> {
    let rows: Vec<PasskeyRow> = db
        .rows(
            "SELECT id, name, created, last_used FROM passkey WHERE person = $person ORDER BY created DESC, id LIMIT $most;",
            vars! { "person" => person.id.clone(), "most" => MOST },
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Passkey {
            id: row.id,
            name: row.name,
            since: crate::time::day(&row.created, &person.timezone),
            last_used: row.last_used.map(|used| crate::time::label(&used, &person.timezone)),
        })
        .collect())
}

/// What is kept of each of somebody's passkeys.
pub async fn credentials(db: &Db, person: &PersonId) -> Result<Vec<String>> {
    db.rows(
        "SELECT VALUE credential FROM passkey WHERE person = $person LIMIT $most;",
        vars! { "person" => person.clone(), "most" => MOST },
    )
    .await
}

/// Keeps a new passkey.
pub async fn add(db: &Db, person: &PersonId, key: &str, name: &PasskeyName, credential: &str) -> Result<()> {
    db.write(
        "LET $passkey = type::record('passkey', $key);
         IF record::exists($passkey) { THROW 'This passkey is known already.' };
         IF count(SELECT VALUE id FROM passkey WHERE person = $person) >= $most {
            THROW 'You have 20 passkeys, which is the most. Remove one first.'
         };
         CREATE $passkey SET person = $person, name = $name, credential = $credential;",
        vars! {
            "key" => key.to_owned(), "person" => person.clone(), "name" => name.as_str().to_owned(),
            "credential" => credential.to_owned(), "most" => MOST,
        },
    )
    .await
    .map(drop)
}

/// Removes one of somebody's own passkeys and ends their other sessions, of which
/// it may have opened one; tells whether it was there. Of others' it changes
/// nothing. Without a passkey left, this session counts as opened with a password.
pub async fn remove(db: &Db, person: &Person, passkey: &PasskeyId) -> Result<bool> {
    let mut answers = db
        .write(
            "LET $gone = (DELETE $passkey WHERE person = $person RETURN BEFORE);
             IF $gone != [] {
                DELETE pending_sign_in WHERE person = $person;
                DELETE session WHERE person = $person AND id != $kept;
                IF array::len((SELECT VALUE id FROM passkey WHERE person = $person LIMIT 1)) = 0 {
                    UPDATE $kept SET two_factors = false
                };
             };
             array::len($gone);",
            vars! { "passkey" => passkey.clone(), "person" => person.id.clone(), "kept" => person.session.clone() },
        )
        .await?;
    Ok(answers.row::<i64>(2)?.unwrap_or(0) > 0)
}

/// A passkey that somebody signs in with.
#[derive(SurrealValue)]
pub struct Known {
    pub person: PersonId,
    pub credential: String,
}

pub async fn known(db: &Db, key: &str) -> Result<Option<Known>> {
    db.row(
        "SELECT person, credential FROM type::record('passkey', $key) WHERE person.closed = NONE;",
        vars! { "key" => key.to_owned() },
    )
    .await
}

/// Notes that a passkey was used. Its counter moves on once: of two answers
/// at once, one is refused.
pub async fn used(db: &Db, key: &str, before: &str, after: &str) -> Result<()> {
    db.write(
        "LET $passkey = type::record('passkey', $key);
         IF $passkey.credential != $before { THROW 'This passkey was used at the same moment elsewhere. Try again.' };
         UPDATE $passkey SET credential = $after, last_used = time::now();",
        vars! { "key" => key.to_owned(), "before" => before.to_owned(), "after" => after.to_owned() },
    )
    .await
    .map(drop)
}

/// Keeps a challenge under a token, and forgets those that ran out.
pub async fn keep(db: &Db, token: &str, person: Option<&PersonId>, state: &str) -> Result<()> {
    db.write(
        "DELETE passkey_challenge WHERE created < time::now() - duration::from_secs($seconds);
         CREATE type::record('passkey_challenge', $key) SET person = $person, state = $state;",
        vars! {
            "key" => tokens::key(token), "person" => person.cloned(), "state" => state.to_owned(),
            "seconds" => i64::from(CHALLENGE_SECONDS),
        },
    )
    .await
    .map(drop)
}

/// Takes a challenge, so that it is answered once.
pub async fn take(db: &Db, token: &str, person: Option<&PersonId>) -> Result<Option<String>> {
    let mut answers = db
        .write(
            "LET $challenge = type::record('passkey_challenge', $key);
             SELECT VALUE state FROM $challenge
                WHERE person = $person AND created > time::now() - duration::from_secs($seconds);
             DELETE $challenge;",
            vars! { "key" => tokens::key(token), "person" => person.cloned(), "seconds" => i64::from(CHALLENGE_SECONDS) },
        )
        .await?;
    answers.row(1)
}
