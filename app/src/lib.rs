//! Carrel: compiled twice, for the server (`ssr`) and for the browser
//! (`hydrate`). One folder a feature; see ARCHITECTURE.md.

#![recursion_limit = "512"]
// clippy.toml knows tests by `#[test]` alone, not what they share.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod app;
pub mod assessments;
pub mod audit;
pub mod competencies;
pub mod copies;
pub mod courses;
#[cfg(feature = "ssr")]
pub mod csv_lines;
#[cfg(feature = "ssr")]
pub mod db;
pub mod display;
pub mod editions;
pub mod error;
#[cfg(feature = "ssr")]
pub mod exchange;
#[cfg(feature = "ssr")]
mod files;
pub mod groups;
pub mod home;
pub mod html;
pub mod id;
pub mod invitations;
pub mod joining;
pub mod language;
pub mod lookups;
pub mod mail;
#[cfg(feature = "ssr")]
pub mod markdown;
pub mod organisations;
pub mod outlines;
#[cfg(feature = "ssr")]
pub mod outside;
pub mod parts;
pub mod paths;
pub mod people;
pub mod plans;
pub mod profiles;
pub mod programmes;
pub mod publications;
pub mod resources;
pub mod retention;
pub mod reviews;
pub mod search;
#[cfg(feature = "ssr")]
pub mod seed;
pub mod setup;
pub mod sharing;
pub mod single_sign_on;
pub mod site_frame;
pub mod staff;
pub mod start;
#[cfg(feature = "ssr")]
pub mod state;
pub mod terms;
pub mod text;
#[cfg(feature = "ssr")]
pub mod time;
pub mod ui;
pub mod viewer;
