//! Passkeys: signing in with a key of one's device instead of a password.

pub mod api;
#[cfg(feature = "ssr")]
mod ceremony;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub use ceremony::are_possible;
