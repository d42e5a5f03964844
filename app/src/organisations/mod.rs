//! The tree of organisations, and who belongs where.

pub mod api;
pub mod choosing;
pub mod components;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
