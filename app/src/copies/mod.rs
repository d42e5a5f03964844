//! Everything about oneself to take along: a zip of one page to read and a JSON
//! file for other programs, made while one does something else.

pub mod api;
pub mod components;
#[cfg(feature = "ssr")]
mod making;
pub mod model;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub use making::{Making, path};

#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
