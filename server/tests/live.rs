//! Live streams, word by word: what somebody hears, and that a stream ends once
//! its reader may hear of the thread no more.

use std::time::Duration;

use app::vars;
use app::viewer::Role;
use axum::body::BodyDataStream;
use axum::http::StatusCode;
use futures::StreamExt;

use crate::access::path;
use crate::support::{Someone, TestApp};

const STREAM: &str = "/live/threads/walk";

/// A private group of two, and whoever looks after their library.
struct World {
    app: TestApp,
    library: String,
    rosa: Someone,
    sam: Someone,
    ada: Someone,
}

async fn world() -> World {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    let sam = app.person("sam", &library, &[Role::Learner]).await;
    let ada = app.person("ada", &library, &[Role::OrganisationAdministrator]).await;
    app.db
        .write(
            "LET $sam = (SELECT VALUE id FROM person WHERE name = 'sam')[0];
             CREATE study_group:walk SET organisation = $library, slug = 'walk', title = 'Walk', public = false, members = 2;
             FOR $one IN (SELECT VALUE id FROM person WHERE name IN ['rosa', 'sam']) {
                CREATE type::record('group_membership', [record::id($one), 'walk'])
                    SET person = $one, study_group = study_group:walk, facilitator = $one = $sam;
             };
             CREATE thread:walk SET study_group = study_group:walk, public = false, title = 'Walk', kind = 'discussion',
                started_by = $sam, posts = 0;",
            vars! { "library" => library.clone() },
        )
        .await
        .unwrap();
    World {
        app,
        library: library.as_str().to_owned(),
        rosa,
        sam,
        ada,
    }
}

impl World {
    async fn stream(&self, someone: &Someone) -> BodyDataStream {
        let response = self.app.open(STREAM, someone).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body().into_data_stream()
    }

    /// Sam says something.
    async fn reply(&self, form_key: &str) {
        let fields = [("thread", "walk"), ("body", "Said."), ("form_key", form_key)];
        let answer = self.app.call(&path("reply"), &fields, &self.sam).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }

    async fn key(&self, name: &str) -> String {
        let sql = "SELECT VALUE record::id(id) FROM ONLY person WHERE name = $name LIMIT 1;";
        let db = &self.app.db;
        db.read(sql, vars! { "name" => name.to_owned() }).await.unwrap()
    }
}

/// The next word, or nothing once the stream is at its end.
async fn word(stream: &mut BodyDataStream) -> Option<String> {
    let next = tokio::time::timeout(Duration::from_secs(15), stream.next()).await;
    let next = next.expect("neither a word nor the end came");
    next.map(|bytes| String::from_utf8(bytes.unwrap().to_vec()).unwrap())
}

/// What ends a stream, and by whose act.
#[derive(Debug, Clone, Copy)]
enum Ends {
    Leaving,
    TakenOut,
    LeavingTheLibrary,
    SignedOut,
    SessionsEnded,
    Suspended,
}

async fn done(world: &World, ends: Ends) {
    let (rosa, soon) = (world.key("rosa").await, app::time::today("UTC"));
    let at = ("organisation", world.library.as_str());
    let (whom, understood) = (("person", rosa.as_str()), ("understood", "true"));
    let (function, fields, by) = match ends {
        Ends::Leaving => ("leave_group", vec![("group", "walk")], &world.rosa),
        Ends::TakenOut => ("take_out", vec![at, whom, understood], &world.ada),
        Ends::LeavingTheLibrary => ("leave_organisation", vec![at, understood], &world.rosa),
        Ends::SignedOut => ("sign_out", vec![], &world.rosa),
        Ends::SessionsEnded => ("end_sessions_of", vec![at, whom], &world.ada),
        Ends::Suspended => (
            "suspend",
            vec![
                at,
                whom,
                ("what", "signing_in"),
                ("reason", "Rude"),
                ("last_day", soon.as_str()),
            ],
            &world.ada,
        ),
    };
    let answer = world.app.call(&path(function), &fields, by).await;
    assert_eq!(answer.status, StatusCode::OK, "{ends:?}: {}", answer.body);
}

#[tokio::test]
async fn a_stream_ends_where_its_reader_may_hear_no_more() {
    for ends in [
        Ends::Leaving,
        Ends::TakenOut,
        Ends::LeavingTheLibrary,
        Ends::SignedOut,
        Ends::SessionsEnded,
        Ends::Suspended,
    ] {
        let world = world().await;
        let (mut rosas, mut sams) = (world.stream(&world.rosa).await, world.stream(&world.sam).await);
        for stream in [&mut rosas, &mut sams] {
            assert!(word(stream).await.unwrap().contains("walk 0"), "{ends:?}");
        }
        world.reply("walkreply1").await;
        for stream in [&mut rosas, &mut sams] {
            assert!(word(stream).await.unwrap().contains("walk 1"), "{ends:?}");
        }
        done(&world, ends).await;
        world.reply("walkreply2").await;
        assert_eq!(word(&mut rosas).await, None, "{ends:?}: it is heard still");
        assert!(word(&mut sams).await.unwrap().contains("walk 2"), "{ends:?}");
        let again = world.app.status("GET", STREAM, &world.rosa).await;
        assert_eq!(again, StatusCode::NOT_FOUND, "{ends:?}");
    }
}

/// What is new of a group and of a thread of it comes by one stream.
#[tokio::test]
async fn a_group_is_told_of_with_its_threads_until_one_leaves() {
    let world = world().await;
    let response = world.app.open("/live/groups/walk?threads=walk", &world.rosa).await;
    assert_eq!(response.status(), StatusCode::OK);
    let mut stream = response.into_body().into_data_stream();
    let mut both = async || {
        [word(&mut stream).await, word(&mut stream).await]
            .map(|word| word.unwrap())
            .concat()
    };
    let first = both().await;
    assert!(first.contains("event: group\ndata: walk 0 0"), "{first}");
    assert!(first.contains("event: post\ndata: walk 0"), "{first}");
    world.reply("walkreply1").await;
    let then = both().await;
    assert!(
        then.contains("data: walk 0 1") && then.contains("data: walk 1"),
        "{then}"
    );
    done(&world, Ends::Leaving).await;
    world.reply("walkreply2").await;
    assert_eq!(word(&mut stream).await, None);
    let again = world.app.status("GET", "/live/groups/walk", &world.rosa).await;
    assert_eq!(again, StatusCode::NOT_FOUND);
}

/// Two things end it for whoever is still a member: what is asked of them first.
#[tokio::test]
async fn a_stream_ends_where_something_is_asked_first() {
    for rule in [
        "CREATE terms_in_force:this SET number = 1;",
        "UPSERT sign_in_rule:second_factor SET asked_of = 'everybody', by = (SELECT VALUE id FROM person LIMIT 1)[0];",
    ] {
        let world = world().await;
        let mut stream = world.stream(&world.rosa).await;
        assert!(word(&mut stream).await.unwrap().contains("walk 0"), "{rule}");
        world.app.db.write(rule, vars! {}).await.unwrap();
        // Sam is asked, too, so that the word comes from the store.
        let post = app::groups::live::NewPost(1);
        world.app.hub.tell(&app::id::ThreadId::parse("walk").unwrap(), post);
        assert_eq!(word(&mut stream).await, None, "{rule}: it is heard still");
    }
}
