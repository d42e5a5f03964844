//! One integration binary: the whole router against a database in memory.

#![recursion_limit = "512"]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod accounts;
mod case;
mod files;
mod index;
mod operations;
mod security;
mod structure;
mod support;
