//! Terms of use: nothing goes on until they are accepted, and nothing typed is
//! lost over it.

use app::people::api::sign_in_path;
use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::access::path;
use crate::support::{Answer, PASSWORD, Someone, TestApp};

struct World {
    app: TestApp,
    mei: Someone,
    rosa: Someone,
}

/// A site with terms of its own, which the site administrator has accepted.
async fn world() -> World {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let mei = app.person("mei", &library, &[Role::Learner]).await;
    let site = "UPDATE person SET site_administrator = true;";
    app.db.write(site, vars! {}).await.unwrap();
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    let world = World { app, mei, rosa };
    assert_eq!(
        world.app.get("/me", &world.rosa).await.status,
        StatusCode::OK,
        "nothing is asked"
    );
    world.publish("0", "Be kind.").await;
    world.accept("1", &world.mei).await;
    world
}

impl World {
    async fn publish(&self, after: &str, body: &str) -> Answer {
        let fields = [("number", after), ("body", body)];
        let answer = self
            .app
            .form(&path("publish_terms"), "/terms", &fields, &self.mei)
            .await;
        assert_eq!(answer.location(), "/terms", "{}", answer.body);
        answer
    }

    async fn accept(&self, number: &str, who: &Someone) -> Answer {
        let fields = [("number", number), ("next", "/me/plan")];
        self.app.form(&path("accept_terms"), "/terms", &fields, who).await
    }
}

#[tokio::test]
async fn whoever_has_not_accepted_is_asked_and_comes_back() {
    let world = world().await;
    let asked = world.app.get("/people?q=a", &world.rosa).await;
    assert_eq!(
        (asked.status, asked.location()),
        (StatusCode::SEE_OTHER, "/terms?next=%2Fpeople%3Fq%3Da")
    );
    let page = world.app.get(asked.location(), &world.rosa).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("Be kind.") && page.body.contains("Accept and go on"),
        "{}",
        page.body
    );
    let accepted = world.accept("1", &world.rosa).await;
    assert_eq!((accepted.status, accepted.location()), (StatusCode::FOUND, "/me/plan"));
    assert_eq!(world.app.get("/me/plan", &world.rosa).await.status, StatusCode::OK);
    let page = world.app.get("/terms", &world.rosa).await.body;
    assert!(page.contains("You accepted this version on") && !page.contains("Accept and go on"));
    // A new version asks anew; the earlier one is still there to read.
    world.publish("1", "Be kinder.").await;
    assert_eq!(
        world.app.get("/me/plan", &world.rosa).await.status,
        StatusCode::SEE_OTHER
    );
    let earlier = world.app.get("/terms?version=1", &Someone::default()).await.body;
    assert!(earlier.contains("Be kind.") && earlier.contains("does not hold any more"));
}

#[tokio::test]
async fn until_then_one_reads_leaves_or_takes_what_is_ones_own() {
    let world = world().await;
    for open in ["/terms", "/me/settings"] {
        assert_eq!(world.app.get(open, &world.rosa).await.status, StatusCode::OK, "{open}");
    }
    for closed in [
        "/",
        "/me",
        "/search?q=x",
        "/nowhere",
        "/live/threads/x",
        "/files/pictures/x/y",
    ] {
        let answer = world.app.get(closed, &world.rosa).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{closed}");
        assert!(answer.location().starts_with("/terms?next="), "{closed}");
    }
    let group = [("group", "x")];
    let refused = world.app.call(&path("join_group"), &group, &world.rosa).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("terms of use"), "{}", refused.body);
    assert_eq!(
        world.app.get("/", &Someone::default()).await.status,
        StatusCode::OK,
        "visitors read"
    );
    let out = world
        .app
        .form(app::people::api::sign_out_path(), "/terms", &[], &world.rosa)
        .await;
    assert_eq!(out.location(), "/");
    assert_eq!(world.app.get("/me", &world.rosa).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_was_typed_meanwhile_comes_back_with_the_page() {
    let world = world().await;
    let save = path("save_about");
    let fields = [("about", "Words that took an hour"), ("pronouns", "")];
    let kept = world.app.form(&save, "/me/profile", &fields, &world.rosa).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    assert!(kept.location().starts_with("/me/profile?draft="), "{}", kept.location());
    let rosa = world.rosa.clone().after(&kept);
    assert!(
        world
            .app
            .get(kept.location(), &rosa)
            .await
            .location()
            .starts_with("/terms?next=")
    );
    world.accept("1", &rosa).await;
    let page = world.app.get(kept.location(), &rosa).await.body;
    assert!(page.contains("Words that took an hour"), "{page}");
}

#[tokio::test]
async fn it_is_asked_after_signing_in_too() {
    let world = world().await;
    world.app.with_password(&world.rosa).await;
    let fields = [
        ("email", "rosa@carrel.example"),
        ("password", PASSWORD),
        ("next", "/me/plan"),
    ];
    let nobody = Someone::default();
    let answer = world.app.form(sign_in_path(), "/sign-in", &fields, &nobody).await;
    let rosa = answer.session().unwrap();
    let asked = world.app.get(answer.location(), &rosa).await;
    assert_eq!(asked.location(), "/terms?next=%2Fme%2Fplan");
}
