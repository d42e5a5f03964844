//! Suspensions, as those who are barred meet them.

mod words;

use app::id::OrganisationId;
use app::people::api::sign_in_path;
use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::access::path;
use crate::support::{PASSWORD, Someone, TestApp};

const EMAIL: &str = "rosa@carrel.example";

struct World {
    app: TestApp,
    library: OrganisationId,
    piotr: Someone,
    rosa: Someone,
}

async fn world() -> World {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    app.with_password(&rosa).await;
    World {
        app,
        library,
        piotr,
        rosa,
    }
}

impl World {
    async fn key(&self, name: &str) -> String {
        let sql = "SELECT VALUE record::id(id) FROM ONLY person WHERE name = $name LIMIT 1;";
        self.app
            .db
            .read(sql, vars! { "name" => name.to_owned() })
            .await
            .unwrap()
    }

    async fn suspend(&self, what: &str, whom: &str, by: &Someone) -> StatusCode {
        let (whom, soon) = (self.key(whom).await, app::time::today("UTC"));
        let fields = [
            ("organisation", self.library.as_str()),
            ("person", &whom),
            ("what", what),
            ("reason", "Rude to <others>"),
            ("last_day", &soon),
        ];
        self.app.call(&path("suspend"), &fields, by).await.status
    }

    /// The page that an attempt to sign in ends at.
    async fn sign_in(&self) -> (StatusCode, String) {
        let fields = [("email", EMAIL), ("password", PASSWORD), ("next", "/me")];
        let nobody = Someone::default();
        let answer = self.app.form(sign_in_path(), "/sign-in", &fields, &nobody).await;
        let page = self.app.get(answer.location(), &nobody.after(&answer)).await;
        (answer.status, page.body)
    }
}

#[tokio::test]
async fn whoever_may_not_sign_in_is_out_at_once_and_told_why() {
    let world = world().await;
    assert_eq!(world.app.get("/me", &world.rosa).await.status, StatusCode::OK);
    assert_eq!(world.suspend("signing_in", "rosa", &world.piotr).await, StatusCode::OK);
    assert_eq!(world.app.get("/me", &world.rosa).await.status, StatusCode::UNAUTHORIZED);
    let (status, page) = world.sign_in().await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(page.contains("This account is suspended until the end of"), "{page}");
    assert!(page.contains("Rude to &lt;others&gt;"), "the reason is text");
    // Whoever does not know the password learns nothing of it.
    let wrong = [("email", EMAIL), ("password", "a wrong guess of it")];
    let wrong = world.app.call(sign_in_path(), &wrong, &Someone::default()).await;
    assert!(!wrong.body.contains("suspended"), "{}", wrong.body);
    let rosa = world.key("rosa").await;
    let whom = [("organisation", world.library.as_str()), ("person", rosa.as_str())];
    world.app.call(&path("lift_suspension"), &whom, &world.piotr).await;
    assert_eq!(world.sign_in().await.0, StatusCode::FOUND);
}

#[tokio::test]
async fn it_ends_by_itself() {
    let world = world().await;
    world.suspend("signing_in", "rosa", &world.piotr).await;
    world
        .app
        .db
        .write("UPDATE suspension SET until = time::now() - 1s;", vars! {})
        .await
        .unwrap();
    assert_eq!(world.sign_in().await.0, StatusCode::FOUND);
}

#[tokio::test]
async fn the_last_administrator_stays_and_links_of_a_suspended_one_rest() {
    let world = world().await;
    let mei = world.app.person("mei", &world.library, &[Role::Learner]).await;
    let site = "UPDATE person SET site_administrator = true WHERE name = 'mei';";
    world.app.db.write(site, vars! {}).await.unwrap();
    let alone = world.suspend("signing_in", "piotr", &mei).await;
    assert_eq!(alone, StatusCode::CONFLICT, "nobody else looks after it");
    assert_eq!(world.suspend("posting", "piotr", &mei).await, StatusCode::OK);
    let role = Role::OrganisationAdministrator;
    let token = world.app.invitation(&world.library, role, &world.piotr).await;
    let join = format!("/join/{token}");
    let nobody = Someone::default();
    assert_eq!(world.app.get(&join, &nobody).await.status, StatusCode::OK);
    world
        .app
        .person("ana", &world.library, &[Role::OrganisationAdministrator])
        .await;
    assert_eq!(world.suspend("signing_in", "piotr", &mei).await, StatusCode::OK);
    assert_eq!(world.app.get(&join, &nobody).await.status, StatusCode::NOT_FOUND);
    // Nobody is left to one who is suspended.
    let ana = "SELECT VALUE id FROM ONLY person WHERE name = 'ana' LIMIT 1;";
    let ana = world.app.db.read(ana, vars! {}).await.unwrap();
    let closed = app::people::store::close(&world.app.db, &ana, false).await;
    let said = closed.unwrap_err().to_string();
    assert!(said.starts_with("Nobody else looks after library."), "{said}");
}
