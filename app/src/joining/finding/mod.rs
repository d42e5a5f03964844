//! Finding the organisation that one would join: those that take people without
//! an invitation show themselves, to visitors too.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
