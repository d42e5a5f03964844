//! The words of job descriptions, where they are, and what their pages show.

mod shown;

pub use shown::*;

use serde::{Deserialize, Serialize};

use crate::id::JobId;
use crate::paths::segment;

/// Statements that one job description holds.
pub const MOST_DUTIES: usize = 300;

/// The longest text of several lines, and of a condition, in characters.
pub const LONGEST_TEXT: u32 = 4_000;
pub const LONGEST_CONDITION: u32 = 200;

/// Role profiles, and editions, that the form of a new one offers.
pub const MOST_SOURCES: usize = 200;

/// Job descriptions on one page of the list, and duties on one of their form.
pub const PAGE: u32 = 30;

pub const JOBS: &str = "/jobs";

pub fn job_href(job: &JobId) -> String {
    format!("{JOBS}/{job}")
}

/// One of its faces; the description itself has the plain address.
pub fn face_href(job: &JobId, face: Face) -> String {
    match face {
        Face::Description => job_href(job),
        face => format!("{JOBS}/{job}/{}", face.as_str()),
    }
}

pub fn edit_href(job: &JobId) -> String {
    format!("{JOBS}/{job}/edit")
}

pub fn duties_href(job: &JobId) -> String {
    format!("{JOBS}/{job}/duties")
}

/// The form of a new one, from a role profile of this name in addresses.
pub fn new_job_href(profile: &str) -> String {
    format!("{JOBS}/new?from={PROFILE}{}", segment(profile))
}

/// What stands before the name of a role profile, and before the key of an edition,
/// where a form says what a job description is built from.
pub const PROFILE: &str = "profile-";
pub const EDITION: &str = "edition-";

/// A job's title, 1–120 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobTitle(String);

impl JobTitle {
    pub const MOST: usize = 120;

    pub fn parse(raw: &str) -> Result<Self, String> {
        let title = crate::text::line(raw, "A title", Self::MOST)?;
        match title.is_empty() {
            true => Err("Give the job a title, such as Branch manager.".into()),
            false => Ok(Self(title)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How far it is: written, in use, or withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Draft,
    InUse,
    Withdrawn,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Draft, Self::InUse, Self::Withdrawn];

    /// The word in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InUse => "in_use",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::InUse => "In use",
            Self::Withdrawn => "Withdrawn",
        }
    }
}

/// What is made of a job description, each a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Face {
    Description,
    Advert,
    Specification,
    Questions,
}

impl Face {
    pub const ALL: [Self; 4] = [Self::Description, Self::Advert, Self::Specification, Self::Questions];

    /// The word in addresses; none for the description itself.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Description => "",
            Self::Advert => "advert",
            Self::Specification => "person-specification",
            Self::Questions => "questions",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|face| face.as_str() == text)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Description => "Job description",
            Self::Advert => "Advert",
            Self::Specification => "Person specification",
            Self::Questions => "Interview questions",
        }
    }
}

/// What a new edition asks of whoever writes a job description, at one duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// It went on in other words.
    Reworded,
    /// It went on; its level has another name, or none, on the new scale.
    Level,
    Split,
    Merged,
    Retired,
}

impl Mark {
    pub const ALL: [Self; 5] = [Self::Reworded, Self::Level, Self::Split, Self::Merged, Self::Retired];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reworded => "reworded",
            Self::Level => "level",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Retired => "retired",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.as_str() == text)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Reworded => "Reworded in the new edition",
            Self::Level => "Another scale in the new edition",
            Self::Split => "Split in the new edition",
            Self::Merged => "Merged in the new edition",
            Self::Retired => "Retired in the new edition",
        }
    }

    /// Whether the duty stands at the new statement already.
    pub fn went_on(self) -> bool {
        matches!(self, Self::Reworded | Self::Level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_bounded_line() {
        assert_eq!(
            JobTitle::parse(" Branch \n manager ").unwrap().as_str(),
            "Branch manager"
        );
        for bad in ["", " ", "a\u{7}", &"é".repeat(121)] {
            assert!(JobTitle::parse(bad).is_err(), "{bad:?}");
        }
        assert!(JobTitle::parse(&"é".repeat(120)).is_ok());
    }

    #[test]
    fn every_word_stands_for_one_thing() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
        for face in Face::ALL {
            assert_eq!(Face::parse(face.as_str()), Some(face));
        }
        for mark in Mark::ALL {
            assert_eq!(Mark::parse(mark.as_str()), Some(mark));
        }
        assert_eq!(Face::parse("edit"), None);
    }

    #[test]
    fn addresses_are_plain() {
        let job = JobId::parse("j1").unwrap();
        assert_eq!(face_href(&job, Face::Description), "/jobs/j1");
        assert_eq!(face_href(&job, Face::Advert), "/jobs/j1/advert");
        assert_eq!(new_job_href("branch-manager"), "/jobs/new?from=profile-branch-manager");
    }
}
