//! The terms of use: written by site administrators in versions, read by
//! everyone, accepted by whoever is signed in before they go on. Where none are
//! written, nothing is asked.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
