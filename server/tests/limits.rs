//! What comes too often is refused, said so, and loses nothing typed.

use std::net::SocketAddr;

use app::viewer::Role;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{Method, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;
use server::config::Config;
use server::limits::{Bound, Bounds, Class, FUNCTIONS, PATHS};

use crate::access::path;
use crate::support::{Someone, TestApp};

async fn world(bounds: Bounds) -> (TestApp, Someone, Someone) {
    let config = Config {
        limits: bounds,
        ..Config::default()
    };
    let app = TestApp::configured(config).await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    let tom = app.person("tom", &library, &[Role::Learner]).await;
    (app, rosa, tom)
}

const ONE: Bound = Bound {
    person: 1,
    address: 1_000,
    seconds: 600,
};

#[tokio::test]
async fn a_form_that_comes_too_often_comes_back_as_it_was_typed() {
    let (app, rosa, tom) = world(Bounds {
        posting: ONE,
        ..Bounds::default()
    })
    .await;
    let share = path("share");
    let fields = [
        ("what", "plan"),
        ("with", "person"),
        ("purpose", "Our talk in spring"),
        ("last_day", ""),
    ];
    let first = app.form(&share, "/me/sharing", &fields, &rosa).await;
    assert_eq!(
        first.status,
        StatusCode::SEE_OTHER,
        "what is refused for another reason counts too"
    );
    let again = app.form(&share, "/me/sharing", &fields, &rosa).await;
    assert!(
        again.location().starts_with("/me/sharing?draft="),
        "{}",
        again.location()
    );
    let page = app.get(again.location(), &rosa.clone().after(&again)).await.body;
    assert!(page.contains("Wait 10 minutes and try again"), "{page}");
    assert!(page.contains("Our talk in spring"));
    let called = app.call(&share, &fields, &rosa).await;
    assert_eq!(called.status, StatusCode::TOO_MANY_REQUESTS, "{}", called.body);
    let wait: u32 = called.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((500..=600).contains(&wait), "{wait}");
    let others = app.call(&share, &fields, &tom).await;
    assert_ne!(others.status, StatusCode::TOO_MANY_REQUESTS, "others are not held up");
}

/// What nobody thought of as costly is still not done without end.
#[tokio::test]
async fn whatever_else_is_written_is_bounded_too() {
    let (app, rosa, tom) = world(Bounds {
        changes: ONE,
        ..Bounds::default()
    })
    .await;
    let fields = [("group", "none")];
    let first = app.call(&path("join_group"), &fields, &rosa).await;
    assert_eq!(first.status, StatusCode::NOT_FOUND);
    let again = app.call(&path("save_ratings"), &fields, &rosa).await;
    assert_eq!(again.status, StatusCode::TOO_MANY_REQUESTS, "{}", again.body);
    let others = app.call(&path("join_group"), &fields, &tom).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    assert_eq!(app.read(&path("load_today"), &[], &rosa).await.status, StatusCode::OK);
    for (path, method) in server_fn_paths() {
        let class = Class::of_request(&method, path, None);
        assert!(method == Method::GET || class.is_some(), "{path}");
    }
}

#[tokio::test]
async fn a_page_and_a_download_say_so_too() {
    let (app, rosa, _) = world(Bounds {
        search: ONE,
        exports: ONE,
        ..Bounds::default()
    })
    .await;
    for address in ["/search?q=reading", "/index/none/1/export/sheet.csv"] {
        let first = app.get(address, &rosa).await.status;
        assert_ne!(first, StatusCode::TOO_MANY_REQUESTS);
        let again = app.get(address, &rosa).await;
        assert_eq!(again.status, StatusCode::TOO_MANY_REQUESTS, "{address}");
        assert!(again.headers.contains_key(header::RETRY_AFTER));
        assert!(again.body.contains("A little slower, please"), "{}", again.body);
    }
    assert_eq!(
        app.get("/me", &rosa).await.status,
        StatusCode::OK,
        "nothing else is held up"
    );
}

/// Whoever asks there has no account, so the address counts.
#[tokio::test]
async fn the_service_for_other_systems_is_limited_like_other_exports() {
    let exports = Bound { address: 1, ..ONE };
    let (app, _, _) = world(Bounds {
        exports,
        ..Bounds::default()
    })
    .await;
    let ask = |address: [u8; 4]| {
        let request = Request::get("/ims/case/v1p1/CFDocuments");
        let request = request.extension(ConnectInfo(SocketAddr::from((address, 4_000))));
        let app = &app;
        async move { app.send(request, &Someone::default(), Body::empty()).await }
    };
    let heard = ask([9, 9, 9, 9]).await.status;
    assert_ne!(heard, StatusCode::TOO_MANY_REQUESTS);
    let again = ask([9, 9, 9, 9]).await;
    assert_eq!(again.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(again.headers.contains_key(header::RETRY_AFTER));
    assert_eq!(again.headers[header::CACHE_CONTROL], "no-store");
    assert!(again.body.contains("server_busy"), "{}", again.body);
    assert_eq!(ask([8, 8, 8, 8]).await.status, heard, "others are not held up");
}

/// However many ask for it: what is costly has so many places, and the rest of
/// Carrel goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn where_all_places_are_taken_exports_and_searches_say_so() {
    let (app, rosa, _) = world(Bounds::default()).await;
    let mut held = Vec::new();
    for (pool, places) in [(&app.pools.exports, 2), (&app.pools.searches, 8)] {
        for _ in 0..places {
            held.push(pool.place().await.unwrap());
        }
    }
    let (searching, finding) = (path("search"), path("find_statements"));
    let words = [("q", "reading")];
    let (file, page, search, find, other) = tokio::join!(
        app.get("/index/none/1/export/sheet.csv", &rosa),
        app.get("/search?q=reading", &rosa),
        app.read(&searching, &words, &rosa),
        app.read(&finding, &words, &rosa),
        app.get("/me", &rosa),
    );
    for answer in [&file, &page, &search, &find] {
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
        assert!(answer.body.contains("Busy") || answer.body.contains("try again in a moment"));
    }
    for answer in [&file, &search, &find] {
        assert_eq!(answer.headers[header::RETRY_AFTER], "5");
    }
    assert_eq!(other.status, StatusCode::OK, "nothing else is held up");
    drop(held);
    assert_eq!(app.get("/search?q=reading", &rosa).await.status, StatusCode::OK);
    let file = app.get("/index/none/1/export/sheet.csv", &rosa).await;
    assert_eq!(file.status, StatusCode::NOT_FOUND);
}

#[test]
fn what_is_counted_is_there() {
    for (name, _) in FUNCTIONS {
        path(name);
    }
    let files: Vec<&str> = server::router::FILES.iter().map(|file| file.path).collect();
    for (counted, _) in PATHS {
        let page = app::app::routes().any(|route| route == *counted);
        assert!(page || files.contains(counted), "{counted}");
    }
    // Whatever takes a file in or gives one out of somebody's own is counted.
    for file in files {
        let heavy = [
            "upload",
            "export",
            ".csv",
            "/copies/",
            "/logo",
            "/ims/case",
            "/pictures",
        ]
        .iter()
        .any(|part| file.contains(part));
        let shown = file.starts_with("/files/") || ["/pictures/new", "/pictures/{picture}"].contains(&file);
        assert!(
            !heavy || shown || PATHS.iter().any(|(counted, _)| *counted == file),
            "{file}"
        );
    }
    assert!(server_fn_paths().count() > FUNCTIONS.len());
}
