//! What search engines are told of pages.

use app::people::model::Email;

use crate::support::{Someone, TestApp};

async fn thread(app: &TestApp, sql: &'static str) -> String {
    let found = app.db.row::<String>(sql, app::vars! {}).await.unwrap();
    found.unwrap()
}

/// Pages that are not public say so to search engines, whoever asks and
/// whether they are there or not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_public_is_not_for_search_engines() {
    let app = TestApp::new().await;
    app::seed::demo(&app.db, &app::people::passwords::Hasher::default())
        .await
        .unwrap();
    let email = Email::parse("rosa@riverside.example").unwrap();
    let (rosa, _) = app::people::store::credential(&app.db, &email).await.unwrap().unwrap();
    let rosa = Someone::with(app::people::sessions::open(&app.db, &rosa, "test").await.unwrap());
    for route in app::app::routes().filter(|route| !app::app::is_public(route)) {
        let parts: Vec<_> = route.split('/').map(|part| part.trim_start_matches(':')).collect();
        for someone in [&Someone::default(), &rosa] {
            let answer = app.get(&parts.join("/"), someone).await;
            assert_eq!(answer.headers["x-robots-tag"], "noindex", "{route}");
        }
    }
    let thread = self::thread(
        &app,
        "SELECT VALUE record::id(id) FROM thread WHERE study_group.slug = 'budgets-without-tears' LIMIT 1;",
    )
    .await;
    let thread = format!("/groups/budgets-without-tears/{thread}");
    for path in [
        "/",
        "/index/library-management/1/LM%203.4",
        "/courses/reading-a-budget",
        &thread,
    ] {
        let answer = app.get(path, &Someone::default()).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}");
        assert!(!answer.headers.contains_key("x-robots-tag"), "{path}");
        assert!(answer.body.contains("<meta name=\"description\" content=\""), "{path}");
    }
    let private = self::thread(
        &app,
        "SELECT VALUE record::id(id) FROM thread WHERE study_group.public = false LIMIT 1;",
    )
    .await;
    let hidden = format!("/groups/none/{private}");
    for path in ["/courses/none", "/nowhere", &hidden] {
        let answer = app.get(path, &Someone::default()).await;
        assert_eq!(answer.headers["x-robots-tag"], "noindex", "{path}");
    }
}

/// What robots.txt closes holds no page that search engines may list, and all
/// links that are secrets.
#[tokio::test]
async fn robots_are_told_of_what_is_for_somebody() {
    let app = TestApp::new().await;
    let told = app.get("/robots.txt", &Someone::default()).await.body;
    let closed: Vec<_> = told
        .lines()
        .filter_map(|line| line.strip_prefix("Disallow: "))
        .collect();
    let is_closed = |path: &str| closed.iter().any(|beginning| path.starts_with(beginning));
    for public in app::app::PUBLIC {
        assert!(!is_closed(public), "{public}");
    }
    for secret in app::app::routes().filter(|route| route.contains(":token")) {
        assert!(is_closed(secret), "{secret}");
    }
    for somebodys in [
        "/admin/audit",
        "/organisations/x",
        "/people/x",
        "/reviews/link/x",
        "/me/settings",
    ] {
        assert!(is_closed(somebodys), "{somebodys}");
    }
}
