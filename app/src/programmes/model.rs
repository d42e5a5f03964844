//! What the pages of cohorts and of the studio show.

use serde::{Deserialize, Serialize};

use crate::id::{CohortId, CourseId, PersonId};
use crate::lookups::model::{Found, Suggestion};
use crate::organisations::choosing::model::Choices;

/// A step of a cohort: a column of its progress grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub title: String,
    pub href: String,
}

/// Someone in a cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    pub person: PersonId,
    pub name: String,
    pub title: String,
    /// Which steps are done, in their order; empty where the viewer may not
    /// see it.
    pub done: Vec<bool>,
}

impl Participant {
    pub fn count(&self) -> u32 {
        u32::try_from(self.done.iter().filter(|done| **done).count()).unwrap_or(u32::MAX)
    }
}

/// Someone who could be enrolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub person: PersonId,
    pub name: String,
    pub title: String,
    pub enrolled: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cohort {
    pub id: CohortId,
    pub title: String,
    pub organisation: String,
    /// The course that it runs, as address and title.
    pub course: (String, String),
    pub dates: String,
    pub timezone: String,
    pub phase: String,
    pub facilitators: Vec<(PersonId, String)>,
    /// Its study group, as slug and title, when the viewer belongs to it.
    pub group: Option<(String, String)>,
    pub steps: Vec<Step>,
    pub enrolled: u32,
    pub people: Vec<Participant>,
    /// The viewer's own row, when they are enrolled.
    pub mine: Option<Participant>,
    pub page: u32,
    pub pages: u32,
    /// Whether the viewer sees how far each person is.
    pub may_see_progress: bool,
    pub may_enrol: bool,
    /// Where people are invited to its organisation, for whoever may.
    pub invite: Option<String>,
    pub query: String,
    pub found: Vec<Candidate>,
    /// Whether there are more matches than shown.
    pub more: bool,
}

/// What the form of a new cohort needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCohortForm {
    /// The time zones to choose from, with their words.
    pub zones: Vec<(String, String)>,
    /// The id that the cohort will have, so that a form sent twice makes one.
    pub key: CohortId,
    pub organisations: Choices,
    /// The course that was asked for.
    pub chosen: Option<CourseChoice>,
    /// Some to choose from while there is none.
    pub courses: Vec<Suggestion>,
    /// What was looked up among them.
    pub found: Option<Found>,
    /// Trainers and facilitators of those organisations, without the viewer: all
    /// where there are few, else those that are chosen.
    pub facilitators: Vec<(PersonId, String)>,
    /// Who was looked for among them, where there are many.
    pub looked_for: Option<Helpers>,
}

/// Why a cohort is not deleted.
pub const IN_USE: &str = "Somebody is or was enrolled in this cohort, or there is talk in its study group: so it stays. \
    To close it, give it an earlier last day.";

/// A cohort to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortDraft {
    pub id: CohortId,
    pub title: String,
    /// The title of the course that it runs.
    pub course: String,
    pub organisation: String,
    /// YYYY-MM-DD.
    pub starts: String,
    pub ends: String,
    pub timezone: String,
    /// The time zones to choose from, with their words.
    pub zones: Vec<(String, String)>,
    /// Whether it has a study group, which its facilitators convene.
    pub has_group: bool,
    pub facilitators: Vec<(PersonId, String)>,
    /// Who else could be one: all where there are few, else those that are chosen.
    pub helpers: Vec<(PersonId, String)>,
    /// Who was looked for among them, where there are many.
    pub looked_for: Option<Helpers>,
    /// Whether anybody has to do with it: then it is not deleted.
    pub used: bool,
}

/// Colleagues who could help to facilitate, found by a part of their name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helpers {
    pub query: String,
    pub found: Vec<(PersonId, String)>,
    /// There are more than are listed.
    pub more: bool,
}

/// What stands between the people of an address.
pub const BETWEEN_PEOPLE: char = '.';
/// So many can be chosen by the address.
pub const MOST_HELPERS: usize = 30;

/// The people that an address names.
pub fn parse_helpers(text: &str) -> Vec<PersonId> {
    let people = text.split(BETWEEN_PEOPLE).filter_map(PersonId::parse);
    people.take(MOST_HELPERS).collect()
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseChoice {
    pub id: CourseId,
    pub title: String,
    pub published: bool,
}

/// A cohort in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortLine {
    pub id: CohortId,
    pub title: String,
    pub course: String,
    pub dates: String,
    pub phase: String,
}

/// Cohorts of an organisation, on a page of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortsPage {
    /// Its slug and its name.
    pub organisation: (String, String),
    pub cohorts: Vec<CohortLine>,
    pub page: u32,
    pub pages: u32,
}

/// A current cohort of a person, for Today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyCohort {
    pub id: CohortId,
    pub title: String,
    pub course_slug: String,
    pub course_title: String,
    pub dates: String,
    /// YYYY-MM-DD.
    pub starts: String,
    pub ends: String,
    pub phase: String,
    pub done: u32,
    pub lessons: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioCourse {
    pub slug: String,
    pub title: String,
    pub organisation: String,
    pub lessons: u32,
    pub published: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioSet {
    pub slug: String,
    pub title: String,
    pub organisation: String,
    /// The newest edition: its number and its state in words.
    pub edition: Option<(u32, String)>,
}

/// Which of the studio's shelves is shown whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shelf {
    Courses,
    Cohorts,
    Sets,
}

impl Shelf {
    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Courses => "courses",
            Self::Cohorts => "cohorts",
            Self::Sets => "sets",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Courses, Self::Cohorts, Self::Sets]
            .into_iter()
            .find(|shelf| shelf.as_str() == text)
    }
}

/// The studio: the beginning of each shelf, or a page of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioPage {
    pub shelf: Option<Shelf>,
    pub trains: bool,
    pub curates: bool,
    pub courses: Vec<StudioCourse>,
    pub courses_count: u32,
    pub cohorts: Vec<CohortLine>,
    pub cohorts_count: u32,
    pub sets: Vec<StudioSet>,
    pub sets_count: u32,
    pub page: u32,
    pub pages: u32,
}

impl StudioPage {
    /// Whether a shelf has a place on the page.
    pub fn shows(&self, shelf: Shelf) -> bool {
        let theirs = match shelf {
            Shelf::Courses | Shelf::Cohorts => self.trains,
            Shelf::Sets => self.curates,
        };
        theirs && self.shelf.is_none_or(|one| one == shelf)
    }
}
