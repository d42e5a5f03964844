//! A passkey is a second factor: a password alone neither adds, reveals nor
//! removes one beside it, nor signs in where the site asks for two.

use app::people::api::sign_in_path;
use app::people::second_factor::model::{SecondFactor, Waiting};
use app::people::second_factor::store;
use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use super::device::{Device, Wrong};
use super::{asked, call, make, sign_in, with_passkey, world};
use crate::support::{Answer, PASSWORD, Someone, TestApp};

const SECOND: &str = "/api/app/people/second_factor/api";
const SHOW_ONE: &str = "Show one of your passkeys first";

/// Whoever knows the password and nothing else.
async fn with_password(app: &TestApp) -> Answer {
    let fields = [
        ("email", "rosa@carrel.example"),
        ("password", PASSWORD),
        ("next", "/me"),
    ];
    app.form(sign_in_path(), "/sign-in", &fields, &Someone::default()).await
}

async fn second(app: &TestApp, function: &str, fields: &[(&str, &str)], someone: &Someone) -> Answer {
    app.call(&format!("{SECOND}/{function}"), fields, someone).await
}

async fn page(app: &TestApp, someone: &Someone) -> SecondFactor {
    let answer = app.read(&format!("{SECOND}/load_second_factor"), &[], someone).await;
    serde_json::from_str(&answer.body).unwrap()
}

async fn ask_of(app: &TestApp, asked: &str) {
    app.db
        .write(
            "UPSERT sign_in_rule:second_factor SET asked_of = $asked, by = (SELECT VALUE id FROM person LIMIT 1)[0];",
            vars! { "asked" => asked },
        )
        .await
        .unwrap();
}

async fn passkey(app: &TestApp) -> String {
    let id = "SELECT VALUE record::id(id) FROM passkey;";
    app.db.row(id, vars! {}).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_password_alone_adds_reveals_and_removes_nothing_beside_a_passkey() {
    let (app, _, mut device) = with_passkey(Role::Learner).await;
    let thief = with_password(&app).await.session().unwrap();
    let id = passkey(&app).await;
    let password = [("password", PASSWORD)];
    for refused in [
        second(&app, "begin_second_factor", &password, &thief).await,
        call(
            &app,
            "begin_passkey",
            &[("name", "Theirs"), ("password", PASSWORD)],
            &thief,
        )
        .await,
        call(&app, "finish_passkey", &[("name", "Theirs"), ("answer", "{}")], &thief).await,
        call(
            &app,
            "remove_passkey",
            &[("passkey", &id), ("password", PASSWORD)],
            &thief,
        )
        .await,
    ] {
        assert!(refused.body.contains(SHOW_ONE), "{}", refused.body);
    }
    assert_eq!(page(&app, &thief).await, SecondFactor::ShowPasskey);
    let shown = app.get("/me/settings/passkeys", &thief).await.body;
    assert!(
        shown.contains("Show my passkey") && !shown.contains("Remove it"),
        "{shown}"
    );

    // Its owner shows it, and goes on.
    let owner = sign_in(&app, &mut device, Wrong::Nothing).await.session().unwrap();
    assert_eq!(page(&app, &owner).await, SecondFactor::Off);
    let begun = second(&app, "begin_second_factor", &password, &owner).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.body);
    let SecondFactor::SettingUp { .. } = page(&app, &owner).await else {
        panic!("nothing is being set up")
    };
    assert_eq!(
        page(&app, &thief).await,
        SecondFactor::ShowPasskey,
        "the secret is shown to a thief"
    );
    let confirmed = second(&app, "confirm_second_factor", &[("passcode", "123456")], &thief).await;
    assert!(confirmed.body.contains(SHOW_ONE), "{}", confirmed.body);

    // Not for ever: only within the quarter of an hour.
    let long_ago = "UPDATE session SET factor_shown = time::now() - 16m WHERE factor_shown != NONE;";
    app.db.write(long_ago, vars! {}).await.unwrap();
    assert_eq!(page(&app, &owner).await, SecondFactor::ShowPasskey);
}

#[tokio::test]
async fn a_password_alone_changes_nothing_of_the_account_beside_a_passkey() {
    let (app, _, mut device) = with_passkey(Role::Learner).await;
    let thief = with_password(&app).await.session().unwrap();
    let owner = sign_in(&app, &mut device, Wrong::Nothing).await.session().unwrap();
    for page in ["/me/settings", "/me/settings/address"] {
        let body = app.get(page, &thief).await.body;
        let asks = body.contains("Show my passkey") && !body.contains("type=\"password\"");
        assert!(asks, "{page}: {body}");
        assert!(app.get(page, &owner).await.body.contains("type=\"password\""), "{page}");
    }
    let another = ("email", "another@carrel.example");
    for someone in [&thief, &owner] {
        for (function, fields) in [
            ("confirm_oneself", vec![("password", PASSWORD)]),
            ("change_address", vec![another, ("password", PASSWORD)]),
            ("change_password", vec![("current", PASSWORD), ("password", PASSWORD)]),
            ("close_account", vec![("password", PASSWORD), ("confirm", "rosa")]),
        ] {
            let answer = app.call(&crate::access::path(function), &fields, someone).await;
            let refused = answer.body.contains(SHOW_ONE);
            assert_eq!(refused, someone.token == thief.token, "{function}: {}", answer.body);
            assert_eq!(answer.status.is_success(), !refused, "{function}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn what_was_begun_before_there_was_a_passkey_is_not_ended_without_it() {
    let (app, rosa) = world(Role::Learner).await;
    let thief = with_password(&app).await.session().unwrap();
    second(&app, "begin_second_factor", &[("password", PASSWORD)], &thief).await;
    let fields = [("name", "Theirs"), ("password", PASSWORD)];
    let (question, browser) = asked(&app, "begin_passkey", &fields, &thief).await;
    let made = make(&app, &rosa, &mut Device::new(), Wrong::Nothing).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    assert_eq!(page(&app, &thief).await, SecondFactor::ShowPasskey);
    let answer = Device::new().create(&question, Wrong::Nothing);
    let ended = call(
        &app,
        "finish_passkey",
        &[("name", "Theirs"), ("answer", &answer)],
        &browser,
    )
    .await;
    assert!(ended.body.contains(SHOW_ONE), "{}", ended.body);
}

#[tokio::test]
async fn where_two_are_asked_the_password_waits_for_the_passkey() {
    for (rule, role, waits) in [
        ("administrators", Role::Learner, false),
        ("administrators", Role::OrganisationAdministrator, true),
        ("role_holders", Role::Learner, false),
        ("role_holders", Role::Trainer, true),
        ("everybody", Role::Learner, true),
    ] {
        let (app, _, mut device) = with_passkey(role).await;
        ask_of(&app, rule).await;
        let first = with_password(&app).await;
        assert_eq!(first.session().is_none(), waits, "{rule} {role:?}");
        if !waits {
            continue;
        }
        assert_eq!(first.location(), "/sign-in/code?next=%2Fme", "{rule} {role:?}");
        let browser = Someone::default().after(&first);
        let pending = app.read(&format!("{SECOND}/load_pending_sign_in"), &[], &browser).await;
        let pending: Option<Waiting> = serde_json::from_str(&pending.body).unwrap();
        assert_eq!(
            pending,
            Some(Waiting {
                code: false,
                passkey: true
            })
        );
        let step = app.get(first.location(), &browser).await.body;
        assert!(
            step.contains("Show my passkey") && !step.contains("name=\"passcode\""),
            "{step}"
        );
        let guessed = second(&app, "prove_sign_in", &[("passcode", "123456")], &browser).await;
        assert!(guessed.session().is_none(), "{}", guessed.body);
        let session = sign_in(&app, &mut device, Wrong::Nothing).await.session().unwrap();
        assert_eq!(app.get("/people", &session).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn without_the_passkey_a_session_counts_for_a_password_again() {
    let (app, elsewhere, mut device) = with_passkey(Role::Learner).await;
    let owner = sign_in(&app, &mut device, Wrong::Nothing).await.session().unwrap();
    ask_of(&app, "everybody").await;
    assert_eq!(app.get("/people", &owner).await.status, StatusCode::OK);
    let id = passkey(&app).await;
    let removed = call(
        &app,
        "remove_passkey",
        &[("passkey", &id), ("password", PASSWORD)],
        &owner,
    )
    .await;
    assert_eq!(removed.status, StatusCode::OK, "{}", removed.body);
    assert_eq!(app.get("/people", &owner).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        app.get("/me/settings", &elsewhere).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn whoever_lost_the_device_is_let_in_by_a_reset_that_is_noted() {
    let (app, rosa, mut device) = with_passkey(Role::Learner).await;
    ask_of(&app, "everybody").await;
    let person: app::id::PersonId = app
        .db
        .row("SELECT VALUE id FROM person;", vars! {})
        .await
        .unwrap()
        .unwrap();
    store::reset(&app.db, &person).await.unwrap();
    assert_eq!(app.get("/me/settings", &rosa).await.status, StatusCode::UNAUTHORIZED);
    assert!(sign_in(&app, &mut device, Wrong::Nothing).await.session().is_none());
    assert!(with_password(&app).await.session().is_some());
    let noted = "SELECT VALUE act FROM audit_entry WHERE act = 'passkey_removed';";
    assert_eq!(app.db.rows::<String>(noted, vars! {}).await.unwrap().len(), 1);
}
