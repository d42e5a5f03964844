//! Second factors: setting up, signing in in two steps, recovery codes, and
//! the rule of whom one is asked.

use app::people::api::sign_in_path;
use app::people::second_factor::model::SecondFactor;
use app::people::second_factor::secret::{Secret, now};
use app::people::tokens::Pepper;
use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::support::{Answer, PASSWORD, SECRET, Someone, TestApp, kept};

const API: &str = "/api/app/people/second_factor/api";
const RULES: &str = "/api/app/people/sign_in_rules/api";

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
async fn where_the_site_says_so_administrators_need_one() {
    let (app, rosa) = world(Role::OrganisationAdministrator).await;
    app.db
        .write("UPDATE person SET site_administrator = true;", vars! {})
        .await
        .unwrap();
    let library = app::organisations::store::by_slug(&app.db, "library")
        .await
        .unwrap()
        .unwrap();
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let save = format!("{RULES}/save_sign_in_rules");
    let rule = [("asked_of", "administrators")];
    let early = app.call(&save, &rule, &rosa).await;
    assert!(
        early.body.contains("Invalid"),
        "nobody shuts themselves out: {}",
        early.body
    );
    set_up(&app, &rosa).await;
    assert_eq!(app.call(&save, &rule, &rosa).await.status, StatusCode::OK);
    assert_eq!(app.get("/admin/sign-in", &rosa).await.status, StatusCode::OK);

    let page = app.get("/organisations/library", &piotr).await;
    assert!(page.body.contains("rights rest"), "{}", page.body);
    let invitations = "/organisations/library/invitations";
    assert_eq!(app.get(invitations, &piotr).await.status, StatusCode::FORBIDDEN);
    let fields = [
        ("organisation", library.as_str()),
        ("roles[0]", "learner"),
        ("uses", "1"),
    ];
    let refused = app.call(app::invitations::api::invite_path(), &fields, &piotr).await;
    assert!(refused.body.contains("Forbidden"), "{}", refused.body);
    app.with_password(&piotr).await;
    set_up(&app, &piotr).await;
    assert_eq!(app.get(invitations, &piotr).await.status, StatusCode::OK);

    let nobody = [("asked_of", "nobody")];
    assert_eq!(app.call(&save, &nobody, &rosa).await.status, StatusCode::OK);
    let rules = "count(SELECT VALUE id FROM sign_in_rule);";
    assert_eq!(app.db.row::<i64>(rules, vars! {}).await.unwrap(), Some(0));
}

/// Lays the rule down, whoever asks.
async fn ask_of(app: &TestApp, asked: &str) {
    app.db
        .write(
            "UPSERT sign_in_rule:second_factor SET asked_of = $asked, by = (SELECT VALUE id FROM person LIMIT 1)[0];",
            vars! { "asked" => asked },
        )
        .await
        .unwrap();
}

const FIRST: &str = "/me/settings/second-factor?next=";

#[tokio::test]
async fn whom_it_is_asked_of_goes_on_once_they_have_one() {
    for (asked, role, comes_first) in [
        ("administrators", Role::Trainer, false),
        ("role_holders", Role::Learner, false),
        ("role_holders", Role::Trainer, true),
        ("role_holders", Role::OrganisationAdministrator, true),
        ("everybody", Role::Learner, true),
    ] {
        let (app, rosa) = world(role).await;
        ask_of(&app, asked).await;
        let answer = app.get("/people?q=a", &rosa).await;
        if !comes_first {
            assert_eq!(answer.status, StatusCode::OK, "{asked} {role:?}");
            continue;
        }
        let led = (
            StatusCode::SEE_OTHER,
            "/me/settings/second-factor?next=%2Fpeople%3Fq%3Da",
        );
        assert_eq!((answer.status, answer.location()), led, "{asked} {role:?}");
        let told = app.get(answer.location(), &rosa).await.body;
        assert!(
            told.contains("needs a second factor here") && told.contains("Set it up"),
            "{told}"
        );
        set_up(&app, &rosa).await;
        let done = app.get(answer.location(), &rosa).await.body;
        assert!(
            done.contains("href=\"/people?q=a\"") && !done.contains("needs a second factor"),
            "{done}"
        );
        assert_eq!(app.get("/people?q=a", &rosa).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn whoever_facilitates_a_group_holds_a_role() {
    let (app, rosa) = world(Role::Learner).await;
    ask_of(&app, "role_holders").await;
    app.db
        .write(
            "LET $rosa = (SELECT VALUE id FROM person)[0];
             CREATE study_group:walk SET organisation = (SELECT VALUE id FROM organisation)[0], slug = 'walk', title = 'Walk', members = 1;
             CREATE type::record('group_membership', [record::id($rosa), 'walk'])
                SET person = $rosa, study_group = study_group:walk, facilitator = true;",
            vars! {},
        )
        .await
        .unwrap();
    assert!(app.get("/groups/walk", &rosa).await.location().starts_with(FIRST));
    let set = "UPDATE group_membership SET facilitator = false;";
    app.db.write(set, vars! {}).await.unwrap();
    assert_eq!(app.get("/groups/walk", &rosa).await.status, StatusCode::OK);
}

#[tokio::test]
async fn until_then_one_sets_it_up_signs_in_with_a_passkey_or_leaves() {
    let (app, rosa) = world(Role::Learner).await;
    ask_of(&app, "everybody").await;
    for open in [
        "/me/settings/second-factor",
        "/me/settings/passkeys",
        "/me/settings/single-sign-on",
        "/me/settings",
        "/terms",
        "/sign-in",
    ] {
        assert_eq!(app.get(open, &rosa).await.status, StatusCode::OK, "{open}");
    }
    for closed in [
        "/",
        "/me",
        "/search?q=x",
        "/nowhere",
        "/live/threads/x",
        "/files/pictures/x/y",
        "/me/settings/address",
    ] {
        let answer = app.get(closed, &rosa).await;
        assert!(answer.location().starts_with(FIRST), "{closed}: {}", answer.status);
    }
    let join = crate::access::path("join_group");
    let refused = app.call(&join, &[("group", "x")], &rosa).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("second factor"), "{}", refused.body);
    assert_eq!(
        app.get("/", &Someone::default()).await.status,
        StatusCode::OK,
        "visitors read"
    );
    let out = app
        .form(app::people::api::sign_out_path(), "/me/settings", &[], &rosa)
        .await;
    assert_eq!(out.location(), "/");
}

#[tokio::test]
async fn what_was_typed_when_the_rule_came_is_kept() {
    let (app, rosa) = world(Role::Learner).await;
    ask_of(&app, "everybody").await;
    let fields = [("about", "Words that took an hour"), ("pronouns", "")];
    let save = crate::access::path("save_about");
    let kept = app.form(&save, "/me/profile", &fields, &rosa).await;
    assert!(kept.location().starts_with("/me/profile?draft="), "{}", kept.location());
    let rosa = rosa.after(&kept);
    assert!(app.get(kept.location(), &rosa).await.location().starts_with(FIRST));
    set_up(&app, &rosa).await;
    let page = app.get(kept.location(), &rosa).await.body;
    assert!(page.contains("Words that took an hour"), "{page}");
}

#[tokio::test]
async fn the_terms_come_before_it() {
    let (app, rosa) = world(Role::Learner).await;
    ask_of(&app, "everybody").await;
    app.db
        .write(
            "LET $rosa = (SELECT VALUE id FROM person)[0];
             CREATE terms:1 SET number = 1, body = 'Be kind.', html = '<p>Be kind.</p>', by = $rosa;
             CREATE terms_in_force:this SET number = 1;",
            vars! {},
        )
        .await
        .unwrap();
    assert!(app.get("/me", &rosa).await.location().starts_with("/terms?next="));
    assert_eq!(app.get("/terms", &rosa).await.status, StatusCode::OK);
    let fields = [("number", "1"), ("next", "/me")];
    let accepted = app
        .form(&crate::access::path("accept_terms"), "/terms", &fields, &rosa)
        .await;
    assert_eq!(accepted.location(), "/me");
    assert!(app.get("/me", &rosa).await.location().starts_with(FIRST));
}
