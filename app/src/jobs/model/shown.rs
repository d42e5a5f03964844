//! What the pages of job descriptions show.

use serde::{Deserialize, Serialize};

use super::{Face, Mark, State};
use crate::competencies::model::Level;
use crate::id::{JobId, NodeId};
use crate::lookups::model::Suggestion;
use crate::organisations::choosing::model::Choices;

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
