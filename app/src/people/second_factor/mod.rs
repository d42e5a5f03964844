//! A second factor: codes of an app on one's phone, asked for after the
//! password, and recovery codes for when the phone is gone.

pub mod api;
pub mod model;
#[cfg(feature = "ssr")]
pub mod open;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod proof;
#[cfg(feature = "ssr")]
pub mod recovery;
#[cfg(feature = "ssr")]
pub mod secret;
#[cfg(feature = "ssr")]
mod showing;
#[cfg(feature = "ssr")]
pub mod store;
