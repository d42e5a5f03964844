//! Editions after the first: a draft of the last one, the map of how each
//! statement goes on, what changed for readers, and the carrying over of what
//! people made against the edition before.

#[cfg(feature = "ssr")]
mod ahead;
pub mod api;
#[cfg(feature = "ssr")]
pub(crate) mod carrying;
#[cfg(feature = "ssr")]
pub(crate) mod levels;
#[cfg(feature = "ssr")]
mod likeness;
#[cfg(feature = "ssr")]
pub mod mapping;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
mod places;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use words::differences;
