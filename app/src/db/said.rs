//! What the database was asked, for tests that hold one request against another.

use std::sync::{Mutex, OnceLock, PoisonError};

/// Statements, and tables of which a record was read by its key, in their
/// order. Nothing is written down until somebody looks: a look costs a request
/// one comparison.
#[derive(Default)]
pub(super) struct Said(OnceLock<Mutex<Vec<String>>>);

impl Said {
    pub fn note(&self, what: impl FnOnce() -> String) {
        if let Some(said) = self.0.get() {
            said.lock().unwrap_or_else(PoisonError::into_inner).push(what());
        }
    }

    /// All since the last look, which begins anew.
    pub fn taken(&self) -> Vec<String> {
        let said = self.0.get_or_init(Mutex::default);
        std::mem::take(&mut *said.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
