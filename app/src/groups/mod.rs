//! Study groups: their threads and posts, what is new in them, and the talk
//! beside a lesson.

pub mod api;
pub mod components;
#[cfg(feature = "ssr")]
pub mod live;
pub mod model;
pub mod pages;
#[cfg(feature = "parsers")]
pub mod passages;
#[cfg(feature = "ssr")]
pub mod seed;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
