//! Sets derived from another set's edition: taken over whole, then adapted, with
//! the link to the source kept, what differs shown, and what the source changes
//! later offered one by one.

pub mod api;
#[cfg(all(test, feature = "ssr"))]
mod making_tests;
pub mod model;
#[cfg(all(test, feature = "ssr"))]
mod origin_tests;
pub mod pages;
#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
pub mod seed;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(all(test, feature = "ssr"))]
mod twice_tests;
