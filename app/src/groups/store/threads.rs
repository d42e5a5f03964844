//! One page of a thread, and how far it has been read.

use surrealdb_types::{Datetime, SurrealValue};

use super::{PostRow, count, key, own};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::groups::model::{FormKey, PAGE, PostView, ThreadDetail, ThreadKind, page_of};
use crate::id::{GroupId, PersonId, ThreadId};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct PageRow {
    head: HeadRow,
    reading: Option<ReadingRow>,
    /// The number of the first post of the page.
    from: i64,
    posts: Vec<PostRow>,
}

#[derive(SurrealValue)]
struct HeadRow {
    study_group: GroupId,
    of: GroupRow,
    title: String,
    kind: String,
    posts: i64,
    anchor_label: String,
    anchor_path: Vec<String>,
    quote: String,
    /// What the quote should stand in.
    text: Option<String>,
}

#[derive(SurrealValue)]
struct GroupRow {
    title: String,
    facilitators: Vec<PersonId>,
}

#[derive(SurrealValue)]
struct ReadingRow {
    last_read: i64,
    at: Datetime,
}

const THREAD: &str = "{
    LET $head = (SELECT study_group, study_group.{slug, title, public, facilitators} AS of, title, kind, posts,
        anchor_label, anchor_path, quote, IF quote != '' { anchor.html } AS text FROM ONLY $thread);
    LET $member = $head.study_group IN $groups;
    IF $head = NONE OR $head.of.slug != $slug OR !($head.of.public OR $member) { RETURN NONE };
    LET $reading = (SELECT last_read, at FROM ONLY type::record('reading', [$me, $thread_key]));
    LET $asked = IF $page > 0 { ($page - 1) * $size + 1 } ELSE IF $member { ($reading.last_read ?? 0) + 1 } ELSE { 1 };
    LET $at = math::clamp($asked, 1, math::max([$head.posts, 1]));
    LET $from = $at - (($at - 1) % $size);
    LET $until = $from + $size;
    {
        head: $head,
        reading: $reading,
        from: $from,
        posts: (SELECT number, author, author_name AS name, html, created FROM post:[$thread_key, $from]..[$thread_key, $until]),
    }
};";

/// One page of a thread: the one asked for, else where a member has not read
/// yet, else the first. What is shown to a member counts as read afterwards.
pub async fn thread(
    db: &Db,
    viewer: &Viewer,
    group: &str,
    thread: &ThreadId,
    page: Option<u32>,
) -> Result<ThreadDetail> {
    let found: Option<PageRow> = db
        .read(
            THREAD,
            vars! {
                "thread" => thread.clone(), "thread_key" => thread.as_str().to_owned(), "slug" => group.to_owned(),
                "groups" => own(viewer), "me" => key(viewer), "page" => i64::from(page.unwrap_or(0).min(1_000_000)),
                "size" => i64::from(PAGE),
            },
        )
        .await?;
    let PageRow {
        head,
        reading,
        from,
        posts,
    } = found.ok_or(AppError::NotFound)?;
    let member = viewer.may_post_in(&head.study_group);
    let (total, last_read) = (
        count(head.posts),
        reading.as_ref().map_or(0, |reading| count(reading.last_read)),
    );
    let posts: Vec<PostView> = posts
        .into_iter()
        .map(|row| row.into_view(viewer, &head.of.facilitators))
        .collect();
    let shown = posts.last().map_or(0, |post| post.number);
    if member && shown > last_read {
        mark_read(db, viewer, thread, shown).await?;
    }
    let unread_label = (member && total > last_read).then(|| match &reading {
        // "Since a minute ago" tells nobody anything.
        Some(ReadingRow { at, .. }) if crate::time::seconds_since(at) > 3600 => format!(
            "{} new since {}",
            total - last_read,
            crate::time::ago(at, viewer.timezone())
        ),
        _ => format!("{} new", total - last_read),
    });
    Ok(ThreadDetail {
        id: thread.clone(),
        group_slug: group.to_owned(),
        about_href: href(&head.anchor_path),
        group: head.of.title,
        title: head.title,
        kind: ThreadKind::parse(&head.kind).unwrap_or_default(),
        about: head.anchor_label,
        gone: !head.quote.is_empty()
            && !head
                .text
                .is_some_and(|text| crate::groups::passages::stands(&text, &head.quote)),
        quote: head.quote,
        posts,
        total,
        last_read,
        unread_label,
        page: page_of(count(from)),
        pages: page_of(total),
        member,
        signed_in: viewer.is_signed_in(),
        form_key: FormKey::random().into(),
        preview: None,
    })
}

/// The address of what a thread is about.
fn href(parts: &[String]) -> Option<String> {
    let parts: Vec<_> = parts.iter().map(|part| crate::paths::segment(part)).collect();
    (!parts.is_empty()).then(|| format!("/{}", parts.join("/")))
}

/// Notes that a member has read a thread up to a post. A thread is read from
/// its start: what stands before counts as read too. Nothing is written when
/// nothing advances.
async fn mark_read(db: &Db, viewer: &Viewer, thread: &ThreadId, upto: u32) -> Result<()> {
    let Some(person) = viewer.id() else { return Ok(()) };
    db.write(
        "LET $head = (SELECT study_group, posts FROM $thread)[0];
         IF $head = NONE { THROW 'not found' };
         LET $group = $head.study_group;
         LET $membership = type::record('group_membership', [$me, record::id($group)]);
         LET $reading = type::record('reading', [$me, $thread_key]);
         LET $before = (SELECT VALUE last_read FROM $reading)[0] ?? 0;
         LET $now = math::min([$upto, $head.posts]);
         IF $now > $before AND record::exists($membership) {
            UPSERT $reading SET person = $person, thread = $thread, study_group = $group, last_read = $now, at = time::now();
            UPDATE $membership SET posts_read += $now - $before;
         };",
        vars! {
            "thread" => thread.clone(), "thread_key" => thread.as_str().to_owned(), "me" => key(viewer),
            "person" => person.clone(), "upto" => i64::from(upto),
        },
    )
    .await
    .map(drop)
}

#[derive(SurrealValue)]
struct AfterRow {
    study_group: GroupId,
    facilitators: Vec<PersonId>,
    last_read: i64,
    posts: Vec<PostRow>,
}

/// The posts after a number, at most a page of them; what a member is shown
/// in one go with what was read before counts as read.
pub async fn posts_after(db: &Db, viewer: &Viewer, thread: &ThreadId, after: u32) -> Result<Vec<PostView>> {
    let found: Option<AfterRow> = db
        .read(
            "{
                LET $head = (SELECT study_group, study_group.{public, facilitators} AS of FROM ONLY $thread);
                IF $head = NONE OR !($head.of.public OR $head.study_group IN $groups) { RETURN NONE };
                LET $reading = (SELECT last_read FROM ONLY type::record('reading', [$me, $thread_key]));
                {
                    study_group: $head.study_group,
                    facilitators: $head.of.facilitators,
                    last_read: $reading.last_read ?? 0,
                    posts: (SELECT number, author, author_name AS name, html, created
                        FROM post:[$thread_key, $from]..[$thread_key, $until]),
                }
            };",
            vars! {
                "thread" => thread.clone(), "thread_key" => thread.as_str().to_owned(), "groups" => own(viewer),
                "me" => key(viewer), "from" => i64::from(after) + 1, "until" => i64::from(after) + 1 + i64::from(PAGE),
            },
        )
        .await?;
    let found = found.ok_or(AppError::NotFound)?;
    let last_read = count(found.last_read);
    let posts: Vec<PostView> = found
        .posts
        .into_iter()
        .map(|row| row.into_view(viewer, &found.facilitators))
        .collect();
    let shown = posts.last().map_or(0, |post| post.number);
    if viewer.may_post_in(&found.study_group) && last_read >= after && shown > last_read {
        mark_read(db, viewer, thread, shown).await?;
    }
    Ok(posts)
}

/// The number of the newest post of a thread, for those who may read it.
pub async fn newest(db: &Db, viewer: &Viewer, thread: &ThreadId) -> Result<u32> {
    let posts: Option<i64> = db
        .row(
            "SELECT VALUE posts FROM $thread WHERE study_group.public = true OR study_group IN $groups;",
            vars! { "thread" => thread.clone(), "groups" => own(viewer) },
        )
        .await?;
    posts.map(count).ok_or(AppError::NotFound)
}
