//! Pages of the studio on which drafts are written.

mod adding;
mod entry;
mod entry_more;
mod hand;
mod in_place;
mod keeping;
mod lines;
mod new_set;
mod outline;
mod present;
mod seeking;
mod whole;

pub(crate) use in_place::empty;
pub(crate) use whole::{AllTheSame, Over};

pub use entry::ENTRY;
pub use new_set::NEW_SET;
pub use outline::OUTLINE;
