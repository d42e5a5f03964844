//! Single sign-on by OpenID Connect: providers that a site administrator names,
//! and people who sign in with an account that they have there.

pub mod api;
#[cfg(feature = "ssr")]
mod asking;
#[cfg(feature = "ssr")]
mod kept;
#[cfg(feature = "ssr")]
pub use kept::Providers;
#[cfg(feature = "parsers")]
pub mod claims;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub(crate) mod sealing;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod visits;
