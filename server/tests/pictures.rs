//! Pictures: sent in, made anew, served to those who may see them.

use app::viewer::Role;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};

use crate::support::{Answer, Someone, TestApp};

/// One green pixel (PNG).
pub const GREEN: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 144, 119, 83,
    222, 0, 0, 0, 12, 73, 68, 65, 84, 120, 156, 99, 144, 207, 247, 2, 0, 1, 137, 0, 217, 173, 114, 82, 6, 0, 0, 0, 0,
    73, 69, 78, 68, 174, 66, 96, 130,
];

pub async fn send(app: &TestApp, path: &str, content: &[u8], someone: &Someone) -> Answer {
    let mut body = b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"me.png\"\r\n\r\n".to_vec();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    app.send(request, someone, Body::from(body)).await
}

/// The address of the first picture of a page.
fn address(page: &Answer) -> String {
    let start = page.body.find("/files/").expect("a picture");
    page.body[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_picture_is_made_anew_and_served_for_looking_at_alone() {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let elsewhere = app.organisation("elsewhere", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    let sam = app.person("sam", &library, &[Role::Learner]).await;
    let sten = app.person("sten", &elsewhere, &[Role::Learner]).await;
    let nobody = Someone::default();
    assert_eq!(
        send(&app, "/me/profile/picture", GREEN, &nobody).await.status,
        StatusCode::UNAUTHORIZED
    );
    let sent = send(&app, "/me/profile/picture", GREEN, &rosa).await;
    assert_eq!(
        (sent.status, sent.location()),
        (StatusCode::SEE_OTHER, "/me/profile?notice=picture")
    );
    let picture = address(&app.get("/me/profile", &rosa).await);
    let seen = app.get(&picture, &sam).await;
    assert_eq!(seen.status, StatusCode::OK);
    for (name, value) in [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
        ),
        (header::CACHE_CONTROL, "private, no-cache"),
    ] {
        assert_eq!(seen.headers.get(&name).unwrap(), value, "{name}");
    }
    for stranger in [&sten, &nobody] {
        assert_eq!(app.get(&picture, stranger).await.status, StatusCode::NOT_FOUND);
    }
    // A browser that kept it asks whether it may still show it.
    let tag = seen.headers[header::ETAG].clone();
    let again = async |someone: &Someone| {
        let request = Request::get(&picture).header(header::IF_NONE_MATCH, &tag);
        app.send(request, someone, Body::empty()).await
    };
    let kept = again(&sam).await;
    assert_eq!((kept.status, kept.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again(&nobody).await.status, StatusCode::NOT_FOUND, "signed out");
}

#[tokio::test]
async fn what_is_no_picture_comes_back_to_its_form() {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    let large = vec![b'x'; 3 * 1024 * 1024];
    for (content, words) in [
        (b"<svg onload=\"alert(1)\"/>".as_slice(), "cannot be read"),
        (b"", "Choose a picture."),
        (&large, "at most 2 MB"),
    ] {
        let sent = send(&app, "/me/profile/picture", content, &rosa).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let page = app.get(sent.location(), &rosa).await;
        assert!(page.body.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_logo_is_sent_in_by_who_looks_after_the_organisation() {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let sam = app.person("sam", &library, &[Role::Learner]).await;
    let path = "/organisations/library/logo";
    assert_eq!(send(&app, path, GREEN, &sam).await.status, StatusCode::FORBIDDEN);
    let sent = send(&app, path, GREEN, &piotr).await;
    assert_eq!(sent.location(), "/organisations/library?notice=logo");
    let logo = address(&app.get("/organisations/library", &sam).await);
    assert!(logo.starts_with("/files/logos/"), "{logo}");
    let seen = app.get(&logo, &sam).await;
    assert_eq!(seen.headers.get(header::CONTENT_TYPE).unwrap(), "image/webp");
    assert_eq!(app.get(&logo, &Someone::default()).await.status, StatusCode::NOT_FOUND);
}
