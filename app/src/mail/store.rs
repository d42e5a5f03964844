//! The outbox in the database.

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{MailState, StuckLetter};
use super::outbox::Letter;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::LetterId;
use crate::vars;

/// How long a letter is kept from others while it is being sent, in seconds:
/// longer than a mail server may take.
const HELD: i64 = 600;

/// Lays letters into the outbox that no other transaction causes.
pub async fn lay(db: &Db, letters: Vec<Letter>) -> Result<()> {
    db.write(
        "INSERT INTO letter $letters RETURN NONE;",
        vars! { "letters" => letters },
    )
    .await
    .map(drop)
}

/// A letter that is due, and how often it was tried.
#[derive(SurrealValue)]
pub struct DueRow {
    pub id: LetterId,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub expires: Datetime,
    pub tries: i64,
}

/// The letters that have waited longest.
pub async fn due(db: &Db) -> Result<Vec<DueRow>> {
    db.rows(
        "SELECT id, recipient, subject, body, expires, tries, next_try FROM letter
            WHERE state = 'waiting' AND next_try <= time::now() ORDER BY next_try, id LIMIT 20;",
        vars! {},
    )
    .await
}

/// Takes a letter to send it, unless somebody else did.
pub async fn take(db: &Db, letter: &DueRow) -> Result<bool> {
    let taken = db
        .write(
            "IF $letter.state != 'waiting' OR $letter.tries != $tries { THROW 'taken' };
             UPDATE $letter SET tries += 1, next_try = time::now() + duration::from_secs($held);",
            vars! { "letter" => letter.id.clone(), "tries" => letter.tries, "held" => HELD },
        )
        .await;
    match taken {
        Ok(_) => Ok(true),
        Err(AppError::Conflict(said)) if said == "taken" => Ok(false),
        Err(error) => Err(error),
    }
}

/// It is on its way: nothing of it stays here.
pub async fn sent(db: &Db, letter: &LetterId) -> Result<()> {
    db.write("DELETE $letter;", vars! { "letter" => letter.clone() })
        .await
        .map(drop)
}

/// It is tried again after `pause` seconds.
pub async fn put_off(db: &Db, letter: &LetterId, pause: u32, problem: &str) -> Result<()> {
    db.write(
        "UPDATE $letter SET next_try = time::now() + duration::from_secs($pause), problem = $problem;",
        vars! { "letter" => letter.clone(), "pause" => i64::from(pause), "problem" => short(problem) },
    )
    .await
    .map(drop)
}

/// It is not tried again by itself. What it said may open something, so that
/// is kept no longer than it is of use.
pub async fn give_up(db: &Db, letter: &LetterId, problem: &str) -> Result<()> {
    db.write(
        "UPDATE $letter SET state = 'given_up', problem = $problem;",
        vars! { "letter" => letter.clone(), "problem" => short(problem) },
    )
    .await
    .map(drop)
}

/// Gives up what is of no use any more, and forgets what was given up long ago.
pub async fn tidy(db: &Db) -> Result<()> {
    db.write(
        "UPDATE letter SET state = 'given_up', body = '',
            problem = IF problem = '' { 'It could not be sent in time.' } ELSE { problem }
            WHERE expires < time::now() AND body != '';
         LET $days = fn::kept_days('letters');
         DELETE letter WHERE state = 'given_up' AND created < time::now() - duration::from_days($days);",
        vars! {},
    )
    .await
    .map(drop)
}

/// Tries a letter again now, unless it is of no use any more.
pub async fn again(db: &Db, letter: &LetterId) -> Result<()> {
    db.write(
        "IF $letter.state = NONE { THROW 'not found' };
         IF $letter.expires < time::now() { THROW 'What this letter says is of no use any more.' };
         UPDATE $letter SET state = 'waiting', tries = 0, next_try = time::now();",
        vars! { "letter" => letter.clone() },
    )
    .await
    .map(drop)
}

#[derive(SurrealValue)]
struct StuckRow {
    id: LetterId,
    recipient: String,
    subject: String,
    created: Datetime,
    tries: i64,
    problem: String,
    state: String,
}

/// How the outbox stands.
pub async fn state(db: &Db, from: Option<&str>, zone: &str) -> Result<MailState> {
    let mut answers = db
        .run(
            "count(SELECT VALUE id FROM letter WHERE state = 'waiting');
             SELECT id, recipient, subject, created, tries, problem, state FROM letter WHERE problem != ''
                ORDER BY created DESC, id LIMIT 50;
             count(SELECT VALUE id FROM letter WHERE problem != '');",
            vars! {},
        )
        .await?;
    let stuck = answers.rows::<StuckRow>(1)?.into_iter();
    let stuck_count = answers.row::<i64>(2)?.unwrap_or(0);
    Ok(MailState {
        from: from.map(str::to_owned),
        waiting: u32::try_from(answers.row::<i64>(0)?.unwrap_or(0)).unwrap_or(0),
        stuck: stuck
            .map(|row| StuckLetter {
                id: row.id,
                recipient: row.recipient,
                subject: row.subject,
                written: crate::time::label(&row.created, zone),
                tries: u32::try_from(row.tries).unwrap_or(0),
                problem: row.problem,
                given_up: row.state == "given_up",
            })
            .collect(),
        stuck_count: u32::try_from(stuck_count).unwrap_or(0),
    })
}

fn short(problem: &str) -> String {
    problem.chars().take(500).collect()
}
