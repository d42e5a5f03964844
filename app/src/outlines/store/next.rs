//! The next draft of a set.

use crate::db::Db;
use crate::error::Result;
use crate::id::EditionId;
use crate::vars;

const TAKE_ALONG: &str = "
    FOR $one IN (SELECT identifier, by_hand, notes, topics, sources, level_descriptions FROM node WHERE edition = $base
        AND (by_hand ?? notes ?? topics ?? sources ?? level_descriptions) != NONE) {
        UPDATE node SET by_hand = $one.by_hand, notes = $one.notes, topics = $one.topics, sources = $one.sources,
            level_descriptions = $one.level_descriptions WHERE edition = $edition AND identifier = $one.identifier RETURN NONE;
    };
    UPDATE $edition SET kinds = $base.kinds, numbered = $base.numbered, prefix = $base.prefix RETURN NONE;";

/// What curators wrote of an edition beside what travels between systems goes
/// along into the draft that was made of it. Safe to repeat.
pub async fn take_along(db: &Db, base: &EditionId, edition: &EditionId) -> Result<()> {
    let vars = vars! { "base" => base.clone(), "edition" => edition.clone() };
    db.write(TAKE_ALONG, vars).await.map(drop)
}
