use std::collections::BTreeMap;

use surrealdb_types::SurrealValue;

use super::model::*;
use super::store::{self, NewGroup, NewReply, NewThread};
use crate::db::{Db, DbConfig, MIGRATIONS};
use crate::error::{AppError, Result};
use crate::id::*;
use crate::vars;
use crate::viewer::{GroupLink, Person, Viewer};

/// A library with a public and a private group, a course and a statement;
/// Anneke facilitates both groups, Rosa belongs to both, Sam to none.
async fn world() -> Db {
    let db = Db::connect(&DbConfig::memory()).await.unwrap();
    db.migrate(MIGRATIONS).await.unwrap();
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
    course: Option<CourseId>,
}

/// The viewer as a session would load them.
async fn viewer(db: &Db, name: &str) -> Viewer {
    let id = PersonId::parse(name).unwrap();
    let rows: Vec<LinkRow> = db
        .rows(
            "SELECT study_group AS id, study_group.slug AS slug, study_group.title AS title,
                study_group.posts - posts_read AS unread, facilitator, study_group.subject AS course
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
                course: row.course,
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
        .0
}

async fn read(db: &Db, name: &str, slug: &str, thread: &ThreadId, page: Option<u32>) -> Result<ThreadDetail> {
    store::thread(db, &viewer(db, name).await, slug, thread, page).await
}

#[tokio::test]
async fn who_may_read_a_thread() {
    let db = world().await;
    let open = start(&db, "rosa", "open", "Open").await;
    let closed = start(&db, "rosa", "closed", "Closed").await;
    assert_eq!(
        read(&db, "anneke", "closed", &closed, None).await.unwrap().posts.len(),
        1
    );
    let visitor = Viewer::visitor();
    assert_eq!(
        store::thread(&db, &visitor, "open", &open, None)
            .await
            .unwrap()
            .posts
            .len(),
        1
    );
    let missing = ThreadId::parse("missing").unwrap();
    for (who, thread) in [
        (&visitor, &closed),
        (&viewer(&db, "sam").await, &closed),
        (&visitor, &missing),
    ] {
        assert_eq!(
            store::thread(&db, who, "closed", thread, None).await,
            Err(AppError::NotFound)
        );
        assert_eq!(store::posts_after(&db, who, thread, 0).await, Err(AppError::NotFound));
        assert_eq!(store::newest(&db, who, thread).await, Err(AppError::NotFound));
    }
    // A thread of one group is not there under another group's address.
    assert_eq!(read(&db, "rosa", "open", &closed, None).await, Err(AppError::NotFound));
    assert_eq!(
        store::thread(&db, &visitor, "open", &closed, None).await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn who_may_know_of_a_group() {
    let db = world().await;
    let visitor = Viewer::visitor();
    assert!(
        store::group(&db, &viewer(&db, "rosa").await, "closed", 1, None)
            .await
            .unwrap()
            .member
    );
    assert!(!store::group(&db, &visitor, "open", 1, None).await.unwrap().member);
    for slug in ["closed", "no-such-group", "'; REMOVE TABLE thread; --"] {
        assert_eq!(
            store::group(&db, &visitor, slug, 1, None).await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            store::group(&db, &viewer(&db, "sam").await, slug, 1, None).await,
            Err(AppError::NotFound)
        );
    }
    let list = store::groups(&db, &visitor, 1).await.unwrap();
    assert_eq!(
        list.public.iter().map(|group| group.slug.as_str()).collect::<Vec<_>>(),
        ["open"]
    );
    let list = store::groups(&db, &viewer(&db, "rosa").await, 1).await.unwrap();
    assert_eq!((list.mine.len(), list.public.len()), (2, 0));
}

#[tokio::test]
async fn who_may_post() {
    let db = world().await;
    let open = start(&db, "rosa", "open", "Open").await;
    let closed = start(&db, "rosa", "closed", "Closed").await;
    assert_eq!(say(&db, "anneke", &open).await, 2);
    let sam = viewer(&db, "sam").await;
    assert_eq!(
        store::reply(&db, &Viewer::visitor(), &a_reply(&open, "x")).await,
        Err(AppError::SignInNeeded)
    );
    assert_eq!(
        store::reply(&db, &sam, &a_reply(&open, "x")).await,
        Err(AppError::Forbidden)
    );
    assert_eq!(
        store::reply(&db, &sam, &a_reply(&closed, "x")).await,
        Err(AppError::NotFound)
    );
    for (slug, error) in [("open", AppError::Forbidden), ("closed", AppError::NotFound)] {
        let group = group_id(&db, slug).await;
        assert_eq!(store::start(&db, &sam, &new_thread(&group, "x")).await, Err(error));
    }
    let posts: Option<i64> = db
        .row("RETURN count(SELECT VALUE id FROM post);", vars! {})
        .await
        .unwrap();
    assert_eq!(posts, Some(3));
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_post() {
    let db = world().await;
    let rosa = viewer(&db, "rosa").await;
    let new = new_thread(&group_id(&db, "open").await, "Once");
    let first = store::start(&db, &rosa, &new).await.unwrap();
    assert_eq!(store::start(&db, &rosa, &new).await.unwrap(), first);
    let again = a_reply(&first.thread, "Once");
    let (one, two) = tokio::join!(store::reply(&db, &rosa, &again), store::reply(&db, &rosa, &again));
    assert_eq!((one.unwrap().0, two.unwrap().0), (2, 2));
    // Somebody else's form may carry the same key.
    let anneke = viewer(&db, "anneke").await;
    assert_eq!(store::reply(&db, &anneke, &again).await.unwrap().0, 3);
    let other = start(&db, "rosa", "open", "Other").await;
    let reused = NewReply { thread: other, ..again };
    assert!(matches!(
        store::reply(&db, &rosa, &reused).await,
        Err(AppError::Conflict(_))
    ));
    check_counts(&db).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn replies_at_the_same_moment_have_numbers_without_holes() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "Busy").await;
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let (db, thread) = (db.clone(), thread.clone());
            tokio::spawn(async move {
                let name = if task % 2 == 0 { "rosa" } else { "anneke" };
                // A transaction that lost every race says so and can be sent again.
                let new = a_reply(&thread, "At once");
                let viewer = viewer(&db, name).await;
                while store::reply(&db, &viewer, &new).await.is_err() {}
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let numbers: Vec<i64> = db
        .rows(
            "SELECT VALUE number FROM post WHERE thread = $thread ORDER BY number;",
            vars! { "thread" => thread },
        )
        .await
        .unwrap();
    assert_eq!(numbers, (1..=9).collect::<Vec<_>>());
    check_counts(&db).await;
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

#[tokio::test]
async fn unread_counts_stay_exact_whatever_happens() {
    let db = world().await;
    let group = group_id(&db, "open").await;
    let mut threads = vec![start(&db, "rosa", "open", "First").await];
    let mut seed: u64 = 20_261_123;
    let mut next = |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for step in 0..150 {
        let name = ["anneke", "rosa", "sam", "tomas"][usize::try_from(next(4)).unwrap()];
        let thread = threads[usize::try_from(next(u64::try_from(threads.len()).unwrap())).unwrap()].clone();
        let who = viewer(&db, name).await;
        match next(10) {
            0 => drop(store::leave(&db, &who, &group).await),
            1 | 2 => store::join(&db, &who, &group).await.unwrap(),
            3 if threads.len() < 6 => {
                if let Ok(started) = store::start(&db, &who, &new_thread(&group, "Another")).await {
                    threads.push(started.thread);
                }
            }
            4..=6 => drop(store::reply(&db, &who, &a_reply(&thread, "So.")).await),
            7 => drop(
                store::posts_after(&db, &who, &thread, u32::try_from(next(4)).unwrap())
                    .await
                    .unwrap(),
            ),
            _ => drop(store::thread(&db, &who, "open", &thread, None).await.unwrap()),
        }
        if step % 10 == 0 {
            check_counts(&db).await;
        }
    }
    check_counts(&db).await;
}

#[tokio::test]
async fn joining_leaves_no_backlog_and_leaving_nothing_behind() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "Before").await;
    let group = group_id(&db, "open").await;
    for _ in 0..2 {
        store::join(&db, &viewer(&db, "sam").await, &group).await.unwrap();
    }
    assert_eq!(viewer(&db, "sam").await.unread(), 0);
    say(&db, "rosa", &thread).await;
    assert_eq!(viewer(&db, "sam").await.unread(), 1);
    check_counts(&db).await;
    for _ in 0..2 {
        store::leave(&db, &viewer(&db, "sam").await, &group).await.unwrap();
    }
    let left: Vec<i64> = db
        .rows(
            "SELECT VALUE last_read FROM reading WHERE person = person:sam;",
            vars! {},
        )
        .await
        .unwrap();
    assert!(left.is_empty());
    check_counts(&db).await;
    assert_eq!(
        store::join(&db, &Viewer::visitor(), &group).await,
        Err(AppError::SignInNeeded)
    );
    let closed = group_id(&db, "closed").await;
    let sam = viewer(&db, "sam").await;
    assert_eq!(store::join(&db, &sam, &closed).await, Err(AppError::NotFound));
    assert_eq!(store::leave(&db, &sam, &closed).await, Err(AppError::NotFound));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_facilitator_stays() {
    let db = world().await;
    let group = group_id(&db, "open").await;
    store::member(&db, &group, &PersonId::parse("tomas").unwrap(), true)
        .await
        .unwrap();
    let (anneke, tomas) = (viewer(&db, "anneke").await, viewer(&db, "tomas").await);
    let (one, two) = tokio::join!(store::leave(&db, &anneke, &group), store::leave(&db, &tomas, &group));
    assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|left| **left).count(), 1);
    check_counts(&db).await;
}

#[tokio::test]
async fn threads_are_paged_in_a_total_order() {
    let db = world().await;
    let group = group_id(&db, "open").await;
    db.write(
        "FOR $n IN 1..=35 {
            CREATE type::record('thread', string::concat('t', <string>$n)) SET study_group = $group, title = <string>$n, kind = 'question',
                started_by = person:rosa, posts = 0, last_post = IF $n > 5 { d'2026-01-01T00:00:00Z' } ELSE { d'2026-02-01T00:00:00Z' };
         };
         UPDATE $group SET threads = 35;",
        vars! { "group" => group },
    )
    .await
    .unwrap();
    let rosa = viewer(&db, "rosa").await;
    let one = store::group(&db, &rosa, "open", 1, None).await.unwrap();
    let two = store::group(&db, &rosa, "open", 2, None).await.unwrap();
    assert_eq!((one.pages, one.threads.len(), two.threads.len()), (2, 30, 5));
    let mut ids: Vec<_> = one
        .threads
        .iter()
        .chain(&two.threads)
        .map(|thread| thread.id.clone())
        .collect();
    assert!(
        one.threads[..5]
            .iter()
            .all(|thread| thread.title.parse::<u32>().unwrap() <= 5)
    );
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 35);
}

#[tokio::test]
async fn a_thread_opens_where_one_stopped() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "Long").await;
    for _ in 0..119 {
        say(&db, "rosa", &thread).await;
    }
    let numbers = |detail: &ThreadDetail| (detail.posts[0].number, detail.posts.last().unwrap().number);
    let visitor = store::thread(&db, &Viewer::visitor(), "open", &thread, None)
        .await
        .unwrap();
    assert_eq!((numbers(&visitor), visitor.page, visitor.pages), ((1, 50), 1, 3));
    let first = read(&db, "anneke", "open", &thread, None).await.unwrap();
    assert_eq!((numbers(&first), first.unread()), ((1, 50), 120));
    assert_eq!(viewer(&db, "anneke").await.unread(), 70);
    let second = read(&db, "anneke", "open", &thread, None).await.unwrap();
    assert_eq!((numbers(&second), second.last_read), ((51, 100), 50));
    assert!(second.unread_label.unwrap().starts_with("70 new since "));
    let last = read(&db, "anneke", "open", &thread, None).await.unwrap();
    assert_eq!((numbers(&last), last.page), ((101, 120), 3));
    assert_eq!(viewer(&db, "anneke").await.unread(), 0);
    let again = read(&db, "anneke", "open", &thread, None).await.unwrap();
    assert_eq!(
        (numbers(&again), again.unread(), again.unread_label),
        ((101, 120), 0, None)
    );
    assert_eq!(
        numbers(&read(&db, "anneke", "open", &thread, Some(2)).await.unwrap()),
        (51, 100)
    );
    assert_eq!(read(&db, "anneke", "open", &thread, Some(99)).await.unwrap().page, 3);
    check_counts(&db).await;
}

#[tokio::test]
async fn what_arrives_is_read_only_in_one_go_with_what_was_read() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "Live").await;
    for _ in 0..3 {
        say(&db, "rosa", &thread).await;
    }
    let anneke = viewer(&db, "anneke").await;
    assert_eq!(store::posts_after(&db, &anneke, &thread, 2).await.unwrap().len(), 2);
    assert_eq!(viewer(&db, "anneke").await.unread(), 4);
    assert_eq!(store::posts_after(&db, &anneke, &thread, 0).await.unwrap().len(), 4);
    assert_eq!(viewer(&db, "anneke").await.unread(), 0);
    assert_eq!(store::newest(&db, &anneke, &thread).await, Ok(4));
}

#[tokio::test]
async fn an_anchor_belongs_to_the_group_or_is_published() {
    let db = world().await;
    let group = group_id(&db, "open").await;
    let rosa = viewer(&db, "rosa").await;
    let with = |anchor: Anchor| NewThread {
        anchor: Some(anchor),
        quote: Quote::parse("a promise").unwrap(),
        ..new_thread(&group, "About")
    };
    let lesson = |key: &str| Anchor::Lesson(LessonId::parse(key).unwrap());
    let node = |key: &str| Anchor::Node(NodeId::parse(key).unwrap());
    let started = store::start(&db, &rosa, &with(lesson("carry"))).await.unwrap();
    let detail = read(&db, "rosa", "open", &started.thread, None).await.unwrap();
    assert_eq!(detail.about_href.as_deref(), Some("/courses/budget/carry"));
    assert_eq!(
        (detail.about.as_str(), detail.quote.as_str()),
        ("Carry-over", "a promise")
    );
    let started = store::start(&db, &rosa, &with(node("s34"))).await.unwrap();
    let detail = read(&db, "rosa", "open", &started.thread, None).await.unwrap();
    assert_eq!(detail.about_href.as_deref(), Some("/index/lm/1/LM%203.4"));
    assert_eq!(
        (detail.about.as_str(), detail.quote.as_str()),
        ("LM 3.4 Explains a budget", "")
    );
    for bad in [lesson("elsewhere"), lesson("missing"), node("draft"), node("missing")] {
        let error = store::start(&db, &rosa, &with(bad)).await.unwrap_err();
        assert!(error.at("anchor_id").is_some(), "{error:?}");
    }
    let about = store::group(&db, &rosa, "open", 1, Some(&node("s34")))
        .await
        .unwrap()
        .about
        .unwrap();
    assert_eq!(about.label, "LM 3.4 Explains a budget");
    assert_eq!(
        store::group(&db, &rosa, "open", 1, Some(&node("draft")))
            .await
            .unwrap()
            .about,
        None
    );
}

#[tokio::test]
async fn beside_a_lesson_stands_what_one_may_read() {
    let db = world().await;
    let (lesson, course) = (LessonId::parse("carry").unwrap(), CourseId::parse("budget").unwrap());
    for slug in ["open", "closed"] {
        let group = group_id(&db, slug).await;
        let new = NewThread {
            anchor: Some(Anchor::Lesson(lesson.clone())),
            ..new_thread(&group, slug)
        };
        let thread = store::start(&db, &viewer(&db, "rosa").await, &new)
            .await
            .unwrap()
            .thread;
        for _ in 0..6 {
            say(&db, "anneke", &thread).await;
        }
    }
    let talk = store::beside(&db, &viewer(&db, "rosa").await, &lesson, &course)
        .await
        .unwrap();
    assert_eq!((talk.groups.len(), talk.threads.len()), (2, 2));
    let thread = &talk.threads[0];
    assert_eq!((thread.total, thread.last_read, thread.member), (7, 1, true));
    assert_eq!(
        thread.posts.iter().map(|post| post.number).collect::<Vec<_>>(),
        [3, 4, 5, 6, 7]
    );
    assert!(thread.posts[0].facilitator && !thread.posts[0].you);
    for outsider in [Viewer::visitor(), viewer(&db, "sam").await] {
        let talk = store::beside(&db, &outsider, &lesson, &course).await.unwrap();
        assert_eq!(
            talk.threads
                .iter()
                .map(|thread| thread.title.as_str())
                .collect::<Vec<_>>(),
            ["open"]
        );
        assert!(talk.groups.iter().all(|group| group.slug == "open" && !group.member));
    }
}

#[tokio::test]
async fn hostile_text_is_kept_as_text() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "<script>alert(1)</script>").await;
    let body = "<script>alert(1)</script> [x](javascript:alert(1)) '; DELETE post; --";
    store::reply(&db, &viewer(&db, "rosa").await, &a_reply(&thread, body))
        .await
        .unwrap();
    let detail = read(&db, "rosa", "open", &thread, None).await.unwrap();
    assert_eq!(detail.title, "<script>alert(1)</script>");
    let html = &detail.posts[1].html;
    assert!(
        !html.contains("<script") && !html.contains("href=\"javascript"),
        "{html}"
    );
}

#[tokio::test]
async fn the_demonstration_has_talk_and_unread_posts() {
    let db = world().await;
    db.write("DELETE group_membership; DELETE study_group;", vars! {})
        .await
        .unwrap();
    let cast: toml::Value = toml::from_str(include_str!("../../demo/people.toml")).unwrap();
    let mut people = BTreeMap::new();
    for person in cast["people"].as_array().unwrap() {
        let (id, email) = (PersonId::random(), person["email"].as_str().unwrap().to_owned());
        db.write(
            "CREATE $id SET name = $name, email = $email, timezone = 'UTC';",
            vars! { "id" => id.clone(), "name" => person["name"].as_str().unwrap().to_owned(), "email" => email.clone() },
        )
        .await
        .unwrap();
        people.insert(email, id);
    }
    let (organisation, edition) = (
        OrganisationId::parse("riverside").unwrap(),
        EditionId::parse("one").unwrap(),
    );
    super::seed::demo(&db, &organisation, &edition, &people).await.unwrap();
    check_counts(&db).await;
    let unread: Vec<i64> = db
        .rows(
            "SELECT VALUE study_group.posts - posts_read FROM group_membership;",
            vars! {},
        )
        .await
        .unwrap();
    assert!(unread.iter().any(|unread| *unread > 0), "{unread:?}");
}
