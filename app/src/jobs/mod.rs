//! Job descriptions: what an organisation asks of whoever does a job, built from
//! the statements of an edition, with the advert, the person specification and the
//! interview questions that follow from it.

pub mod api;
mod components;
pub mod model;
pub mod pages;
#[cfg(feature = "parsers")]
pub(crate) mod questions;
#[cfg(feature = "parsers")]
pub(crate) mod rules;
#[cfg(feature = "ssr")]
pub mod seed;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
