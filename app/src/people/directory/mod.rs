//! Finding colleagues: those of the organisations on one's own line.

pub mod api;
#[cfg(all(test, feature = "ssr"))]
mod large_tests;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
