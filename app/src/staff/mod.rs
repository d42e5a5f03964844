//! Lists of staff: a table comes in, is looked at, and each new person gets an
//! invitation link.

pub mod api;
#[cfg(feature = "parsers")]
mod columns;
#[cfg(feature = "ssr")]
pub mod links;
pub mod model;
pub mod pages;
#[cfg(feature = "parsers")]
pub mod reading;
#[cfg(feature = "ssr")]
pub mod store;
