//! Study groups, who belongs to them, and what is said there. The first thread
//! is public, the second for members only; both have exactly
//! [`Size::LONG_THREAD`] posts.

use app::db::Db;
use app::markdown;
use surrealdb_types::{Datetime, RecordId, SurrealValue};

use super::index::Index;
use super::keys::{self, MINUTES, at};
use super::size::Size;
use super::{store, words};
use crate::random::Random;

/// The group of the private thread that is measured; everyone who signs in for
/// the load belongs to it.
const MEASURED: usize = 1;

#[derive(SurrealValue)]
struct Group {
    id: RecordId,
    slug: String,
    organisation: RecordId,
    title: String,
    summary: String,
    public: bool,
    subject: Option<RecordId>,
    threads: i64,
    posts: i64,
    members: i64,
    created: Datetime,
}

#[derive(SurrealValue)]
struct GroupMembership {
    id: RecordId,
    person: RecordId,
    study_group: RecordId,
    facilitator: bool,
    posts_read: i64,
    since: Datetime,
}

#[derive(SurrealValue)]
struct Thread {
    id: RecordId,
    study_group: RecordId,
    public: bool,
    title: String,
    kind: String,
    started_by: RecordId,
    anchor: Option<RecordId>,
    anchor_label: String,
    quote: String,
    posts: i64,
    created: Datetime,
    last_post: Datetime,
}

#[derive(SurrealValue)]
struct Post {
    id: RecordId,
    thread: RecordId,
    study_group: RecordId,
    number: i64,
    author: RecordId,
    body: String,
    html: String,
    created: Datetime,
    form_key: String,
}

#[derive(SurrealValue)]
struct Reading {
    id: RecordId,
    person: RecordId,
    thread: RecordId,
    study_group: RecordId,
    last_read: i64,
}

pub async fn fill(db: &Db, size: &Size, seed: u64, index: &Index) -> Result<(), String> {
    let mut random = Random::new(seed, "groups");
    let members = members(size, &mut random);
    let posts = posts_of_threads(size, &mut random);
    let readings = readings(size, &members, &posts, &mut random);
    store::insert(
        db,
        "study_group",
        (0..size.groups)
            .map(|number| group(number, size, &members, &posts))
            .collect(),
    )
    .await?;
    store::insert(db, "group_membership", memberships(&members, &readings)).await?;
    store::insert(db, "reading", readings).await?;
    let mut first = 0;
    for (number, count) in posts.iter().enumerate() {
        let (thread, posts) = thread(
            number,
            (first, *count),
            size,
            (&members[number % size.groups], index),
            &mut random,
        );
        store::insert(db, "thread", vec![thread]).await?;
        store::insert(db, "post", posts).await?;
        first += count;
    }
    Ok(())
}

/// The words that end a post, and no other one.
pub fn last_words(thread: usize, number: usize) -> String {
    format!("So much for point {thread}-{number}.")
}

/// Where a thread is, which is in the group of its number.
pub fn path(thread: usize, size: &Size) -> String {
    format!(
        "/groups/group-{}/{}",
        thread % size.groups,
        keys::key(&keys::thread(thread))
    )
}

/// The people of each group. Those who sign in for the load are in the
/// measured one, and each of them in one of their own.
fn members(size: &Size, random: &mut Random) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); size.groups];
    for person in 0..size.people {
        let mut groups = random.sample(size.groups, 5);
        if person < Size::CONNECTIONS {
            groups.extend([MEASURED, person]);
            groups.sort_unstable();
            groups.dedup();
        }
        groups.into_iter().for_each(|group| members[group].push(person));
    }
    members
}

/// How many posts each thread has: one at least, later threads more often
/// long, and the first two as long as the measurement wants them.
fn posts_of_threads(size: &Size, random: &mut Random) -> Vec<usize> {
    let mut posts = vec![1; size.threads];
    posts[..2].fill(Size::LONG_THREAD);
    let left = size.posts - posts.iter().sum::<usize>();
    for _ in 0..left {
        let others = size.threads - 2;
        posts[2 + random.below(others).max(random.below(others))] += 1;
    }
    posts
}

fn threads_of(group: usize, size: &Size) -> impl Iterator<Item = usize> {
    (group..size.threads).step_by(size.groups)
}

/// Each member has read into a third of the group's threads.
fn readings(size: &Size, members: &[Vec<usize>], posts: &[usize], random: &mut Random) -> Vec<Reading> {
    let mut rows = Vec::new();
    for (group, people) in members.iter().enumerate() {
        for person in people.iter().copied().map(keys::person) {
            for thread in threads_of(group, size) {
                let last_read = if thread < 2 {
                    38
                } else {
                    random.between(1, posts[thread])
                };
                if thread < 2 || random.below(3) == 0 {
                    let thread = keys::thread(thread);
                    rows.push(Reading {
                        id: keys::pair("reading", &person, &thread),
                        person: person.clone(),
                        thread,
                        study_group: keys::group(group),
                        last_read: last_read as i64,
                    });
                }
            }
        }
    }
    rows
}

fn group(number: usize, size: &Size, members: &[Vec<usize>], posts: &[usize]) -> Group {
    Group {
        id: keys::group(number),
        slug: format!("group-{number}"),
        organisation: keys::organisation(number % size.organisations),
        title: format!("Study group {number}"),
        summary: "People who work through something together.".into(),
        public: is_public(number),
        subject: (number < size.courses).then(|| keys::course(number)),
        threads: threads_of(number, size).count() as i64,
        posts: threads_of(number, size).map(|thread| posts[thread]).sum::<usize>() as i64,
        members: members[number].len() as i64,
        created: at(0),
    }
}

fn is_public(group: usize) -> bool {
    group % 4 == 0
}

fn memberships(members: &[Vec<usize>], readings: &[Reading]) -> Vec<GroupMembership> {
    let mut read = std::collections::HashMap::<(String, String), i64>::new();
    for reading in readings {
        *read
            .entry((keys::key(&reading.person), keys::key(&reading.study_group)))
            .or_default() += reading.last_read;
    }
    let membership = |group: usize, place: usize, person: usize| {
        let (person, study_group) = (keys::person(person), keys::group(group));
        let of = (keys::key(&person), keys::key(&study_group));
        GroupMembership {
            id: keys::pair("group_membership", &person, &study_group),
            posts_read: read.get(&of).copied().unwrap_or_default(),
            person,
            study_group,
            facilitator: place == 0,
            since: at(0),
        }
    };
    let of_group = |(group, people): (usize, &Vec<usize>)| {
        people
            .iter()
            .enumerate()
            .map(|(place, person)| membership(group, place, *person))
            .collect::<Vec<_>>()
    };
    members.iter().enumerate().flat_map(of_group).collect()
}

/// A thread with its posts; `(first, count)` numbers them.
fn thread(
    number: usize,
    (first, count): (usize, usize),
    size: &Size,
    (members, index): (&[usize], &Index),
    random: &mut Random,
) -> (Thread, Vec<Post>) {
    let (id, group) = (keys::thread(number), number % size.groups);
    let begun = random.below(MINUTES - count * 30);
    let mut posts = Vec::with_capacity(count);
    for place in 1..=count {
        let body = words::post(random, &last_words(number, place));
        posts.push(Post {
            id: keys::post(first + place),
            thread: id.clone(),
            study_group: keys::group(group),
            number: place as i64,
            author: keys::person(members[random.below(members.len())]),
            html: markdown::render(&body),
            body,
            created: at(begun + place * 30),
            form_key: format!("generated-{}", first + place),
        });
    }
    let (anchor, anchor_label) = anchor(number, size, index, random);
    let thread = Thread {
        id,
        study_group: keys::group(group),
        public: is_public(group),
        title: format!("{} ({number})", words::title(random)),
        kind: if number % 4 == 3 { "question" } else { "discussion" }.into(),
        started_by: posts[0].author.clone(),
        quote: if anchor.is_some() && number % 2 == 0 {
            words::sentence(random)
        } else {
            String::new()
        },
        anchor,
        anchor_label,
        posts: count as i64,
        created: at(begun),
        last_post: at(begun + count * 30),
    };
    (thread, posts)
}

/// A third of the threads is about a lesson, a third about a statement.
fn anchor(thread: usize, size: &Size, index: &Index, random: &mut Random) -> (Option<RecordId>, String) {
    let group = thread % size.groups;
    match (thread / size.groups) % 3 {
        0 if group < size.courses => {
            let place = random.below(Size::LESSONS);
            (Some(keys::lesson(group, place)), format!("Lesson {place}"))
        }
        1 => {
            let statements = &index.statements[group % size.sets];
            let statement = &statements[random.below(statements.len())];
            (Some(statement.node.clone()), statement.title.clone())
        }
        _ => (None, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_are_those_of_the_size() {
        for size in [Size::S, Size::M] {
            let posts = posts_of_threads(&size, &mut Random::new(1, "posts"));
            assert_eq!((posts.len(), posts.iter().sum::<usize>()), (size.threads, size.posts));
            assert_eq!(posts[..2], [50, 50]);
        }
    }

    #[test]
    fn counters_agree_with_what_they_count() {
        let (size, mut random) = (Size::S, Random::new(1, "counters"));
        let members = members(&size, &mut random);
        let posts = posts_of_threads(&size, &mut random);
        let readings = readings(&size, &members, &posts, &mut random);
        let groups: Vec<Group> = (0..size.groups)
            .map(|number| group(number, &size, &members, &posts))
            .collect();
        assert_eq!(groups.iter().map(|group| group.posts).sum::<i64>(), size.posts as i64);
        assert_eq!(
            groups.iter().map(|group| group.threads).sum::<i64>(),
            size.threads as i64
        );
        for membership in memberships(&members, &readings) {
            let own = readings
                .iter()
                .filter(|row| row.person == membership.person && row.study_group == membership.study_group);
            assert_eq!(membership.posts_read, own.map(|row| row.last_read).sum::<i64>());
            let group = groups.iter().find(|group| group.id == membership.study_group).unwrap();
            assert!(membership.posts_read <= group.posts);
        }
    }

    #[test]
    fn the_measured_threads_are_public_and_private() {
        assert!(is_public(0) && !is_public(MEASURED));
        let members = members(&Size::M, &mut Random::new(1, "members"));
        for person in 0..Size::CONNECTIONS {
            assert!(members[MEASURED].contains(&person) && members[person].contains(&person));
        }
    }
}
