//! Refused access and forged requests stand in the audit log: who, what by its
//! pattern, from where; never content.

use app::people::api::sign_out_path;
use app::vars;
use app::viewer::Role;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::access::path;
use crate::support::{Someone, TestApp};

async fn world() -> (TestApp, Someone) {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    (app, rosa)
}

async fn noted(app: &TestApp) -> Vec<String> {
    app.refusals.write_down(&app.db).await.unwrap();
    let sql = "SELECT VALUE string::concat(act, ' ', by.name ?? 'nobody', ' ', about) FROM audit_entry
        WHERE act IN ['access_refused', 'forged_refused'] ORDER BY id;";
    app.db.rows(sql, vars! {}).await.unwrap()
}

#[tokio::test]
async fn whoever_is_refused_is_noted_with_the_pattern_alone() {
    let (app, rosa) = world().await;
    let nobody = Someone::default();
    assert_eq!(
        app.get("/admin/sign-in?secret=hunter2", &nobody).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(app.get("/nothing/here", &rosa).await.status, StatusCode::NOT_FOUND);
    assert!(
        noted(&app).await.is_empty(),
        "visitors and wrong addresses are in the server’s log alone"
    );
    for _ in 0..3 {
        let refused = app.get("/admin/sign-in?secret=hunter2", &rosa).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    let function = path("save_sign_in_rules");
    let refused = app.call(&function, &[], &rosa).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    // The same as a plain form, which leads back.
    let refused = app.form(&function, "/admin/sign-in", &[], &rosa).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    assert_eq!(
        noted(&app).await,
        [
            "access_refused rosa GET /admin/sign-in, 3 times".to_owned(),
            format!("access_refused rosa POST {function}, 2 times"),
        ]
    );
}

#[tokio::test]
async fn a_forged_request_is_noted() {
    let (app, rosa) = world().await;
    let request = Request::post(sign_out_path())
        .header("sec-fetch-site", "cross-site")
        .header(header::ORIGIN, "https://elsewhere.example")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let refused = app.send(request, &rosa, Body::empty()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(
        noted(&app).await,
        [format!("forged_refused nobody POST {}", sign_out_path())]
    );
    assert_eq!(app.get("/me/settings", &rosa).await.status, StatusCode::OK);
}

/// What a server says to bytes as they are.
async fn said(bytes: &str) -> String {
    let (app, _) = world().await;
    let config = server::config::Config::default();
    let router = crate::support::serving(&app.db, &config);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    server.abort();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn where_a_message_ends_is_not_open_to_two_readings() {
    const SECOND: &str = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let post = |lengths: &str, body: &str| {
        format!("POST /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{lengths}\r\n{body}")
    };
    // Two lengths, or none that is a number: refused, and nothing after is read.
    for lengths in [
        "content-length: 0\r\ncontent-length: 5\r\n",
        "content-length: 5, 6\r\n",
        "content-length: +5\r\n",
    ] {
        let answer = said(&post(lengths, SECOND)).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{lengths} {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    }
    // Chunks count before a length, so that what follows them is no request of its own on a closed connection.
    let both = post(
        "content-length: 5\r\ntransfer-encoding: chunked\r\n",
        &format!("0\r\n\r\n{SECOND}"),
    );
    let answer = said(&both).await;
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    let unknown = said(&post("transfer-encoding: chunked, gzip\r\n", "0\r\n\r\n")).await;
    assert!(unknown.starts_with("HTTP/1.1 400"), "{unknown}");
}
