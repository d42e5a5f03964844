//! What people say of themselves: choosing a role profile, rating statements
//! in sittings, and the gaps that follow. All of it is private to the person.

pub mod api;
pub mod gaps;
#[cfg(feature = "ssr")]
mod history;
pub mod model;
pub mod pages;
pub mod sitting;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests;
