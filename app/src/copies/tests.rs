//! A copy holds what is the person's, for that person, for a week.

use std::io::Read;

use super::model::State;
use super::{Making, path, store};
use crate::db::Db;
use crate::id::PersonId;
use crate::people::tests::viewer;
use crate::vars;
use crate::viewer::Person;

/// A folder of the test's own.
pub(crate) struct Folder(std::path::PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let name = format!("carrel-copies-{}", uuid::Uuid::now_v7().simple());
        Self(std::env::temp_dir().join(name))
    }

    pub(crate) fn path(&self) -> &std::path::Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _may_be_gone = std::fs::remove_dir_all(&self.0);
    }
}

async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(
        "FOR $name IN ['rosa', 'sam'] {
            LET $person = type::record('person', $name);
            CREATE $person SET name = $name, email = string::concat($name, '@x.example'), timezone = 'UTC';
            LET $plan = (CREATE plan SET person = $person, title = 'Plan')[0].id;
            CREATE type::record('profile', $name) SET person = $person, pronouns = string::concat('pronouns of ', $name);
            CREATE type::record('picture', ['person', $name]) SET subject = $person, kind = 'image/jpeg', hash = $hash,
                content = <bytes> string::concat('face of ', $name);
            CREATE action SET plan = $plan, person = $person, kind = 'task', title = string::concat('Task of ', $name);
            CREATE evidence SET person = $person, node = node:x, title = 'Talk', attached = string::concat('key', $name),
                attached_name = 'Talk.pdf', attached_kind = 'pdf', attached_bytes = 9;
            CREATE type::record('text_picture', string::concat('4x3-', $name)) SET owner = $person, place = study_group:x, kind = 'image/webp';
         };",
        vars! { "hash" => "a".repeat(64) },
    )
    .await
    .unwrap();
    db
}

async fn person(db: &Db, name: &str) -> Person {
    viewer(db, name).await.person.unwrap()
}

/// Where somebody else was who did something to a person is not the person's to
/// know; where somebody nobody knows was who tried their password is.
#[tokio::test]
async fn where_others_were_is_in_no_copy_of_ones_own() {
    let db = world().await;
    db.write(
        "CREATE audit_entry SET act = 'signed_in', by = person:rosa, network = '192.0.2.0';
         CREATE audit_entry SET act = 'roles_changed', by = person:sam, whom = person:rosa, network = '198.51.100.0';
         CREATE audit_entry SET act = 'sign_in_failed', whom = person:rosa, network = '203.0.113.0';",
        vars! {},
    )
    .await
    .unwrap();
    let part = store::parts::PARTS.iter().find(|part| part.name == "audit").unwrap();
    let rosa = PersonId::parse("rosa").unwrap();
    let (rows, _) = store::rows(&db, &rosa, part).await.unwrap();
    let of = |act: &str| {
        let row = rows.iter().find(|row| row["act"] == act).unwrap();
        (
            row["by"].as_str().unwrap_or("").to_owned(),
            row["network"].as_str().unwrap().to_owned(),
        )
    };
    let pair = |by: &str, network: &str| (by.to_owned(), network.to_owned());
    assert_eq!(of("signed_in"), pair("rosa", "192.0.2.0"));
    assert_eq!(of("roles_changed"), pair("sam", ""));
    assert_eq!(of("sign_in_failed"), pair("", "203.0.113.0"));
}

#[tokio::test]
async fn every_part_is_read_and_holds_ones_own_alone() {
    let db = world().await;
    let rosa = person(&db, "rosa").await;
    let folder = Folder::new();
    let pictures = folder.path().join("pictures");
    let evidence = folder.path().join("evidence");
    for folder in [&pictures, &evidence] {
        std::fs::create_dir_all(folder).unwrap();
    }
    for name in ["rosa", "sam"] {
        std::fs::write(pictures.join(format!("4x3-{name}")), format!("shown by {name}")).unwrap();
        std::fs::write(evidence.join(format!("key{name}")), format!("talk of {name}")).unwrap();
    }
    let copy = store::begin(&db, &rosa).await.unwrap().unwrap();
    let newest = store::newest(&db, &rosa).await.unwrap().unwrap();
    assert!(matches!(newest.state, State::BeingMade { done: 0, .. }));
    let making = Making {
        db: db.clone(),
        files: folder.path().into(),
        person: rosa.clone(),
        copy: copy.clone(),
    };
    making.make().await.unwrap();
    assert!(matches!(
        store::newest(&db, &rosa).await.unwrap().unwrap().state,
        State::Ready { .. }
    ));
    let file = std::fs::File::open(path(folder.path(), &copy)).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut text = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let (html, json) = (text("everything.html"), text("everything.json"));
    assert_eq!(text("picture.jpg"), "face of rosa");
    assert_eq!(text("pictures/4x3-rosa.webp"), "shown by rosa");
    assert_eq!(text("evidence/keyrosa.pdf"), "talk of rosa");
    for words in [&html, &json] {
        assert!(
            words.contains("Task of rosa")
                && words.contains("pronouns of rosa")
                && words.contains("Signed in")
                && !words.contains("Task of sam")
        );
        assert!(!words.contains(rosa.session.as_str()), "no key of a session");
    }
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["profile"][0]["email"], "rosa@x.example");
    assert_eq!(json["only_the_newest_20000_of"], serde_json::json!([]));
    assert_eq!(json.as_object().unwrap().len(), store::parts::PARTS.len() + 1);
}

#[tokio::test]
async fn one_an_hour_is_made_and_again_after_one_failed() {
    let db = world().await;
    let rosa = person(&db, "rosa").await;
    let first = store::begin(&db, &rosa).await.unwrap().unwrap();
    assert_eq!(store::begin(&db, &rosa).await.unwrap(), None);
    assert!(
        store::begin(&db, &person(&db, "sam").await).await.unwrap().is_some(),
        "others have their own"
    );
    store::failed(&db, &first).await.unwrap();
    assert!(matches!(
        store::newest(&db, &rosa).await.unwrap().unwrap().state,
        State::Failed
    ));
    assert!(store::begin(&db, &rosa).await.unwrap().is_some());
}

#[tokio::test]
async fn a_copy_is_its_persons_and_is_forgotten() {
    let db = world().await;
    let (rosa, sam) = (person(&db, "rosa").await, person(&db, "sam").await);
    let folder = Folder::new();
    let copy = store::begin(&db, &rosa).await.unwrap().unwrap();
    assert!(!store::is_theirs(&db, &rosa.id, &copy).await.unwrap(), "not ready yet");
    Making {
        db: db.clone(),
        files: folder.path().into(),
        person: rosa.clone(),
        copy: copy.clone(),
    }
    .make()
    .await
    .unwrap();
    assert!(store::is_theirs(&db, &rosa.id, &copy).await.unwrap());
    assert!(!store::is_theirs(&db, &sam.id, &copy).await.unwrap());
    store::forget_old(&db, folder.path()).await.unwrap();
    assert!(path(folder.path(), &copy).exists());
    db.write("UPDATE copy SET asked = time::now() - 8d;", vars! {})
        .await
        .unwrap();
    assert!(!store::is_theirs(&db, &rosa.id, &copy).await.unwrap());
    store::forget_old(&db, folder.path()).await.unwrap();
    assert!(!path(folder.path(), &copy).exists());
}

#[tokio::test]
async fn where_others_were_as_they_acted_on_one_is_not_ones_own() {
    let db = world().await;
    db.write(
        "CREATE audit_entry SET at = time::now(), act = 'signed_in', by = person:rosa, whom = person:rosa, about = '', network = '192.0.2.0/24', line = [];
         CREATE audit_entry SET at = time::now(), act = 'sessions_ended', by = person:sam, whom = person:rosa, about = '', network = '198.51.100.0/24', line = [];",
        vars! {},
    )
    .await
    .unwrap();
    let part = store::parts::PARTS.iter().find(|part| part.name == "audit").unwrap();
    let rosa = PersonId::parse("rosa").unwrap();
    let (rows, more) = store::rows(&db, &rosa, part).await.unwrap();
    let text = serde_json::to_string(&rows).unwrap();
    assert!(text.contains("192.0.2.0/24") && !text.contains("198.51.100") && !text.contains("audit_entry:"));
    assert!(text.contains("sam") && !more);
}
