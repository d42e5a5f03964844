//! Ratings in the database. Everything is loaded for the person who asks.

mod choose;
mod gaps;
mod growth;
mod profile;
mod ratings;
mod save;
mod sections;
mod sitting;

pub use choose::{choose, put_away};
pub use gaps::gaps;
pub use growth::{growth, history, progress};
pub use ratings::ratings;
#[cfg(test)]
pub use save::{Rating, save_one};
pub use save::{Sent, save};
pub use sections::sections;
pub use sitting::sitting;
