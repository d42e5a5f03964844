//! Evidence put forward: shown to one who manages or trains its person, until that
//! person answers or it is taken back.

pub mod api;
pub mod components;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
