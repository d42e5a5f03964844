//! Locked by default.
