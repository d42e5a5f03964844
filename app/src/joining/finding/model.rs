use serde::{Deserialize, Serialize};

/// Organisations on one page.
pub const PAGE: u32 = 20;
/// Characters of what is looked for.
pub const LONGEST: u32 = 120;

/// Where they are found.
pub const ADDRESS: &str = "/join";

/// An organisation that takes people without an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDoor {
    pub slug: String,
    pub name: String,
    pub place: String,
    /// Whether one may ask; else only an address of theirs lets in.
    pub by_request: bool,
}

/// One page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doors {
    pub open: Vec<OpenDoor>,
    pub count: u32,
    pub page: u32,
    pub pages: u32,
    /// A part of a name or of a place.
    pub words: String,
}

impl Doors {
    /// The address of the list narrowed down so.
    pub fn address(&self) -> String {
        match self.words.as_str() {
            "" => ADDRESS.into(),
            words => format!("{ADDRESS}?q={}", crate::paths::segment(words)),
        }
    }
}
