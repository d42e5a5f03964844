//! Pictures in posts and lessons: their addresses, how they are shown, whose
//! they are and who sees them (docs/decisions/0024-pictures-in-texts.md).

pub mod model;
pub mod shown;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
