//! Invitations: made by who looks after an organisation, listed and withdrawn,
//! taken up by people who have an account and by those who make one.

pub mod api;
#[cfg(feature = "ssr")]
mod inviting;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
