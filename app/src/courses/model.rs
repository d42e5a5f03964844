//! What the pages of courses show.

use serde::{Deserialize, Serialize};

use super::rules::next_to_do;
use crate::html::Html;
use crate::id::{CohortId, CourseId, LessonId, NodeId};
use crate::organisations::choosing::model::Choices;

/// One page of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CataloguePage {
    pub courses: Vec<CourseCard>,
    pub page: u32,
    pub pages: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseCard {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub organisation: String,
    pub hours: String,
    pub lessons: u32,
    /// Lessons that the viewer has done.
    pub done: u32,
    pub open: bool,
}

/// A lesson in the outline of its course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonLine {
    pub id: LessonId,
    pub slug: String,
    pub title: String,
    pub module: String,
    pub minutes: u32,
    /// Whether the viewer has done it.
    pub done: bool,
}

/// Lessons that follow each other under one name; the name may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// From 1, counting named modules only.
    pub number: Option<u32>,
    pub title: String,
    pub lessons: Vec<LessonLine>,
}

impl Module {
    /// "Module 2 · Money with strings".
    pub fn label(&self) -> Option<String> {
        self.number.map(|number| format!("Module {number} · {}", self.title))
    }
}

/// The modules of an outline, in order.
pub fn modules(lessons: &[LessonLine]) -> Vec<Module> {
    let mut modules: Vec<Module> = Vec::new();
    let mut number = 0;
    for lesson in lessons {
        match modules.last_mut() {
            Some(module) if module.title == lesson.module => module.lessons.push(lesson.clone()),
            _ => {
                let named = !lesson.module.is_empty();
                number += u32::from(named);
                modules.push(Module {
                    number: named.then_some(number),
                    title: lesson.module.clone(),
                    lessons: vec![lesson.clone()],
                });
            }
        }
    }
    modules
}

/// How many lessons are done.
pub fn done(lessons: &[LessonLine]) -> u32 {
    u32::try_from(lessons.iter().filter(|lesson| lesson.done).count()).unwrap_or(u32::MAX)
}

/// The lesson to go on with; none when all are done.
pub fn next(lessons: &[LessonLine]) -> Option<&LessonLine> {
    let done: Vec<bool> = lessons.iter().map(|lesson| lesson.done).collect();
    lessons.get(next_to_do(&done)?)
}

/// A statement that a course or a resource serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aligned {
    pub node: NodeId,
    pub code: String,
    pub title: String,
    pub href: String,
    /// The level that it serves up to, from 0 in the scale.
    pub level: u32,
    /// The words of the scale, lowest first.
    pub levels: Vec<String>,
}

impl Aligned {
    pub fn level_label(&self) -> String {
        self.levels
            .get(self.level as usize)
            .cloned()
            .unwrap_or_else(|| self.level.to_string())
    }

    /// Blocks of the scale, whose first level is nought.
    pub fn of(&self) -> u32 {
        u32::try_from(self.levels.len()).unwrap_or(0).saturating_sub(1)
    }
}

/// A group that works through a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseGroup {
    pub slug: String,
    pub title: String,
    pub members: u32,
    /// Whether the viewer belongs to it.
    pub mine: bool,
}

/// A cohort of the course that the viewer is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseCohort {
    pub id: CohortId,
    pub title: String,
    pub dates: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    pub id: CourseId,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub organisation: String,
    pub hours: String,
    pub language: String,
    pub open: bool,
    pub published: bool,
    pub may_edit: bool,
    pub lessons: Vec<LessonLine>,
    pub aligned: Vec<Aligned>,
    pub groups: Vec<CourseGroup>,
    /// Whether there are more groups than these.
    pub more_groups: bool,
    pub cohorts: Vec<CourseCohort>,
    /// It is in the viewer's learning plan.
    pub planned: bool,
}

/// A lesson with the outline it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    pub id: LessonId,
    pub slug: String,
    pub title: String,
    pub html: Html,
    pub course: CourseId,
    pub course_slug: String,
    pub course_title: String,
    pub language: String,
    pub published: bool,
    pub may_edit: bool,
    pub outline: Vec<LessonLine>,
}

impl Lesson {
    /// Where it stands in the outline, from 0.
    pub fn position(&self) -> usize {
        self.outline.iter().position(|line| line.id == self.id).unwrap_or(0)
    }

    pub fn before(&self) -> Option<&LessonLine> {
        self.outline.get(self.position().checked_sub(1)?)
    }

    pub fn after(&self) -> Option<&LessonLine> {
        self.outline.get(self.position() + 1)
    }

    pub fn is_done(&self) -> bool {
        self.outline.iter().any(|line| line.id == self.id && line.done)
    }
}

/// What Today offers to go on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContinueWith {
    pub course_slug: String,
    pub course_title: String,
    pub lesson_slug: String,
    pub lesson_title: String,
    pub minutes: u32,
    pub done: u32,
    pub lessons: u32,
}

/// What the form of a new course needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCourseForm {
    /// The id that the course will have, so that a form sent twice makes one.
    pub key: CourseId,
    pub organisations: Choices,
}

/// A course as its writers see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CourseDraft {
    pub id: CourseId,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub organisation: String,
    pub hours: f64,
    pub open: bool,
    pub published: bool,
    pub lessons: Vec<LessonLine>,
    pub aligned: Vec<Aligned>,
    /// What was searched for among the statements.
    pub query: String,
    /// What was found, each with the title of its set.
    pub found: Vec<(Aligned, String)>,
    /// Whether there are more matches than shown.
    pub more: bool,
    /// Whether others have to do with it, or had: then it is not deleted.
    pub used: bool,
}

/// A lesson as its writers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonDraft {
    pub course: CourseId,
    pub course_slug: String,
    pub course_title: String,
    /// Whether its course is in the catalogue, where what is saved is read at once.
    pub published: bool,
    /// The id of the lesson, or the one that a new lesson will have.
    pub id: LessonId,
    /// Nothing when it is new.
    pub slug: Option<String>,
    pub title: String,
    pub module: String,
    pub minutes: u32,
    pub body: String,
    /// When it was last written (RFC 3339), to notice when two write at once.
    pub changed: String,
    /// The names of the course's modules, to choose from.
    pub modules: Vec<String>,
    /// How the text looks; that of a form which came back, if one did.
    pub preview: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(slug: &str, module: &str, done: bool) -> LessonLine {
        LessonLine {
            id: LessonId::parse(slug).unwrap(),
            slug: slug.into(),
            title: slug.into(),
            module: module.into(),
            minutes: 10,
            done,
        }
    }

    #[test]
    fn lessons_of_one_name_that_follow_each_other_are_a_module() {
        let lessons = [
            line("a", "", true),
            line("b", "One", true),
            line("c", "One", false),
            line("d", "Two", false),
        ];
        let modules = modules(&lessons);
        let shape: Vec<_> = modules
            .iter()
            .map(|module| (module.label(), module.lessons.len()))
            .collect();
        assert_eq!(
            shape,
            [
                (None, 1),
                (Some("Module 1 · One".into()), 2),
                (Some("Module 2 · Two".into()), 1)
            ]
        );
        assert_eq!(done(&lessons), 2);
        assert_eq!(next(&lessons).map(|lesson| lesson.slug.as_str()), Some("c"));
    }

    #[test]
    fn a_level_beyond_the_scale_is_still_named() {
        let aligned = Aligned {
            node: NodeId::parse("n").unwrap(),
            code: "LM 1".into(),
            title: "x".into(),
            href: "/".into(),
            level: 7,
            levels: vec!["None".into(), "Some".into()],
        };
        assert_eq!(aligned.level_label(), "7");
        assert_eq!(aligned.of(), 1);
    }
}
