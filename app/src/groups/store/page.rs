//! A page of a thread as it is kept: a statement for a remote database, and
//! the same by keys, since no page is asked for more often.

use surrealdb_types::{Array, Datetime, RecordId, RecordIdKey, SurrealValue, Value};

use super::{PostRow, key, own};
use crate::db::{Db, Snapshot};
use crate::error::Result;
use crate::groups::model::PAGE;
use crate::id::{GroupId, PersonId, ThreadId};
use crate::viewer::Viewer;
use crate::{fields, vars};

#[derive(SurrealValue)]
pub(super) struct PageRow {
    pub head: HeadRow,
    pub reading: Option<ReadingRow>,
    /// The number of the first post of the page.
    pub from: i64,
    pub posts: Vec<PostRow>,
}

#[derive(SurrealValue)]
pub(super) struct HeadRow {
    pub study_group: GroupId,
    pub of: GroupRow,
    pub title: String,
    pub kind: String,
    pub posts: i64,
    pub anchor_label: String,
    pub anchor_path: Vec<String>,
    pub quote: String,
    /// What the quote should stand in.
    pub text: Option<String>,
}

#[derive(SurrealValue)]
pub(super) struct GroupRow {
    pub slug: String,
    pub title: String,
    pub public: bool,
    pub facilitators: Vec<PersonId>,
}

#[derive(SurrealValue)]
pub(super) struct ReadingRow {
    pub last_read: i64,
    pub at: Datetime,
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
        posts: (SELECT number, author, author_name, html, created FROM post:[$thread_key, $from]..[$thread_key, $until]),
    }
};";

/// The page asked for, else the one with what is new; nothing where the viewer
/// may not read.
pub(super) async fn page(
    db: &Db,
    viewer: &Viewer,
    group: &str,
    thread: &ThreadId,
    page: Option<u32>,
) -> Result<Option<PageRow>> {
    let page = i64::from(page.unwrap_or(0).min(1_000_000));
    if let Some(snapshot) = db.snapshot().await? {
        let found = by_key(&snapshot, viewer, group, thread, page).await;
        snapshot.end().await;
        return found;
    }
    by_statement(db, viewer, group, thread, page).await
}

async fn by_statement(db: &Db, viewer: &Viewer, group: &str, thread: &ThreadId, page: i64) -> Result<Option<PageRow>> {
    db.read(
        THREAD,
        vars! {
            "thread" => thread.clone(), "thread_key" => thread.as_str().to_owned(), "slug" => group.to_owned(),
            "groups" => own(viewer), "me" => key(viewer), "page" => page, "size" => i64::from(PAGE),
        },
    )
    .await
}

fields!(PostRow {
    number,
    author,
    author_name,
    html,
    created
});
fields!(ReadingRow { last_read, at });
fields!(GroupRow {
    slug,
    title,
    public,
    facilitators
});

struct Thread {
    study_group: GroupId,
    title: String,
    kind: String,
    posts: i64,
    anchor: Option<RecordId>,
    anchor_label: String,
    anchor_path: Vec<String>,
    quote: String,
}

fields!(Thread {
    study_group,
    title,
    kind,
    posts,
    anchor,
    anchor_label,
    anchor_path,
    quote
});

struct Text {
    html: Option<String>,
}

fields!(Text { html });

async fn by_key(
    snapshot: &Snapshot,
    viewer: &Viewer,
    group: &str,
    id: &ThreadId,
    page: i64,
) -> Result<Option<PageRow>> {
    let thread = snapshot.record::<Thread>("thread", id.as_str()).await?;
    // What is not there takes as long as what is hidden: a group is looked for too.
    let named = thread
        .as_ref()
        .map_or(id.as_str(), |thread| thread.study_group.as_str());
    let of = snapshot.record::<GroupRow>("study_group", named).await?;
    let Some((thread, of)) = thread.zip(of) else {
        return Ok(None);
    };
    let member = viewer.may_post_in(&thread.study_group);
    if of.slug != group || !(of.public || member) {
        return Ok(None);
    }
    let reading: Option<ReadingRow> = snapshot.record("reading", pair(&key(viewer), id.as_str())).await?;
    let from = first_of(page, member, reading.as_ref(), thread.posts);
    let post = |number: i64| pair(id.as_str(), number);
    let posts = snapshot.range("post", post(from), post(from + i64::from(PAGE))).await?;
    let text = match thread.anchor.filter(|_| !thread.quote.is_empty()) {
        Some(anchor) => snapshot.record::<Text>(anchor.table.as_str(), anchor.key).await?,
        None => None,
    };
    let head = HeadRow {
        study_group: thread.study_group,
        of,
        title: thread.title,
        kind: thread.kind,
        posts: thread.posts,
        anchor_label: thread.anchor_label,
        anchor_path: thread.anchor_path,
        quote: thread.quote,
        text: text.and_then(|text| text.html),
    };
    Ok(Some(PageRow {
        head,
        reading,
        from,
        posts,
    }))
}

/// The number of the first post of a page, in a thread of `posts`.
fn first_of(page: i64, member: bool, reading: Option<&ReadingRow>, posts: i64) -> i64 {
    let size = i64::from(PAGE);
    let asked = match page {
        0 if member => reading.map_or(0, |reading| reading.last_read) + 1,
        0 => 1,
        page => (page - 1) * size + 1,
    };
    let at = asked.clamp(1, posts.max(1));
    at - (at - 1) % size
}

fn pair(first: &str, second: impl SurrealValue) -> RecordIdKey {
    let parts: Vec<Value> = vec![first.to_owned().into_value(), second.into_value()];
    RecordIdKey::Array(Array::from(parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::viewer::{GroupLink, Person};

    #[derive(SurrealValue)]
    struct Every {
        id: ThreadId,
        study_group: GroupId,
        slug: String,
    }

    fn member(of: &GroupId) -> Viewer {
        Viewer {
            person: Some(Person {
                id: PersonId::parse("reader").unwrap(),
                name: "Reader".into(),
                timezone: "UTC".into(),
                session: crate::id::SessionId::parse("s").unwrap(),
            }),
            groups: vec![GroupLink {
                id: of.clone(),
                slug: String::new(),
                title: String::new(),
                unread: 0,
                facilitator: false,
            }],
            ..Viewer::default()
        }
    }

    /// Every thread of the demonstration, for members and visitors.
    #[tokio::test(flavor = "multi_thread")]
    async fn both_ways_say_the_same() {
        let db = Db::for_test().await.unwrap();
        crate::seed::demo(&db, &crate::people::passwords::Hasher::default())
            .await
            .unwrap();
        let every = "SELECT id, study_group, study_group.slug AS slug FROM thread;";
        let threads: Vec<Every> = db.rows(every, vars! {}).await.unwrap();
        let (mut seen, mut hidden) = (0, 0);
        for thread in &threads {
            for viewer in [Viewer::visitor(), member(&thread.study_group)] {
                for (slug, page) in [
                    (thread.slug.as_str(), 0),
                    (&thread.slug, 1),
                    (&thread.slug, 9),
                    ("other", 0),
                ] {
                    let said = by_statement(&db, &viewer, slug, &thread.id, page).await.unwrap();
                    let snapshot = db.snapshot().await.unwrap().unwrap();
                    let read = by_key(&snapshot, &viewer, slug, &thread.id, page).await.unwrap();
                    snapshot.end().await;
                    if said.is_some() {
                        seen += 1
                    } else {
                        hidden += 1
                    }
                    assert_eq!(said.into_value(), read.into_value(), "{} page {page}", thread.id);
                }
            }
        }
        assert!(seen > 20 && hidden > 20, "{seen} seen, {hidden} hidden");
    }
}
