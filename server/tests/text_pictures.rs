//! Pictures in what people write: sent in by the composer or a plain form, seen
//! by whoever sees their place.

use app::id::{GroupId, OrganisationId, PersonId};
use app::vars;
use app::viewer::Role;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use server::config::Config;
use server::limits::{Bound, Bounds};

use crate::access::path;
use crate::pictures::{GREEN, send};
use crate::support::{Answer, Someone, TestApp};

struct World {
    app: TestApp,
    /// Of the private group.
    rosa: Someone,
    /// Of the library, and of no group.
    sam: Someone,
}

async fn world_of(app: TestApp) -> World {
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    let sam = app.person("sam", &library, &[Role::Learner]).await;
    group(&app, &library).await;
    World { app, rosa, sam }
}

async fn world() -> World {
    world_of(TestApp::new().await).await
}

async fn group(app: &TestApp, library: &OrganisationId) {
    let rosa = "SELECT VALUE id FROM ONLY person WHERE name = 'rosa' LIMIT 1;";
    let rosa: PersonId = app.db.read(rosa, vars! {}).await.unwrap();
    app.db
        .write(
            "CREATE study_group:circle SET slug = 'circle', organisation = $library, title = 'Circle', threads = 1;
             CREATE thread:talk SET study_group = study_group:circle, title = 'Talk', kind = 'question', started_by = $rosa;",
            vars! { "library" => library.clone(), "rosa" => rosa.clone() },
        )
        .await
        .unwrap();
    app::groups::store::member(&app.db, &GroupId::parse("circle").unwrap(), &rosa, false)
        .await
        .unwrap();
}

/// As the composer's script sends it.
async fn by_script(app: &TestApp, place: &str, content: &[u8], someone: &Someone) -> Answer {
    let mut body = b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"page.html\"\r\n\r\n".to_vec();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post(format!("/pictures?{place}"))
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    app.send(request, someone, Body::from(body)).await
}

/// The address in what is to be put into the text.
fn address(answer: &Answer) -> String {
    let sent: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let markdown = sent["markdown"].as_str().unwrap_or_else(|| panic!("{}", answer.body));
    let (words, address) = markdown.split_once("](").unwrap();
    assert_eq!(words, "![what it shows");
    address.trim_end_matches(')').to_owned()
}

#[tokio::test]
async fn a_picture_of_a_private_group_is_not_there_for_others() {
    let World { app, rosa, sam } = world().await;
    let nobody = Someone::default();
    for (someone, status) in [(&nobody, 401), (&sam, 404)] {
        let answer = by_script(&app, "thread=talk", GREEN, someone).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    }
    let picture = address(&by_script(&app, "thread=talk", GREEN, &rosa).await);
    let body = format!("![a green dot]({picture})");
    let said = [
        ("thread", "talk"),
        ("body", body.as_str()),
        ("form_key", "picture-form-1"),
    ];
    assert_eq!(app.call(&path("reply"), &said, &rosa).await.status, StatusCode::OK);
    let page = app.get("/groups/circle/talk", &rosa).await;
    assert!(
        page.body.contains(&format!("src=\"{picture}\"")) && page.body.contains("alt=\"a green dot\""),
        "{}",
        page.body
    );
    let seen = app.get(&picture, &rosa).await;
    assert_eq!(seen.status, StatusCode::OK);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
        ),
        (header::CACHE_CONTROL, "private, no-cache"),
    ] {
        assert_eq!(seen.headers.get(&name).unwrap(), value, "{name}");
    }
    let kind = seen.headers[header::CONTENT_TYPE].to_str().unwrap();
    assert!(["image/jpeg", "image/webp"].contains(&kind), "{kind}");
    let none = app.get("/pictures/1x1-none", &sam).await;
    for someone in [&sam, &nobody] {
        let answer = app.get(&picture, someone).await;
        assert_eq!((answer.status, &answer.body), (StatusCode::NOT_FOUND, &none.body));
    }
}

#[tokio::test]
async fn what_is_no_picture_is_said_where_it_was_sent() {
    let World { app, rosa, .. } = world().await;
    let large = vec![b'x'; 9 * 1024 * 1024];
    for (content, words) in [
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".as_slice(),
            "cannot be read",
        ),
        (b"<html><script>alert(1)</script></html>", "cannot be read"),
        (b"GIF89a\x01\x00\x01\x00", "Choose a JPEG, PNG or WebP"),
        (&GREEN[..40], "cannot be read"),
        (b"", "Choose a picture."),
        (&large, "at most 8 MB"),
    ] {
        let script = by_script(&app, "group=circle", content, &rosa).await;
        assert_eq!(script.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sent: serde_json::Value = serde_json::from_str(&script.body).unwrap();
        assert!(sent["error"].as_str().unwrap().contains(words), "{}", script.body);
        let form = send(&app, "/pictures?group=circle", content, &rosa).await;
        assert_eq!(form.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            form.body.contains(words) && form.body.contains("aria-invalid"),
            "{}",
            form.body
        );
    }
    assert!(!app.files.path().join("pictures").exists(), "nothing is kept");
}

#[tokio::test]
async fn without_a_script_a_form_leads_to_what_is_copied() {
    let World { app, rosa, sam } = world().await;
    let form = app.get("/pictures/new?thread=talk", &rosa).await;
    assert!(form.body.contains("action=\"/pictures?thread=talk\""), "{}", form.body);
    let sent = send(&app, "/pictures?thread=talk", GREEN, &rosa).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let made = app.get(sent.location(), &rosa).await;
    assert!(
        made.body.contains("value=\"![what it shows](/pictures/1x1-"),
        "{}",
        made.body
    );
    // Sent twice, it is the same.
    let again = send(&app, "/pictures?thread=talk", GREEN, &rosa).await;
    assert_eq!(again.location(), sent.location());
    assert_eq!(app.get(sent.location(), &sam).await.status, StatusCode::NOT_FOUND);
    for wrong in [
        "/pictures/new",
        "/pictures/new?thread=none",
        "/pictures/new?thread=talk&made=1x1-none",
    ] {
        assert_eq!(app.get(wrong, &rosa).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn so_many_pictures_are_taken_in_a_day() {
    let pictures = Bound {
        person: 1,
        address: 100,
        seconds: 86_400,
    };
    let limits = Bounds {
        pictures,
        ..Bounds::default()
    };
    let app = TestApp::configured(Config {
        limits,
        ..Config::default()
    });
    let World { app, rosa, .. } = world_of(app.await).await;
    let first = by_script(&app, "thread=talk", GREEN, &rosa).await;
    let picture = address(&first);
    let second = by_script(&app, "thread=talk", GREEN, &rosa).await;
    assert_eq!(second.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        app.get(&picture, &rosa).await.status,
        StatusCode::OK,
        "looking is not counted"
    );
}
