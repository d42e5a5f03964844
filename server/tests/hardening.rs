//! What browsers are told over TLS, what sessions are good for, and what is not
//! taken from whoever writes more than a form has.

use app::people::api::{sign_in_path, sign_out_path};
use app::people::sessions;
use app::vars;
use app::viewer::Role;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use server::config::Config;

use crate::access::path;
use crate::support::{Answer, PASSWORD, Someone, TestApp};

const EMAIL: &str = "rosa@carrel.example";

async fn over_tls() -> TestApp {
    let app = TestApp::configured(Config {
        public_url: "https://carrel.example".into(),
        ..Config::default()
    })
    .await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    app.with_password(&rosa).await;
    app
}

fn cookies(answer: &Answer) -> Vec<String> {
    let values = answer.headers.get_all(header::SET_COOKIE).iter();
    values.map(|value| value.to_str().unwrap().to_owned()).collect()
}

const CREDENTIALS: [(&str, &str); 3] = [("email", EMAIL), ("password", PASSWORD), ("next", "/me")];

#[tokio::test]
async fn over_tls_every_cookie_is_bound_to_this_host() {
    let (app, nobody) = (over_tls().await, Someone::default());
    let answers = [
        app.form(sign_in_path(), "/sign-in", &CREDENTIALS, &nobody).await,
        app.form(
            sign_in_path(),
            "/sign-in",
            &[("email", EMAIL), ("password", "wrong"), ("next", "/")],
            &nobody,
        )
        .await,
        app.form(
            &path("save_display"),
            "/display",
            &[("theme", "dark"), ("density", "compact")],
            &nobody,
        )
        .await,
        app.form(sign_out_path(), "/", &[], &nobody).await,
    ];
    for answer in &answers {
        let given = cookies(answer);
        assert!(!given.is_empty(), "{}", answer.status);
        for cookie in given {
            assert!(cookie.starts_with("__Host-carrel"), "{cookie}");
            for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
                assert!(cookie.contains(part), "{cookie}");
            }
            assert!(!cookie.contains("Domain="), "{cookie}");
        }
    }
    // What was chosen counts by the cookie of that name alone.
    let dark = |name: &str| Someone {
        lent: vec![format!("{name}=dark.compact.keys")],
        ..Someone::default()
    };
    let with = app.get("/sign-in", &dark("__Host-carrel-display")).await.body;
    assert!(with.contains("data-theme=\"dark\""));
    let without = app.get("/sign-in", &dark("carrel-display")).await.body;
    assert!(!without.contains("data-theme=\"dark\""));
}

#[tokio::test]
async fn over_tls_only_pages_of_the_public_address_send() {
    let app = over_tls().await;
    let post = |origin: &str| {
        Request::post(sign_in_path())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, origin)
    };
    let body = || Body::from(crate::support::encode(&CREDENTIALS));
    let nobody = Someone::default();
    // Another name that leads here, as the Host says too.
    let rebound = app.send(post("http://127.0.0.1:3000"), &nobody, body()).await;
    assert_eq!(rebound.status, StatusCode::FORBIDDEN);
    let own = app.send(post("https://carrel.example"), &nobody, body()).await;
    assert!(own.status.is_success() || own.status.is_redirection(), "{}", own.status);
}

#[tokio::test]
async fn over_tls_every_answer_asks_for_tls_for_a_year() {
    let (app, nobody) = (over_tls().await, Someone::default());
    for address in [
        "/",
        "/nothing/here",
        "/healthz",
        "/me",
        "/api/app/home/api/load_today",
        "/robots.txt",
    ] {
        let answer = app.get(address, &nobody).await;
        let asked = answer.headers.get(header::STRICT_TRANSPORT_SECURITY);
        let asked = asked.map(|value| value.to_str().unwrap());
        assert_eq!(
            asked,
            Some("max-age=31536000; includeSubDomains"),
            "{address}: {}",
            answer.status
        );
    }
    let plain = TestApp::new().await.get("/", &nobody).await;
    assert!(!plain.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
}

#[tokio::test]
async fn signing_out_has_the_browser_forget_what_its_pages_kept() {
    let answer = over_tls()
        .await
        .form(sign_out_path(), "/", &[], &Someone::default())
        .await;
    assert_eq!(answer.headers["clear-site-data"], "\"storage\"");
}

#[tokio::test]
async fn a_browser_whose_session_ended_elsewhere_forgets_too() {
    let app = over_tls().await;
    let page = |token: &str| Someone {
        lent: vec![format!("__Host-carrel={token}")],
        ..Someone::default()
    };
    let ended = app.get("/sign-in", &page("a-token-of-nobody")).await;
    assert_eq!(ended.headers["clear-site-data"], "\"storage\"");
    assert!(
        cookies(&ended)[0].starts_with("__Host-carrel=;"),
        "{:?}",
        cookies(&ended)
    );
    let never = app.get("/sign-in", &Someone::default()).await;
    assert!(!never.headers.contains_key("clear-site-data"));
    let given = app
        .form(sign_in_path(), "/sign-in", &CREDENTIALS, &Someone::default())
        .await;
    let cookie = cookies(&given)
        .into_iter()
        .find(|cookie| cookie.starts_with("__Host-carrel="));
    let token = cookie.unwrap().split(['=', ';']).nth(1).unwrap().to_owned();
    let held = app.get("/me", &page(&token)).await;
    assert!(held.status == StatusCode::OK && !held.headers.contains_key("clear-site-data"));
}

async fn in_the_clear() -> (TestApp, Someone) {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    app.with_password(&rosa).await;
    (app, rosa)
}

#[tokio::test]
async fn signing_in_ends_the_session_that_the_browser_held() {
    let (app, _) = in_the_clear().await;
    let first = app
        .form(sign_in_path(), "/sign-in", &CREDENTIALS, &Someone::default())
        .await;
    let first = first.session().unwrap();
    let elsewhere = app
        .form(sign_in_path(), "/sign-in", &CREDENTIALS, &Someone::default())
        .await;
    let elsewhere = elsewhere.session().unwrap();
    let second = app
        .form(sign_in_path(), "/sign-in", &CREDENTIALS, &first)
        .await
        .session()
        .unwrap();
    assert_eq!(app.get("/me/settings", &first).await.status, StatusCode::UNAUTHORIZED);
    for open in [&second, &elsewhere] {
        assert_eq!(app.get("/me/settings", open).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn of_many_sessions_the_one_left_unused_for_longest_ends() {
    let (app, rosa) = in_the_clear().await;
    let viewer = sessions::viewer(&app.db, rosa.token.as_ref().unwrap()).await.unwrap();
    let id = viewer.id().unwrap().clone();
    app.db.write("DELETE session;", vars! {}).await.unwrap();
    let first = sessions::open(&app.db, &id, "test").await.unwrap();
    app.db
        .write("UPDATE session SET last_used = time::now() - 1d;", vars! {})
        .await
        .unwrap();
    for _ in 0..50 {
        sessions::open(&app.db, &id, "test").await.unwrap();
    }
    let count: i64 = app
        .db
        .read("count((SELECT VALUE id FROM session));", vars! {})
        .await
        .unwrap();
    assert_eq!(count, 50);
    assert!(!sessions::viewer(&app.db, &first).await.unwrap().is_signed_in());
}

/// Two weeks unused, three months in any case.
#[tokio::test]
async fn a_session_ends_when_it_is_left_unused_and_at_its_longest() {
    for (then, open) in [
        ("UPDATE session SET last_used = time::now() - 13d;", true),
        ("UPDATE session SET last_used = time::now() - 15d;", false),
        ("UPDATE session SET expires = time::now() + 1m;", true),
        ("UPDATE session SET expires = time::now() - 1s;", false),
    ] {
        let (app, rosa) = in_the_clear().await;
        let longest = "SELECT VALUE expires > time::now() + 89d AND expires < time::now() + 91d FROM session;";
        let longest: Option<bool> = app.db.row(longest, vars! {}).await.unwrap();
        assert_eq!(longest, Some(true));
        app.db.write(then, vars! {}).await.unwrap();
        let status = app.get("/me/settings", &rosa).await.status;
        assert_eq!(status == StatusCode::OK, open, "{then} {status}");
    }
}

#[tokio::test]
async fn methods_that_nothing_is_meant_for_are_refused() {
    let (app, rosa) = in_the_clear().await;
    for method in ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND"] {
        for address in ["/", "/me", "/healthz", "/api/app/home/api/load_today"] {
            let status = app.status(method, address, &rosa).await;
            assert!(status.is_client_error(), "{method} {address}: {status}");
        }
    }
}

#[tokio::test]
async fn answers_say_what_they_are_and_not_what_made_them() {
    let (app, rosa) = in_the_clear().await;
    for (address, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/nothing", "text/html; charset=utf-8"),
        ("/me", "text/html; charset=utf-8"),
        ("/healthz", "text/plain; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ] {
        let answer = app.get(address, &rosa).await;
        assert_eq!(answer.headers[header::CONTENT_TYPE], kind, "{address}");
        for name in ["server", "x-powered-by", "via"] {
            assert!(!answer.headers.contains_key(name), "{address}: {name}");
        }
        assert!(
            !answer.body.contains("SurrealDB") && !answer.body.contains("surrealdb"),
            "{address}"
        );
    }
}

#[tokio::test]
async fn functions_answer_in_json() {
    let (app, rosa) = in_the_clear().await;
    for someone in [rosa, Someone::default()] {
        let answer = app.read(&path("load_today"), &[], &someone).await;
        assert_eq!(
            answer.headers[header::CONTENT_TYPE],
            "application/json",
            "{}",
            answer.status
        );
    }
}

/// What a browser would cut off is no longer the password.
#[tokio::test]
async fn a_password_is_typed_to_its_last_character() {
    let page = TestApp::new().await.get("/sign-in", &Someone::default()).await.body;
    let field = page
        .split("<input")
        .find(|field| field.contains("type=\"password\""))
        .unwrap();
    assert!(
        field.contains("maxlength=\"512\"") && field.contains("autocomplete=\"current-password\""),
        "{field}"
    );
}

/// Every kind of answer that has a policy of its own.
#[tokio::test]
async fn no_answer_may_be_framed_or_load_plugins() {
    let (app, rosa) = in_the_clear().await;
    for address in [
        "/",
        "/nothing",
        "/healthz",
        "/api/app/home/api/load_today",
        "/robots.txt",
        "/ims/case/v1p1/CFDocuments",
    ] {
        let answer = app.get(address, &rosa).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        for part in ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{address}: {policy}");
        }
    }
}

/// More fields than a form has, by their names in the database.
#[tokio::test]
async fn what_a_form_does_not_ask_for_is_not_taken_from_it() {
    let (app, rosa) = in_the_clear().await;
    let more = [
        ("site_administrator", "true"),
        ("roles[0]", "organisation_administrator"),
        ("memberships[0][roles][0]", "organisation_administrator"),
        ("person", "someone"),
        ("id", "someone"),
        ("email_confirmed", "2026-01-01T00:00:00Z"),
    ];
    let before = person(&app).await;
    let fields = [
        [("name", "rosa"), ("title", ""), ("timezone", "UTC")].as_slice(),
        &[("pronouns", ""), ("place", ""), ("language", ""), ("about", "")],
        &[
            ("shown_pronouns", "nobody"),
            ("shown_place", "nobody"),
            ("shown_language", "nobody"),
        ],
        &[("shown_about", "nobody"), ("shown_picture", "nobody")],
        &more,
    ]
    .concat();
    let answer = app.call(&path("save_about"), &fields, &rosa).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(person(&app).await, before);
    // The same name twice is not half one and half the other.
    let twice = Request::post(sign_in_path())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json");
    let body = format!("email={EMAIL}&email=other@carrel.example&password=x&next=/");
    let answer = app.send(twice, &Someone::default(), Body::from(body)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
}

async fn person(app: &TestApp) -> String {
    let sql = "(SELECT VALUE string::concat(<string> site_administrator, array::join(array::flatten(memberships.roles), ','), email)
        FROM person)[0];";
    app.db.read(sql, vars! {}).await.unwrap()
}
