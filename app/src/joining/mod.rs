//! Joining an organisation without an invitation: by asking, or by an address
//! of one of its domains, with an account or without one.

pub mod api;
pub mod finding;
pub mod model;
pub mod newcomers;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod telling;
#[cfg(all(test, feature = "ssr"))]
mod tests;
