//! What the pages of role profiles show, and where they are.

use serde::{Deserialize, Serialize};

use crate::competencies::model::Level;
use crate::id::{NodeId, RoleProfileId};
use crate::organisations::choosing::model::Choices;
use crate::paths::segment;

/// The longest description, in characters.
pub const LONGEST_DESCRIPTION: u32 = 2_000;

/// Statements on one page of a section: fewer than fields of a form are kept
/// when it is refused (`requests::fields`).
pub const STATEMENTS: usize = 100;

/// What stands in a form for a statement that the job does not need.
pub const NOT_NEEDED: &str = "none";

/// What stands in a form for a level that is needed, or for none.
pub fn needed_word(level: Option<u32>) -> String {
    level.map_or_else(|| NOT_NEEDED.to_owned(), |level| level.to_string())
}

/// What a statement's key in the form begins with: one that began with a digit would be
/// read as a place in a list.
pub const LEVEL_KEY: &str = "n-";

/// The name of a statement's field.
pub fn level_field(node: &str) -> String {
    format!("levels[{LEVEL_KEY}{node}]")
}

/// Where the role profiles of a set are.
pub fn profiles_href(set: &str) -> String {
    format!("/studio/sets/{}/profiles", segment(set))
}

pub fn new_profile_href(set: &str) -> String {
    format!("{}/new", profiles_href(set))
}

pub fn profile_href(set: &str, profile: &str) -> String {
    format!("{}/{}", profiles_href(set), segment(profile))
}

/// A section of a role profile, open.
pub fn section_href(set: &str, profile: &str, section: &str, page: u32) -> String {
    let page = if page > 1 {
        format!("&page={page}")
    } else {
        String::new()
    };
    format!("{}?section={}{page}", profile_href(set, profile), segment(section))
}

/// A role profile's title, 1–120 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileTitle(String);

impl ProfileTitle {
    pub const MOST: usize = 120;

    pub fn parse(raw: &str) -> Result<Self, String> {
        let title = crate::text::line(raw, "A title", Self::MOST)?;
        match title.is_empty() {
            true => Err("Give the role profile a title, such as Branch manager.".into()),
            false => Ok(Self(title)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the job is; may be empty.
pub fn parse_description(raw: &str) -> Result<String, String> {
    let text = crate::text::trimmed_lines(raw)?;
    match text.chars().count() {
        length if length > LONGEST_DESCRIPTION as usize => Err(format!(
            "A description has at most {LONGEST_DESCRIPTION} characters; this one has {length}."
        )),
        _ => Ok(text),
    }
}

/// The set that a role profile is of, and its edition in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetHead {
    pub slug: String,
    pub title: String,
    /// None while nothing of it is published.
    pub number: Option<u32>,
}

/// The role profiles of a set that the viewer may change or copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfilesPage {
    pub set: SetHead,
    pub profiles: Vec<ProfileLine>,
    pub page: u32,
    pub pages: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileLine {
    pub slug: String,
    pub title: String,
    pub description: String,
    pub organisation: String,
    pub statements: u32,
    /// The edition it is of.
    pub number: u32,
    pub retired: bool,
    pub may_edit: bool,
}

/// Role profiles that the form of a new one offers to be copied.
pub const MOST_SOURCES: usize = 200;

/// What the form that makes one needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewProfileForm {
    /// Makes a form that is sent twice one.
    pub key: String,
    pub set: SetHead,
    /// The organisations for which the viewer may make it.
    pub organisations: Choices,
    /// What can be copied, by name in addresses: the one that is asked for, then
    /// the first of the others.
    pub sources: Vec<(String, String)>,
}

/// A role profile as it is edited, with the section that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfilePage {
    pub id: RoleProfileId,
    pub slug: String,
    pub title: String,
    pub description: String,
    pub organisation: String,
    /// Those whose it may be.
    pub organisations: Choices,
    pub organisation_id: String,
    pub set: SetHead,
    /// The edition it is of.
    pub number: u32,
    /// What that is written in.
    pub language: String,
    pub levels: Vec<Level>,
    /// Statements that it needs, and all that there are.
    pub needed: u32,
    pub statements: u32,
    pub sections: Vec<SectionLine>,
    pub open: Option<OpenSection>,
    /// Whether somebody has chosen it. Who and how many is their own affair.
    pub chosen: bool,
    /// Whether its edition is retired, so that it is only read.
    pub retired: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionLine {
    /// What it is called in addresses.
    pub key: String,
    pub words: String,
    pub statements: u32,
    pub needed: u32,
}

/// The statements of a section, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSection {
    pub key: String,
    pub words: String,
    pub statements: Vec<StatementLine>,
    /// Statements of the section, on all its pages.
    pub whole: u32,
    /// The levels as they are shown, so that what others change meanwhile is noticed.
    pub base: String,
    pub page: u32,
    pub pages: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    pub node: NodeId,
    pub code: String,
    pub title: String,
    /// What stands above it, where that is not what stood above the one before.
    pub heading: Option<String>,
    pub level: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_line_and_a_description_is_bounded() {
        let title = ProfileTitle::parse("  Children’s \n librarian ").unwrap();
        assert_eq!(title.as_str(), "Children’s librarian");
        for bad in ["", " \n ", "a\u{7}", &"é".repeat(121)] {
            assert!(ProfileTitle::parse(bad).is_err(), "{bad:?}");
        }
        assert!(ProfileTitle::parse(&"é".repeat(120)).is_ok());
        assert_eq!(parse_description(" a\r\nb "), Ok("a\nb".into()));
        assert!(parse_description(&"é".repeat(2_000)).is_ok() && parse_description(&"é".repeat(2_001)).is_err());
    }

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(
            section_href("a b", "c", "d", 2),
            "/studio/sets/a%20b/profiles/c?section=d&page=2"
        );
        assert_eq!(new_profile_href("s"), "/studio/sets/s/profiles/new");
    }
}
