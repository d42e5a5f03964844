//! A person's record of learning: what they finished, and the cohorts that they
//! were in.

pub mod api;
pub mod components;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(all(test, feature = "ssr"))]
mod tests;
