//! Asking to join without an account, and joining by an address that a letter
//! confirms. Whether there is an account with an address is told to nobody but
//! its reader.

pub mod api;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
