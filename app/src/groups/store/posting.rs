//! Starting a thread and replying: numbers without holes, counters that
//! agree, and the same form sent twice makes one post.

use surrealdb_types::{SurrealValue, Value};

use super::naming::{self, Place};
use super::{forbidden, key};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::groups::model::{Anchor, FormKey, PostBody, Quote, ThreadKind, ThreadTitle};
use crate::id::{GroupId, ThreadId};
use crate::pictures::shown::held;
use crate::pictures::store::missing;
use crate::vars;
use crate::viewer::Viewer;

/// A reply as it was written.
pub struct NewReply {
    pub thread: ThreadId,
    pub body: PostBody,
    pub form_key: FormKey,
}

#[derive(SurrealValue)]
struct ReplyRow {
    number: i64,
    group: GroupId,
    slug: String,
}

/// Where a reply stands: its number in the thread, the group and its name in addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replied {
    pub number: u32,
    pub group: GroupId,
    pub slug: String,
}

/// Takes in a reply. The thread's record is written, so that replies at the same
/// moment come one after the other. Who answers has read what stands before:
/// nobody's own words are new to them.
pub async fn reply(db: &Db, viewer: &Viewer, new: &NewReply) -> Result<Replied> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    let html = naming::html(db, viewer, &Place::Thread(new.thread.clone()), &new.body).await?;
    let pictures = held(&html)?;
    let mut answers = db
        .write(
            "LET $head = (SELECT study_group, posts, study_group.slug AS slug, study_group.public AS open FROM $thread)[0];
             IF $head = NONE { THROW 'not found' };
             LET $group = $head.study_group;
             LET $membership = type::record('group_membership', [$me, record::id($group)]);
             IF !record::exists($membership) { THROW IF $head.open { 'forbidden' } ELSE { 'not found' } };
             LET $sent = (SELECT thread, number FROM post WHERE author = $person AND form_key = $form_key)[0];
             IF $sent != NONE AND $sent.thread != $thread {
                THROW 'This form was sent before. Load the page again to write something new.';
             };
             IF $sent = NONE {
                LET $reading = type::record('reading', [$me, $thread_key]);
                CREATE type::record('post', [$thread_key, $head.posts + 1])
                    SET thread = $thread, study_group = $group, number = $head.posts + 1, author = $person,
                    body = $body, html = $html, form_key = $form_key;
                IF $pictures != [] { fn::hold_pictures(type::record('post', [$thread_key, $head.posts + 1]), $group, $pictures) };
                UPDATE $thread SET posts += 1, last_post = time::now();
                UPDATE $group SET posts += 1;
                LET $had = (SELECT VALUE last_read FROM $reading)[0] ?? 0;
                UPSERT $reading SET person = $person, thread = $thread, study_group = $group, last_read = $head.posts + 1, at = time::now();
                UPDATE $membership SET posts_read += $head.posts + 1 - $had;
             };
             RETURN { number: $sent.number ?? $head.posts + 1, group: $group, slug: $head.slug };",
            vars! {
                "thread" => new.thread.clone(), "thread_key" => new.thread.as_str().to_owned(), "me" => key(viewer),
                "person" => person.clone(), "body" => new.body.as_str().to_owned(),
                "html" => html, "pictures" => pictures, "form_key" => new.form_key.as_str().to_owned(),
            },
        )
        .await
        .map_err(forbidden)
        .map_err(missing)?;
    let row = answers.row::<ReplyRow>(8)?.ok_or(AppError::Internal)?;
    Ok(Replied {
        number: super::count(row.number),
        group: row.group,
        slug: row.slug,
    })
}

/// A thread as it was started.
pub struct NewThread {
    pub group: GroupId,
    pub title: ThreadTitle,
    pub kind: ThreadKind,
    pub body: PostBody,
    pub anchor: Option<Anchor>,
    pub quote: Quote,
    pub form_key: FormKey,
}

/// Where a new thread is.
#[derive(Debug, Clone, PartialEq, Eq, SurrealValue)]
pub struct Started {
    pub thread: ThreadId,
    pub slug: String,
}

/// Starts a thread with its first post.
pub async fn start(db: &Db, viewer: &Viewer, new: &NewThread) -> Result<Started> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    let thread = ThreadId::random();
    let html = naming::html(db, viewer, &Place::Group(new.group.clone()), &new.body).await?;
    let (kind, anchor) = match &new.anchor {
        None => ("", Value::None),
        Some(Anchor::Course(id)) => ("course", id.clone().into_value()),
        Some(Anchor::Lesson(id)) => ("lesson", id.clone().into_value()),
        Some(Anchor::Node(id)) => ("node", id.clone().into_value()),
    };
    // A quotation is of the text of a lesson.
    let quote = if kind == "lesson" {
        new.quote.as_str().to_owned()
    } else {
        String::new()
    };
    let pictures = held(&html)?;
    let mut answers = db
        .write(
            "LET $head = (SELECT slug, public, subject FROM $group)[0];
             IF $head = NONE { THROW 'not found' };
             LET $membership = type::record('group_membership', [$me, $group_key]);
             IF !record::exists($membership) { THROW IF $head.public { 'forbidden' } ELSE { 'not found' } };
             LET $label = IF $anchor_kind = 'lesson' { (SELECT VALUE title FROM $anchor WHERE course IN [$head.subject, $head.subject.subject])[0] }
                ELSE IF $anchor_kind = 'course' { (SELECT VALUE title FROM $anchor WHERE state = 'published')[0] }
                ELSE IF $anchor_kind = 'node' {
                    (SELECT VALUE string::trim(string::concat(code, ' ', title)) FROM $anchor WHERE edition.state = 'published')[0]
                } ELSE { '' };
             IF $label = NONE { THROW 'anchor' };
             LET $sent = (SELECT VALUE thread FROM post WHERE author = $person AND form_key = $form_key)[0];
             IF $sent = NONE {
                CREATE $thread SET study_group = $group, public = $head.public, title = $title, kind = $kind, started_by = $person,
                    anchor = $anchor, anchor_label = $label, quote = $quote, posts = 1;
                CREATE type::record('post', [$thread_key, 1]) SET thread = $thread, study_group = $group, number = 1, author = $person,
                    body = $body, html = $html, form_key = $form_key;
                IF $pictures != [] { fn::hold_pictures(type::record('post', [$thread_key, 1]), $group, $pictures) };
                UPDATE $group SET threads += 1, posts += 1;
                UPSERT type::record('reading', [$me, $thread_key])
                    SET person = $person, thread = $thread, study_group = $group, last_read = 1, at = time::now();
                UPDATE $membership SET posts_read += 1;
             };
             RETURN { thread: $sent ?? $thread, slug: $head.slug };",
            vars! {
                "group" => new.group.clone(), "group_key" => new.group.as_str().to_owned(), "me" => key(viewer),
                "person" => person.clone(), "thread" => thread.clone(), "thread_key" => thread.as_str().to_owned(),
                "title" => new.title.as_str().to_owned(), "kind" => new.kind.as_str(),
                "body" => new.body.as_str().to_owned(), "html" => html, "pictures" => pictures,
                "anchor_kind" => kind, "anchor" => anchor, "quote" => quote, "form_key" => new.form_key.as_str().to_owned(),
            },
        )
        .await
        .map_err(forbidden)
        .map_err(missing)
        .map_err(|error| match error {
            AppError::Conflict(message) if message == "anchor" => {
                AppError::field("anchor_id", "What this should be about is not here any more, or belongs to another course.")
            }
            error => error,
        })?;
    answers.row::<Started>(8)?.ok_or(AppError::Internal)
}
