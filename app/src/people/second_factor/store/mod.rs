//! Second factors in the database.

mod codes;
mod exchange;
mod held;
mod pending;
mod reset;

pub use codes::{take_app_code, take_recovery_code};
pub use exchange::take_over;
pub use held::{acts_with_two, held, note_shown, waits_for};
pub use pending::{PENDING_SECONDS, begin_sign_in, end_sign_in, waiting};
pub use reset::{remove, reset};

use surrealdb_types::{Datetime, SurrealValue};

use super::recovery::NewCodes;
use crate::db::Db;
use crate::error::Result;
use crate::id::PersonId;
use crate::vars;

/// A second factor that is on.
#[derive(SurrealValue)]
pub struct Factor {
    pub salt: String,
    /// Its secret, where a newer key than its own took it over.
    pub sealed: Option<String>,
    pub recovery_salt: String,
    pub since: Datetime,
    pub codes_left: i64,
}

/// Somebody's second factor, if it is on.
pub async fn factor(db: &Db, person: &PersonId) -> Result<Option<Factor>> {
    db.row(
        "SELECT salt, sealed, recovery_salt, since, count(SELECT VALUE id FROM recovery_code WHERE person = $person) AS codes_left
         FROM type::record('second_factor', [record::id($person)]);",
        vars! { "person" => person.clone() },
    )
    .await
}

/// The salt of a set-up that was begun within the hour.
pub async fn setup(db: &Db, person: &PersonId) -> Result<Option<String>> {
    db.row(
        "SELECT VALUE salt FROM type::record('second_factor_setup', [record::id($person)]) WHERE created > time::now() - 1h;",
        vars! { "person" => person.clone() },
    )
    .await
}

/// Begins a set-up, anew if there was one.
pub async fn begin(db: &Db, person: &PersonId, salt: &str) -> Result<()> {
    db.write(
        "DELETE second_factor_setup WHERE created < time::now() - 1h;
         IF record::exists(type::record('second_factor', [record::id($person)])) {
            THROW 'You have a second factor already. Switch it off to set up another one.'
         };
         UPSERT type::record('second_factor_setup', [record::id($person)]) SET person = $person, salt = $salt;",
        vars! { "person" => person.clone(), "salt" => salt.to_owned() },
    )
    .await
    .map(drop)
}

/// Switches it on after the first code was right: `step` is its step, taken.
pub async fn confirm(
    db: &Db,
    person: &PersonId,
    (salt, made_under): (&str, &str),
    step: u64,
    new: &NewCodes,
) -> Result<()> {
    db.write(
        "LET $setup = type::record('second_factor_setup', [record::id($person)]);
         IF $setup.salt != $salt { THROW 'This set-up ran out, or was begun anew elsewhere. Begin it again.' };
         UPSERT type::record('second_factor', [record::id($person)])
            SET person = $person, salt = $salt, made_under = $made_under, last_step = $step, recovery_salt = $recovery_salt;
         DELETE recovery_code WHERE person = $person;
         FOR $digest IN $digests {
            CREATE type::record('recovery_code', [record::id($person), $digest]) SET person = $person;
         };
         UPDATE $person SET second_factor = time::now();
         DELETE $setup;",
        vars! {
            "person" => person.clone(), "salt" => salt.to_owned(),
            "made_under" => made_under.to_owned(), "step" => i64::try_from(step).unwrap_or(i64::MAX),
            "recovery_salt" => new.salt.clone(), "digests" => new.digests.clone(),
        },
    )
    .await
    .map(drop)
}

/// Puts new recovery codes in the place of all old ones.
pub async fn renew(db: &Db, person: &PersonId, new: &NewCodes) -> Result<()> {
    db.write(
        "LET $factor = type::record('second_factor', [record::id($person)]);
         IF !record::exists($factor) { THROW 'not found' };
         UPDATE $factor SET recovery_salt = $recovery_salt;
         DELETE recovery_code WHERE person = $person;
         FOR $digest IN $digests {
            CREATE type::record('recovery_code', [record::id($person), $digest]) SET person = $person;
         };",
        vars! { "person" => person.clone(), "recovery_salt" => new.salt.clone(), "digests" => new.digests.clone() },
    )
    .await
    .map(drop)
}
