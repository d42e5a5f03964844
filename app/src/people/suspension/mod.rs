//! Moderating people: somebody may not sign in, or not post, for a time and for
//! a reason that they are told.

pub mod api;
pub mod components;
pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(all(test, feature = "ssr"))]
mod tests;
