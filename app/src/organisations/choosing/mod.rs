//! Choosing the organisation that something is written for: from a list where
//! there are few, by a part of the name where there are thousands.

pub mod api;
pub mod components;
pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
