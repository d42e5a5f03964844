//! What a study group promises, against a real database.

mod joining;
mod naming;
mod posting;
mod reading;

use surrealdb_types::SurrealValue;

use super::model::*;
use super::store::{self, NewGroup, NewReply, NewThread};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::*;
use crate::vars;
use crate::viewer::{GroupLink, Person, Viewer};

/// A library with a public and a private group, a course and a statement;
/// Anneke facilitates both groups, Rosa belongs to both, Sam to none.
async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(
        "CREATE organisation:riverside SET slug = 'riverside', name = 'Riverside', kind = 'library', timezone = 'UTC', line = [organisation:riverside];
         FOR $name IN ['anneke', 'rosa', 'sam', 'tomas'] {
            CREATE type::record('person', $name) SET name = string::uppercase($name), email = $name + '@riverside.example', timezone = 'UTC';
         };
         CREATE course:budget SET slug = 'budget', organisation = organisation:riverside, title = 'Budget', state = 'published';
         CREATE course:other SET slug = 'other', organisation = organisation:riverside, title = 'Other', state = 'published';
         CREATE lesson:carry SET course = course:budget, slug = 'carry', position = 1, title = 'Carry-over', body = 'x', html = 'x';
         CREATE lesson:elsewhere SET course = course:other, slug = 'elsewhere', position = 1, title = 'Elsewhere', body = 'x', html = 'x';
         CREATE competency_set:lm SET slug = 'lm', identifier = 'lm', organisation = organisation:riverside, title = 'Library management';
         CREATE edition:one SET competency_set = competency_set:lm, number = 1, state = 'draft', levels = [];
         CREATE edition:two SET competency_set = competency_set:lm, number = 2, state = 'draft', levels = [];
         CREATE node:s34 SET edition = edition:one, identifier = 's34', kind = 'statement', depth = 2, position = 1, address = 'LM 3.4', code = 'LM 3.4', title = 'Explains a budget';
         CREATE node:draft SET edition = edition:two, identifier = 's34', kind = 'statement', depth = 2, position = 1, address = 'LM 3.4', code = 'LM 3.4', title = 'Not yet';
         UPDATE edition:one SET state = 'published';",
        vars! {},
    )
    .await
    .unwrap();
    for (slug, public) in [("open", true), ("closed", false)] {
        let new = NewGroup {
            slug: slug.into(),
            organisation: OrganisationId::parse("riverside").unwrap(),
            title: slug.into(),
            summary: String::new(),
            public,
            course: CourseId::parse("budget"),
            cohort: None,
        };
        let id = store::create(&db, new).await.unwrap();
        for (name, facilitator) in [("anneke", true), ("rosa", false)] {
            store::member(&db, &id, &PersonId::parse(name).unwrap(), facilitator)
                .await
                .unwrap();
        }
    }
    db
}

async fn group_id(db: &Db, slug: &str) -> GroupId {
    db.row(
        "SELECT VALUE id FROM study_group WHERE slug = $slug;",
        vars! { "slug" => slug },
    )
    .await
    .unwrap()
    .unwrap()
}

#[derive(SurrealValue)]
struct LinkRow {
    id: GroupId,
    slug: String,
    title: String,
    unread: i64,
    facilitator: bool,
}

/// The viewer as a session would load them.
async fn viewer(db: &Db, name: &str) -> Viewer {
    let id = PersonId::parse(name).unwrap();
    let rows: Vec<LinkRow> = db
        .rows(
            "SELECT study_group AS id, study_group.slug AS slug, study_group.title AS title,
                study_group.posts - posts_read AS unread, facilitator
             FROM group_membership WHERE person = $person;",
            vars! { "person" => id.clone() },
        )
        .await
        .unwrap();
    Viewer {
        person: Some(Person {
            id,
            name: name.into(),
            timezone: "UTC".into(),
            session: SessionId::parse("s").unwrap(),
        }),
        groups: rows
            .into_iter()
            .map(|row| GroupLink {
                id: row.id,
                slug: row.slug,
                title: row.title,
                unread: u32::try_from(row.unread).unwrap(),
                facilitator: row.facilitator,
            })
            .collect(),
        ..Viewer::default()
    }
}

fn new_thread(group: &GroupId, title: &str) -> NewThread {
    NewThread {
        group: group.clone(),
        title: ThreadTitle::parse(title).unwrap(),
        kind: ThreadKind::Question,
        body: PostBody::parse("How?").unwrap(),
        anchor: None,
        quote: Quote::default(),
        form_key: FormKey::random(),
    }
}

async fn start(db: &Db, name: &str, slug: &str, title: &str) -> ThreadId {
    let group = group_id(db, slug).await;
    store::start(db, &viewer(db, name).await, &new_thread(&group, title))
        .await
        .unwrap()
        .thread
}

fn a_reply(thread: &ThreadId, body: &str) -> NewReply {
    NewReply {
        thread: thread.clone(),
        body: PostBody::parse(body).unwrap(),
        form_key: FormKey::random(),
    }
}

async fn say(db: &Db, name: &str, thread: &ThreadId) -> u32 {
    store::reply(db, &viewer(db, name).await, &a_reply(thread, "So."))
        .await
        .unwrap()
        .number
}

async fn read(db: &Db, name: &str, slug: &str, thread: &ThreadId, page: Option<u32>) -> Result<ThreadDetail> {
    store::thread(db, &viewer(db, name).await, slug, thread, page).await
}

#[derive(Debug, SurrealValue)]
struct CountRow {
    by_group: i64,
    by_threads: i64,
}

/// Unread by the group's counter is unread by its threads, for everyone.
async fn check_counts(db: &Db) {
    let rows: Vec<CountRow> = db
        .rows(
            "SELECT study_group.posts - posts_read AS by_group,
                math::sum((SELECT VALUE posts - (type::record('reading', [record::id($parent.person), record::id(id)]).last_read ?? 0)
                    FROM thread WHERE study_group = $parent.study_group)) AS by_threads
             FROM group_membership;",
            vars! {},
        )
        .await
        .unwrap();
    assert!(!rows.is_empty());
    for row in &rows {
        assert!(row.by_group == row.by_threads && row.by_group >= 0, "{rows:?}");
    }
    let wrong: Vec<GroupId> = db
        .rows(
            "SELECT VALUE id FROM study_group WHERE
                posts != count((SELECT id FROM post WHERE study_group = $parent.id))
                OR threads != count((SELECT id FROM thread WHERE study_group = $parent.id))
                OR members != count((SELECT id FROM group_membership WHERE study_group = $parent.id));",
            vars! {},
        )
        .await
        .unwrap();
    assert!(wrong.is_empty(), "{wrong:?}");
}
