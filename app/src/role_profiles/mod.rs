//! Role profiles: what a kind of job needs of a competency set, as each
//! organisation says it for itself, of its own sets and of others'.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "parsers")]
pub(crate) mod rules;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
