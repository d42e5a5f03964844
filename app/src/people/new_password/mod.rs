//! A new password for who forgot theirs: by a link that comes by mail, or that
//! an administrator passes on.

pub mod api;
#[cfg(feature = "ssr")]
mod asking;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
