//! Choosing a statement, a course, a resource or a colleague: what fits while
//! one types, and what a plain search finds. And what a text can lead to.

pub mod api;
pub mod components;
pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
