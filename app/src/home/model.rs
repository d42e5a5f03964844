use serde::{Deserialize, Serialize};

use crate::programmes::model::MyCohort;

/// A visitor's front page: the living index, courses, public talk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Front {
    pub sets: Vec<FrontSet>,
    pub courses: Vec<FrontCourse>,
    pub threads: Vec<News>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrontSet {
    pub slug: String,
    pub title: String,
    pub description: String,
    pub statements: u32,
    pub competencies: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrontCourse {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub lessons: u32,
}

/// What do I continue, what is due, what is new for me, how far have I come?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Today {
    pub date: String,
    pub greeting: String,
    pub next: Option<Next>,
    pub cohorts: Vec<MyCohort>,
    pub due: Vec<Due>,
    pub news: Vec<News>,
    pub progress: Option<Progress>,
}

/// The course last touched, and its first unfinished lesson.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Next {
    pub course: String,
    pub course_slug: String,
    pub lesson: String,
    pub lesson_slug: String,
    pub minutes: u32,
    pub done: u32,
    pub of: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Due {
    pub title: String,
    pub what: String,
    pub day: String,
    pub overdue: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct News {
    pub group: String,
    pub title: String,
    pub href: String,
    pub unread: u32,
    pub posts: u32,
    pub iso: String,
    pub label: String,
}

/// Against the role profile chosen last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub profile: String,
    pub slug: String,
    pub at_level: u32,
    pub rated: u32,
    pub of: u32,
}
