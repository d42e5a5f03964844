//! Asking other servers, at addresses that somebody typed.
//!
//! Whoever types an address makes this server ask, from inside its own network.
//! So names are resolved here, each address that a name has must be public, and
//! the connection goes to what was resolved, whatever the name says a moment
//! later. No redirect is followed and no proxy asked, which would resolve names
//! again; whoever follows one asks anew, and the guard with it.

mod addresses;
#[cfg(feature = "ssr")]
mod client;

pub use addresses::is_public;
#[cfg(feature = "ssr")]
pub use client::{Bounds, NoAnswer, Outside, prefer_ring};
