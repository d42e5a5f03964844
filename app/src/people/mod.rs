//! People: accounts, signing in, sessions, invitations.

pub mod address;
pub mod api;
#[cfg(feature = "ssr")]
pub mod breached;
#[cfg(feature = "ssr")]
pub(crate) mod confirming;
#[cfg(feature = "ssr")]
pub(crate) mod cookies;
#[cfg(feature = "ssr")]
pub(crate) mod devices;
pub mod directory;
pub mod model;
pub mod new_password;
pub mod pages;
pub mod passkeys;
pub mod password_fields;
#[cfg(feature = "ssr")]
pub mod passwords;
pub mod second_factor;
pub mod sign_in_rules;
#[cfg(feature = "ssr")]
pub(crate) mod signing_in;
#[cfg(feature = "ssr")]
pub mod store;
pub mod suspension;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
#[cfg(feature = "ssr")]
pub mod tokens;
pub mod unplaced;
mod where_signed_in;

#[cfg(feature = "ssr")]
pub use store::{attempts, drafts, sessions};
