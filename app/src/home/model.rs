use serde::{Deserialize, Serialize};

use crate::assessments::model::HistoryPoint;
use crate::plans::model::Upcoming;
use crate::programmes::model::MyCohort;

/// A visitor's front page: the living index, courses, public talk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Front {
    pub sets: Vec<FrontSet>,
    pub running: Vec<Running>,
    pub courses: Vec<FrontCourse>,
    pub threads: Vec<News>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrontSet {
    pub slug: String,
    pub title: String,
    pub description: String,
    pub language: String,
    pub statements: u32,
    pub competencies: u32,
    /// Of the newest set: titles and addresses of what stands on its first level.
    pub sections: Vec<(String, String)>,
}

/// A course that a cohort takes now or soon. What the cohort is called is its
/// own affair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Running {
    pub course: String,
    pub course_slug: String,
    pub language: String,
    pub organisation: String,
    pub dates: String,
    pub phase: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrontCourse {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub language: String,
    pub lessons: u32,
}

/// What do I continue, what is due, what is new for me, how far have I come?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Today {
    pub date: String,
    /// A greeting, and what of all this to begin with.
    pub title: String,
    /// The lesson, the cohort just joined and the sitting to go on with.
    pub next: Vec<Next>,
    pub cohorts: Vec<MyCohort>,
    pub due: Vec<Upcoming>,
    pub news: Vec<News>,
    pub progress: Option<Progress>,
    /// How many statements were at level, over time.
    pub history: Vec<HistoryPoint>,
    pub guide: Guide,
    /// They administer something here, and no mail is sent.
    pub no_mail: bool,
    /// What new editions of the index ask of the viewer.
    pub changes: u32,
    /// Review rounds in which they are not done.
    pub reviews: u32,
    /// Pieces of evidence that others put forward to them.
    pub evidence: u32,
}

/// The first steps, and which of them are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    pub profile: bool,
    /// Whether there is a role profile to choose at all.
    pub roles: bool,
    /// Statements rated, at most [`Guide::RATINGS`].
    pub rated: u32,
    pub group: bool,
    /// Whether a lesson is done, a cohort joined, or a course planned.
    pub course: bool,
}

impl Guide {
    /// One sitting.
    pub const RATINGS: u32 = 10;
    pub const STEPS: u32 = 4;

    /// Whether it is known against what they rate: a role profile, or a section
    /// where there is none to choose.
    pub fn begun(self) -> bool {
        self.profile || (!self.roles && self.rated > 0)
    }

    pub fn taken(self) -> u32 {
        [self.begun(), self.rated >= Self::RATINGS, self.group, self.course]
            .into_iter()
            .map(u32::from)
            .sum()
    }

    pub fn is_done(self) -> bool {
        self.taken() == Self::STEPS
    }
}

/// Something to go on with: the first unfinished lesson of the course last touched
/// or of a cohort just joined, or what is left to rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Next {
    pub href: String,
    /// What it is of: a course or a role profile.
    pub of: String,
    pub title: String,
    /// What it is written in.
    pub language: String,
    /// How far one is: its name, the figures, and the same in words.
    pub progress: String,
    pub done: u32,
    pub all: u32,
    pub text: String,
}

/// A thread with something new, or something that was shared with the viewer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct News {
    /// The study group, or that it was shared.
    pub group: String,
    pub title: String,
    pub href: String,
    /// "2 new posts in " or "Kwame named you in ", before the title.
    pub new: String,
    pub posts: u32,
    /// Who wrote last, and how it begins; empty where nobody needs to know.
    pub author: String,
    pub beginning: String,
    pub iso: String,
    pub label: String,
}

/// Against the role profile chosen last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub slug: String,
    /// The role, and how much of it is rated.
    pub text: String,
    pub at_level: u32,
    /// Statements that are part of the person's work, as far as they said.
    pub of: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_is_done_when_all_four_steps_are_taken() {
        let first_day = Guide {
            profile: false,
            roles: true,
            rated: 9,
            group: false,
            course: false,
        };
        assert_eq!((first_day.taken(), first_day.is_done()), (0, false));
        let without_roles = Guide {
            roles: false,
            ..first_day
        };
        assert_eq!(
            without_roles.taken(),
            1,
            "a section is rated where there is no role to choose"
        );
        let done = Guide {
            profile: true,
            roles: true,
            rated: Guide::RATINGS,
            group: true,
            course: true,
        };
        assert_eq!((done.taken(), done.is_done()), (Guide::STEPS, true));
    }
}
