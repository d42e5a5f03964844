//! People: accounts, signing in, sessions, invitations.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod attempts;
#[cfg(feature = "ssr")]
mod cookies;
#[cfg(feature = "ssr")]
pub mod passwords;
#[cfg(feature = "ssr")]
pub mod sessions;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod tokens;
