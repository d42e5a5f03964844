//! One page of a thread, and how far it has been read.

use surrealdb_types::SurrealValue;

use super::page::{self, PageRow, ReadingRow};
use super::{PostRow, count, key, own};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::groups::model::{FormKey, PAGE, PostView, ThreadDetail, ThreadKind, page_of};
use crate::id::{GroupId, PersonId, ThreadId};
use crate::vars;
use crate::viewer::Viewer;

/// One page of a thread: the one asked for, else where a member has not read
/// yet, else the first. What is shown to a member counts as read afterwards.
pub async fn thread(
    db: &Db,
    viewer: &Viewer,
    group: &str,
    thread: &ThreadId,
    page: Option<u32>,
) -> Result<ThreadDetail> {
    let PageRow {
        head,
        reading,
        from,
        posts,
    } = page::page(db, viewer, group, thread, page)
        .await?
        .ok_or(AppError::NotFound)?;
    let member = viewer.may_post_in(&head.study_group);
    let (total, last_read) = (
        count(head.posts),
        reading.as_ref().map_or(0, |reading| count(reading.last_read)),
    );
    let posts: Vec<PostView> = posts
        .into_iter()
        .map(|row| row.into_view(viewer, &head.of.facilitators, member))
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
                    posts: (SELECT number, author, author_name, html, created
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
    let member = viewer.may_post_in(&found.study_group);
    let posts: Vec<PostView> = found
        .posts
        .into_iter()
        .map(|row| row.into_view(viewer, &found.facilitators, member))
        .collect();
    let shown = posts.last().map_or(0, |post| post.number);
    if member && last_read >= after && shown > last_read {
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

#[derive(SurrealValue)]
struct SaidRow {
    threads: i64,
    posts: i64,
}

/// How many threads and posts a group has, for those who may read it.
pub async fn said(db: &Db, viewer: &Viewer, group: &GroupId) -> Result<(u32, u32)> {
    let said: Option<SaidRow> = db
        .row(
            "SELECT threads, posts FROM $group WHERE public = true OR id IN $groups;",
            vars! { "group" => group.clone(), "groups" => own(viewer) },
        )
        .await?;
    let said = said.ok_or(AppError::NotFound)?;
    Ok((count(said.threads), count(said.posts)))
}
