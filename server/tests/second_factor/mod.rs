//! Second factors: setting up, signing in in two steps, recovery codes, and,
//! in `asked`, the rule of whom one is asked.

mod asked;

use app::people::api::sign_in_path;
use app::people::second_factor::model::SecondFactor;
use app::people::second_factor::secret::{Secret, now};
use app::people::tokens::Pepper;
use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::support::{Answer, PASSWORD, SECRET, Someone, TestApp, kept};

const API: &str = "/api/app/people/second_factor/api";

async fn call(app: &TestApp, function: &str, fields: &[(&str, &str)], someone: &Someone) -> Answer {
    app.call(&format!("{API}/{function}"), fields, someone).await
}

async fn page(app: &TestApp, someone: &Someone) -> SecondFactor {
    let answer = app.read(&format!("{API}/load_second_factor"), &[], someone).await;
    serde_json::from_str(&answer.body).unwrap()
}

/// A library with one member who has a password.
async fn world(role: Role) -> (TestApp, Someone) {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[role]).await;
    app.with_password(&rosa).await;
    (app, rosa)
}

/// Sets a second factor up; answers with its secret and the recovery codes.
pub async fn set_up(app: &TestApp, someone: &Someone) -> (Secret, Vec<String>) {
    let begun = call(app, "begin_second_factor", &[("password", PASSWORD)], someone).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.body);
    let salt: Option<String> = app
        .db
        .row("SELECT VALUE salt FROM second_factor_setup;", vars! {})
        .await
        .unwrap();
    let secret = Secret::of(&Pepper::of(Some(SECRET)), &salt.unwrap(), "").unwrap();
    let SecondFactor::SettingUp { secret: typed, .. } = page(app, someone).await else {
        panic!("no secret is shown")
    };
    assert_eq!(typed, secret.to_type());
    let confirmed = call(
        app,
        "confirm_second_factor",
        &[("passcode", &secret.code(now()))],
        someone,
    )
    .await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.body);
    let SecondFactor::On {
        codes_left, new_codes, ..
    } = page(app, &someone.clone().after(&confirmed)).await
    else {
        panic!("it is not on")
    };
    assert_eq!((codes_left, new_codes.len()), (10, 10));
    (secret, new_codes)
}

/// The first step of signing in, which leads to the second.
async fn first_step(app: &TestApp) -> Someone {
    let fields = [
        ("email", "rosa@carrel.example"),
        ("password", PASSWORD),
        ("next", "/me"),
    ];
    let answer = app.form(sign_in_path(), "/sign-in", &fields, &Someone::default()).await;
    assert_eq!(answer.location(), "/sign-in/code?next=%2Fme");
    assert!(answer.session().is_none(), "the password alone opened a session");
    Someone::default().after(&answer)
}

async fn second_step(app: &TestApp, code: &str, browser: &Someone) -> Answer {
    let path = format!("{API}/prove_sign_in");
    app.form(
        &path,
        "/sign-in/code?next=%2Fme",
        &[("passcode", code), ("next", "/me")],
        browser,
    )
    .await
}

#[tokio::test]
async fn a_visitor_has_no_second_factor_and_nobody_waits() {
    let (app, _) = world(Role::Learner).await;
    let visitor = Someone::default();
    for (function, fields) in [
        ("begin_second_factor", vec![("password", PASSWORD)]),
        ("confirm_second_factor", vec![("passcode", "123456")]),
        (
            "renew_recovery_codes",
            vec![("password", PASSWORD), ("passcode", "123456")],
        ),
        (
            "remove_second_factor",
            vec![("password", PASSWORD), ("passcode", "123456")],
        ),
    ] {
        let before = kept(&app.db).await;
        let answer = call(&app, function, &fields, &visitor).await;
        assert!(answer.body.contains("SignInNeeded"), "{function}: {}", answer.body);
        assert_eq!(kept(&app.db).await, before, "{function}");
    }
    let answer = call(&app, "prove_sign_in", &[("passcode", "123456")], &visitor).await;
    assert!(answer.body.contains("Conflict"), "{}", answer.body);
    assert!(app.get("/sign-in/code", &visitor).await.body.contains("Sign in first"));
}

#[tokio::test]
async fn it_is_begun_with_the_password_and_confirmed_by_a_code() {
    let (app, rosa) = world(Role::Learner).await;
    let wrong = call(&app, "begin_second_factor", &[("password", "a wrong guess")], &rosa).await;
    assert!(wrong.body.contains("Invalid"), "{}", wrong.body);
    let early = call(&app, "confirm_second_factor", &[("passcode", "123456")], &rosa).await;
    assert!(early.body.contains("Conflict"), "{}", early.body);
    call(&app, "begin_second_factor", &[("password", PASSWORD)], &rosa).await;
    for code in ["", "abc", "0000000"] {
        let answer = call(&app, "confirm_second_factor", &[("passcode", code)], &rosa).await;
        assert!(answer.body.contains("Invalid"), "{code}: {}", answer.body);
    }
    let html = app.get("/me/settings/second-factor", &rosa).await.body;
    assert!(
        html.contains("class=\"qr\"") && html.contains("Type what it shows"),
        "{html}"
    );
    assert!(first_step_is_last(&app).await, "an unconfirmed set-up asks for a code");
}

/// Whether the password alone opens a session.
async fn first_step_is_last(app: &TestApp) -> bool {
    let fields = [("email", "rosa@carrel.example"), ("password", PASSWORD)];
    app.call(sign_in_path(), &fields, &Someone::default())
        .await
        .session()
        .is_some()
}

#[tokio::test]
async fn signing_in_takes_the_password_and_a_code_that_works_once() {
    let (app, rosa) = world(Role::Learner).await;
    let (secret, _) = set_up(&app, &rosa).await;
    let browser = first_step(&app).await;
    let form = app.get("/sign-in/code?next=%2Fme", &browser).await;
    assert!(form.body.contains("One more step"), "{}", form.body);
    let used = second_step(&app, &secret.code(now()), &browser).await;
    assert!(used.session().is_none(), "the code that confirmed it worked again");
    let elsewhere = second_step(&app, &secret.code(now() + 30), &Someone::default()).await;
    assert!(elsewhere.session().is_none(), "another browser went on with it");
    let next = secret.code(now() + 30);
    let done = second_step(&app, &next, &browser).await;
    assert_eq!(done.location(), "/me");
    assert_eq!(
        app.get("/me/settings", &done.session().unwrap()).await.status,
        StatusCode::OK
    );
    let again = second_step(&app, &next, &browser).await;
    assert!(again.session().is_none(), "the pending sign-in is used up");
    let again = second_step(&app, &next, &first_step(&app).await).await;
    assert!(again.session().is_none(), "the code is used up");
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_new_ones_replace_the_old() {
    let (app, rosa) = world(Role::Learner).await;
    let (_, codes) = set_up(&app, &rosa).await;
    let typed = codes[0].to_uppercase().replace('-', " ");
    assert!(
        second_step(&app, &typed, &first_step(&app).await)
            .await
            .session()
            .is_some()
    );
    assert!(
        second_step(&app, &codes[0], &first_step(&app).await)
            .await
            .session()
            .is_none()
    );
    let SecondFactor::On {
        codes_left, new_codes, ..
    } = page(&app, &rosa).await
    else {
        panic!("it is off")
    };
    assert_eq!(
        (codes_left, new_codes.len()),
        (9, 0),
        "another browser is not shown the codes"
    );
    let fields = [("password", PASSWORD), ("passcode", codes[1].as_str())];
    let renewed = call(&app, "renew_recovery_codes", &fields, &rosa).await;
    assert_eq!(renewed.status, StatusCode::OK, "{}", renewed.body);
    assert!(
        second_step(&app, &codes[2], &first_step(&app).await)
            .await
            .session()
            .is_none()
    );
    let browser = rosa.after(&renewed);
    let SecondFactor::On { new_codes, .. } = page(&app, &browser).await else {
        panic!("it is off")
    };
    assert!(
        second_step(&app, &new_codes[2], &first_step(&app).await)
            .await
            .session()
            .is_some()
    );
    let away = call(&app, "put_codes_away", &[], &browser).await;
    let SecondFactor::On { new_codes, .. } = page(&app, &browser.after(&away)).await else {
        panic!("it is off")
    };
    assert!(new_codes.is_empty());
}

#[tokio::test]
async fn what_waits_for_a_code_ends_with_the_password_and_with_the_other_sessions() {
    const ACCOUNT: &str = "/api/app/people/api";
    const ANOTHER: &str = "seven quiet lanterns burning";
    let (app, rosa) = world(Role::Learner).await;
    let (secret, _) = set_up(&app, &rosa).await;
    for (function, fields) in [
        ("end_other_sessions", vec![]),
        ("change_password", vec![("current", PASSWORD), ("password", ANOTHER)]),
    ] {
        let browser = first_step(&app).await;
        let sure = "UPDATE session SET confirmed = time::now();";
        app.db.write(sure, vars! {}).await.unwrap();
        let done = app.call(&format!("{ACCOUNT}/{function}"), &fields, &rosa).await;
        assert!(done.status.as_u16() < 400, "{}", done.body);
        let late = second_step(&app, &secret.code(now() + 30), &browser).await;
        assert!(late.session().is_none(), "{function}: a sign-in outlived it");
    }
}

/// A forgotten password is no way around it.
#[tokio::test]
async fn a_new_password_by_a_link_leaves_it_as_it_is() {
    const NEW: &str = "seven quiet lanterns burning";
    let (app, rosa) = world(Role::Learner).await;
    let (secret, _) = set_up(&app, &rosa).await;
    let library = app::organisations::store::by_slug(&app.db, "library").await;
    let library = library.unwrap().unwrap();
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let make = crate::access::path("make_password_link");
    let made = app.call(&make, &[("email", "rosa@carrel.example")], &piotr).await;
    let page = app.get("/admin/password-link", &piotr.after(&made)).await.body;
    let token = page.split("/sign-in/reset/").nth(1).unwrap().split('<').next().unwrap();
    let set = crate::access::path("set_new_password");
    let done = app
        .call(&set, &[("token", token), ("password", NEW)], &Someone::default())
        .await;
    assert!(done.status.as_u16() < 400, "{}", done.body);
    let fields = [("email", "rosa@carrel.example"), ("password", NEW)];
    let first = app.form(sign_in_path(), "/sign-in", &fields, &Someone::default()).await;
    assert!(first.session().is_none() && first.location().starts_with("/sign-in/code"));
    let browser = Someone::default().after(&first);
    let opened = second_step(&app, &secret.code(now() + 30), &browser).await;
    assert!(opened.session().is_some(), "{}", opened.body);
}

#[tokio::test]
async fn codes_are_not_guessed() {
    let (app, rosa) = world(Role::Learner).await;
    let (secret, _) = set_up(&app, &rosa).await;
    for _ in 0..8 {
        second_step(&app, "000000", &first_step(&app).await).await;
    }
    let browser = first_step(&app).await;
    let answer = call(
        &app,
        "prove_sign_in",
        &[("passcode", &secret.code(now() + 30))],
        &browser,
    )
    .await;
    assert!(answer.body.contains("TooMany"), "{}", answer.body);
}

#[tokio::test]
async fn it_is_switched_off_with_both_and_nothing_of_it_is_left() {
    let (app, rosa) = world(Role::Learner).await;
    let (_, codes) = set_up(&app, &rosa).await;
    for fields in [
        [("password", "a wrong guess"), ("passcode", codes[0].as_str())],
        [("password", PASSWORD), ("passcode", "999999")],
    ] {
        let answer = call(&app, "remove_second_factor", &fields, &rosa).await;
        assert!(answer.body.contains("Invalid"), "{}", answer.body);
    }
    let fields = [("password", PASSWORD), ("passcode", codes[0].as_str())];
    let removed = call(&app, "remove_second_factor", &fields, &rosa).await;
    assert_eq!(removed.status, StatusCode::OK, "{}", removed.body);
    assert_eq!(page(&app, &rosa).await, SecondFactor::Off);
    let left = "count(SELECT VALUE id FROM second_factor, second_factor_setup, recovery_code, pending_sign_in);";
    assert_eq!(app.db.row::<i64>(left, vars! {}).await.unwrap(), Some(0));
    assert!(first_step_is_last(&app).await);
}

#[tokio::test]
async fn the_database_holds_neither_secret_nor_codes() {
    let (app, rosa) = world(Role::Learner).await;
    let (secret, codes) = set_up(&app, &rosa).await;
    let kept = kept(&app.db).await.to_lowercase();
    assert!(!kept.contains(&secret.to_type().replace(' ', "").to_lowercase()));
    for code in codes {
        assert!(
            !kept.contains(&code) && !kept.contains(&code.replace('-', "")),
            "{code}"
        );
    }
}

#[tokio::test]
async fn a_new_one_is_told_of_by_letter() {
    let (app, sink, rosa) = crate::mail::world(true).await;
    let confirmed = "UPDATE person SET address_confirmed = time::now();";
    app.db.write(confirmed, vars! {}).await.unwrap();
    set_up(&app, &rosa).await;
    let letters = sink.deliver(&app.db).await;
    assert_eq!((letters.len(), letters[0].to[0].as_str()), (1, crate::mail::EMAIL));
    assert_eq!(letters[0].subject(), "Your Carrel account was changed");
    assert!(letters[0].data.contains("authenticator"), "{}", letters[0].data);
}
