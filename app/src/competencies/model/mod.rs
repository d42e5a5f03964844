//! What the pages of the index show.

mod branches;
mod importing;
mod node;
mod outline;
mod set;

pub use branches::*;
pub use importing::*;
pub use node::*;
pub use outline::*;
pub use set::*;

use serde::{Deserialize, Serialize};

use crate::paths::segment;

/// The scale that a set begins with, where nobody says another: words and what
/// they mean, the lowest first.
pub const FIRST_SCALE: [(&str, &str); 4] = [
    ("No skill", "Has not done this yet."),
    ("Minimal", "Does it with help, or knows how it is done."),
    ("Moderate", "Does it alone in ordinary cases."),
    ("Strong", "Does it in hard cases, and shows others how."),
];

/// A set's title, 1–300 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTitle(String);

impl SetTitle {
    pub const MOST: usize = 300;

    pub fn parse(raw: &str) -> Result<Self, String> {
        let title = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        match title.chars().count() {
            0 => Err("Give the set a name.".into()),
            1..=Self::MOST if title.chars().any(crate::text::is_hidden) => {
                Err("A name has no control characters.".into())
            }
            1..=Self::MOST => Ok(Self(title)),
            _ => Err(format!("A set's name has at most {} characters.", Self::MOST)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a node of an edition is, by its place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    Section,
    Competency,
    Statement,
}

impl NodeKind {
    /// What has nothing beneath it is a statement, what stands at the top and
    /// has something is a section, all between are competencies: imported
    /// trees may be of any depth.
    pub fn of(depth: u32, has_children: bool) -> Self {
        match (depth, has_children) {
            (_, false) => Self::Statement,
            (0, true) => Self::Section,
            (_, true) => Self::Competency,
        }
    }

    /// The word in the database, which is also the word on the screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Competency => "competency",
            Self::Statement => "statement",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Section, Self::Competency, Self::Statement]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// Where an edition stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditionState {
    Draft,
    InReview,
    Published,
    Retired,
}

impl EditionState {
    pub const ALL: [Self; 4] = [Self::Draft, Self::InReview, Self::Published, Self::Retired];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Published => "published",
            Self::Retired => "retired",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::InReview => "In review",
            Self::Published => "Published",
            Self::Retired => "Retired",
        }
    }

    /// Whether everyone may read it; the others are for curators.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Retired)
    }
}

/// One level of a proficiency scale. Levels are numbered from 0, the lowest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub label: String,
    pub description: String,
}

/// "strong" of level 3; what the scale does not have is shown as its number.
pub fn level_word(levels: &[Level], level: u32) -> String {
    let word = usize::try_from(level).ok().and_then(|level| levels.get(level));
    word.map_or_else(|| format!("level {level}"), |level| level.label.clone())
}

/// "1st edition", "2nd edition", "11th edition".
pub fn edition_words(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending} edition")
}

/// "1 statement", "84 statements".
pub fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The address of an edition's tree.
pub fn edition_href(set: &str, number: u32) -> String {
    format!("/index/{}/{number}", segment(set))
}

/// The address of a node's page.
pub fn node_href(set: &str, number: u32, address: &str) -> String {
    format!("/index/{}/{number}/{}", segment(set), segment(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_trimmed_and_bounded() {
        assert_eq!(
            SetTitle::parse("  Library \n management ").unwrap().as_str(),
            "Library management"
        );
        assert!(SetTitle::parse("\u{a0}").is_err());
        assert!(SetTitle::parse("a\u{7}").is_err());
        assert!(SetTitle::parse(&"é".repeat(300)).is_ok());
        assert!(SetTitle::parse(&"é".repeat(301)).is_err());
    }

    #[test]
    fn the_place_in_the_tree_decides_the_kind() {
        assert_eq!(NodeKind::of(0, true), NodeKind::Section);
        assert_eq!(NodeKind::of(1, true), NodeKind::Competency);
        assert_eq!(NodeKind::of(5, true), NodeKind::Competency);
        assert_eq!(NodeKind::of(2, false), NodeKind::Statement);
        assert_eq!(NodeKind::of(0, false), NodeKind::Statement);
    }

    #[test]
    fn codes_survive_addresses() {
        assert_eq!(node_href("lm", 2, "LM 3.4"), "/index/lm/2/LM%203.4");
        assert_eq!(node_href("lm", 1, "a/b%#ü"), "/index/lm/1/a%2Fb%25%23%C3%BC");
    }

    #[test]
    fn editions_are_counted_in_words() {
        let words: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21, 112].map(edition_words).into();
        assert_eq!(
            words.join(" ").replace(" edition", ""),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 112th"
        );
    }

    #[test]
    fn an_unknown_level_is_a_number() {
        let levels = [Level {
            label: "None".into(),
            description: String::new(),
        }];
        assert_eq!(level_word(&levels, 0), "None");
        assert_eq!(level_word(&levels, 7), "level 7");
    }
}
