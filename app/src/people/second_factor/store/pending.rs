//! Sign-ins between the password and the code.

use crate::db::Db;
use crate::error::Result;
use crate::id::PersonId;
use crate::people::tokens;
use crate::vars;

/// How long the code may take.
pub const PENDING_SECONDS: u32 = 600;

/// Keeps that somebody's password was right; answers with the token for the
/// browser that typed it.
pub async fn begin_sign_in(db: &Db, person: &PersonId) -> Result<String> {
    let token = tokens::new();
    db.write(
        "DELETE pending_sign_in WHERE created < time::now() - duration::from_secs($seconds);
         CREATE type::record('pending_sign_in', $key) SET person = $person;",
        vars! { "key" => tokens::key(&token), "person" => person.clone(), "seconds" => i64::from(PENDING_SECONDS) },
    )
    .await?;
    Ok(token)
}

/// Whose sign-in waits for a code.
pub async fn waiting(db: &Db, token: &str) -> Result<Option<PersonId>> {
    db.row(
        "SELECT VALUE person FROM type::record('pending_sign_in', $key)
            WHERE created > time::now() - duration::from_secs($seconds) AND person.closed = NONE;",
        vars! { "key" => tokens::key(token), "seconds" => i64::from(PENDING_SECONDS) },
    )
    .await
}

/// The code came: nobody signs in by this token again.
pub async fn end_sign_in(db: &Db, token: &str) -> Result<()> {
    db.write(
        "LET $pending = type::record('pending_sign_in', $key);
         IF !record::exists($pending) { THROW 'not found' };
         DELETE $pending;",
        vars! { "key" => tokens::key(token) },
    )
    .await
    .map(drop)
}
