//! Courses: hosted lessons in modules, aligned to statements.

pub mod api;
pub mod components;
pub(crate) mod marked_up;
pub mod model;
pub mod pages;
pub mod rules;
#[cfg(feature = "ssr")]
pub mod seed;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
pub mod writing_api;
