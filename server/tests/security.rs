//! What every answer carries, and what is turned away at the door.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};

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
        assert_eq!(
            app.send(request, &Someone::default(), Body::empty()).await.status,
            StatusCode::FORBIDDEN,
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let app = TestApp::new().await;
    let body = format!("email={}", "x".repeat(600 * 1024));
    let request = Request::post(app::people::api::sign_in_path())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let request = request.header(header::CONTENT_LENGTH, body.len());
    let answer = app.send(request, &Someone::default(), Body::from(body)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn health_is_told_without_an_account() {
    let app = TestApp::new().await;
    assert_eq!(app.get("/healthz", &Someone::default()).await.status, StatusCode::OK);
    assert_eq!(app.get("/readyz", &Someone::default()).await.status, StatusCode::OK);
}
