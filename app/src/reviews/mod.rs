//! Review rounds of a draft: experts give a verdict on each statement, its
//! curator resolves each with a reason and signs the round off, and those who
//! agree are named. Reviewers without an account come by a private link, which
//! opens their round and nothing else.

mod addresses;
pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod report;
pub mod reviewing_api;
pub mod rules;
#[cfg(feature = "ssr")]
pub mod seed;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod unreviewed;
