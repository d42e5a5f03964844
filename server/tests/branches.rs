//! Large sets are read whole by links alone, whatever their shape.

use std::collections::BTreeSet;

use app::competencies::api::LoadBranch;
use app::competencies::import;
use app::competencies::model::OutlineNode;
use app::exchange::{ExchangeNode, ExchangeSet, case};
use axum::http::StatusCode;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

use crate::support::{Someone, TestApp};

const MANY: usize = 1_100;

fn id(shape: u128, number: usize) -> Uuid {
    Uuid::from_u128(0x0b2e_9dd4_2d2c_4c7e_8e6c_0000_0000_0000 + (shape << 32) + number as u128)
}

/// The depths of a shape's nodes in reading order.
fn depths(shape: &str) -> Vec<usize> {
    let depth = |at: usize| match shape {
        "Flat" => 0,
        "One section" => usize::from(at > 0),
        _ if at.is_multiple_of(110) => 0,
        _ if at.is_multiple_of(22) => 1,
        _ if at.is_multiple_of(5) => 2,
        _ => 3,
    };
    (0..MANY).map(depth).collect()
}

/// A set as a CASE package; each code is the node's number.
fn file(title: &str, number: u128) -> Vec<u8> {
    let mut above: Vec<usize> = Vec::new();
    let mut nodes = Vec::new();
    for (at, depth) in depths(title).into_iter().enumerate() {
        // What is deeper than what stands above it stands right beneath it.
        above.truncate(depth);
        nodes.push(ExchangeNode {
            identifier: id(number, 1 + at),
            parent: above.last().map(|parent| id(number, 1 + parent)),
            code: Some(format!("N {at}")),
            title: format!("Does what number {at} says"),
            ..ExchangeNode::default()
        });
        above.push(at);
    }
    let set = ExchangeSet {
        identifier: id(number, 0),
        title: title.to_owned(),
        nodes,
        ..ExchangeSet::default()
    };
    serde_json::to_vec(&case::emit(
        &set,
        set.identifier,
        "https://carrel.example",
        "2026-11-23T00:00:00Z",
    ))
    .unwrap()
}

/// The addresses that a page links to within an edition, and whether each is the
/// way into a closed branch.
fn links(body: &str, edition: &str) -> Vec<(String, bool)> {
    let link = |tag: &str| {
        let href = tag.split("href=\"").nth(1)?.split('"').next()?.replace("&amp;", "&");
        let within = href.strip_prefix(edition)?.starts_with(['/', '?']);
        let closed = tag.contains("Read what stands here on its own page");
        within.then_some((href, closed))
    };
    body.split("<a ").skip(1).filter_map(link).collect()
}

/// All nodes that are linked from `first`, from its other pages, and from pages of
/// nodes that something stands beneath.
async fn reached(app: &TestApp, edition: &str, first: String) -> BTreeSet<String> {
    let (mut ahead, mut asked, mut seen) = (vec![first], BTreeSet::new(), BTreeSet::new());
    while let Some(address) = ahead.pop() {
        if !asked.insert(address.clone()) {
            continue;
        }
        let page = app.get(&address, &Someone::default()).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        for (link, closed) in links(&page.body, edition) {
            let (path, query) = link.split_once('?').unwrap_or((&link, ""));
            let node = path.strip_prefix(edition).unwrap().trim_start_matches('/');
            if node.starts_with("N%20") {
                seen.insert(node.to_owned());
            }
            if query.contains("page=") || query.contains("beneath=") || closed {
                ahead.push(link);
            }
        }
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn links_lead_to_all_of_a_large_set() {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    for (number, title) in (1..).zip(["Four levels", "Flat", "One section"]) {
        let planned = import::plan(&app.db, &library, "", "set.json", file(title, number))
            .await
            .unwrap();
        let set = import::apply(&app.db, &planned, true).await.unwrap().set;
        let edition = format!("/index/{set}/1");
        let all: BTreeSet<String> = (0..MANY).map(|at| format!("N%20{at}")).collect();
        assert_eq!(reached(&app, &edition, edition.clone()).await, all, "{title}");
        let found = format!("{edition}?q=number");
        assert_eq!(reached(&app, &edition, found).await, all, "{title}, looked for");
        // What a branch that is opened asks for.
        let fields = [("set", set.as_str()), ("edition", "1"), ("code", "N 0")];
        let answer = app.read(LoadBranch::PATH, &fields, &Someone::default()).await;
        let lines: Vec<OutlineNode> = serde_json::from_str(&answer.body).unwrap();
        let (first, last) = (lines.first(), lines.last());
        match title {
            "Flat" => assert!(lines.is_empty()),
            "One section" => {
                assert_eq!((lines.len(), first.map(|line| line.code.as_str())), (201, Some("N 1")));
                assert_eq!(
                    last.map(|line| (line.title.as_str(), line.page)),
                    Some(("and 899 more", 2))
                );
            }
            _ => assert_eq!((lines.len(), last.map(|line| line.code.as_str())), (109, Some("N 109"))),
        }
    }
}
