//! Writing the outline of a draft: its sections, competencies and statements,
//! by several curators at once, with every step kept so that it can be taken
//! back.

pub mod api;
pub mod components;
pub mod model;
pub mod pages;
pub mod pasting;
#[cfg(feature = "ssr")]
pub mod presence;
#[cfg(feature = "ssr")]
pub(crate) mod rules;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
