//! Signing in and out, sessions, invitations.

use app::invitations::api::{invite_path, join_organisation_path};
use app::people::api::{accept_invitation_path, end_session_path, sign_in_path, sign_out_path};
use app::setup::api::set_up_path;
use app::viewer::Role;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};

use crate::support::{PASSWORD, Someone, TestApp};

const EMAIL: &str = "rosa@carrel.example";

async fn world() -> (TestApp, Someone) {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    app.with_password(&rosa).await;
    (app, rosa)
}

#[tokio::test]
async fn a_password_opens_a_new_session_and_signing_out_ends_it() {
    let (app, _) = world().await;
    let nobody = Someone::default();
    let answer = app
        .form(
            sign_in_path(),
            "/sign-in",
            &[
                ("email", "ROSA@carrel.example"),
                ("password", PASSWORD),
                ("next", "/me"),
            ],
            &nobody,
        )
        .await;
    assert_eq!((answer.status, answer.location()), (StatusCode::FOUND, "/me"));
    let session = answer.session().unwrap();
    assert_eq!(app.get("/me/settings", &session).await.status, StatusCode::OK);
    app.form(sign_out_path(), "/", &[], &session).await;
    assert_eq!(app.get("/me/settings", &session).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_browser_whose_session_ended_is_told_so_and_led_back() {
    let (app, rosa) = world().await;
    app.form(sign_out_path(), "/", &[], &rosa).await;
    let page = "/me/rate?profile=desk&sitting=2";
    let ended = app.get(page, &rosa).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    assert!(ended.body.contains("<h1>Your session has ended"), "{}", ended.body);
    assert!(
        ended
            .body
            .contains("/sign-in?next=%2Fme%2Frate%3Fprofile%3Ddesk%26sitting%3D2"),
        "the way back is whole"
    );
    let visitor = app.get(page, &Someone::default()).await;
    assert!(visitor.body.contains("<h1>Sign in to see this"), "{}", visitor.body);
}

#[tokio::test]
async fn a_wrong_password_keeps_the_address_and_never_the_password() {
    let (app, _) = world().await;
    let nobody = Someone::default();
    let answer = app
        .form(
            sign_in_path(),
            "/sign-in?next=%2Fme",
            &[("email", EMAIL), ("password", "a wrong guess"), ("next", "/me")],
            &nobody,
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(
        answer.location().starts_with("/sign-in?next=%2Fme&draft="),
        "{}",
        answer.location()
    );
    assert!(answer.session().is_none());
    let other_browser = app.get(answer.location(), &nobody).await;
    assert!(!other_browser.body.contains(EMAIL), "a link shows what somebody typed");
    let page = app.get(answer.location(), &nobody.after(&answer)).await;
    assert!(page.body.contains("do not belong together"), "the error stands there");
    assert!(page.body.contains(&format!("value=\"{EMAIL}\"")), "the address is kept");
    assert!(!page.body.contains("a wrong guess"));
}

#[tokio::test]
async fn guessing_is_stopped() {
    let (app, _) = world().await;
    let nobody = Someone::default();
    for _ in 0..8 {
        app.call(sign_in_path(), &[("email", EMAIL), ("password", "guess")], &nobody)
            .await;
    }
    let answer = app
        .call(sign_in_path(), &[("email", EMAIL), ("password", PASSWORD)], &nobody)
        .await;
    assert!(answer.body.contains("TooMany"), "{}", answer.body);
    assert!(answer.session().is_none());
}

#[tokio::test]
async fn nobody_ends_someone_elses_session() {
    let (app, rosa) = world().await;
    let library = app::organisations::store::by_slug(&app.db, "library")
        .await
        .unwrap()
        .unwrap();
    let tomas = app.person("tomas", &library, &[Role::Learner]).await;
    let page = app.get("/me/settings", &rosa).await;
    assert_eq!(page.status, StatusCode::OK);
    let viewer: app::viewer::Viewer =
        serde_json::from_str(&app.read(app::people::api::load_viewer_path(), &[], &rosa).await.body).unwrap();
    let session = viewer.person.unwrap().session.to_string();
    app.call(end_session_path(), &[("session", &session)], &tomas).await;
    assert_eq!(app.get("/me/settings", &rosa).await.status, StatusCode::OK);
    app.call(end_session_path(), &[("session", &session)], &rosa).await;
    assert_eq!(app.get("/me/settings", &rosa).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_invitation_makes_one_account_and_is_used_up() {
    let (app, rosa) = world().await;
    let library = app::organisations::store::by_slug(&app.db, "library")
        .await
        .unwrap()
        .unwrap();
    let admin = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let fields = [
        ("organisation", library.as_str()),
        ("roles[0]", "learner"),
        ("uses", "1"),
        ("key", "thisonlyform"),
    ];
    assert!(app.call(invite_path(), &fields, &rosa).await.body.contains("Forbidden"));
    // Shown to the browser that made it, and in no address.
    let made = app.form(invite_path(), "/", &fields, &admin).await;
    let invitations = "/organisations/library/invitations";
    assert_eq!(made.location(), invitations);
    let page = app.get(invitations, &admin.clone().after(&made)).await.body;
    assert!(page.contains("Pass this link on") && page.contains("/join/"), "{page}");
    let page = app.get(invitations, &admin).await.body;
    assert!(!page.contains("Pass this link on"), "{page}");
    let token = app.invitation(&library, Role::Learner, &admin).await;
    let nobody = Someone::default();
    assert_eq!(app.get(&format!("/join/{token}"), &nobody).await.status, StatusCode::OK);
    let new = [
        ("token", token.as_str()),
        ("name", "Sam Hale"),
        ("email", "sam@carrel.example"),
        ("password", PASSWORD),
    ];
    let joined = app
        .form(accept_invitation_path(), &format!("/join/{token}"), &new, &nobody)
        .await;
    let sam = joined.session().unwrap();
    assert_eq!(app.get("/organisations/library", &sam).await.status, StatusCode::OK);
    assert_eq!(
        app.get(&format!("/join/{token}"), &nobody).await.status,
        StatusCode::NOT_FOUND
    );
    let again = app.call(accept_invitation_path(), &new, &nobody).await;
    assert!(again.body.contains("NotFound"), "{}", again.body);
}

#[tokio::test]
async fn an_invitation_adds_an_organisation_to_an_account() {
    let (app, rosa) = world().await;
    let system = app.organisation("system", None).await;
    let admin = app.person("piotr", &system, &[Role::OrganisationAdministrator]).await;
    let token = app.invitation(&system, Role::Trainer, &admin).await;
    assert_eq!(
        app.get("/organisations/system", &rosa).await.status,
        StatusCode::NOT_FOUND
    );
    let page = app.get(&format!("/join/{token}"), &rosa).await;
    assert!(page.body.contains("Join as rosa") && !page.body.contains("name=\"password\""));
    let join = [("token", token.as_str())];
    let from = format!("/join/{token}");
    let visitor = app.call(join_organisation_path(), &join, &Someone::default()).await;
    assert!(visitor.body.contains("SignInNeeded"), "{}", visitor.body);
    let joined = app.form(join_organisation_path(), &from, &join, &rosa).await;
    assert_eq!(joined.location(), "/organisations/system?notice=joined");
    assert_eq!(app.get("/organisations/system", &rosa).await.status, StatusCode::OK);
    assert_eq!(app.get("/organisations/library", &rosa).await.status, StatusCode::OK);
    let unknown = app.call(join_organisation_path(), &[("token", "none")], &rosa).await;
    assert!(unknown.body.contains("NotFound"), "{}", unknown.body);
}

#[tokio::test]
async fn an_empty_installation_is_set_up_once() {
    let app = TestApp::new().await;
    let nobody = Someone::default();
    let token = app::setup::store::begin(&app.db).await.unwrap().unwrap();
    for wrong in ["/setup", "/setup?token=none"] {
        assert_eq!(app.get(wrong, &nobody).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let page = format!("/setup?token={token}");
    assert_eq!(app.get(&page, &nobody).await.status, StatusCode::OK);
    let fields = |token: &'static str, password: &'static str| {
        [
            ("token", token),
            ("site", "Northern Libraries"),
            ("organisation", "North State Library"),
            ("kind", "state_library"),
            ("timezone", "Europe/London"),
            ("language", "en"),
            ("name", "Ada Venn"),
            ("email", "ada@north.example"),
            ("password", password),
        ]
    };
    let token: &'static str = token.leak();
    let stranger = app.call(set_up_path(), &fields("none", PASSWORD), &nobody).await;
    assert!(stranger.body.contains("NotFound"), "{}", stranger.body);
    let refused = app.form(set_up_path(), &page, &fields(token, "short"), &nobody).await;
    let again = app.get(refused.location(), &nobody.clone().after(&refused)).await;
    assert!(again.body.contains("value=\"Northern Libraries\"") && again.body.contains(&format!("value=\"{token}\"")));
    let done = app.form(set_up_path(), &page, &fields(token, PASSWORD), &nobody).await;
    let ada = done.session().unwrap();
    let home = app.get("/organisations/north-state-library/settings", &ada).await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(
        home.body.contains("Settings · Northern Libraries"),
        "the title says where one is"
    );
    assert_eq!(app.get(&page, &nobody).await.status, StatusCode::NOT_FOUND);
    let twice = app.call(set_up_path(), &fields(token, PASSWORD), &nobody).await;
    assert!(twice.body.contains("NotFound"), "{}", twice.body);
}

#[tokio::test]
async fn a_closed_account_leaves_its_groups_and_frees_its_address() {
    let (app, rosa) = world().await;
    app.db
        .write(
            "LET $me = (SELECT VALUE id FROM person WHERE email = $email)[0];
             CREATE study_group:one SET slug = 'one', organisation = (SELECT VALUE id FROM organisation)[0], title = 'One', members = 1;
             CREATE group_membership SET id = [record::id($me), 'one'], person = $me, study_group = study_group:one;",
            app::vars! { "email" => EMAIL },
        )
        .await
        .unwrap();
    let closed = app
        .call(
            "/api/app/people/api/close_account",
            &[("password", PASSWORD), ("confirm", "rosa")],
            &rosa,
        )
        .await;
    assert_eq!(closed.status, StatusCode::OK, "{}", closed.body);
    let count = |sql: &'static str| {
        let db = app.db.clone();
        async move { db.row::<i64>(sql, app::vars! {}).await.unwrap().unwrap_or(0) }
    };
    assert_eq!(count("count(SELECT VALUE id FROM group_membership);").await, 0);
    assert_eq!(count("count(SELECT VALUE id FROM session);").await, 0);
    assert_eq!(count("count(SELECT VALUE id FROM credential);").await, 0);
    let again = app::people::store::NewPerson {
        name: app::people::model::PersonName::parse("Rosa again").unwrap(),
        email: app::people::model::Email::parse(EMAIL).unwrap(),
        title: String::new(),
        timezone: "UTC".into(),
        hash: "none".into(),
    };
    let made = app::people::store::create(&app.db, again, None).await.unwrap();
    assert!(matches!(made, app::people::store::Created::New(_)));
}

#[tokio::test]
async fn whoever_guesses_elsewhere_keeps_nobody_out() {
    let (app, _) = world().await;
    let guess = |address: &'static str, password: &'static str| {
        let request = Request::post(sign_in_path())
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .extension(axum::extract::ConnectInfo(
                format!("{address}:1").parse::<std::net::SocketAddr>().unwrap(),
            ));
        let body = crate::support::encode(&[("email", EMAIL), ("password", password)]);
        let app = &app;
        async move { app.send(request, &Someone::default(), Body::from(body)).await }
    };
    for _ in 0..9 {
        guess("203.0.113.7", "guess").await;
    }
    assert!(guess("203.0.113.7", PASSWORD).await.body.contains("TooMany"));
    assert_eq!(guess("198.51.100.9", PASSWORD).await.status, StatusCode::OK);
}
