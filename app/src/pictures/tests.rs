//! Who sees a picture, and how long it stays.

use std::path::Path;

use super::model::{Asked, href};
use super::shown::held;
use super::store::{self, Place};
use crate::copies::tests::Folder;
use crate::db::Db;
use crate::error::AppError;
use crate::groups::model::{FormKey, PostBody};
use crate::groups::store::{NewReply, reply};
use crate::id::*;
use crate::profiles::pictures::Picture;
use crate::vars;
use crate::viewer::{GroupLink, Membership, Person, Role, Viewer};

const GROUPS: [&str; 2] = ["open", "closed"];

/// A library with a public and a private group and two courses; Rosa and Anneke
/// belong to both groups, Tina writes courses, Sam belongs nowhere.
async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(
        "CREATE organisation:here SET slug = 'here', name = 'Here', kind = 'library', timezone = 'UTC', line = [organisation:here];
         FOR $name IN ['rosa', 'anneke', 'tina', 'sam'] {
            CREATE type::record('person', $name) SET name = $name, email = $name + '@here.example', timezone = 'UTC';
         };
         FOR $name IN ['open', 'closed'] {
            LET $group = type::record('study_group', $name);
            CREATE $group SET slug = $name, organisation = organisation:here, title = $name, public = $name = 'open';
            CREATE type::record('thread', $name) SET study_group = $group, title = $name, kind = 'question', started_by = person:rosa;
            FOR $one IN [person:rosa, person:anneke] {
                CREATE type::record('group_membership', [record::id($one), $name]) SET person = $one, study_group = $group;
            };
         };
         CREATE course:budget SET slug = 'budget', organisation = organisation:here, title = 'Budget', state = 'published';
         CREATE course:draft SET slug = 'draft', organisation = organisation:here, title = 'Draft';",
        vars! {},
    )
    .await
    .unwrap();
    db
}

fn viewer(name: &str) -> Viewer {
    let here = OrganisationId::parse("here").unwrap();
    let group = |slug: &str| GroupLink {
        id: GroupId::parse(slug).unwrap(),
        slug: slug.into(),
        title: slug.into(),
        unread: 0,
        facilitator: false,
    };
    let groups = if ["rosa", "anneke"].contains(&name) {
        &GROUPS[..]
    } else {
        &[]
    };
    Viewer {
        person: Some(Person {
            id: PersonId::parse(name).unwrap(),
            name: name.into(),
            timezone: "UTC".into(),
            session: SessionId::parse("s").unwrap(),
        }),
        memberships: vec![Membership {
            organisation: here,
            slug: "here".into(),
            name: "Here".into(),
            roles: vec![if name == "tina" { Role::Trainer } else { Role::Learner }],
        }],
        groups: groups.iter().map(|slug| group(slug)).collect(),
        ..Viewer::default()
    }
}

fn picture(letter: &str) -> Picture {
    Picture {
        kind: "image/webp",
        hash: letter.repeat(64),
        size: (4, 3),
        content: letter.as_bytes().to_vec(),
    }
}

fn group(slug: &str) -> Place {
    Place::Group(GroupId::parse(slug).unwrap())
}

fn course(slug: &str) -> Place {
    Place::Course(CourseId::parse(slug).unwrap())
}

async fn sent(db: &Db, folder: &Folder, name: &str, place: Place, letter: &str) -> PictureId {
    store::keep(db, folder.path(), &viewer(name), place, picture(letter))
        .await
        .unwrap()
}

async fn sees(db: &Db, folder: &Path, who: &Viewer, picture: &PictureId) -> bool {
    match store::seen(db, folder, who, picture).await {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error, AppError::NotFound);
            false
        }
    }
}

fn says(thread: &str, body: &str) -> NewReply {
    NewReply {
        thread: ThreadId::parse(thread).unwrap(),
        body: PostBody::parse(body).unwrap(),
        form_key: FormKey::random(),
    }
}

fn shows(picture: &PictureId) -> String {
    format!("Look: ![a shelf]({})", href(picture))
}

#[tokio::test]
async fn a_picture_is_seen_by_whoever_sees_its_place_and_by_its_owner() {
    let (db, folder) = (world().await, Folder::new());
    let open = sent(&db, &folder, "rosa", group("open"), "a").await;
    let closed = sent(&db, &folder, "rosa", group("closed"), "b").await;
    let lesson = sent(&db, &folder, "tina", course("budget"), "c").await;
    let draft = sent(&db, &folder, "tina", course("draft"), "d").await;
    let nobody = PictureId::parse("4x3-none").unwrap();
    // Whoever left the group still sees their own.
    let mut left = viewer("rosa");
    left.groups.clear();
    let table = [
        (Viewer::visitor(), [true, false, false, false]),
        (viewer("sam"), [true, false, true, false]),
        (viewer("anneke"), [true, true, true, false]),
        (viewer("tina"), [true, false, true, true]),
        (left, [true, true, true, false]),
    ];
    for (who, expected) in table {
        let mut heard = Vec::new();
        for picture in [&open, &closed, &lesson, &draft] {
            heard.push(sees(&db, folder.path(), &who, picture).await);
        }
        assert_eq!(heard, expected, "{:?}", who.id());
        assert!(!sees(&db, folder.path(), &who, &nobody).await);
    }
}

#[tokio::test]
async fn whoever_may_write_there_may_send_one() {
    let db = world().await;
    let asked = |name: &str, asked: Asked| {
        let (db, who) = (
            db.clone(),
            if name.is_empty() {
                Viewer::visitor()
            } else {
                viewer(name)
            },
        );
        async move { store::place(&db, &who, &asked).await }
    };
    let thread = |name: &str| Asked::Thread(ThreadId::parse(name).unwrap());
    let of_group = |name: &str| Asked::Group(GroupId::parse(name).unwrap());
    let of_course = |name: &str| Asked::Course(CourseId::parse(name).unwrap());
    assert_eq!(asked("rosa", thread("closed")).await, Ok(group("closed")));
    assert_eq!(asked("rosa", of_group("open")).await, Ok(group("open")));
    assert_eq!(asked("tina", of_course("draft")).await, Ok(course("draft")));
    for (name, place, error) in [
        ("", thread("open"), AppError::SignInNeeded),
        ("sam", thread("open"), AppError::Forbidden),
        ("sam", thread("closed"), AppError::NotFound),
        ("sam", of_group("closed"), AppError::NotFound),
        ("rosa", thread("none"), AppError::NotFound),
        ("rosa", of_course("budget"), AppError::Forbidden),
        ("rosa", of_course("draft"), AppError::NotFound),
    ] {
        assert_eq!(asked(name, place.clone()).await, Err(error), "{name} {place:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_picture_sent_twice_is_one() {
    let (db, folder) = (world().await, Folder::new());
    let twice = || sent(&db, &folder, "rosa", group("open"), "a");
    let (one, two) = tokio::join!(twice(), twice());
    assert_eq!(one, two);
    let anothers = sent(&db, &folder, "anneke", group("open"), "a").await;
    let elsewhere = sent(&db, &folder, "rosa", group("closed"), "a").await;
    assert!(one != anothers && one != elsewhere && anothers != elsewhere);
    let count: Option<i64> = db
        .row("count(SELECT VALUE id FROM text_picture);", vars! {})
        .await
        .unwrap();
    assert_eq!(count, Some(3));
}

#[tokio::test]
async fn a_text_holds_pictures_of_its_own_place() {
    let (db, folder) = (world().await, Folder::new());
    let closed = sent(&db, &folder, "rosa", group("closed"), "a").await;
    let gone = PictureId::parse("4x3-none").unwrap();
    for bad in [&closed, &gone] {
        let refused = reply(&db, &viewer("rosa"), &says("open", &shows(bad))).await;
        assert!(refused.unwrap_err().at("body").is_some());
    }
    let new = says("closed", &shows(&closed));
    assert_eq!(reply(&db, &viewer("rosa"), &new).await.unwrap().number, 1);
    assert_eq!(reply(&db, &viewer("rosa"), &new).await.unwrap().number, 1, "sent twice");
    let html: Vec<String> = db.rows("SELECT VALUE html FROM post;", vars! {}).await.unwrap();
    assert_eq!((html.len(), held(&html[0]).unwrap()), (1, vec![closed]));
}

/// A day and an hour go by.
async fn later(db: &Db, folder: &Folder) {
    db.write(
        "UPDATE text_picture SET loose = loose - 25h WHERE loose != NONE RETURN NONE;",
        vars! {},
    )
    .await
    .unwrap();
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(25 * 3600);
    for entry in std::fs::read_dir(folder.path().join("pictures")).unwrap() {
        let file = std::fs::File::options()
            .write(true)
            .open(entry.unwrap().path())
            .unwrap();
        file.set_modified(old).unwrap();
    }
}

fn files(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path().join("pictures")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn what_no_text_holds_is_forgotten_after_a_day() {
    let (db, folder) = (world().await, Folder::new());
    let said = sent(&db, &folder, "rosa", group("open"), "a").await;
    let unused = sent(&db, &folder, "rosa", group("open"), "b").await;
    let rosa = viewer("rosa");
    reply(&db, &rosa, &says("open", &shows(&said))).await.unwrap();
    store::forget_loose(&db, folder.path()).await.unwrap();
    assert_eq!(files(&folder).len(), 2, "it has its day");
    later(&db, &folder).await;
    let fresh = sent(&db, &folder, "rosa", group("open"), "c").await;
    store::forget_loose(&db, folder.path()).await.unwrap();
    let mut kept = [said.to_string(), fresh.to_string()];
    kept.sort();
    assert_eq!(files(&folder), kept);
    assert!(!sees(&db, folder.path(), &rosa, &unused).await);
    // Sent again before its day is over it has another.
    later(&db, &folder).await;
    sent(&db, &folder, "rosa", group("open"), "c").await;
    store::forget_loose(&db, folder.path()).await.unwrap();
    assert_eq!(files(&folder), kept);
}

#[tokio::test]
async fn a_lesson_lets_go_of_what_is_taken_out_of_it() {
    use crate::courses::rules::LessonFields;
    use crate::courses::store::{Stamp, save_lesson, write_lesson};

    let (db, folder) = (world().await, Folder::new());
    let tina = viewer("tina");
    let one = sent(&db, &folder, "tina", course("draft"), "a").await;
    let two = sent(&db, &folder, "tina", course("draft"), "b").await;
    let text = |body: &str| LessonFields::parse("First", "", "", body).unwrap();
    let (draft, lesson) = (CourseId::parse("draft").unwrap(), LessonId::parse("first").unwrap());
    let both = format!("{} {}", shows(&one), shows(&two));
    write_lesson(&db, &tina, &draft, &lesson, &text(&both)).await.unwrap();
    save_lesson(&db, &tina, &lesson, Stamp::Any, &text(&shows(&two)))
        .await
        .unwrap();
    let loose = "SELECT VALUE id FROM text_picture WHERE loose != NONE;";
    let found: Vec<PictureId> = db.rows(loose, vars! {}).await.unwrap();
    assert_eq!(found, [one]);
    db.write("DELETE lesson:first;", vars! {}).await.unwrap();
    let found: Vec<PictureId> = db.rows(loose, vars! {}).await.unwrap();
    assert_eq!(found.len(), 2, "with the lesson it holds nothing");
    db.write("DELETE course:draft;", vars! {}).await.unwrap();
    let left: Vec<PictureId> = db.rows("SELECT VALUE id FROM text_picture;", vars! {}).await.unwrap();
    assert!(left.is_empty(), "they go with their place");
}

#[tokio::test]
async fn a_closed_accounts_pictures_stay_or_go_with_its_posts() {
    for remove_posts in [false, true] {
        let (db, folder) = (world().await, Folder::new());
        let rosa = viewer("rosa");
        let said = sent(&db, &folder, "rosa", group("open"), "a").await;
        let unused = sent(&db, &folder, "rosa", group("open"), "b").await;
        let annekes = sent(&db, &folder, "anneke", group("open"), "c").await;
        let body = format!("{} {}", shows(&said), shows(&annekes));
        reply(&db, &rosa, &says("open", &body)).await.unwrap();
        crate::people::store::close(&db, rosa.id().unwrap(), remove_posts)
            .await
            .unwrap();
        let visitor = Viewer::visitor();
        assert_eq!(sees(&db, folder.path(), &visitor, &said).await, !remove_posts);
        assert!(!sees(&db, folder.path(), &visitor, &unused).await);
        assert!(sees(&db, folder.path(), &visitor, &annekes).await);
        let loose = "SELECT VALUE id FROM text_picture WHERE loose != NONE;";
        let found: Vec<PictureId> = db.rows(loose, vars! {}).await.unwrap();
        assert_eq!(
            found.len(),
            usize::from(remove_posts),
            "no text holds the other’s any more"
        );
    }
}
