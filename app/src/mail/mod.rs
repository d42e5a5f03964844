//! Mail: letters are laid into an outbox by the transaction that causes them,
//! and sent from there. Carrel works whole without.

pub mod api;
#[cfg(feature = "ssr")]
pub mod letters;
pub mod model;
#[cfg(feature = "ssr")]
pub mod outbox;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod sending;
#[cfg(feature = "ssr")]
pub mod smtp;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub use outbox::{Letter, Outbox};
