use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::people::suspension::model::Suspension;

/// People on one page.
pub const PAGE: u32 = 50;
/// Characters of what is looked for.
pub const LONGEST: u32 = 254;

/// Where they are found.
pub const ADDRESS: &str = "/admin/people";

/// One page of them, and one of them to look after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    pub people: Vec<Account>,
    pub count: u32,
    pub page: u32,
    pub pages: u32,
    /// A part of a name, or an address.
    pub words: String,
    pub chosen: Option<Chosen>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub suspended: bool,
}

/// Whose page stands open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub may_suspend: bool,
    pub suspension: Option<Suspension>,
}

impl Unplaced {
    /// The address of the list narrowed down so.
    pub fn address(&self) -> String {
        match self.words.as_str() {
            "" => ADDRESS.into(),
            words => format!("{ADDRESS}?q={}", crate::paths::segment(words)),
        }
    }
}

/// The address of one of them.
pub fn address_of(person: &PersonId) -> String {
    format!("{ADDRESS}?person={person}")
}
