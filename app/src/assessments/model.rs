//! What may be said of a statement, and what the pages show.

use serde::{Deserialize, Serialize};

use crate::id::NodeId;

/// The longest note to a rating, in characters.
pub const NOTE_LENGTH: usize = 2_000;

/// What a statement's key in a form begins with: one that began with a digit would be
/// read as a place in a list.
pub const KEY: &str = "n-";

/// The name of a statement's field among those of `what`.
pub fn field_of(what: &str, node: &str) -> String {
    format!("{what}[{KEY}{node}]")
}

/// The word that stands in place of a level in forms.
pub const NOT_MY_WORK: &str = "not-my-work";

/// One level of a proficiency scale; its number is its place, from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub label: String,
    pub description: String,
}

/// The word for a level of a scale.
pub fn level_label(levels: &[Level], level: u32) -> String {
    levels
        .get(level as usize)
        .map_or_else(|| format!("Level {level}"), |level| level.label.clone())
}

/// What someone says of one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    Level(u32),
    NotMyWork,
}

impl Said {
    /// Reads what a form sent, for a scale of so many levels.
    pub fn parse(raw: &str, levels: u32) -> Result<Self, String> {
        match raw.trim() {
            "" => Err("Choose a level, or say that this is not part of your work.".into()),
            NOT_MY_WORK => Ok(Self::NotMyWork),
            level => parse_level(level, levels).map(Self::Level),
        }
    }

    pub fn level(self) -> Option<u32> {
        match self {
            Self::Level(level) => Some(level),
            Self::NotMyWork => None,
        }
    }

    /// As forms hold it.
    pub fn value(self) -> String {
        self.level()
            .map_or_else(|| NOT_MY_WORK.into(), |level| level.to_string())
    }

    /// As the screen says it.
    pub fn label(self, levels: &[Level]) -> String {
        self.level()
            .map_or_else(|| "Not part of my work".into(), |level| level_label(levels, level))
    }
}

/// A level of a scale of so many levels.
pub fn parse_level(raw: &str, levels: u32) -> Result<u32, String> {
    raw.trim()
        .parse()
        .ok()
        .filter(|level| *level < levels)
        .ok_or_else(|| "Choose one of the levels shown.".to_owned())
}

/// A level aimed at, which may be left open.
pub fn parse_aim(raw: &str, levels: u32) -> Result<Option<u32>, String> {
    if raw.trim().is_empty() {
        Ok(None)
    } else {
        parse_level(raw, levels).map(Some)
    }
}

/// A note to oneself; may be empty.
pub fn parse_note(raw: &str) -> Result<String, String> {
    let note = crate::text::trimmed_lines(raw)?;
    match note.chars().count() {
        0..=NOTE_LENGTH => Ok(note),
        length => Err(format!(
            "A note has at most {NOTE_LENGTH} characters; this one has {length}."
        )),
    }
}

/// A role profile that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileChoice {
    pub slug: String,
    pub title: String,
    pub description: String,
    /// The competency set it belongs to.
    pub set: String,
    pub statements: u32,
}

/// How far someone is with a role profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub slug: String,
    pub title: String,
    pub set: String,
    /// Statements answered, "not part of my work" among them.
    pub rated: u32,
    pub total: u32,
    /// Statements that are part of the person's work, as far as they said.
    pub counted: u32,
    /// Of these, statements at the level that the role needs, or above.
    pub at_level: u32,
    /// The sitting to go on with; none when everything is answered.
    pub sitting: Option<u32>,
    /// Whether the edition still takes ratings.
    pub open: bool,
}

/// My growth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrowthPage {
    /// Newest choice first.
    pub chosen: Vec<Progress>,
    /// The role profile that the address asks for, where it is not chosen.
    pub offered: Option<ProfileChoice>,
    /// Those that are not chosen.
    pub choices: Vec<ProfileChoice>,
    pub page: u32,
    pub pages: u32,
    /// Statements at level over time, for the newest choice.
    pub history: Vec<HistoryPoint>,
}

/// How many statements were at level at the end of a day or month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPoint {
    pub label: String,
    pub at_level: u32,
}

/// What the address of the rating page asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The slug of a role profile.
    pub profile: Option<String>,
    /// A section or competency.
    pub section: Option<NodeId>,
    /// A statement to rate again.
    pub statement: Option<NodeId>,
    /// A sitting by number, from 1.
    pub sitting: Option<u32>,
}

/// The page on which one rates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RatePage {
    Sitting(Box<Sitting>),
    Sections(SectionsToRate),
}

/// What can be rated without a role profile: a set, section by section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionsToRate {
    /// Those without a role profile that the person may choose first.
    pub sets: Vec<SetToRate>,
    /// The set whose sections these are.
    pub shown: Option<String>,
    /// Each with how far the person is with it.
    pub sections: Vec<(NodeId, Part)>,
    /// Whether there is a role profile to choose.
    pub roles: bool,
    /// Whether they have chosen one.
    pub chosen: bool,
}

/// A published set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetToRate {
    pub slug: String,
    pub title: String,
    /// Whether a role profile of it can be chosen.
    pub roles: bool,
}

/// Some ten statements to rate in one go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// The role profile, section or statement rated.
    pub title: String,
    /// The slug of the role profile, when one is rated.
    pub profile: Option<String>,
    /// The address of this very sitting.
    pub here: String,
    /// The address of the next sitting that has something to rate.
    pub more: Option<String>,
    /// Where it stands in the index, for a single statement.
    pub entry: Option<String>,
    pub number: u32,
    pub sittings: u32,
    pub levels: Vec<Level>,
    /// What the statements are written in.
    pub language: String,
    /// To be rated, in reading order.
    pub open: Vec<Item>,
    pub done: Vec<DoneItem>,
    /// All statements of the scope, and how many of them are answered.
    pub total: u32,
    pub rated: u32,
    /// The sections that these statements come from.
    pub parts: Vec<Part>,
    /// The newest rating here in words, such as "LM 3.3, Moderate, just now".
    pub last_saved: Option<String>,
    /// One statement is rated, for the first time or again.
    pub again: bool,
    /// The level to reach in it, where it is a goal of the learning plan.
    pub goal: Option<u32>,
}

/// How far one is with a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub title: String,
    pub rated: u32,
    pub total: u32,
}

/// A statement to rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub node: NodeId,
    pub code: String,
    pub title: String,
    /// The competency above it.
    pub above: String,
    /// Knowledge, skills, attitudes, behaviours that are not empty.
    pub details: Vec<(String, Vec<String>)>,
    pub said: Option<Said>,
    pub aimed_at: Option<u32>,
    pub note: String,
}

/// A statement of this sitting that is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneItem {
    pub node: NodeId,
    pub code: String,
    pub title: String,
    pub said: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_one_of_the_scale() {
        assert_eq!(Said::parse("0", 4), Ok(Said::Level(0)));
        assert_eq!(Said::parse(" 3 ", 4), Ok(Said::Level(3)));
        assert_eq!(Said::parse(NOT_MY_WORK, 4), Ok(Said::NotMyWork));
        for bad in ["", "4", "-1", "strong", "1e0", "99999999999999", "1; DELETE rating"] {
            assert!(Said::parse(bad, 4).is_err(), "{bad}");
        }
        for said in [Said::Level(2), Said::NotMyWork] {
            assert_eq!(Said::parse(&said.value(), 4), Ok(said));
        }
    }

    #[test]
    fn an_aim_may_be_left_open() {
        assert_eq!(parse_aim("", 4), Ok(None));
        assert_eq!(parse_aim("2", 4), Ok(Some(2)));
        assert!(parse_aim("4", 4).is_err());
    }

    #[test]
    fn a_note_is_bounded_in_characters() {
        assert_eq!(parse_note(" one\r\ntwo "), Ok("one\ntwo".into()));
        assert!(parse_note(&"é".repeat(NOTE_LENGTH)).is_ok());
        assert!(parse_note(&"é".repeat(NOTE_LENGTH + 1)).is_err());
    }
}
