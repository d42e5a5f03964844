//! What is said in the groups. The first thread is public, the second for
//! members only; both have exactly [`Size::LONG_THREAD`] posts.

use app::db::Db;
use app::markdown;
use surrealdb_types::{Datetime, RecordId, SurrealValue};

use super::groups::is_public;
use super::index::Index;
use super::keys::{self, MINUTES, at};
use super::size::Size;
use super::{store, words};
use crate::random::Random;

/// Threads that are written at once.
const TOGETHER: usize = 100;

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

/// Writes all threads, for the members of each group and with so many posts
/// each.
pub async fn fill(
    db: &Db,
    size: &Size,
    seed: u64,
    (members, lengths): (&[Vec<usize>], &[usize]),
    index: &Index,
) -> Result<(), String> {
    let mut random = Random::new(seed, "threads");
    let mut first = 0;
    for (batch, lengths) in lengths.chunks(TOGETHER).enumerate() {
        let (mut threads, mut posts) = (Vec::new(), Vec::new());
        for (place, count) in lengths.iter().enumerate() {
            let number = batch * TOGETHER + place;
            let members = &members[number % size.groups];
            let (row, its_posts) = thread(number, (first, *count), size, (members, index), &mut random);
            threads.push(row);
            posts.extend(its_posts);
            first += count;
        }
        store::insert(db, "thread", threads).await?;
        store::insert(db, "post", posts).await?;
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

/// How many posts each thread has: one at least, later threads more often
/// long, and the first two as long as the measurement wants them.
pub fn lengths(size: &Size, seed: u64) -> Vec<usize> {
    let mut random = Random::new(seed, "lengths");
    let mut posts = vec![1; size.threads];
    posts[..2].fill(Size::LONG_THREAD);
    let left = size.posts - posts.iter().sum::<usize>();
    for _ in 0..left {
        let others = size.threads - 2;
        posts[2 + random.below(others).max(random.below(others))] += 1;
    }
    posts
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
            id: keys::post(&id, place as i64),
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
        quote: if anchor.is_some() && number.is_multiple_of(2) {
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
            let posts = lengths(&size, 1);
            assert_eq!((posts.len(), posts.iter().sum::<usize>()), (size.threads, size.posts));
            assert_eq!(posts[..2], [50, 50]);
        }
    }
}
