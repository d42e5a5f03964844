//! What the pages of job descriptions show, and where they are.

use serde::{Deserialize, Serialize};

use crate::competencies::model::Level;
use crate::id::{JobId, NodeId};
use crate::lookups::model::Suggestion;
use crate::organisations::choosing::model::Choices;
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

/// Job descriptions that the viewer may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobsPage {
    pub jobs: Vec<JobLine>,
    /// Organisations that have any, by name in addresses and name.
    pub places: Vec<(String, String)>,
    /// The one that is asked for, by its name in addresses; empty for all.
    pub place: String,
    pub page: u32,
    pub pages: u32,
    pub may_write: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLine {
    pub id: JobId,
    pub title: String,
    pub organisation: String,
    pub state: State,
    pub statements: u32,
    /// Duties that wait for somebody to settle what a new edition asks.
    pub waiting: u32,
}

/// What the form that makes one needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewJobForm {
    /// Makes a form that is sent twice one.
    pub key: String,
    pub organisations: Choices,
    /// Role profiles and editions to build it from, as a form names them.
    pub sources: Vec<(String, String)>,
}

/// Texts of a job description, beside its title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    pub purpose: String,
    /// A line each.
    pub further: String,
    pub hours: String,
    pub contract: String,
    pub grade: String,
    pub place: String,
    pub reports_to: String,
    pub about: String,
    pub apply: String,
}

impl Texts {
    /// The conditions that are stated, each with its name.
    pub fn conditions(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("Hours", &self.hours),
            ("Contract", &self.contract),
            ("Pay grade", &self.grade),
            ("Place", &self.place),
            ("Reports to", &self.reports_to),
        ];
        let stated = all.into_iter().filter(|(_, value)| !value.is_empty());
        stated.map(|(name, value)| (name, value.clone())).collect()
    }
}

/// The edition that a job description is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionHead {
    pub set: String,
    pub title: String,
    pub number: u32,
    pub retired: bool,
    /// What it is written in.
    pub language: String,
}

/// One face of a job description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobPage {
    pub id: JobId,
    pub title: String,
    pub organisation: String,
    pub organisation_slug: String,
    pub state: State,
    /// The role profile that it began with; may be empty.
    pub built_from: String,
    pub edition: EditionHead,
    pub texts: Texts,
    pub face: Face,
    pub groups: Vec<DutyGroup>,
    pub specification: Specification,
    /// Duties that wait to be settled.
    pub waiting: u32,
    /// Editions that it was of before.
    pub earlier: Vec<u32>,
    /// The earlier edition whose duties are shown.
    pub shown: Option<u32>,
    pub may_write: bool,
}

/// Duties beneath one heading of the edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyGroup {
    /// Empty where nothing stands above them.
    pub heading: String,
    pub duties: Vec<Duty>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    pub node: NodeId,
    pub code: String,
    pub title: String,
    pub href: String,
    /// In words; empty where there is none.
    pub level: String,
    pub mark: Option<Mark>,
    /// The words before it was reworded.
    pub was: Option<String>,
    /// The edition that its words are of.
    pub number: u32,
    /// To ask about it, where questions are shown.
    pub question: String,
    /// What to listen for in the answer.
    pub behaviours: Vec<String>,
}

/// What is asked of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Specification {
    pub essential: Asked,
    pub desirable: Asked,
}

/// What is asked, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Statements that say nothing more of what they take.
    pub abilities: Vec<String>,
    pub knowledge: Vec<String>,
    pub skills: Vec<String>,
    pub attitudes: Vec<String>,
}

impl Asked {
    pub fn is_empty(&self) -> bool {
        self.lists().iter().all(|(_, list)| list.is_empty())
    }

    /// Each kind with its name.
    pub fn lists(&self) -> [(&'static str, &[String]); 4] {
        [
            ("Abilities", self.abilities.as_slice()),
            ("Knowledge", self.knowledge.as_slice()),
            ("Skills", self.skills.as_slice()),
            ("Attitudes", self.attitudes.as_slice()),
        ]
    }
}

/// Its words as they are edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsForm {
    pub id: JobId,
    pub title: String,
    pub organisation: String,
    pub texts: Texts,
    pub state: State,
    /// How often they were saved before.
    pub base: u32,
}

/// Its duties as they are edited, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutiesForm {
    pub id: JobId,
    pub title: String,
    pub edition: EditionHead,
    /// The edition's scale.
    pub levels: Vec<Level>,
    pub duties: Vec<DutyLine>,
    pub count: u32,
    pub page: u32,
    pub pages: u32,
    /// The statement that is to be added.
    pub adding: Option<Adding>,
    pub query: String,
    pub found: Vec<Suggestion>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adding {
    pub node: NodeId,
    pub words: String,
    /// It stands there already.
    pub there: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyLine {
    pub node: NodeId,
    pub code: String,
    pub title: String,
    pub level: Option<u32>,
    /// In words of its own edition's scale.
    pub level_words: String,
    pub mark: Option<Mark>,
    pub was: Option<String>,
    pub number: u32,
    /// What it became, where that is to be chosen.
    pub choices: Vec<(NodeId, String)>,
    /// Whether it is of the edition of the job description, so that its level is chosen.
    pub current: bool,
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

    #[test]
    fn conditions_that_say_nothing_are_left_out() {
        let texts = Texts {
            hours: "37 a week".into(),
            reports_to: "Area manager".into(),
            ..Texts::default()
        };
        let stated = texts.conditions();
        let names: Vec<_> = stated.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["Hours", "Reports to"]);
    }
}
