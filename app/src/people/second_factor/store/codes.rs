//! Taking codes: each once.

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::vars;

/// Takes the code of a step, unless it or a later one was taken.
pub async fn take_app_code(db: &Db, person: &PersonId, step: u64) -> Result<bool> {
    taken(
        db.write(
            "LET $factor = type::record('second_factor', [record::id($person)]);
             IF $factor.last_step = NONE OR $factor.last_step >= $step { THROW 'taken' };
             UPDATE $factor SET last_step = $step;",
            vars! { "person" => person.clone(), "step" => i64::try_from(step).unwrap_or(0) },
        )
        .await,
    )
}

/// Uses up a recovery code, known by its digest.
pub async fn take_recovery_code(db: &Db, person: &PersonId, digest: &str) -> Result<bool> {
    taken(
        db.write(
            "LET $code = type::record('recovery_code', [record::id($person), $digest]);
             IF !record::exists($code) { THROW 'taken' };
             DELETE $code;
             fn::audit('recovery_code_used', $acting, $person, '', NONE);",
            vars! { "person" => person.clone(), "digest" => digest.to_owned() },
        )
        .await,
    )
}

fn taken<T>(done: Result<T>) -> Result<bool> {
    match done {
        Ok(_) => Ok(true),
        Err(AppError::Conflict(said)) if said == "taken" => Ok(false),
        Err(error) => Err(error),
    }
}
