//! What people say of themselves beyond their name, with whom it is for; and
//! pictures of people and organisations.

pub mod api;
#[cfg(feature = "parsers")]
pub(crate) mod decoding;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod pictures;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
