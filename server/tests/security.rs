//! What every answer carries, and what is turned away at the door.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};

use app::courses::writing_api::{CreateCourse, SaveLesson};
use app::viewer::Role;
use leptos::server_fn::ServerFn;

use crate::support::{Someone, TestApp};

#[tokio::test]
async fn every_page_carries_a_policy_and_only_scripts_with_its_nonce() {
    let app = TestApp::new().await;
    let answer = app.get("/sign-in", &Someone::default()).await;
    let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.contains("'wasm-unsafe-eval'") && !policy.contains("unsafe-inline"),
        "{policy}"
    );
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    let scripts: Vec<_> = answer
        .body
        .match_indices("<script")
        .map(|(at, _)| &answer.body[at..])
        .collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
    }
    let again = app.get("/sign-in", &Someone::default()).await;
    assert_ne!(
        answer.headers[header::CONTENT_SECURITY_POLICY],
        again.headers[header::CONTENT_SECURITY_POLICY]
    );
    for name in [
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "permissions-policy",
    ] {
        assert!(answer.headers.contains_key(name), "{name}");
    }
    assert_eq!(answer.headers[header::CACHE_CONTROL], "private, no-store");
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let app = TestApp::new().await;
    let path = app::people::api::sign_out_path();
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = Request::post(path)
            .header(name, value)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = app
            .send(
                request.header(header::ACCEPT, "text/html"),
                &Someone::default(),
                Body::empty(),
            )
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
        assert!(
            answer.body.contains("did not come from a page of Carrel"),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let app = TestApp::new().await;
    // Read to its end, and refused unread.
    for kib in [1_300, 6_000] {
        for (accepted, told) in [
            ("text/html", "<h1>That is too much at once"),
            ("application/json", "{\"Conflict\":"),
        ] {
            let body = format!("email={}", "x".repeat(kib * 1024));
            let request = Request::post(app::people::api::sign_in_path())
                .header(header::ACCEPT, accepted)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::CONTENT_LENGTH, body.len());
            let answer = app.send(request, &Someone::default(), Body::from(body)).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
            let words = answer.body.contains(told) && answer.body.contains("Carrel takes 1280 kB at once");
            assert!(words, "{}", answer.body);
            assert!(answer.headers.contains_key(header::CONTENT_SECURITY_POLICY));
        }
    }
}

#[tokio::test]
async fn the_longest_lesson_is_saved_in_any_script() {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let tina = app.person("tina", &library, &[Role::Trainer]).await;
    let course = "0b2e9dd42d2c4c7e8e6c000000000401";
    let fields = [
        ("key", course),
        ("organisation", library.as_str()),
        ("title", "Scripts"),
    ];
    let made = app
        .form(CreateCourse::PATH, "/studio/courses/new", &fields, &tina)
        .await;
    assert!(
        made.location().starts_with("/studio/courses/scripts"),
        "{}",
        made.location()
    );
    // Four bytes each, and twelve in a form.
    let body = "𠮷".repeat(100_000);
    let fields = [
        ("course", course),
        ("lesson", "0b2e9dd42d2c4c7e8e6c000000000501"),
        ("title", "One"),
        ("minutes", "5"),
        ("body", &body),
    ];
    let saved = app
        .form(SaveLesson::PATH, "/studio/courses/scripts", &fields, &tina)
        .await;
    assert!(saved.location().contains("notice=lesson-saved"), "{}", saved.location());
}

#[tokio::test]
async fn health_is_told_without_an_account() {
    let app = TestApp::new().await;
    assert_eq!(app.get("/healthz", &Someone::default()).await.status, StatusCode::OK);
    assert_eq!(app.get("/readyz", &Someone::default()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_title_cannot_end_its_element() {
    let app = TestApp::new().await;
    let hostile = "/search?q=%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let answer = app.get(hostile, &Someone::default()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body.matches("</title>").count(), 1);
    assert!(!answer.body.contains("<script>alert"), "{}", answer.body);
}

#[tokio::test]
async fn a_role_taken_away_is_gone_with_the_next_request() {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let tina = app.person("tina", &library, &[Role::Trainer]).await;
    assert_eq!(app.get("/studio/courses/new", &tina).await.status, StatusCode::OK);
    app.db.write("DELETE membership;", app::vars! {}).await.unwrap();
    assert_eq!(
        app.get("/studio/courses/new", &tina).await.status,
        StatusCode::FORBIDDEN
    );
}

/// Whatever a right hangs on, the next request asks for it anew, in every
/// session.
#[tokio::test]
async fn every_right_that_is_taken_away_is_gone_with_the_next_request() {
    for (role, path, taken) in [
        (
            Role::OrganisationAdministrator,
            "/organisations/library/invitations",
            "UPDATE membership SET roles = ['learner'];",
        ),
        (Role::Learner, "/organisations/library", "DELETE membership;"),
        (
            Role::Learner,
            "/admin/mail",
            "UPDATE person SET site_administrator = false;",
        ),
        (Role::Learner, "/me/settings", "DELETE session;"),
        (Role::Learner, "/me/settings", "UPDATE person SET closed = time::now();"),
    ] {
        let app = TestApp::new().await;
        let library = app.organisation("library", None).await;
        let person = app.person("tina", &library, &[role]).await;
        if path == "/admin/mail" {
            let rule = "UPDATE person SET site_administrator = true;";
            app.db.write(rule, app::vars! {}).await.unwrap();
        }
        assert_eq!(app.get(path, &person).await.status, StatusCode::OK, "{path}");
        app.db.write(taken, app::vars! {}).await.unwrap();
        let status = app.get(path, &person).await.status;
        assert!(status.is_client_error(), "{path} after {taken}: {status}");
    }
}

#[tokio::test]
async fn no_answer_leads_to_another_site() {
    let app = TestApp::new().await;
    for path in ["/api/app/people/api/load_viewer", "/api/app/home/api/load_today"] {
        let request = Request::get(path)
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, "http://evil.example/phish");
        let answer = app.send(request, &Someone::default(), Body::empty()).await;
        assert!(!answer.location().contains("evil"), "{path}: {}", answer.location());
    }
}

#[tokio::test]
async fn an_error_has_its_own_status() {
    let app = TestApp::new().await;
    let group = "/api/app/groups/api/load_group";
    for (path, fields, status) in [
        ("/api/app/home/api/load_today", vec![], 401),
        (group, vec![("group", "none")], 404),
        (group, vec![], 422),
    ] {
        let answer = app.read(path, &fields, &Someone::default()).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.body);
    }
}
