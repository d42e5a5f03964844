//! What people say of themselves beyond their name, with whom it is for; and
//! pictures of people and organisations.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod pictures;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
