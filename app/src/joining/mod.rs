//! Joining an organisation without an invitation: by asking, or by an address
//! of one of its domains.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
