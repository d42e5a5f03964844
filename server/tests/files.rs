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
    let service = "/ims/case/v1p1/{*path}";
    let case = "/index/{set}/{edition}/export/case.json";
    let moodle = "/index/{set}/{edition}/export/moodle.csv";
    let sheet = "/index/{set}/{edition}/export/sheet.csv";
    let workbook = "/index/{set}/{edition}/export/sheet.xlsx";
    #[rustfmt::skip]
    let rows = [
        ("/healthz", "GET", "/healthz", [200, 200, 200]),
        ("/readyz", "GET", "/readyz", [200, 200, 200]),
        ("/assets/{*path}", "GET", "/assets/none", [404, 404, 404]),
        ("/favicon.svg", "GET", "/favicon.svg", [200, 200, 200]),
        ("/icon.svg", "GET", "/icon.svg", [200, 200, 200]),
        ("/icon-maskable.svg", "GET", "/icon-maskable.svg", [200, 200, 200]),
        ("/manifest.webmanifest", "GET", "/manifest.webmanifest", [200, 200, 200]),
        ("/robots.txt", "GET", "/robots.txt", [200, 200, 200]),
        (case, "GET", "/index/library-management/1/export/case.json", [200, 200, 200]),
        (case, "GET", "/index/library-management/2/export/case.json", [404, 404, 404]),
        (moodle, "GET", "/index/library-management/1/export/moodle.csv", [200, 200, 200]),
        (sheet, "GET", "/index/library-management/1/export/sheet.csv", [200, 200, 200]),
        (sheet, "GET", "/index/library-management/2/export/sheet.csv", [404, 404, 404]),
        (workbook, "GET", "/index/library-management/1/export/sheet.xlsx", [200, 200, 200]),
        (workbook, "GET", "/index/library-management/2/export/sheet.xlsx", [404, 404, 404]),
        (service, "GET", "/ims/case/v1p1/CFDocuments", [200, 200, 200]),
        (service, "POST", "/ims/case/v1p1/CFDocuments", [405, 405, 405]),
        (upload, "GET", upload, [405, 405, 405]),
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
