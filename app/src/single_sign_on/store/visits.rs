//! Visits to providers in the database.

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{PersonId, ProviderId};
use crate::people::tokens;
use crate::single_sign_on::visits::SECONDS;
use crate::vars;

/// What a visit is for.
#[derive(Debug, SurrealValue)]
pub struct Visit {
    /// Where it goes on here.
    pub next: String,
    /// Who wants to link what they bring back.
    pub person: Option<PersonId>,
}

/// Keeps that a browser goes to a provider.
pub async fn begin(db: &Db, provider: &ProviderId, state: &str, browser: &str, visit: Visit) -> Result<()> {
    db.write(
        "DELETE provider_visit WHERE created < time::now() - duration::from_secs($seconds);
         CREATE type::record('provider_visit', $key) SET provider = $provider, browser = $browser, next = $next,
            person = $person;",
        vars! {
            "key" => tokens::key(state), "browser" => tokens::key(browser), "provider" => provider.clone(),
            "next" => visit.next, "person" => visit.person, "seconds" => i64::from(SECONDS),
        },
    )
    .await
    .map(drop)
}

/// Takes a visit of this browser to this provider: it is used up, whatever
/// comes of it.
pub async fn take(db: &Db, provider: &ProviderId, state: &str, browser: &str) -> Result<Option<Visit>> {
    let done = db
        .write(
            "LET $record = type::record('provider_visit', $key);
             LET $visit = (SELECT next, person FROM ONLY $record WHERE provider = $provider AND browser = $browser
                AND created > time::now() - duration::from_secs($seconds));
             IF $visit = NONE { THROW 'none' };
             DELETE $record;
             $visit;",
            vars! {
                "key" => tokens::key(state), "browser" => tokens::key(browser), "provider" => provider.clone(),
                "seconds" => i64::from(SECONDS),
            },
        )
        .await;
    match done {
        Ok(mut answers) => answers.row(4),
        Err(AppError::Conflict(said)) if said == "none" => Ok(None),
        Err(error) => Err(error),
    }
}
