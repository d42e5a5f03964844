//! What is asked once more of whoever is signed in: the password, a code, and
//! both where somebody signed in a while ago.

use app::people::api::{end_session_path, sign_in_path};
use app::people::second_factor::secret::now;
use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::access::path;
use crate::second_factor::set_up;
use crate::support::{PASSWORD, Someone, TestApp};

async fn world() -> (TestApp, Someone) {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    app.with_password(&rosa).await;
    (app, rosa)
}

async fn sessions(app: &TestApp) -> Vec<String> {
    let sql = "SELECT VALUE record::id(id) FROM session ORDER BY id;";
    app.db.rows(sql, vars! {}).await.unwrap()
}

async fn sign_in(app: &TestApp) -> Someone {
    let fields = [("email", "rosa@carrel.example"), ("password", PASSWORD)];
    let answer = app.form(sign_in_path(), "/sign-in", &fields, &Someone::default()).await;
    answer.session().unwrap()
}

/// As though everybody had signed in, and shown a factor, an hour ago.
async fn an_hour_later(app: &TestApp) {
    let sql = "UPDATE session SET confirmed = time::now() - 1h, factor_shown = time::now() - 1h;";
    app.db.write(sql, vars! {}).await.unwrap();
}

#[tokio::test]
async fn sessions_are_ended_by_whoever_has_lately_shown_that_it_is_them() {
    let (app, rosa) = world().await;
    let own = app::people::tokens::key(rosa.token.as_ref().unwrap());
    let other = app::people::tokens::key(sign_in(&app).await.token.as_ref().unwrap());
    assert!(app.get("/me/settings", &rosa).await.body.contains("Sign out there"));
    an_hour_later(&app).await;
    let page = app.get("/me/settings", &rosa).await.body;
    assert!(page.contains("It is me") && !page.contains("Sign out there"), "{page}");
    let fields = [("session", other.as_str())];
    for (function, fields) in [
        (end_session_path().to_owned(), &fields[..]),
        (path("end_other_sessions"), &[]),
    ] {
        let refused = app.call(&function, fields, &rosa).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        assert!(refused.body.contains("Show that it is you"), "{}", refused.body);
    }
    assert_eq!(sessions(&app).await.len(), 2);
    // Without JavaScript the page says so too.
    let refused = app.form(end_session_path(), "/me/settings", &fields, &rosa).await;
    let page = app.get(refused.location(), &rosa.clone().after(&refused)).await.body;
    assert!(page.contains("Show that it is you"), "{page}");

    let wrong = app
        .call(&path("confirm_oneself"), &[("password", "a wrong guess")], &rosa)
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
    assert_eq!(
        app.call(end_session_path(), &fields, &rosa).await.status,
        StatusCode::CONFLICT
    );
    let sure = app
        .form(
            &path("confirm_oneself"),
            "/me/settings",
            &[("password", PASSWORD)],
            &rosa,
        )
        .await;
    assert!(sure.location().contains("/me/settings"), "{}", sure.location());
    assert_eq!(
        app.call(end_session_path(), &fields, &rosa).await.status,
        StatusCode::OK
    );
    assert_eq!(sessions(&app).await, [own]);
}

#[tokio::test]
async fn a_code_is_asked_for_where_there_is_a_second_factor() {
    let (app, rosa) = world().await;
    let (secret, codes) = set_up(&app, &rosa).await;
    an_hour_later(&app).await;
    let confirm = path("confirm_oneself");
    for passcode in ["", "000000"] {
        let fields = [("password", PASSWORD), ("passcode", passcode)];
        let refused = app.call(&confirm, &fields, &rosa).await;
        assert!(refused.body.contains("passcode"), "{}", refused.body);
    }
    let fields = [("password", PASSWORD), ("passcode", codes[0].as_str())];
    assert_eq!(app.call(&confirm, &fields, &rosa).await.status, StatusCode::OK);
    let page = app.get("/me/settings/address", &rosa).await.body;
    assert!(!page.contains("name=\"passcode\""), "it was shown just now: {page}");

    an_hour_later(&app).await;
    let change = path("change_address");
    let page = app.get("/me/settings/address", &rosa).await.body;
    assert!(page.contains("name=\"passcode\""), "{page}");
    let without = [("email", "new@carrel.example"), ("password", PASSWORD)];
    let refused = app.form(&change, "/me/settings/address", &without, &rosa).await;
    let page = app.get(refused.location(), &rosa.clone().after(&refused)).await.body;
    assert!(
        page.contains("value=\"new@carrel.example\""),
        "what was typed is lost: {page}"
    );
    let email: String = app
        .db
        .row("SELECT VALUE email FROM person;", vars! {})
        .await
        .unwrap()
        .unwrap();
    assert_eq!(email, "rosa@carrel.example");
    let code = secret.code(now() + 30);
    let fields = [without[0], without[1], ("passcode", code.as_str())];
    let done = app.call(&change, &fields, &rosa).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let email: String = app
        .db
        .row("SELECT VALUE email FROM person;", vars! {})
        .await
        .unwrap()
        .unwrap();
    assert_eq!(email, "new@carrel.example");
}

#[tokio::test]
async fn a_password_alone_neither_changes_itself_nor_closes_the_account_beside_a_code() {
    const NEW: &str = "lantern gravel sixteen plum";
    let (app, rosa) = world().await;
    let (_, codes) = set_up(&app, &rosa).await;
    let change = [("current", PASSWORD), ("password", NEW)];
    let close = [("password", NEW), ("confirm", "rosa")];
    for (function, fields, code) in [
        ("change_password", change, &codes[0]),
        ("close_account", close, &codes[1]),
    ] {
        an_hour_later(&app).await;
        let page = app.get("/me/settings", &rosa).await.body;
        assert_eq!(page.matches("name=\"passcode\"").count(), 2, "{page}");
        for passcode in ["", "000000"] {
            let fields = [fields[0], fields[1], ("passcode", passcode)];
            let refused = app.form(&path(function), "/me/settings", &fields, &rosa).await;
            let page = app.get(refused.location(), &rosa.clone().after(&refused)).await.body;
            assert!(page.contains("code"), "{function}: {page}");
            let refused = app.call(&path(function), &fields, &rosa).await;
            assert!(refused.body.contains("\"passcode\""), "{function}: {}", refused.body);
        }
        let fields = [fields[0], fields[1], ("passcode", code.as_str())];
        let done = app.call(&path(function), &fields, &rosa).await;
        assert_eq!(done.status, StatusCode::OK, "{function}: {}", done.body);
    }
    assert_eq!(sessions(&app).await.len(), 0, "the account is closed");
}

#[tokio::test]
async fn a_password_is_changed_with_the_one_before_and_signs_out_elsewhere() {
    const NEW: &str = "lantern gravel sixteen plum";
    let (app, rosa) = world().await;
    sign_in(&app).await;
    let page = app.get("/me/settings", &rosa).await.body;
    for field in ["name=\"current\"", "name=\"password\"", "autocomplete=\"new-password\""] {
        assert!(page.contains(field), "{field}");
    }
    let change = path("change_password");
    for (current, new, said) in [
        ("a wrong guess", NEW, "This is not your password."),
        ("", NEW, "This is not your password."),
        (PASSWORD, "short", "Use at least"),
    ] {
        let fields = [("current", current), ("password", new)];
        let refused = app.form(&change, "/me/settings", &fields, &rosa).await;
        let page = app.get(refused.location(), &rosa.clone().after(&refused)).await.body;
        assert!(page.contains(said), "{said}");
        assert!(!page.contains(NEW), "a password comes back");
    }
    assert_eq!(sessions(&app).await.len(), 2);
    let done = app
        .form(
            &change,
            "/me/settings",
            &[("current", PASSWORD), ("password", NEW)],
            &rosa,
        )
        .await;
    assert_eq!(done.location(), "/me/settings?notice=password-changed");
    assert_eq!(sessions(&app).await.len(), 1, "other devices are signed out");
    for (password, opens) in [(PASSWORD, false), (NEW, true)] {
        let fields = [("email", "rosa@carrel.example"), ("password", password)];
        let answer = app.form(sign_in_path(), "/sign-in", &fields, &Someone::default()).await;
        assert_eq!(answer.session().is_some(), opens, "{password}");
    }
}
