//! The pages of review rounds: for curators in the studio, for reviewers at
//! `/reviews`.

mod board;
mod board_item;
mod board_people;
mod entering;
mod merging;
mod parts;
mod review;
mod review_item;
mod rounds;
mod signing;
mod since;

pub use board::BOARD;
pub use board_item::BOARD_ITEM;
pub use entering::{MY_REVIEWS, REVIEW_LINK};
pub use review::REVIEW;
pub use review_item::REVIEW_ITEM;
pub use rounds::ROUNDS;
pub use since::GoesUnreviewed;
