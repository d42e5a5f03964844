//! Study groups, who belongs to them, and how far each has read.

use app::db::Db;
use surrealdb_types::{Datetime, RecordId, SurrealValue};

use super::index::Index;
use super::keys::{self, at};
use super::size::Size;
use super::{store, threads};
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
    let posts = threads::lengths(size, seed);
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
    threads::fill(db, size, seed, (&members, &posts), index).await
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

pub fn is_public(group: usize) -> bool {
    group.is_multiple_of(4)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_agree_with_what_they_count() {
        let (size, mut random) = (Size::S, Random::new(1, "counters"));
        let members = members(&size, &mut random);
        let posts = threads::lengths(&size, 1);
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
