//! Who is thanked.

use super::own;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, PersonId, ReviewRoundId, ReviewerId};
use crate::vars;
use crate::viewer::Viewer;

/// The names of those who reviewed an edition in rounds that are signed off,
/// gave at least one verdict and agree to be named, each once, by the alphabet.
pub async fn acknowledged(db: &Db, edition: &EditionId) -> Result<Vec<String>> {
    db.rows("fn::acknowledged($edition);", vars! { "edition" => edition.clone() })
        .await
}

/// Takes a reviewer's name out of those whom the edition thanks, when they ask for
/// it: at any time, also after it was published. What the edition itself says does
/// not change; its page, its report and files that are made from then on leave the
/// name out. Only the reviewer's own yes puts it back, while the round goes on. The
/// answer is the set.
pub async fn strike_name(
    db: &Db,
    viewer: &Viewer,
    round: &ReviewRoundId,
    reviewer: &ReviewerId,
    understood: bool,
) -> Result<String> {
    let own = own(db, viewer, round).await?;
    if !understood {
        return Err(AppError::field(
            "understood",
            "Tick the box first: the name cannot be put back from here.",
        ));
    }
    db.write(
        "IF (SELECT VALUE id FROM $reviewer WHERE round = $round) = [] { THROW 'not found' };
         UPDATE $reviewer SET named = false, named_as = '' WHERE named = true RETURN NONE;",
        vars! { "round" => round.clone(), "reviewer" => reviewer.clone() },
    )
    .await?;
    Ok(own.set)
}

/// Takes one's own name out of those whom an edition thanks, also where one has no
/// place in its review any more.
pub async fn withdraw_name(db: &Db, person: &PersonId, round: &ReviewRoundId) -> Result<()> {
    db.write(
        "LET $own = (SELECT VALUE id FROM reviewer WHERE person = $me AND round = $round);
         IF $own = [] { THROW 'not found' };
         UPDATE $own SET named = false, named_as = '' WHERE named = true RETURN NONE;",
        vars! { "me" => person.clone(), "round" => round.clone() },
    )
    .await
    .map(drop)
}
