//! What is left of a round that is gone: it goes part by part, since a round holds
//! up to a million verdicts and one transaction only so much.

use std::time::{Duration, Instant};

use crate::db::Db;
use crate::error::Result;
use crate::id::ReviewRoundId;
use crate::vars;

/// Statements of one part, with all that up to 200 reviewers said of them.
const PART: i64 = 50;

const REST: &str = "
    LET $items = IF record::exists($round) { [] } ELSE { (SELECT VALUE id FROM review_item WHERE round = $round LIMIT $part) };
    FOR $item IN $items {
        DELETE verdict WHERE item = $item RETURN NONE;
        DELETE review_comment WHERE item = $item RETURN NONE;
    };
    DELETE $items RETURN NONE;
    IF $items = [] { DELETE type::record('review_rest', record::id($round)) RETURN NONE };
    $items != [];";

/// For how long a request waits for it; what is left then goes within the hour.
pub const WITHIN_A_REQUEST: Duration = Duration::from_secs(10);

/// Takes away what is left of a round that is gone, and begins no part after so
/// long. What fails is done later.
pub(super) async fn clear(db: &Db, round: &ReviewRoundId, within: Duration) {
    if let Err(error) = clear_all(db, round, within).await {
        tracing::error!(%error, "what is left of a review round could not be taken away");
    }
}

async fn clear_all(db: &Db, round: &ReviewRoundId, within: Duration) -> Result<()> {
    let began = Instant::now();
    while began.elapsed() < within {
        let vars = vars! { "round" => round.clone(), "part" => PART };
        let more = db.write(REST, vars).await?.row::<bool>(4)?;
        if more != Some(true) {
            break;
        }
    }
    Ok(())
}

/// The same for all rounds of which something is left: those of a draft that was
/// thrown away, and what a process that ended did not get to.
pub async fn clear_rests(db: &Db, within: Duration) {
    let began = Instant::now();
    let rounds: Result<Vec<ReviewRoundId>> = db
        .rows("SELECT VALUE round FROM review_rest LIMIT 1000;", vars! {})
        .await;
    match rounds {
        Ok(rounds) => {
            for round in &rounds {
                clear(db, round, within.saturating_sub(began.elapsed())).await;
            }
        }
        Err(error) => tracing::error!(%error, "rounds of which something is left could not be read"),
    }
}
