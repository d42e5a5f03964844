//! What supports what one says of oneself: texts, files and addresses on the web,
//! put down for a statement. Private to the person until they share it.

pub mod api;
pub mod components;
#[cfg(feature = "parsers")]
pub mod files;
pub mod forward;
pub mod model;
pub mod pages;
#[cfg(feature = "parsers")]
pub mod rules;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod taking;
#[cfg(all(test, feature = "ssr"))]
mod tests;
