//! Sign-in attempts: counted per account and per address, in the database, so
//! that a restart forgives nobody while the secret stays the same.

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::people::model::Email;
use crate::people::tokens::Pepper;
use crate::vars;

/// Attempts within the window after which an account waits for those of one
/// address, an account for all, and an address for all accounts. Whoever is
/// elsewhere gets in while somebody guesses, up to the second.
const PER_ACCOUNT: i64 = 8;
const PER_ACCOUNT_ANYWHERE: i64 = 100;
const PER_ADDRESS: i64 = 40;
/// Visits to providers, and challenges for passkeys, that begin at one address:
/// those of a whole library.
const PER_VISITED: i64 = 300;
/// Letters that one address is sent because somebody asks for them.
const PER_READER: i64 = 4;
const WINDOW_SECONDS: i64 = 15 * 60;

/// Against what an attempt counts, under keys that tell nobody who it was.
pub struct Attempt {
    /// `[kind, key]` of each count.
    counts: Vec<Vec<String>>,
    most: Vec<i64>,
}

impl Attempt {
    /// Signing in to an account, from an address.
    pub fn to_sign_in(pepper: &Pepper, email: &Email, address: &str) -> Self {
        Self {
            counts: vec![
                vec!["here".to_owned(), pepper.key(&format!("{} {address}", email.key()))],
                vec!["account".to_owned(), pepper.key(&email.key())],
                vec!["address".to_owned(), pepper.key(address)],
            ],
            most: vec![PER_ACCOUNT, PER_ACCOUNT_ANYWHERE, PER_ADDRESS],
        }
    }

    /// Asking for a letter to an address that may or may not be somebody's.
    pub fn to_ask(pepper: &Pepper, email: &Email, address: &str) -> Self {
        Self {
            counts: vec![
                vec!["ask".to_owned(), pepper.key(&email.key())],
                vec!["asks".to_owned(), pepper.key(address)],
            ],
            most: vec![PER_READER, PER_ADDRESS],
        }
    }

    /// Going to a provider of single sign-on.
    pub fn to_visit(pepper: &Pepper, address: &str) -> Self {
        Self {
            counts: vec![vec!["visit".to_owned(), pepper.key(address)]],
            most: vec![PER_VISITED],
        }
    }

    /// Asking for a challenge that a passkey may answer.
    pub fn to_answer(pepper: &Pepper, address: &str) -> Self {
        Self {
            counts: vec![vec!["passkey".to_owned(), pepper.key(address)]],
            most: vec![PER_VISITED],
        }
    }

    /// Taking up an invitation, which tells whether there is an account.
    pub fn to_join(pepper: &Pepper, address: &str) -> Self {
        Self {
            counts: vec![vec!["join".to_owned(), pepper.key(address)]],
            most: vec![PER_ADDRESS],
        }
    }

    /// Asking to join without an account, at an address that may be somebody's.
    pub fn to_arrive(pepper: &Pepper, email: &Email, address: &str) -> Self {
        Self {
            counts: vec![
                vec!["newcomer".to_owned(), pepper.key(&email.key())],
                vec!["newcomers".to_owned(), pepper.key(address)],
            ],
            most: vec![PER_READER, PER_ADDRESS],
        }
    }

    /// A code of somebody's second factor, from wherever: whoever guesses here
    /// has their password already.
    pub fn to_prove(pepper: &Pepper, person: &PersonId) -> Self {
        Self {
            counts: vec![vec!["code".to_owned(), pepper.key(person.as_str())]],
            most: vec![PER_ACCOUNT],
        }
    }

    /// The password asked for again of someone who is signed in: whoever tries
    /// to sign in as them does not keep them from it.
    pub fn to_confirm(pepper: &Pepper, email: &Email) -> Self {
        Self {
            counts: vec![vec!["own".to_owned(), pepper.key(&email.key())]],
            most: vec![PER_ACCOUNT],
        }
    }
}

/// Counts an attempt before it is made, so that many at once are counted too.
/// Refuses when there were too many lately.
pub async fn begin(db: &Db, attempt: &Attempt) -> Result<()> {
    let begun = db
        .write(
            "DELETE sign_in_attempt WHERE since < time::now() - duration::from_secs($window);
             FOR $n IN 0..array::len($counts) {
                LET $record = type::record('sign_in_attempt', $counts[$n]);
                LET $row = (SELECT failures, since FROM ONLY $record);
                IF ($row.failures ?? 0) >= $most[$n] {
                    THROW string::concat('wait ', $window - duration::secs(time::now() - $row.since))
                };
                UPSERT $record SET failures = ($row.failures ?? 0) + 1, since = $row.since ?? time::now();
             };",
            vars! { "counts" => attempt.counts.clone(), "most" => attempt.most.clone(), "window" => WINDOW_SECONDS },
        )
        .await;
    match begun {
        Err(AppError::Conflict(said)) => match said.strip_prefix("wait ").and_then(|wait| wait.parse::<u32>().ok()) {
            Some(wait) => Err(AppError::TooMany(wait.max(1))),
            None => Err(AppError::Conflict(said)),
        },
        begun => begun.map(drop),
    }
}

/// Forgets the attempts at an account whose owner got in, and this one of the
/// address.
pub async fn succeeded(db: &Db, attempt: &Attempt) -> Result<()> {
    db.write(
        "FOR $count IN $counts {
            LET $record = type::record('sign_in_attempt', $count);
            IF $count[0] = 'address' {
                UPDATE $record SET failures = math::max([failures - 1, 0]);
            } ELSE {
                DELETE $record;
            };
         };",
        vars! { "counts" => attempt.counts.clone() },
    )
    .await
    .map(drop)
}
