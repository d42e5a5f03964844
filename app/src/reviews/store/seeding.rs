//! Reviewers of the demonstration, who need no letter.

use crate::db::Db;
use crate::error::Result;
use crate::id::{PersonId, ReviewRoundId};
use crate::vars;

/// Puts people into a round.
pub async fn seat_all(db: &Db, round: &ReviewRoundId, people: &[PersonId]) -> Result<()> {
    db.write(
        "FOR $person IN $people {
            IF (SELECT VALUE id FROM reviewer WHERE round = $round AND person = $person LIMIT 1) = [] {
                CREATE reviewer SET round = $round, person = $person RETURN NONE
            };
         };",
        vars! { "round" => round.clone(), "people" => people.to_vec() },
    )
    .await
    .map(drop)
}
