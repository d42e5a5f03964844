//! Derived sets in the database.

mod deciding;
mod making;
mod page;
mod reading;

pub use deciding::{Decision, decide};
pub use making::{NewDerived, derive, derive_form};
pub use page::source_page;
