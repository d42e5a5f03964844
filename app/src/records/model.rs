//! What a record of learning shows.

use serde::{Deserialize, Serialize};

/// A person's record of learning: pages of the courses of which they finished
/// lessons, the latest first, and of their cohorts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearningRecord {
    pub courses: Vec<Studied>,
    pub courses_page: u32,
    pub courses_pages: u32,
    /// Of all pages: courses of which every lesson was finished, and lessons.
    pub finished: u32,
    pub lessons: u32,
    pub cohorts: Vec<Attended>,
    pub cohorts_page: u32,
    pub cohorts_pages: u32,
    /// A page of what they did at work, the latest first, for themselves alone: what
    /// they said of it was not written for others.
    pub tasks: Vec<DoneTask>,
    pub tasks_page: u32,
    pub tasks_pages: u32,
}

impl LearningRecord {
    pub fn is_empty(&self) -> bool {
        self.lessons == 0 && self.cohorts.is_empty() && self.tasks.is_empty()
    }

    /// "2 courses finished, 14 lessons".
    pub fn words(&self) -> String {
        let counted = |n: u32, one: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {one}s"),
        };
        format!(
            "{} finished, {} in all",
            counted(self.finished, "course"),
            counted(self.lessons, "lesson")
        )
    }
}

/// A task at work out of the learning plan, and the day on which it was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneTask {
    pub title: String,
    pub day: String,
}

/// A course of which lessons were finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Studied {
    pub title: String,
    /// Its language where it is known to whoever reads.
    pub language: String,
    /// Where whoever reads may open it.
    pub href: Option<String>,
    /// "1½ hours", or nothing.
    pub hours: String,
    pub done: u32,
    pub of: u32,
    /// The day of the lesson finished last.
    pub last: String,
    /// Lessons with the days on which they were finished, in that order; none
    /// where whoever reads may not know of the course.
    pub lessons: Vec<(String, String)>,
}

impl Studied {
    pub fn is_finished(&self) -> bool {
        self.of > 0 && self.done >= self.of
    }
}

/// A cohort that somebody is enrolled in, or was when they left its organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attended {
    pub title: String,
    pub href: Option<String>,
    /// The course or programme that it runs, or nothing.
    pub subject: String,
    pub dates: String,
    pub phase: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn studied(done: u32, of: u32) -> Studied {
        Studied {
            title: String::new(),
            language: String::new(),
            href: None,
            hours: String::new(),
            done,
            of,
            last: String::new(),
            lessons: Vec::new(),
        }
    }

    #[test]
    fn a_course_is_finished_with_its_last_lesson() {
        assert!(!studied(1, 2).is_finished() && studied(2, 2).is_finished());
        assert!(!studied(0, 0).is_finished());
    }

    #[test]
    fn a_record_counts_in_words() {
        let record = LearningRecord {
            courses: Vec::new(),
            courses_page: 1,
            courses_pages: 1,
            finished: 1,
            lessons: 14,
            cohorts: Vec::new(),
            cohorts_page: 1,
            cohorts_pages: 1,
            tasks: Vec::new(),
            tasks_page: 1,
            tasks_pages: 1,
        };
        assert_eq!(record.words(), "1 course finished, 14 lessons in all");
    }
}
