//! Putting whole threads into the database, dated and read as told: for the
//! demonstration library only.

use surrealdb_types::{Datetime, SurrealValue};

use crate::db::Db;
use crate::error::Result;
use crate::groups::model::{FormKey, ThreadKind};
use crate::id::{CourseId, EditionId, GroupId, PersonId, ThreadId};
use crate::vars;

/// A thread with all that was said in it.
pub struct SeedThread {
    pub group: GroupId,
    pub title: String,
    pub kind: ThreadKind,
    /// Course and lesson by their names in addresses.
    pub lesson: Option<(String, String)>,
    /// A statement by its code.
    pub statement: Option<String>,
    pub quote: String,
    pub posts: Vec<SeedPost>,
    pub readings: Vec<SeedReading>,
}

#[derive(Clone, SurrealValue)]
pub struct SeedPost {
    pub number: i64,
    pub author: PersonId,
    pub body: String,
    pub html: String,
    pub created: Datetime,
    pub form_key: String,
}

impl SeedPost {
    pub fn new(number: i64, author: PersonId, body: &str, created: Datetime) -> Self {
        Self {
            number,
            author,
            body: body.to_owned(),
            html: crate::markdown::render(body),
            created,
            form_key: FormKey::random().into(),
        }
    }
}

/// How far somebody has read.
#[derive(Clone, SurrealValue)]
pub struct SeedReading {
    pub person: PersonId,
    pub last_read: i64,
    pub at: Datetime,
}

/// The course of a name in addresses.
pub async fn course_of(db: &Db, slug: &str) -> Result<Option<CourseId>> {
    db.row(
        "SELECT VALUE id FROM course WHERE slug = $slug;",
        vars! { "slug" => slug.to_owned() },
    )
    .await
}

/// Makes somebody a member of an empty group.
pub async fn member(db: &Db, group: &GroupId, person: &PersonId, facilitator: bool) -> Result<()> {
    db.write(
        "LET $membership = type::record('group_membership', [record::id($person), record::id($group)]);
         IF !record::exists($membership) {
            CREATE $membership SET person = $person, study_group = $group, facilitator = $facilitator;
            UPDATE $group SET members += 1;
         };",
        vars! { "group" => group.clone(), "person" => person.clone(), "facilitator" => facilitator },
    )
    .await
    .map(drop)
}

/// Writes a thread, its posts, and how far the members have read.
pub async fn thread(db: &Db, edition: &EditionId, new: SeedThread) -> Result<ThreadId> {
    let id = ThreadId::random();
    let (course, lesson) = new.lesson.unzip();
    db.write(
        "LET $course_id = (SELECT VALUE id FROM course WHERE slug = $course)[0];
         LET $lesson_row = (SELECT id, title FROM lesson WHERE course = $course_id AND slug = $lesson)[0];
         LET $node = (SELECT id, string::trim(string::concat(code, ' ', title)) AS title FROM node
            WHERE edition = $edition AND address = $statement)[0];
         LET $anchor = $lesson_row ?? $node;
         LET $count = array::len($posts);
         CREATE $thread SET study_group = $group, public = $group.public, title = $title, kind = $kind,
            started_by = $posts[0].author, anchor = $anchor.id, anchor_label = $anchor.title ?? '', quote = $quote,
            posts = $count, created = $posts[0].created, last_post = $posts[$count - 1].created;
         FOR $post IN $posts {
            LET $post_id = type::record('post', [record::id($thread), $post.number]);
            CREATE $post_id SET thread = $thread, study_group = $group, number = $post.number, author = $post.author,
                body = $post.body, html = $post.html, created = $post.created, form_key = $post.form_key;
         };
         UPDATE $group SET threads += 1, posts += $count;
         FOR $reading IN $readings {
            LET $reading_id = type::record('reading', [record::id($reading.person), record::id($thread)]);
            LET $membership = type::record('group_membership', [record::id($reading.person), record::id($group)]);
            UPSERT $reading_id SET person = $reading.person, thread = $thread, study_group = $group, last_read = $reading.last_read,
                at = $reading.at;
            UPDATE $membership SET posts_read += $reading.last_read;
         };",
        vars! {
            "thread" => id.clone(), "group" => new.group, "edition" => edition.clone(), "title" => new.title,
            "kind" => new.kind.as_str(), "quote" => new.quote, "posts" => new.posts, "readings" => new.readings,
            "course" => course, "lesson" => lesson, "statement" => new.statement,
        },
    )
    .await?;
    Ok(id)
}
