//! Finding statements, courses, talk, people and the rest by their words.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "parsers")]
pub(crate) mod words;
