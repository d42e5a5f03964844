//! One's learning plan: goals, and what one does to reach them. Private to the
//! person.

#[cfg(feature = "ssr")]
mod adding;
pub mod api;
#[cfg(feature = "parsers")]
pub(crate) mod dates;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
