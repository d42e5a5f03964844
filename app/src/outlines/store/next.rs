//! The next draft of a set.

use crate::db::Db;
use crate::error::Result;
use crate::id::EditionId;
use crate::vars;

const TAKE_ALONG: &str = "
    UPDATE $edition SET kinds = $base.kinds, numbered = $base.numbered, prefix = $base.prefix RETURN NONE;
    fn::refer_on($base, $edition);";

/// What holds for the whole of an edition, beside what travels between systems,
/// goes along into the draft that was made of it. Safe to repeat.
pub async fn take_along(db: &Db, base: &EditionId, edition: &EditionId) -> Result<()> {
    let vars = vars! { "base" => base.clone(), "edition" => edition.clone() };
    db.write(TAKE_ALONG, vars).await.map(drop)
}
