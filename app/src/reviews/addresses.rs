//! Where the pages of review rounds are.

use crate::id::ReviewRoundId;
use crate::paths::segment;

/// The address of a set's rounds in the studio.
pub fn rounds_href(set: &str) -> String {
    format!("/studio/sets/{}/reviews", segment(set))
}

/// The address of a round's board, and of one of its statements there.
pub fn board_href(set: &str, round: &ReviewRoundId) -> String {
    format!("{}/{round}", rounds_href(set))
}

pub fn board_item_href(set: &str, round: &ReviewRoundId, number: u32) -> String {
    format!("{}/{number}", board_href(set, round))
}

/// The address of a round for its reviewers.
pub fn review_href(round: &ReviewRoundId) -> String {
    format!("/reviews/{round}")
}

pub fn item_href(round: &ReviewRoundId, number: u32) -> String {
    format!("/reviews/{round}/{number}")
}

/// The cookie that holds the token of a round's private link.
pub fn cookie_name(round: &ReviewRoundId) -> String {
    format!("carrel-review-{round}")
}
