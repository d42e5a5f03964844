//! One integration binary: the whole router against a database in memory.

#![recursion_limit = "512"]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod accounts;
mod addresses;
mod audit;
mod bodies;
mod branches;
mod case;
mod choosing;
mod closing;
mod confirming;
mod evidence;
mod formats;
mod hardening;
mod imports;
mod index;
mod joining;
mod limits;
mod live;
mod mail;
mod operations;
mod passkeys;
mod pictures;
mod refusals;
mod reviews;
mod robots;
mod second_factor;
mod security;
mod single_sign_on;
mod staff;
mod structure;
mod support;
mod suspension;
mod terms;
mod text_pictures;
mod vouching;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
