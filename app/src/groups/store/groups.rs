//! The list of groups, and a group with its threads.

use surrealdb_types::{Datetime, SurrealValue};

use super::{count, key, own};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::groups::model::{About, Anchor, FormKey, GroupCard, GroupDetail, GroupList, ThreadCard, ThreadKind};
use crate::id::{CourseId, GroupId, LessonId, NodeId, ThreadId};
use crate::vars;
use crate::viewer::Viewer;

/// Groups or threads on one page of a list.
const PAGE: u32 = 30;

#[derive(SurrealValue)]
struct CardRow {
    id: GroupId,
    slug: String,
    title: String,
    summary: String,
    public: bool,
    members: i64,
    threads: i64,
}

impl CardRow {
    fn into_card(self, viewer: &Viewer) -> GroupCard {
        GroupCard {
            unread: viewer.group(&self.id).map_or(0, |group| group.unread),
            slug: self.slug,
            title: self.title,
            summary: self.summary,
            public: self.public,
            members: count(self.members),
            threads: count(self.threads),
        }
    }
}

/// The viewer's groups, and one page of the public ones that they are not in.
pub async fn groups(db: &Db, viewer: &Viewer, page: u32) -> Result<GroupList> {
    let page = page.clamp(1, 10_000);
    let mut answers = db
        .run(
            "SELECT id, slug, title, summary, public, members, threads FROM $groups ORDER BY title, id;
             SELECT id, slug, title, summary, public, members, threads FROM study_group
                WHERE public = true AND id NOT IN $groups ORDER BY title, id LIMIT $limit START $start;
             count(SELECT VALUE id FROM study_group WHERE public = true AND id NOT IN $groups);",
            vars! { "groups" => own(viewer), "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE) },
        )
        .await?;
    let mine = answers.rows::<CardRow>(0)?;
    let public = answers.rows::<CardRow>(1)?;
    let total = count(answers.row::<i64>(2)?.unwrap_or(0));
    Ok(GroupList {
        mine: mine.into_iter().map(|row| row.into_card(viewer)).collect(),
        public: public.into_iter().map(|row| row.into_card(viewer)).collect(),
        page,
        pages: total.div_ceil(PAGE).max(1),
        signed_in: viewer.is_signed_in(),
    })
}

#[derive(SurrealValue)]
struct GroupRow {
    id: GroupId,
    slug: String,
    title: String,
    summary: String,
    public: bool,
    members: i64,
    threads: i64,
    posts: i64,
    organisation_name: Option<String>,
    subject_slug: Option<String>,
    subject_title: Option<String>,
}

#[derive(SurrealValue)]
struct NamedRow {
    name: String,
}

#[derive(SurrealValue)]
struct ThreadRow {
    id: ThreadId,
    title: String,
    kind: String,
    anchor_label: String,
    posts: i64,
    last_post: Datetime,
    last_read: Option<i64>,
}

impl ThreadRow {
    fn into_card(self, viewer: &Viewer, member: bool) -> ThreadCard {
        let (posts, read) = (count(self.posts), count(self.last_read.unwrap_or(0)));
        ThreadCard {
            id: self.id,
            title: self.title,
            kind: ThreadKind::parse(&self.kind).unwrap_or_default(),
            about: self.anchor_label,
            posts,
            unread: if member { posts.saturating_sub(read) } else { 0 },
            last_post: crate::time::iso(&self.last_post),
            last_post_label: crate::time::ago(&self.last_post, viewer.timezone()),
        }
    }
}

const GROUP: &str = "
    LET $group = (SELECT id, slug, title, summary, public, members, threads, posts, organisation.name AS organisation_name,
        subject.slug AS subject_slug, subject.title AS subject_title
        FROM study_group WHERE slug = $slug AND (public = true OR id IN $groups))[0];
    $group;
    SELECT person, person.name AS name FROM group_membership
        WHERE study_group = $group.id AND facilitator = true ORDER BY name, person LIMIT 50;
    LET $threads = SELECT id, title, kind, anchor_label, posts, last_post FROM thread
        WHERE study_group = $group.id ORDER BY last_post DESC, id LIMIT $limit START $start;
    SELECT id, title, kind, anchor_label, posts, last_post,
        type::record('reading', [$me, record::id(id)]).last_read AS last_read FROM $threads;
    SELECT VALUE string::trim(string::concat(code, ' ', title)) FROM $node WHERE edition.state = 'published';
    SELECT VALUE title FROM $lesson WHERE course.state = 'published';
    SELECT VALUE title FROM $course WHERE state = 'published';";

/// A group as the viewer may see it; a private one is not there for others.
pub async fn group(db: &Db, viewer: &Viewer, slug: &str, page: u32, about: Option<&Anchor>) -> Result<GroupDetail> {
    let page = page.clamp(1, 10_000);
    let (mut node, mut lesson, mut course) = (None::<NodeId>, None::<LessonId>, None::<CourseId>);
    match about {
        Some(Anchor::Node(id)) => node = Some(id.clone()),
        Some(Anchor::Lesson(id)) => lesson = Some(id.clone()),
        Some(Anchor::Course(id)) => course = Some(id.clone()),
        None => {}
    }
    let mut answers = db
        .run(
            GROUP,
            vars! {
                "slug" => slug.to_owned(), "groups" => own(viewer), "me" => key(viewer), "limit" => i64::from(PAGE),
                "start" => i64::from((page - 1) * PAGE), "node" => node.into_iter().collect::<Vec<_>>(),
                "lesson" => lesson.into_iter().collect::<Vec<_>>(), "course" => course.into_iter().collect::<Vec<_>>(),
            },
        )
        .await?;
    let row = answers.row::<GroupRow>(1)?.ok_or(AppError::NotFound)?;
    let facilitators = answers.rows::<NamedRow>(2)?;
    let threads = answers.rows::<ThreadRow>(4)?;
    let mut label = None;
    for statement in 5..8 {
        label = label.or(answers.row::<String>(statement)?);
    }
    let member = viewer.may_post_in(&row.id);
    Ok(GroupDetail {
        member,
        signed_in: viewer.is_signed_in(),
        facilitators: facilitators.into_iter().map(|row| row.name).collect(),
        course: row.subject_slug.zip(row.subject_title),
        threads: threads.into_iter().map(|row| row.into_card(viewer, member)).collect(),
        page,
        pages: count(row.threads).div_ceil(PAGE).max(1),
        about: label.zip(about).map(|(label, about)| {
            let (kind, id) = about.parts();
            About {
                kind: kind.to_owned(),
                id: id.to_owned(),
                label,
            }
        }),
        form_key: FormKey::random().into(),
        preview: None,
        id: row.id,
        slug: row.slug,
        title: row.title,
        summary: row.summary,
        public: row.public,
        organisation: row.organisation_name.unwrap_or_default(),
        members: count(row.members),
        posts: count(row.posts),
    })
}
