//! What one shares, and what others share with one.

mod looking;
mod mine;

pub use looking::{SHARED_GAPS, SHARED_PLAN};
pub use mine::SHARING;
