//! The study groups of the demonstration library.

use std::collections::BTreeMap;

use serde::Deserialize;
use surrealdb_types::Datetime;

use super::model::ThreadKind;
use super::store::{self, NewGroup, SeedPost, SeedReading, SeedThread};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{CohortId, EditionId, GroupId, OrganisationId, PersonId};

const TALK: &str = include_str!("../../demo/talk.toml");

const SECONDS_A_DAY: f64 = 86_400.0;

#[derive(Deserialize)]
struct Talk {
    groups: Vec<DemoGroup>,
}

#[derive(Deserialize)]
struct DemoGroup {
    slug: String,
    title: String,
    summary: String,
    public: bool,
    course: Option<String>,
    members: Vec<String>,
    facilitators: Vec<String>,
    #[serde(default)]
    threads: Vec<DemoThread>,
}

#[derive(Deserialize)]
struct DemoThread {
    title: String,
    kind: ThreadKind,
    anchor: Option<DemoAnchor>,
    posts: Vec<DemoPost>,
}

#[derive(Deserialize)]
struct DemoAnchor {
    lesson: Option<String>,
    statement: Option<String>,
    #[serde(default)]
    quote: String,
}

#[derive(Deserialize)]
struct DemoPost {
    by: String,
    days_ago: f64,
    body: String,
}

/// Fills in the groups, after people, courses, cohorts (by the slug of their
/// group) and the index are there.
pub async fn demo(
    db: &Db,
    organisation: &OrganisationId,
    edition: &EditionId,
    people: &BTreeMap<String, PersonId>,
    cohorts: &BTreeMap<String, CohortId>,
) -> Result<()> {
    let talk: Talk = toml::from_str(TALK).map_err(|error| AppError::internal("talk.toml", error))?;
    for group in talk.groups {
        let course = match &group.course {
            Some(slug) => store::course_of(db, slug).await?,
            None => None,
        };
        let new = NewGroup {
            slug: group.slug.clone(),
            organisation: organisation.clone(),
            title: group.title.clone(),
            summary: group.summary.clone(),
            public: group.public,
            course,
            cohort: cohorts.get(&group.slug).cloned(),
        };
        let id = store::create(db, new).await?;
        fill(db, &id, edition, people, group).await?;
    }
    Ok(())
}

async fn fill(
    db: &Db,
    group: &GroupId,
    edition: &EditionId,
    people: &BTreeMap<String, PersonId>,
    demo: DemoGroup,
) -> Result<()> {
    let mut members = Vec::new();
    for (emails, facilitator) in [(&demo.facilitators, true), (&demo.members, false)] {
        for email in emails {
            let id = person(people, email)?;
            store::member(db, group, &id, facilitator).await?;
            if !members.contains(&id) {
                members.push(id);
            }
        }
    }
    for (place, thread) in demo.threads.into_iter().enumerate() {
        let mut posts = Vec::new();
        for (number, post) in (1..).zip(&thread.posts) {
            let author = person(people, &post.by)?;
            posts.push(SeedPost::new(number, author, post.body.trim(), days_ago(post.days_ago)));
        }
        let anchor = thread.anchor;
        let new = SeedThread {
            group: group.clone(),
            title: thread.title,
            kind: thread.kind,
            quote: anchor.as_ref().map(|anchor| anchor.quote.clone()).unwrap_or_default(),
            lesson: anchor
                .as_ref()
                .and_then(|anchor| anchor.lesson.as_deref()?.split_once('/'))
                .map(|(course, lesson)| (course.to_owned(), lesson.to_owned())),
            statement: anchor.and_then(|anchor| anchor.statement),
            readings: readings(&members, &posts, place),
            posts,
        };
        store::seed_thread(db, edition, new).await?;
    }
    Ok(())
}

/// Everyone has read all but the last one to three posts of two threads out
/// of three; nobody has their own posts before them.
fn readings(members: &[PersonId], posts: &[SeedPost], place: usize) -> Vec<SeedReading> {
    let total = i64::try_from(posts.len()).unwrap_or(i64::MAX);
    let new = i64::try_from((place + 2) % 3 + 1).unwrap_or(1);
    let left = if place % 3 == 2 { 0 } else { new.min(total - 1).max(0) };
    let own = |person: &PersonId| {
        posts
            .iter()
            .rev()
            .find(|post| post.author == *person)
            .map_or(0, |post| post.number)
    };
    let until = |person: &PersonId| (total - left).max(own(person));
    let at = |number: i64| {
        posts
            .iter()
            .rev()
            .find(|post| post.number <= number)
            .map(|post| post.created)
    };
    members
        .iter()
        .filter_map(|person| {
            let last_read = until(person);
            Some(SeedReading {
                person: person.clone(),
                last_read,
                at: at(last_read)?,
            })
        })
        .collect()
}

fn person(people: &BTreeMap<String, PersonId>, email: &str) -> Result<PersonId> {
    people
        .get(email)
        .cloned()
        .ok_or_else(|| AppError::internal("talk.toml", format!("{email} is nobody here")))
}

fn days_ago(days: f64) -> Datetime {
    let now = jiff::Timestamp::now().as_second();
    // Days are small and their fraction matters to the minute only.
    let back = (days * SECONDS_A_DAY) as i64;
    Datetime::from_timestamp(now - back, 0).unwrap_or_default()
}
