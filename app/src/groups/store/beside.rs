//! The talk about a lesson, for the page that shows it beside the text.

use surrealdb_types::SurrealValue;

use super::{PostRow, count, key, own};
use crate::db::Db;
use crate::error::Result;
use crate::groups::model::{BesideGroup, BesideTalk, BesideThread, FormKey};
use crate::id::{CourseId, GroupId, LessonId, PersonId, ThreadId};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct GroupRow {
    id: GroupId,
    slug: String,
    title: String,
    threads: i64,
}

#[derive(SurrealValue)]
struct ThreadRow {
    id: ThreadId,
    title: String,
    quote: String,
    posts: i64,
    study_group: GroupId,
    group_slug: String,
    facilitators: Vec<PersonId>,
    last_read: Option<i64>,
    latest: Vec<PostRow>,
}

#[derive(SurrealValue)]
struct BesideRow {
    groups: Vec<GroupRow>,
    threads: Vec<ThreadRow>,
}

const BESIDE: &str = "{
    LET $mine = (SELECT id, slug, title, threads FROM $own WHERE subject = $course OR subject.subject = $course ORDER BY title, id);
    LET $shown = IF array::len($mine) > 0 { $mine } ELSE {
        (SELECT id, slug, title, threads FROM study_group WHERE subject = $course AND public = true ORDER BY title, id LIMIT 50)
    };
    LET $ids = $shown.map(|$group| $group.id);
    LET $threads = (SELECT id, title, quote, posts, study_group, study_group.slug AS group_slug,
        study_group.facilitators AS facilitators, last_post FROM thread
        WHERE anchor = $lesson AND study_group IN $ids ORDER BY last_post DESC, id LIMIT 5);
    {
        groups: $shown,
        threads: (SELECT id, title, quote, posts, study_group, group_slug, facilitators,
            type::record('reading', [$me, record::id(id)]).last_read AS last_read,
            (SELECT number, author, author_name, html, created
                FROM post:[record::id($parent.id), $parent.posts - 4]..=[record::id($parent.id), $parent.posts]) AS latest
            FROM $threads),
    }
};";

/// The talk about a lesson in the viewer's groups of its course and of the
/// course's cohorts, else in the public ones.
pub async fn beside(db: &Db, viewer: &Viewer, lesson: &LessonId, course: &CourseId) -> Result<BesideTalk> {
    let found: BesideRow = db
        .read(
            BESIDE,
            vars! { "course" => course.clone(), "lesson" => lesson.clone(), "own" => own(viewer), "me" => key(viewer) },
        )
        .await?;
    let thread = |row: ThreadRow| {
        let member = viewer.may_post_in(&row.study_group);
        let view = |post: PostRow| post.into_view(viewer, &row.facilitators, member);
        BesideThread {
            member,
            id: row.id,
            group_slug: row.group_slug,
            title: row.title,
            quote: row.quote,
            gone: false,
            total: count(row.posts),
            last_read: count(row.last_read.unwrap_or(0)),
            posts: row.latest.into_iter().map(view).collect(),
        }
    };
    Ok(BesideTalk {
        threads: found.threads.into_iter().map(thread).collect(),
        groups: found
            .groups
            .into_iter()
            .map(|row| BesideGroup {
                member: viewer.may_post_in(&row.id),
                id: row.id,
                slug: row.slug,
                title: row.title,
                threads: count(row.threads),
            })
            .collect(),
        signed_in: viewer.is_signed_in(),
        form_key: FormKey::random().into(),
        preview: None,
    })
}

/// The text of a lesson that a member may quote from in a group; nothing where
/// the group does not work through it.
pub async fn quotable(db: &Db, viewer: &Viewer, group: &GroupId, lesson: &LessonId) -> Result<Option<String>> {
    db.row(
        "SELECT VALUE html FROM $lesson WHERE $group IN $groups AND course IN [$group.subject, $group.subject.subject];",
        vars! { "lesson" => lesson.clone(), "group" => group.clone(), "groups" => own(viewer) },
    )
    .await
}

/// The text of a lesson, to see which of its passages still stand.
pub async fn lesson_html(db: &Db, lesson: &LessonId) -> Result<String> {
    let html = db
        .row("SELECT VALUE html FROM $lesson;", vars! { "lesson" => lesson.clone() })
        .await?;
    Ok(html.unwrap_or_default())
}
