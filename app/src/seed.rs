//! The demonstration library.
