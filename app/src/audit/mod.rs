//! The audit log: who did what that matters for security or administration, to
//! whom, when and from where; never what somebody wrote, rated or read.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod refusals;
#[cfg(feature = "ssr")]
#[path = "store/shipping.rs"]
pub mod shipping;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(all(test, feature = "ssr"))]
mod tests;
