//! Taking factors away.

use crate::db::Db;
use crate::error::Result;
use crate::id::{PersonId, SessionId};
use crate::vars;

/// Switches codes off and ends all sessions but `kept`, which counts as opened
/// with two factors only while there is a passkey.
pub async fn remove(db: &Db, person: &PersonId, kept: Option<&SessionId>) -> Result<()> {
    db.write(
        "DELETE type::record('second_factor', [record::id($person)]);
         DELETE type::record('second_factor_setup', [record::id($person)]);
         DELETE recovery_code WHERE person = $person;
         DELETE pending_sign_in WHERE person = $person;
         DELETE session WHERE person = $person AND id != $kept;
         IF $kept != NONE AND array::len((SELECT VALUE id FROM passkey WHERE person = $person LIMIT 1)) = 0 {
            UPDATE $kept SET two_factors = false, factor_shown = NONE
         };
         UPDATE $person SET second_factor = NONE;",
        vars! { "person" => person.clone(), "kept" => kept.cloned() },
    )
    .await
    .map(drop)
}

/// Takes every factor away beside the password, of somebody who lost what they
/// held, and ends all their sessions.
pub async fn reset(db: &Db, person: &PersonId) -> Result<()> {
    db.write(
        "DELETE type::record('second_factor', [record::id($person)]);
         DELETE type::record('second_factor_setup', [record::id($person)]);
         DELETE recovery_code WHERE person = $person;
         DELETE passkey WHERE person = $person;
         DELETE passkey_challenge WHERE person = $person;
         DELETE pending_sign_in WHERE person = $person;
         DELETE session WHERE person = $person;
         UPDATE $person SET second_factor = NONE;",
        vars! { "person" => person.clone() },
    )
    .await
    .map(drop)
}
