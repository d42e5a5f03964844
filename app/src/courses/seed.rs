//! The demonstration's courses and resources.

use std::collections::HashMap;

use serde::Deserialize;

use super::store::{self, SeedCourse, SeedLesson, SeedResource};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{CourseId, EditionId, NodeId, OrganisationId, PersonId, ResourceId};
use crate::paths;

/// A course's folder: its slug, its course.toml, and its lessons by file.
struct Folder {
    slug: &'static str,
    course: &'static str,
    lessons: &'static [(&'static str, &'static str)],
}

macro_rules! folders {
    ($($slug:literal: [$($file:literal),* $(,)?]),* $(,)?) => {
        &[$(Folder {
            slug: $slug,
            course: include_str!(concat!("../../demo/courses/", $slug, "/course.toml")),
            lessons: &[$(($file, include_str!(concat!("../../demo/courses/", $slug, "/", $file)))),*],
        }),*]
    };
}

/// In the order in which they were written; the first three are open.
const FOLDERS: &[Folder] = folders![
    "reading-a-budget": [
        "five-questions.md", "where-money-comes-from.md", "restricted.md", "carry-over.md", "grants-that-cost.md",
        "whose-money.md", "one-page-story.md",
    ],
    "first-ninety-days": ["before-day-one.md", "learning-the-room.md", "the-ninety-day-talk.md"],
    "digital-help-at-the-desk": ["asking-a-machine.md", "hands-in-pockets.md", "safe-enough.md"],
    "measures-that-matter": ["a-few-measures.md", "count-it-once.md", "in-a-minute.md"],
    "policies-people-can-use": ["a-challenge-arrives.md", "reading-is-private.md", "the-desk-test.md"],
    "safe-open-ready": ["rehearse-it.md", "risk-with-open-doors.md", "walk-in-as-a-stranger.md"],
    "try-it-small": ["deciding-day.md", "two-week-trial.md", "watch-first.md"],
    "weeding-with-good-reasons": ["criteria-aloud.md", "the-skip.md", "what-a-shelf-says.md"],
];
const OPEN: usize = 3;
const RESOURCES: &str = include_str!("../../demo/resources.toml");

#[derive(Deserialize)]
struct CourseFile {
    title: String,
    summary: String,
    hours: f64,
    language: String,
    #[serde(default)]
    aligned: Vec<Served>,
    modules: Vec<ModuleFile>,
}

#[derive(Deserialize)]
struct ModuleFile {
    title: String,
    lessons: Vec<LessonFile>,
}

#[derive(Deserialize)]
struct LessonFile {
    slug: String,
    title: String,
    minutes: i64,
    file: String,
}

#[derive(Deserialize)]
struct Served {
    code: String,
    level: i64,
}

#[derive(Deserialize)]
struct ResourcesFile {
    resources: Vec<ResourceFile>,
}

#[derive(Deserialize)]
struct ResourceFile {
    title: String,
    kind: String,
    url: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    minutes: i64,
    #[serde(default)]
    aligned: Vec<Served>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeded {
    /// By slug.
    pub courses: Vec<(String, CourseId)>,
    /// By title.
    pub resources: Vec<(String, ResourceId)>,
}

/// Writes the demonstration's courses and resources, aligned to the statements
/// of `edition` by their codes. A code that the edition lacks is an error.
pub async fn demo(db: &Db, organisation: &OrganisationId, edition: &EditionId, by: Option<PersonId>) -> Result<Seeded> {
    let nodes = store::nodes_by_code(db, edition).await?;
    let mut seeded = Seeded {
        courses: Vec::new(),
        resources: Vec::new(),
    };
    for (number, folder) in FOLDERS.iter().enumerate() {
        let course = course(folder, &nodes, number < OPEN, by.clone())?;
        seeded.courses.push((
            folder.slug.to_owned(),
            store::seed_course(db, organisation, course).await?,
        ));
    }
    let mut taken = Vec::new();
    for resource in resources()? {
        let resource = to_seed(resource, &nodes, &mut taken)?;
        let title = resource.title.clone();
        seeded
            .resources
            .push((title, store::seed_resource(db, organisation, resource).await?));
    }
    Ok(seeded)
}

fn course(folder: &Folder, nodes: &HashMap<String, NodeId>, open: bool, by: Option<PersonId>) -> Result<SeedCourse> {
    let file: CourseFile = toml::from_str(folder.course).map_err(|error| AppError::internal(folder.slug, error))?;
    let mut lessons = Vec::new();
    let mut position = 0;
    for module in file.modules {
        for lesson in module.lessons {
            position += 1;
            let body = folder
                .lessons
                .iter()
                .find(|(name, _)| *name == lesson.file)
                .map(|(_, text)| (*text).to_owned());
            let body = body.ok_or_else(|| AppError::internal(folder.slug, format!("{} is missing", lesson.file)))?;
            lessons.push(SeedLesson {
                slug: lesson.slug,
                module: module.title.clone(),
                position,
                title: lesson.title,
                minutes: lesson.minutes,
                body,
            });
        }
    }
    Ok(SeedCourse {
        slug: folder.slug.into(),
        title: file.title,
        summary: file.summary,
        hours: file.hours,
        language: file.language,
        open,
        by,
        lessons,
        aligned: served(file.aligned, nodes)?,
    })
}

fn resources() -> Result<Vec<ResourceFile>> {
    let file: ResourcesFile = toml::from_str(RESOURCES).map_err(|error| AppError::internal("resources.toml", error))?;
    Ok(file.resources)
}

fn to_seed(file: ResourceFile, nodes: &HashMap<String, NodeId>, taken: &mut Vec<String>) -> Result<SeedResource> {
    let slug = super::rules::free_slug(&paths::slug(&file.title), taken);
    taken.push(slug.clone());
    Ok(SeedResource {
        slug,
        title: file.title,
        kind: file.kind,
        url: file.url,
        publisher: file.by,
        summary: file.summary,
        minutes: file.minutes,
        aligned: served(file.aligned, nodes)?,
    })
}

fn served(aligned: Vec<Served>, nodes: &HashMap<String, NodeId>) -> Result<Vec<(NodeId, i64)>> {
    aligned
        .into_iter()
        .map(|one| match nodes.get(&one.code) {
            Some(node) => Ok((node.clone(), one.level)),
            None => Err(AppError::internal(
                "seed",
                format!("the edition has no statement {}", one.code),
            )),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read_and_every_lesson_is_there() {
        for folder in FOLDERS {
            let file: CourseFile = toml::from_str(folder.course).unwrap();
            let nodes = file
                .aligned
                .iter()
                .map(|one| (one.code.clone(), NodeId::random()))
                .collect();
            let course = course(folder, &nodes, false, None).unwrap();
            assert!(course.lessons.len() >= 3, "{}", folder.slug);
            assert_eq!(course.lessons.len(), folder.lessons.len(), "{}", folder.slug);
            assert!(!course.aligned.is_empty());
        }
        assert!(resources().unwrap().len() >= 24);
    }
}
