#[cfg(feature = "ssr")]
pub mod live;
pub mod pages;
