//! Showing one's gaps, plan, record of learning and evidence to those whom one chose,
//! for a purpose, until a date; who looked; and the pages that they see.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(all(test, feature = "ssr"))]
mod tests;
