//! What the pages of derived sets show, and what their forms say.

use serde::{Deserialize, Serialize};

use crate::editions::model::Piece;
use crate::organisations::choosing::model::Choices;
use crate::paths::segment;

/// What the form that derives a set needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeriveForm {
    pub set: String,
    pub number: u32,
    pub title: String,
    pub owner: String,
    pub licence: String,
    pub nodes: u32,
    pub key: String,
    pub organisations: Choices,
}

/// How a node differs from its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    Adapted,
    Moved,
    Added,
    LeftOut,
}

impl Difference {
    pub const ALL: [Self; 4] = [Self::Adapted, Self::Moved, Self::Added, Self::LeftOut];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Adapted => "adapted",
            Self::Moved => "moved",
            Self::Added => "added",
            Self::LeftOut => "left_out",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// The word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Adapted => "Adapted",
            Self::Moved => "Moved",
            Self::Added => "Added",
            Self::LeftOut => "Left out",
        }
    }
}

/// What the source did to a node since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Update {
    Changed,
    New,
    Gone,
}

impl Update {
    pub fn label(self) -> &'static str {
        match self {
            Self::Changed => "Changed",
            Self::New => "New",
            Self::Gone => "Gone",
        }
    }
}

/// What is shown of a derived set beside its source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// What the source offers, where there is something; else all differences.
    #[default]
    First,
    All,
    Only(Difference),
}

impl Shown {
    pub fn parse(text: &str) -> Self {
        match Difference::parse(text) {
            Some(one) => Self::Only(one),
            None if text == "differences" => Self::All,
            None => Self::First,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "",
            Self::All => "differences",
            Self::Only(one) => one.as_str(),
        }
    }
}

/// A derived set beside its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePage {
    pub set: String,
    pub title: String,
    pub source: SourceLink,
    /// The newest edition of the source that it is compared with.
    pub newest: u32,
    pub may_curate: bool,
    /// Whether there is a draft that updates can be taken over into.
    pub draft: bool,
    /// How many updates wait.
    pub waiting: u32,
    pub counts: Vec<(Difference, u32)>,
    pub shown: Shown,
    pub offers: Vec<Offer>,
    pub differences: Vec<Differing>,
    pub page: u32,
    pub pages: u32,
}

/// The edition that a set was derived from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLink {
    pub slug: String,
    pub number: u32,
    pub title: String,
    pub owner: String,
}

/// A set that was derived from the one that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedSet {
    pub slug: String,
    pub title: String,
    pub owner: String,
}

/// One update of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The identifier of the node in the source.
    pub node: String,
    /// What was looked at.
    pub print: String,
    pub update: Update,
    pub words: String,
    /// Where it stands in the source.
    pub href: String,
    /// The node in the studio, where it is in the draft.
    pub own: Option<String>,
    pub fields: Vec<OfferedField>,
    /// Where it would be put, or where it goes from and to.
    pub place: String,
    /// Why it cannot be taken over as it is.
    pub hindered: String,
    pub beneath: u32,
    /// What of it was split or merged; may be empty.
    pub story: String,
}

impl Offer {
    pub fn clashes(&self) -> bool {
        self.fields.iter().any(|field| field.clash)
    }
}

/// A text of a node that the source changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedField {
    pub name: String,
    /// Whether it was adapted here too.
    pub clash: bool,
    pub theirs: Vec<Piece>,
    /// What was adapted, where it was.
    pub mine: Vec<Piece>,
    pub text: String,
}

/// A node that differs from its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differing {
    pub kind: Difference,
    /// The identifier of the node in the source; empty for what was added.
    pub node: String,
    pub words: String,
    pub href: String,
    pub fields: Vec<(String, Vec<Piece>)>,
    /// Where it stood in the source and stands here.
    pub place: Option<(String, String)>,
    pub beneath: u32,
    /// What was looked at, where it can be taken over after all.
    pub print: Option<String>,
}

/// The texts of a node that are compared, each with its words on the screen.
pub const FIELDS: [(&str, &str); 10] = [
    ("title", "Statement"),
    ("description", "Description"),
    ("knowledge", "Knowledge"),
    ("skills", "Skills"),
    ("attitudes", "Attitudes"),
    ("behaviours", "Behaviours"),
    ("notes", "Notes"),
    ("topics", "Topics"),
    ("sources", "Sources"),
    ("levels", "What each level means here"),
];

/// What a field is called on the screen.
pub fn field_label(name: &str) -> &'static str {
    FIELDS
        .iter()
        .find(|(own, _)| *own == name)
        .map_or("Text", |(_, label)| *label)
}

/// The address of a derived set beside its source.
pub fn source_href(set: &str) -> String {
    format!("/studio/sets/{}/source", segment(set))
}

/// The address of the form that derives a set from an edition.
pub fn derive_href(set: &str, number: u32) -> String {
    format!("/index/{}/{number}/derive", segment(set))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_said_in_addresses() {
        for one in Difference::ALL {
            assert_eq!(Shown::parse(one.as_str()), Shown::Only(one));
        }
        assert_eq!(Shown::parse(Shown::All.as_str()), Shown::All);
        assert_eq!(Shown::parse("anything"), Shown::First);
    }

    #[test]
    fn every_field_has_its_words() {
        assert_eq!(field_label("title"), "Statement");
        assert_eq!(field_label("unknown"), "Text");
    }
}
