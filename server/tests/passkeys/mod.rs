//! Passkeys: making one, signing in with it, what opens nothing, and, in `factors`,
//! that they are a second factor.

mod device;
mod factors;

use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;
use server::config::Config;

use crate::support::kept;
use crate::support::{Answer, PASSWORD, Someone, TestApp};
use device::{Device, ORIGIN, Wrong};

const API: &str = "/api/app/people/passkeys/api";

async fn call(app: &TestApp, function: &str, fields: &[(&str, &str)], someone: &Someone) -> Answer {
    app.call(&format!("{API}/{function}"), fields, someone).await
}

/// A library that is reached by a name, with a member who has a password.
async fn world(role: Role) -> (TestApp, Someone) {
    let config = Config {
        public_url: ORIGIN.into(),
        ..Config::default()
    };
    let app = TestApp::configured(config).await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[role]).await;
    app.with_password(&rosa).await;
    (app, rosa)
}

/// What the server asks of the browser, and the browser that it asked.
async fn asked(app: &TestApp, function: &str, fields: &[(&str, &str)], someone: &Someone) -> (String, Someone) {
    let answer = call(app, function, fields, someone).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let asked: String = serde_json::from_str(&answer.body).unwrap();
    (asked, someone.clone().after(&answer))
}

async fn make(app: &TestApp, someone: &Someone, device: &mut Device, wrong: Wrong) -> Answer {
    let fields = [("name", "My laptop"), ("password", PASSWORD)];
    let (asked, browser) = asked(app, "begin_passkey", &fields, someone).await;
    let answer = device.create(&asked, wrong);
    call(
        app,
        "finish_passkey",
        &[("name", "My laptop"), ("answer", &answer)],
        &browser,
    )
    .await
}

async fn sign_in(app: &TestApp, device: &mut Device, wrong: Wrong) -> Answer {
    let (asked, browser) = asked(app, "begin_passkey_sign_in", &[], &Someone::default()).await;
    let answer = device.sign(&asked, wrong);
    call(
        app,
        "finish_passkey_sign_in",
        &[("answer", &answer), ("next", "/me")],
        &browser,
    )
    .await
}

/// A member whose device holds a passkey.
async fn with_passkey(role: Role) -> (TestApp, Someone, Device) {
    let (app, rosa) = world(role).await;
    let mut device = Device::new();
    let made = make(&app, &rosa, &mut device, Wrong::Nothing).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    (app, rosa, device)
}

#[tokio::test]
async fn a_passkey_is_ones_own_and_needs_the_password() {
    let (app, rosa) = world(Role::Learner).await;
    let fields = [("name", "My laptop"), ("password", PASSWORD)];
    let answer = call(&app, "begin_passkey", &fields, &Someone::default()).await;
    assert!(answer.body.contains("SignInNeeded"), "{}", answer.body);
    for (field, fields) in [
        ("password", [("name", "My laptop"), ("password", "a wrong guess")]),
        ("name", [("name", " "), ("password", PASSWORD)]),
    ] {
        let answer = call(&app, "begin_passkey", &fields, &rosa).await;
        assert!(answer.body.contains(&format!("\"{field}\"")), "{}", answer.body);
    }
    let answer = call(&app, "finish_passkey", &[("name", "x"), ("answer", "{}")], &rosa).await;
    assert!(answer.body.contains("Begin it again"), "{}", answer.body);
}

#[tokio::test]
async fn it_signs_in_without_an_address_a_password_or_a_code() {
    let (app, rosa, mut device) = with_passkey(Role::Learner).await;
    app.db
        .write("UPDATE person SET second_factor = time::now();", vars! {})
        .await
        .unwrap();
    for _ in 0..2 {
        let answer = sign_in(&app, &mut device, Wrong::Nothing).await;
        assert_eq!(answer.location(), "/me", "{}", answer.body);
        let session = answer.session().unwrap();
        assert!(app.get("/me/settings", &session).await.body.contains("rosa"));
    }
    let page = app.get("/me/settings/passkeys", &rosa).await.body;
    assert!(page.contains("My laptop") && page.contains("last used"), "{page}");
    assert!(
        app.get("/sign-in", &Someone::default())
            .await
            .body
            .contains("Sign in with a passkey")
    );
}

#[tokio::test]
async fn what_no_device_of_theirs_signed_opens_nothing() {
    let (app, _, mut device) = with_passkey(Role::Learner).await;
    assert!(sign_in(&app, &mut device, Wrong::Nothing).await.session().is_some());
    for wrong in [
        // First, while the server has seen all that the device counted.
        Wrong::Counter,
        Wrong::Unverified,
        Wrong::Origin,
        Wrong::Site,
        Wrong::Challenge,
        Wrong::Kind,
        Wrong::Signature,
        Wrong::Handle,
        Wrong::Credential,
    ] {
        let answer = sign_in(&app, &mut device, wrong).await;
        assert!(answer.session().is_none(), "{wrong:?}");
        assert!(answer.body.contains("does not fit"), "{wrong:?}: {}", answer.body);
    }
    let stranger = sign_in(&app, &mut Device::new(), Wrong::Nothing).await;
    assert!(stranger.session().is_none());
    assert!(sign_in(&app, &mut device, Wrong::Nothing).await.session().is_some());
    let noted = "count(SELECT VALUE id FROM audit_entry WHERE act = 'sign_in_failed' AND about = 'passkey');";
    assert_eq!(app.db.row::<i64>(noted, vars! {}).await.unwrap(), Some(10));
}

#[tokio::test]
async fn a_device_that_did_not_look_makes_no_passkey() {
    let (app, rosa) = world(Role::Learner).await;
    for wrong in [
        Wrong::Unverified,
        Wrong::Origin,
        Wrong::Site,
        Wrong::Challenge,
        Wrong::Kind,
    ] {
        let answer = make(&app, &rosa, &mut Device::new(), wrong).await;
        assert!(answer.body.contains("does not fit"), "{wrong:?}: {}", answer.body);
    }
    let passkeys = "count(SELECT VALUE id FROM passkey);";
    assert_eq!(app.db.row::<i64>(passkeys, vars! {}).await.unwrap(), Some(0));
}

#[tokio::test]
async fn a_challenge_is_answered_once_by_its_browser_and_for_its_purpose() {
    let (app, rosa, mut device) = with_passkey(Role::Learner).await;
    let finish = |answer: String, browser: Someone| {
        let app = &app;
        async move { call(app, "finish_passkey_sign_in", &[("answer", &answer)], &browser).await }
    };
    let (question, browser) = asked(&app, "begin_passkey_sign_in", &[], &Someone::default()).await;
    let answer = device.sign(&question, Wrong::Nothing);
    assert!(finish(answer.clone(), Someone::default()).await.session().is_none());
    assert!(finish(answer.clone(), browser.clone()).await.session().is_some());
    assert!(
        finish(answer, browser).await.session().is_none(),
        "it was answered twice"
    );

    let fields = [("name", "Another"), ("password", PASSWORD)];
    let (_, browser) = asked(&app, "begin_passkey", &fields, &rosa).await;
    let (question, _) = asked(&app, "begin_passkey_sign_in", &[], &Someone::default()).await;
    let answer = device.sign(&question, Wrong::Nothing);
    let done = finish(answer, browser).await;
    assert!(done.body.contains("Begin it again"), "{}", done.body);
}

#[tokio::test]
async fn it_is_removed_by_its_owner_with_the_password() {
    let (app, rosa, mut device) = with_passkey(Role::Learner).await;
    let library = app::organisations::store::by_slug(&app.db, "library")
        .await
        .unwrap()
        .unwrap();
    let sam = app.person("sam", &library, &[Role::Learner]).await;
    app.with_password(&sam).await;
    let id = "SELECT VALUE record::id(id) FROM passkey;";
    let id: String = app.db.row(id, vars! {}).await.unwrap().unwrap();
    let before = kept(&app.db).await;
    for (someone, password, expected) in [
        (&Someone::default(), PASSWORD, "SignInNeeded"),
        (&sam, PASSWORD, "null"),
    ] {
        let fields = [("passkey", id.as_str()), ("password", password)];
        let answer = call(&app, "remove_passkey", &fields, someone).await;
        assert!(answer.body.contains(expected), "{}", answer.body);
        assert_eq!(kept(&app.db).await, before);
    }
    // This one is noted.
    let guess = [("passkey", id.as_str()), ("password", "a wrong guess")];
    let answer = call(&app, "remove_passkey", &guess, &rosa).await;
    assert!(answer.body.contains("Invalid"), "{}", answer.body);
    let there = "count(SELECT VALUE id FROM passkey);";
    assert_eq!(app.db.row::<i64>(there, vars! {}).await.unwrap(), Some(1));
    let answer = call(
        &app,
        "remove_passkey",
        &[("passkey", &id), ("password", PASSWORD)],
        &rosa,
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(sign_in(&app, &mut device, Wrong::Nothing).await.session().is_none());
}

#[tokio::test]
async fn it_counts_as_two_factors_in_its_own_session_alone() {
    let (app, rosa, mut device) = with_passkey(Role::OrganisationAdministrator).await;
    app.db
        .write(
            "LET $rosa = (SELECT VALUE id FROM person)[0];
             CREATE sign_in_rule:second_factor SET asked_of = 'administrators', by = $rosa;",
            vars! {},
        )
        .await
        .unwrap();
    let invitations = "/organisations/library/invitations";
    assert_eq!(app.get(invitations, &rosa).await.status, StatusCode::FORBIDDEN);
    let session = sign_in(&app, &mut device, Wrong::Nothing).await.session().unwrap();
    assert_eq!(app.get(invitations, &session).await.status, StatusCode::OK);
    let everybody = "UPDATE sign_in_rule SET asked_of = 'everybody';";
    app.db.write(everybody, vars! {}).await.unwrap();
    assert_eq!(app.get(invitations, &rosa).await.status, StatusCode::SEE_OTHER);
    assert_eq!(app.get(invitations, &session).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_closed_account_opens_no_more() {
    let (app, _, mut device) = with_passkey(Role::Learner).await;
    app.db
        .write("UPDATE person SET closed = time::now();", vars! {})
        .await
        .unwrap();
    assert!(sign_in(&app, &mut device, Wrong::Nothing).await.session().is_none());
    let passkeys = "count(SELECT VALUE id FROM passkey);";
    assert_eq!(app.db.row::<i64>(passkeys, vars! {}).await.unwrap(), Some(0));
}

#[tokio::test]
async fn a_site_that_is_reached_by_a_number_has_none() {
    let app = TestApp::new().await;
    assert!(
        !app.get("/sign-in", &Someone::default())
            .await
            .body
            .contains("Sign in with a passkey")
    );
    let answer = call(&app, "begin_passkey_sign_in", &[], &Someone::default()).await;
    assert!(answer.body.contains("reached by a name"), "{}", answer.body);
}
