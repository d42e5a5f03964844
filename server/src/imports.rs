//! The most of one file that is imported, as the site says.

use app::exchange::Limits;
use serde::{Deserialize, Serialize};

/// What is taken in of a competency set from a file, an address or on the
/// command line; beyond it the file is refused with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Imports {
    pub megabytes: usize,
    /// Sections, competencies and statements together.
    pub statements: usize,
    /// Cross-references.
    pub references: usize,
}

impl Default for Imports {
    fn default() -> Self {
        let limits = Limits::default();
        Self {
            megabytes: limits.megabytes(),
            statements: limits.nodes,
            references: limits.references,
        }
    }
}

impl Imports {
    /// Each with its name and the most that it may be: what a draft can hold,
    /// and what is read at once.
    pub(crate) fn bounds(&self) -> [(&'static str, usize, usize); 3] {
        let most = Limits::MOST;
        [
            ("megabytes", self.megabytes, most.megabytes()),
            ("statements", self.statements, most.nodes),
            ("references", self.references, most.references),
        ]
    }

    pub fn limits(&self) -> Limits {
        Limits {
            bytes: self.megabytes * 1024 * 1024,
            nodes: self.statements,
            references: self.references,
        }
    }
}
