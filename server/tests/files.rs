//! Files, downloads and streams: who may have them.

use std::collections::BTreeSet;

use crate::access::{demonstration, member};
use crate::support::Someone;

/// Every file, download and stream, with one valid address each: what a
/// visitor, a stranger and the one who may hear.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_file_knows_who_may() {
    let (app, ids, stranger) = demonstration().await;
    let (private, public) = (
        format!("/live/threads/{}", ids.private_thread),
        format!("/live/threads/{}", ids.public_thread),
    );
    let both = format!("{public},{}", ids.private_thread);
    let many = format!("{public},a,b,c,d,e");
    let (live, upload) = ("/live/threads/{threads}", "/studio/import/upload");
    let (visit, answer) = ("/sign-in/with/{provider}", "/sign-in/with/{provider}/answer");
    let staff = "/organisations/{organisation}/staff/upload";
    let links = "/organisations/{organisation}/staff/{list}/links.csv";
    let (picture, logo) = ("/files/pictures/{person}/{hash}", "/files/logos/{organisation}/{hash}");
    let (face, sign) = pictures(&app.db).await;
    let other = format!("{face}0");
    let case = "/index/{set}/{edition}/export/case.json";
    let moodle = "/index/{set}/{edition}/export/moodle.csv";
    #[rustfmt::skip]
    let rows = [
        ("/healthz", "GET", "/healthz", [200, 200, 200]),
        ("/readyz", "GET", "/readyz", [200, 200, 200]),
        ("/assets/{*path}", "GET", "/assets/none", [404, 404, 404]),
        ("/favicon.svg", "GET", "/favicon.svg", [200, 200, 200]),
        ("/icon.svg", "GET", "/icon.svg", [200, 200, 200]),
        ("/icon-maskable.svg", "GET", "/icon-maskable.svg", [200, 200, 200]),
        ("/manifest.webmanifest", "GET", "/manifest.webmanifest", [200, 200, 200]),
        ("/offline", "GET", "/offline", [200, 200, 200]),
        ("/offline.js", "GET", "/offline.js", [200, 200, 200]),
        ("/robots.txt", "GET", "/robots.txt", [200, 200, 200]),
        (case, "GET", "/index/library-management/1/export/case.json", [200, 200, 200]),
        (case, "GET", "/index/library-management/2/export/case.json", [404, 404, 404]),
        (moodle, "GET", "/index/library-management/1/export/moodle.csv", [200, 200, 200]),
        (upload, "GET", upload, [405, 405, 405]),
        ("/me/profile/picture", "GET", "/me/profile/picture", [405, 405, 405]),
        ("/organisations/{organisation}/logo", "GET", "/organisations/riverside/logo", [405, 405, 405]),
        (picture, "GET", &face, [404, 404, 200]),
        (picture, "GET", &other, [404, 404, 404]),
        (logo, "GET", &sign, [404, 404, 200]),
        (staff, "GET", "/organisations/riverside/staff/upload", [405, 405, 405]),
        (links, "POST", "/organisations/riverside/staff/none/links.csv", [401, 404, 404]),
        (visit, "GET", "/sign-in/with/none", [404, 404, 404]),
        (answer, "GET", "/sign-in/with/none/answer", [404, 404, 404]),
        (live, "GET", &public, [200, 200, 200]),
        (live, "GET", &private, [404, 404, 200]),
        (live, "GET", &both, [404, 404, 200]),
        (live, "GET", &many, [404, 404, 404]),
    ];
    let member = member(&app, "joseph").await;
    for (_, method, path, expected) in &rows {
        for (who, someone, expected) in [
            ("a visitor", &Someone::default(), expected[0]),
            ("a stranger", &stranger, expected[1]),
            ("a member", &member, expected[2]),
        ] {
            let heard = app.status(method, path, someone).await;
            assert_eq!(heard.as_u16(), expected, "{who} at {path}");
        }
    }
    let listed: BTreeSet<&str> = rows.iter().map(|row| row.0).collect();
    let mounted: BTreeSet<&str> = server::router::FILES.iter().map(|file| file.path).collect();
    assert_eq!(listed, mounted);
}

/// Pages that are not public say so to search engines, whoever asks and
/// whether they are there or not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_public_is_not_for_search_engines() {
    let (app, ids, _) = demonstration().await;
    let rosa = member(&app, "rosa").await;
    for route in app::app::ROUTES.iter().filter(|route| !app::app::is_public(route)) {
        let parts: Vec<_> = route.split('/').map(|part| part.trim_start_matches(':')).collect();
        for someone in [&Someone::default(), &rosa] {
            let answer = app.get(&parts.join("/"), someone).await;
            assert_eq!(answer.headers["x-robots-tag"], "noindex", "{route}");
        }
    }
    let thread = format!("/groups/budgets-without-tears/{}", ids.public_thread);
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
    let hidden = format!("/groups/none/{}", ids.private_thread);
    for path in ["/courses/none", "/nowhere", &hidden] {
        let answer = app.get(path, &Someone::default()).await;
        assert_eq!(answer.headers["x-robots-tag"], "noindex", "{path}");
    }
}

/// A picture of Sam and a logo of the library.
async fn pictures(db: &app::db::Db) -> (String, String) {
    db.write(
        "LET $sam = (SELECT VALUE id FROM person WHERE email = 'sam@riverside.example')[0];
         LET $library = (SELECT VALUE id FROM organisation WHERE slug = 'riverside')[0];
         FOR $subject IN [$sam, $library] {
            CREATE type::record('picture', [record::tb($subject), record::id($subject)]) SET subject = $subject,
                kind = 'image/jpeg', hash = $hash, content = <bytes> 'picture';
         };",
        app::vars! { "hash" => "a".repeat(64) },
    )
    .await
    .unwrap();
    let one = |sql: &'static str| async move { db.row::<String>(sql, app::vars! {}).await.unwrap().unwrap() };
    let sam = one("SELECT VALUE record::id(id) FROM person WHERE email = 'sam@riverside.example';").await;
    let library = one("SELECT VALUE record::id(id) FROM organisation WHERE slug = 'riverside';").await;
    let hash = "a".repeat(64);
    (
        format!("/files/pictures/{sam}/{hash}"),
        format!("/files/logos/{library}/{hash}"),
    )
}
