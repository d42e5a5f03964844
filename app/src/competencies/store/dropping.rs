//! Throwing a draft away.

use super::parts;
use crate::db::Db;
use crate::error::Result;
use crate::id::EditionId;
use crate::reviews::store::{WITHIN_A_REQUEST, clear_rests};
use crate::vars;

/// Throws a draft away with all that hangs on it, and a set that has no other
/// edition; answers whether there is still a set. Its nodes go part by part.
pub async fn drop_draft(db: &Db, edition: &EditionId) -> Result<bool> {
    let left = db
        .write(
            "LET $set = $edition.competency_set;
             IF $edition.state != 'draft' { THROW 'Only a draft is thrown away: what is published stays, and what is being reviewed waits for its round.' };
             IF $edition.ahead = true { THROW 'Sections of this draft were published ahead, so it stays.' };
             LET $nodes = (SELECT VALUE id FROM node WHERE edition = $edition);
             IF (SELECT VALUE id FROM role_profile WHERE edition = $edition LIMIT 1) != []
                 OR (SELECT VALUE id FROM alignment WHERE node IN $nodes LIMIT 1) != [] {
                 THROW 'Role profiles, courses or resources use this draft, so it stays. Take it out of them first.'
             };
             LET $others = (SELECT VALUE id FROM edition WHERE competency_set = $set AND id != $edition LIMIT 1);
             UPDATE import SET done = NONE, made = NONE WHERE done = $edition RETURN NONE;
             UPSERT type::record('edition_parts', record::id($edition)) SET edition = $edition RETURN NONE;
             DELETE $edition RETURN NONE;
             IF $others = [] { DELETE $set RETURN NONE };
             $others != [];",
            vars! { "edition" => edition.clone(), "dropped" => true },
        )
        .await?
        .row::<bool>(10)?;
    parts::discard(db, edition).await;
    clear_rests(db, WITHIN_A_REQUEST).await;
    Ok(left.unwrap_or(false))
}
