//! Sign-in attempts: counted per account and per address, in the database, so
//! that a restart forgives nobody.

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::vars;

/// Failures within the window after which an account or an address waits.
const PER_ACCOUNT: i64 = 8;
const PER_ADDRESS: i64 = 40;
const WINDOW_SECONDS: i64 = 15 * 60;

#[derive(SurrealValue)]
struct Attempts {
    kind: String,
    failures: i64,
    wait: i64,
}

/// Refuses when there were too many failures lately.
pub async fn check(db: &Db, account: &str, address: &str) -> Result<()> {
    let rows: Vec<Attempts> = db
        .rows(
            "SELECT record::id(id)[0] AS kind, failures, math::max([0, $window - duration::secs(time::now() - since)]) AS wait
             FROM [type::record('sign_in_attempt', ['account', $account]), type::record('sign_in_attempt', ['address', $address])]
             WHERE failures != NONE;",
            vars! { "account" => account, "address" => address, "window" => WINDOW_SECONDS },
        )
        .await?;
    for row in rows {
        let most = if row.kind == "account" {
            PER_ACCOUNT
        } else {
            PER_ADDRESS
        };
        if row.failures >= most && row.wait > 0 {
            return Err(AppError::TooMany(u32::try_from(row.wait).unwrap_or(u32::MAX)));
        }
    }
    Ok(())
}

/// Notes a failure.
pub async fn failed(db: &Db, account: &str, address: &str) -> Result<()> {
    db.write(
        "FOR $key IN [['account', $account], ['address', $address]] {
            LET $record = type::record('sign_in_attempt', $key);
            LET $row = (SELECT failures, since FROM ONLY $record);
            LET $fresh = $row.since != NONE AND $row.since > time::now() - duration::from_secs($window);
            LET $failures = IF $fresh { $row.failures + 1 } ELSE { 1 };
            LET $since = IF $fresh { $row.since } ELSE { time::now() };
            UPSERT $record SET failures = $failures, since = $since;
         };",
        vars! { "account" => account, "address" => address, "window" => WINDOW_SECONDS },
    )
    .await
    .map(drop)
}

/// Forgets the failures of an account whose owner got in.
pub async fn succeeded(db: &Db, account: &str) -> Result<()> {
    db.run(
        "DELETE type::record('sign_in_attempt', ['account', $account]);",
        vars! { "account" => account },
    )
    .await
    .map(drop)
}
