//! Whoever sends slowly keeps nobody else from being answered.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::people::api::sign_in_path;
use app::viewer::Role;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::request::Builder;
use axum::http::{Request, StatusCode, header};
use server::config::Config;

use crate::support::{Someone, TestApp, encode};

/// A body that never comes.
fn never() -> Body {
    Body::from_stream(tokio_stream::pending::<Result<Bytes, Infallible>>())
}

fn sign_in() -> Builder {
    Request::post(sign_in_path())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
}

/// Some requests go on for as long as this is kept.
struct Going(Vec<tokio::task::JoinHandle<StatusCode>>);

impl Drop for Going {
    fn drop(&mut self) {
        self.0.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

async fn begin(app: &Arc<TestApp>, many: usize, someone: &Someone, request: impl Fn() -> Builder) -> Going {
    let all = (0..many).map(|_| {
        let (app, request, someone) = (Arc::clone(app), request(), someone.clone());
        tokio::spawn(async move { app.send(request, &someone, never()).await.status })
    });
    let going = Going(all.collect());
    // On one thread each of them has come as far as it can after some turns.
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    going
}

async fn app(config: Config) -> Arc<TestApp> {
    Arc::new(TestApp::configured(config).await)
}

#[tokio::test]
async fn a_body_on_its_way_takes_no_place() {
    let app = app(Config {
        concurrency: 2,
        ..Config::default()
    })
    .await;
    let nobody = Someone::default();
    let _going = begin(&app, 20, &nobody, sign_in).await;
    let fields = [
        ("email", "rosa@carrel.example"),
        ("password", "not hers"),
        ("next", "/"),
    ];
    let answer = app.call(sign_in_path(), &fields, &nobody).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
}

#[tokio::test]
async fn one_that_does_not_come_to_its_end_is_given_up() {
    let app = app(Config {
        timeout: 1,
        ..Config::default()
    })
    .await;
    let answer = app.send(sign_in(), &Someone::default(), never()).await;
    assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT);
    assert!(answer.body.contains("Nothing was saved"), "{}", answer.body);
}

#[tokio::test]
async fn the_bound_of_what_is_worked_on_is_one_for_all_addresses() {
    let app = app(Config {
        concurrency: 1,
        ..Config::default()
    })
    .await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    let picture =
        || Request::post("/me/profile/picture").header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    let nobody = Someone::default();
    assert_eq!(app.status("GET", "/robots.txt", &nobody).await, StatusCode::OK);
    let going = begin(&app, 1, &rosa, picture).await;
    assert_eq!(
        app.status("GET", "/robots.txt", &nobody).await,
        StatusCode::SERVICE_UNAVAILABLE
    );
    drop(going);
}

/// A file of which one byte comes now and then.
fn dribble() -> Body {
    Body::from_stream(futures::stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Some((Ok::<_, Infallible>(Bytes::from_static(b"-")), ()))
    }))
}

#[tokio::test]
async fn a_file_that_dribbles_gives_its_place_back() {
    let app = app(Config {
        concurrency: 1,
        timeout: 2,
        ..Config::default()
    })
    .await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Curator]).await;
    for address in ["/me/profile/picture", "/studio/import/upload"] {
        for body in [never(), dribble()] {
            let request = Request::post(address).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
            let answer = app.send(request, &rosa, body).await;
            assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT, "{address}");
            assert!(answer.body.contains("Nothing was saved"), "{}", answer.body);
            let nobody = Someone::default();
            assert_eq!(app.status("GET", "/robots.txt", &nobody).await, StatusCode::OK);
        }
    }
    let kept: Option<String> = app
        .db
        .row("SELECT VALUE hash FROM picture LIMIT 1;", app::vars! {})
        .await
        .unwrap();
    assert_eq!(kept, None);
}

#[tokio::test]
async fn an_address_has_so_many_on_their_way() {
    let app = app(Config::default()).await;
    let nobody = Someone::default();
    let from = |address: [u8; 4]| move || sign_in().extension(ConnectInfo(SocketAddr::from((address, 4_000))));
    let _going = begin(&app, 32, &nobody, from([192, 0, 2, 1])).await;
    let body = || {
        Body::from(encode(&[
            ("email", "rosa@carrel.example"),
            ("password", "x"),
            ("next", "/"),
        ]))
    };
    let more = app.send(from([192, 0, 2, 1])(), &nobody, body()).await;
    assert_eq!(more.status, StatusCode::SERVICE_UNAVAILABLE);
    let other = app.send(from([192, 0, 2, 2])(), &nobody, body()).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.body);
}
