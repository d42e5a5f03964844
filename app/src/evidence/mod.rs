//! What supports what one says of oneself: texts and addresses on the web, put down
//! for a statement. Private to the person until they share it.

pub mod api;
pub mod components;
pub mod model;
pub mod pages;
#[cfg(feature = "parsers")]
pub mod rules;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
