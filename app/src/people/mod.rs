//! People: accounts, signing in, sessions, invitations.

pub mod api;
#[cfg(feature = "ssr")]
pub(crate) mod cookies;
pub mod directory;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod passwords;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod tokens;

#[cfg(feature = "ssr")]
pub use store::{attempts, drafts, sessions};
