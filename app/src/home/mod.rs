//! The home page: a front page for visitors, *Today* for members.

pub mod api;
mod front;
mod guide;
pub mod model;
#[cfg(feature = "ssr")]
mod news;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod today;
