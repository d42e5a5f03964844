//! Deriving a set, and a derived set beside its source.

mod derive;
mod offer;
mod source;

pub use derive::DERIVE;
pub use source::SOURCE;
