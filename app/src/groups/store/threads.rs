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
struct HeadRow {
    study_group: GroupId,
    group_title: String,
    title: String,
    kind: String,
    posts: i64,
    anchor_label: String,
    quote: String,
    anchor_slug: Option<String>,
    anchor_course: Option<String>,
    anchor_address: Option<String>,
    anchor_edition: Option<i64>,
    anchor_set: Option<String>,
}

impl HeadRow {
    /// Where the anchor is, while it is there.
    fn href(&self) -> Option<String> {
        use crate::paths::segment;
        match (
            &self.anchor_slug,
            &self.anchor_course,
            &self.anchor_address,
            &self.anchor_edition,
            &self.anchor_set,
        ) {
            (Some(lesson), Some(course), ..) => Some(format!("/courses/{course}/{lesson}")),
            (Some(course), None, ..) => Some(format!("/courses/{course}")),
            (_, _, Some(code), Some(edition), Some(set)) => Some(format!("/index/{set}/{edition}/{}", segment(code))),
            _ => None,
        }
    }
}

const THREAD: &str = "
    LET $head = (SELECT study_group, study_group.title AS group_title, title, kind, posts, anchor_label, quote,
        anchor.slug AS anchor_slug, anchor.course.slug AS anchor_course, anchor.address AS anchor_address,
        anchor.edition.number AS anchor_edition, anchor.edition.competency_set.slug AS anchor_set
        FROM $thread WHERE study_group.slug = $slug AND (study_group.public = true OR study_group IN $groups))[0];
    LET $reading = (SELECT last_read, at FROM type::record('reading', [$me, $thread_key]))[0];
    LET $asked = IF $page > 0 { ($page - 1) * $size + 1 }
        ELSE IF $head.study_group IN $groups { ($reading.last_read ?? 0) + 1 } ELSE { 1 };
    LET $at = math::clamp($asked, 1, math::max([$head.posts ?? 0, 1]));
    LET $from = $at - (($at - 1) % $size);
    $head;
    ({ read: $reading.last_read ?? 0, from: $from, at: $reading.at });
    LET $until = $from + $size;
    LET $posts = IF $head = NONE { [] } ELSE {
        (SELECT number, author, html, created FROM post:[$thread_key, $from]..[$thread_key, $until]) };
    $posts;
    SELECT id, name FROM array::distinct($posts.author);
    SELECT VALUE person FROM group_membership WHERE study_group = $head.study_group AND facilitator = true LIMIT 20;";

#[derive(SurrealValue)]
struct PlaceRow {
    read: i64,
    from: i64,
    at: Option<Datetime>,
}

/// A post of a page: its author's name is asked for once, however many posts
/// are theirs.
#[derive(SurrealValue)]
struct NamelessRow {
    number: i64,
    author: PersonId,
    html: String,
    created: Datetime,
}

#[derive(SurrealValue)]
struct AuthorRow {
    id: PersonId,
    name: String,
}

impl NamelessRow {
    fn named(self, authors: &[AuthorRow]) -> PostRow {
        let author = authors.iter().find(|author| author.id == self.author);
        PostRow {
            name: author.map(|author| author.name.clone()).unwrap_or_default(),
            number: self.number,
            author: self.author,
            html: self.html,
            created: self.created,
        }
    }
}

/// One page of a thread: the one asked for, else where a member has not read
/// yet, else the first. What is shown to a member counts as read afterwards.
pub async fn thread(
    db: &Db,
    viewer: &Viewer,
    group: &str,
    thread: &ThreadId,
    page: Option<u32>,
) -> Result<ThreadDetail> {
    let page = page.unwrap_or(0).min(1_000_000);
    let mut answers = db
        .run(
            THREAD,
            vars! {
                "thread" => thread.clone(), "thread_key" => thread.as_str().to_owned(), "slug" => group.to_owned(),
                "groups" => own(viewer), "me" => key(viewer), "page" => i64::from(page), "size" => i64::from(PAGE),
            },
        )
        .await?;
    let head = answers.row::<HeadRow>(5)?.ok_or(AppError::NotFound)?;
    let place = answers.row::<PlaceRow>(6)?.ok_or(AppError::NotFound)?;
    let rows = answers.rows::<NamelessRow>(9)?;
    let authors = answers.rows::<AuthorRow>(10)?;
    let facilitators = answers.rows::<PersonId>(11)?;
    let member = viewer.may_post_in(&head.study_group);
    let (total, last_read) = (count(head.posts), count(place.read));
    let posts: Vec<PostView> = rows
        .into_iter()
        .map(|row| row.named(&authors).into_view(viewer, &facilitators))
        .collect();
    let shown = posts.last().map_or(0, |post| post.number);
    if member && shown > last_read {
        mark_read(db, viewer, thread, shown).await?;
    }
    let unread_label = (member && total > last_read).then(|| match &place.at {
        Some(at) => format!(
            "{} new since {}",
            total - last_read,
            crate::time::ago(at, viewer.timezone())
        ),
        None => format!("{} new", total - last_read),
    });
    Ok(ThreadDetail {
        id: thread.clone(),
        group_slug: group.to_owned(),
        about_href: head.href(),
        group: head.group_title,
        title: head.title,
        kind: ThreadKind::parse(&head.kind).unwrap_or_default(),
        about: head.anchor_label,
        quote: head.quote,
        posts,
        total,
        last_read,
        unread_label,
        page: page_of(count(place.from)),
        pages: page_of(total),
        member,
        signed_in: viewer.is_signed_in(),
        form_key: FormKey::random().into(),
        preview: None,
    })
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

/// The posts after a number, at most a page of them; what a member is shown
/// in one go with what was read before counts as read.
pub async fn posts_after(db: &Db, viewer: &Viewer, thread: &ThreadId, after: u32) -> Result<Vec<PostView>> {
    let mut answers = db
        .run(
            "LET $group = (SELECT VALUE study_group FROM $thread WHERE study_group.public = true OR study_group IN $groups)[0];
             SELECT VALUE study_group FROM $thread WHERE study_group = $group;
             (SELECT VALUE last_read FROM type::record('reading', [$me, $thread_key]))[0] ?? 0;
             SELECT number, author, author.name AS name, html, created FROM post
                WHERE thread = $thread AND number > $after AND $group != NONE ORDER BY number LIMIT $size;
             SELECT VALUE person FROM group_membership WHERE study_group = $group AND facilitator = true LIMIT 20;",
            vars! {
                "thread" => thread.clone(), "thread_key" => thread.as_str().to_owned(), "groups" => own(viewer),
                "me" => key(viewer), "after" => i64::from(after), "size" => i64::from(PAGE),
            },
        )
        .await?;
    let group = answers.row::<GroupId>(1)?.ok_or(AppError::NotFound)?;
    let last_read = count(answers.row::<i64>(2)?.unwrap_or(0));
    let rows = answers.rows::<PostRow>(3)?;
    let facilitators = answers.rows::<PersonId>(4)?;
    let posts: Vec<PostView> = rows
        .into_iter()
        .map(|row| row.into_view(viewer, &facilitators))
        .collect();
    let shown = posts.last().map_or(0, |post| post.number);
    if viewer.may_post_in(&group) && last_read >= after && shown > last_read {
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
