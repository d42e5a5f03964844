//! Known devices in the database.

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::Result;
use crate::id::PersonId;
use crate::mail::Letter;
use crate::people::tokens;
use crate::vars;

/// How many of somebody's devices are known; the longest unused go first.
const MOST: i64 = 20;

/// Who reads letters about an account.
#[derive(SurrealValue)]
pub struct Reader {
    pub name: String,
    pub email: String,
    pub timezone: String,
}

/// The owner of an account, if their address is confirmed.
pub async fn reader(db: &Db, person: &PersonId) -> Result<Option<Reader>> {
    db.row(
        "SELECT name, email, timezone FROM $person WHERE address_confirmed != NONE;",
        vars! { "person" => person.clone() },
    )
    .await
}

/// Notes a device by its token. The letters are sent if it is new and not the
/// first.
pub async fn meet(db: &Db, person: &PersonId, token: &str, letters: Vec<Letter>) -> Result<()> {
    db.write(
        "LET $device = type::record('known_device', [record::id($person), $key]);
         LET $others = (SELECT id, last_used FROM known_device WHERE person = $person ORDER BY last_used DESC, id LIMIT 100);
         LET $new = !record::exists($device);
         IF $new { FOR $old IN array::slice($others, $most) { DELETE $old.id } };
         UPSERT $device SET person = $person;
         IF $new AND $others != [] AND $letters != [] { INSERT INTO letter $letters RETURN NONE };",
        vars! {
            "person" => person.clone(), "key" => tokens::key(token), "most" => MOST - 1, "letters" => letters,
        },
    )
    .await
    .map(drop)
}
