//! The living style page: every part of `ui` in every state.

pub mod api;
mod controls;
pub mod pages;
