//! One's e-mail address: whether it is confirmed, and changing it.

pub mod api;
#[cfg(feature = "ssr")]
pub mod asking;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
