//! Copies in the database.

pub mod parts;

use std::path::Path;

use surrealdb_types::{Datetime, SurrealValue, Value};

use self::parts::{MOST_ROWS, PARTS, Part};
use crate::copies::model::{CopyStatus, DAYS, State, size};
use crate::db::Db;
use crate::error::Result;
use crate::files;
use crate::id::{CopyId, PersonId};
use crate::people::tokens;
use crate::time::seconds_since;
use crate::vars;
use crate::viewer::Person;

/// What has not gone on for so many seconds was cut off.
const STANDSTILL: i64 = 10 * 60;

/// Begins a copy; answers with nothing when one was begun within the hour that
/// did not fail.
pub async fn begin(db: &Db, person: &Person) -> Result<Option<CopyId>> {
    let mut answers = db
        .write(
            "LET $recent = (SELECT VALUE id FROM copy WHERE person = $me AND asked > time::now() - 1h AND state != 'failed'
                AND (state = 'ready' OR moved > time::now() - duration::from_secs($standstill)));
             LET $copy = type::record('copy', $key);
             IF $recent = [] { CREATE $copy SET person = $me };
             SELECT VALUE id FROM $copy;",
            vars! { "me" => person.id.clone(), "key" => tokens::key(&tokens::new()), "standstill" => STANDSTILL },
        )
        .await?;
    answers.row(3)
}

/// The rows of one part, for JSON, and whether there are more. What they are
/// called within the database is left out.
pub async fn rows(db: &Db, person: &PersonId, part: &Part) -> Result<(Vec<serde_json::Value>, bool)> {
    let mut rows: Vec<Value> = db.rows(part.sql, vars! { "me" => person.clone() }).await?;
    let cut = rows.len() > MOST_ROWS;
    rows.truncate(MOST_ROWS);
    let rows = rows.into_iter().map(|row| {
        let mut row = row.into_json_value();
        if let Some(fields) = row.as_object_mut() {
            fields.remove("id");
        }
        row
    });
    Ok((rows.collect(), cut))
}

/// So many parts are in it.
pub async fn reached(db: &Db, copy: &CopyId, done: i64) -> Result<()> {
    db.write(
        "UPDATE $copy SET done = $done, moved = time::now();",
        vars! { "copy" => copy.clone(), "done" => done },
    )
    .await
    .map(drop)
}

/// The file is there.
pub async fn ready(db: &Db, copy: &CopyId, bytes: i64) -> Result<()> {
    db.write(
        "UPDATE $copy SET state = 'ready', bytes = $bytes, moved = time::now();",
        vars! { "copy" => copy.clone(), "bytes" => bytes },
    )
    .await
    .map(drop)
}

pub async fn failed(db: &Db, copy: &CopyId) -> Result<()> {
    db.write("UPDATE $copy SET state = 'failed';", vars! { "copy" => copy.clone() })
        .await
        .map(drop)
}

#[derive(SurrealValue)]
struct CopyRow {
    id: CopyId,
    state: String,
    done: i64,
    bytes: i64,
    asked: Datetime,
    moved: Datetime,
    until: Datetime,
}

/// A person's newest copy.
pub async fn newest(db: &Db, person: &Person) -> Result<Option<CopyStatus>> {
    let row: Option<CopyRow> = db
        .row(
            "SELECT id, state, done, bytes, asked, moved, asked + duration::from_days($days) AS until FROM copy
                WHERE person = $me AND asked > time::now() - duration::from_days($days) ORDER BY asked DESC, id LIMIT 1;",
            vars! { "me" => person.id.clone(), "days" => DAYS },
        )
        .await?;
    Ok(row.map(|row| row.into_copy(&person.timezone)))
}

impl CopyRow {
    fn into_copy(self, zone: &str) -> CopyStatus {
        let state = match self.state.as_str() {
            "ready" => State::Ready {
                size: size(u64::try_from(self.bytes).unwrap_or(0)),
                until: crate::time::day(&self.until, zone),
            },
            "being_made" if seconds_since(&self.moved) < STANDSTILL => State::BeingMade {
                done: u32::try_from(self.done).unwrap_or(0),
                of: u32::try_from(PARTS.len()).unwrap_or(1),
            },
            _ => State::Failed,
        };
        CopyStatus {
            asked: crate::time::ago(&self.asked, zone),
            id: self.id,
            state,
        }
    }
}

/// Whether a copy is a person's own, ready and not too old.
pub async fn is_theirs(db: &Db, person: &PersonId, copy: &CopyId) -> Result<bool> {
    let found: Option<CopyId> = db
        .row(
            "SELECT VALUE id FROM $copy WHERE person = $me AND state = 'ready'
                AND asked > time::now() - duration::from_days($days);",
            vars! { "copy" => copy.clone(), "me" => person.clone(), "days" => DAYS },
        )
        .await?;
    Ok(found.is_some())
}

/// Forgets copies past their time, those of closed accounts, and their files.
pub async fn forget_old(db: &Db, folder: &Path) -> Result<()> {
    let kept: Vec<CopyId> = db
        .write(
            "DELETE copy WHERE asked < time::now() - duration::from_days($days) RETURN NONE;
             SELECT VALUE id FROM copy;",
            vars! { "days" => DAYS },
        )
        .await?
        .rows(1)?;
    files::keep_only(&folder.join("copies"), |name| {
        kept.iter().any(|copy| copy.as_str() == name)
    });
    Ok(())
}
