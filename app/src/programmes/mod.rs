//! Cohorts, which are runs of a course with dates, and the studio where
//! trainers and curators work.

pub mod api;
pub mod components;
pub mod model;
pub mod pages;
#[cfg(feature = "parsers")]
pub mod rules;
#[cfg(feature = "ssr")]
pub mod seed;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
