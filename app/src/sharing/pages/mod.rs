//! What one shares, and what others share with one.

mod evidence;
mod looking;
mod mine;
mod ratings;

pub use evidence::SHARED_EVIDENCE;
pub use looking::{SHARED_GAPS, SHARED_PLAN, SHARED_RECORD};
pub use mine::SHARING;
