//! Who is thanked.

use crate::db::Db;
use crate::error::Result;
use crate::id::EditionId;
use crate::vars;

/// The names of those who reviewed an edition in rounds that are signed off,
/// gave at least one verdict and agree to be named, each once, by the alphabet.
pub async fn acknowledged(db: &Db, edition: &EditionId) -> Result<Vec<String>> {
    db.rows("fn::acknowledged($edition);", vars! { "edition" => edition.clone() })
        .await
}
