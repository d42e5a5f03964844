//! How often is too often: `limits` of the configuration.

use serde::{Deserialize, Serialize};

use super::Class;

/// So many within so many seconds, of one person and from one address. An
/// address is a whole library's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    pub person: u32,
    pub address: u32,
    pub seconds: u32,
}

impl Bound {
    const fn new(person: u32, address: u32, seconds: u32) -> Self {
        Self {
            person,
            address,
            seconds,
        }
    }

    /// Whether it can be kept to at all.
    pub fn is_sound(self) -> bool {
        self.person > 0 && self.address > 0 && (1..=86_400).contains(&self.seconds)
    }
}

/// The bound of each class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bounds {
    pub sign_in: Bound,
    pub letters: Bound,
    pub invitations: Bound,
    pub posting: Bound,
    pub uploads: Bound,
    /// Pictures for texts.
    pub pictures: Bound,
    pub exports: Bound,
    pub search: Bound,
    /// Whatever else is written.
    pub changes: Bound,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            sign_in: Bound::new(120, 1_200, 900),
            letters: Bound::new(40, 200, 3_600),
            invitations: Bound::new(200, 1_000, 3_600),
            posting: Bound::new(60, 1_200, 600),
            uploads: Bound::new(120, 600, 3_600),
            pictures: Bound::new(100, 2_000, 86_400),
            exports: Bound::new(60, 600, 600),
            search: Bound::new(120, 1_200, 60),
            changes: Bound::new(600, 6_000, 600),
        }
    }
}

impl Bounds {
    pub fn of(&self, class: Class) -> Bound {
        match class {
            Class::SignIn => self.sign_in,
            Class::Letters => self.letters,
            Class::Invitations => self.invitations,
            Class::Posting => self.posting,
            Class::Uploads => self.uploads,
            Class::Pictures => self.pictures,
            Class::Exports => self.exports,
            Class::Search => self.search,
            Class::Changes => self.changes,
        }
    }
}
