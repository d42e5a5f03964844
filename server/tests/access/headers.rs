//! What every answer carries, whoever asks and whatever is heard.

use axum::http::header;
use server::router::FILES;

use super::actors::Actor;
use super::files::{Sent, files};
use super::fixture::World;
use super::pages::pages;
use crate::support::Answer;

/// What is wrong with an answer; `private` is what it is kept under.
pub(super) fn wrong(address: &str, answer: &Answer, private: Option<&str>) -> Vec<String> {
    let said = |name: header::HeaderName| answer.headers.get(name).map_or("", |value| value.to_str().unwrap());
    let policy = said(header::CONTENT_SECURITY_POLICY);
    let held = [
        (
            "it may be taken for something else",
            said(header::X_CONTENT_TYPE_OPTIONS) == "nosniff",
        ),
        (
            "its policy is missing",
            [
                "default-src 'none'",
                "frame-ancestors 'none'",
                "object-src 'none'",
                "base-uri 'none'",
            ]
            .iter()
            .all(|part| policy.contains(part)),
        ),
        (
            "it tells others where one was",
            said(header::REFERRER_POLICY) == "same-origin",
        ),
        (
            "it is open to other origins",
            said(header::ACCESS_CONTROL_ALLOW_ORIGIN).is_empty() != address.starts_with("/ims/case/"),
        ),
        (
            "it is kept",
            private.is_none_or(|private| said(header::CACHE_CONTROL) == private),
        ),
    ];
    let missed = held.into_iter().filter(|(_, held)| !held);
    missed
        .map(|(what, _)| format!("{address} ({}): {what}: {:?}", answer.status, answer.headers))
        .collect()
}

pub(super) const NEVER: &str = "private, no-store";
/// Pictures are kept, and asked about each time.
const ASKED: &str = "private, no-cache";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_answer_says_what_it_is_for_whom_and_that_it_is_not_kept() {
    let world = World::new().await;
    let mut found = Vec::new();
    for actor in [Actor::Visitor, Actor::Site] {
        let someone = world.cast.enters(&world.app, actor).await;
        for row in pages(&world.ids) {
            let answer = world.app.get(&row.address, &someone).await;
            found.extend(wrong(&row.address, &answer, Some(NEVER)));
        }
        let streams = |route: &str| route.starts_with("/live/");
        for row in files(&world.ids) {
            // A stream has no end to wait for.
            if !matches!(row.sent, Sent::Get) || streams(row.route) {
                continue;
            }
            let answer = world.app.get(&row.address, &someone).await;
            let public = FILES.iter().any(|file| file.path == row.route && file.public);
            let shown = row.route.starts_with("/files/") && answer.status.is_success();
            let private = if shown { ASKED } else { NEVER };
            found.extend(wrong(&row.address, &answer, (!public).then_some(private)));
        }
        for function in ["load_today", "load_viewer", "load_mail"] {
            let path = super::path(function);
            let answer = world.app.read(&path, &[], &someone).await;
            found.extend(wrong(&path, &answer, Some(NEVER)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
