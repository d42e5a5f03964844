//! How Carrel looks and listens in one browser: theme, density, keys. Kept in
//! a cookie, so that visitors have it too and the first paint is right.

pub mod api;
pub mod model;
pub mod pages;
