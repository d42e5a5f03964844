//! Every answer of a server that is reached over TLS: its cookies are bound to
//! this host and out of reach for scripts, it carries the headers, and it leads
//! nowhere else, whatever place is asked for.

use std::collections::BTreeSet;
use std::path::Path;

use axum::http::header;
use server::config::Config;

use super::actors::Actor;
use super::files::{Sent, files};
use super::fixture::World;
use super::foreign::takes;
use super::headers::{self, NEVER};
use super::pages::pages;
use super::rows::{Row, rows};
use super::told::Told;
use super::watch;
use crate::structure::sources;
use crate::support::{Answer, Someone, TestApp};

const SITE: &str = "https://carrel.example";

/// Fields that say where one goes on.
const PLACES: [&str; 3] = ["back", "here", "next"];

/// Places elsewhere, as browsers read them.
const ELSEWHERE: [&str; 5] = [
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "/..//evil.example",
];

async fn world() -> World {
    let config = Config {
        public_url: SITE.into(),
        ..Config::default()
    };
    World::of(TestApp::configured(config).await).await
}

/// The actor's browser, which sends the cookie of its session by its full name.
async fn enters(world: &World, actor: Actor) -> Someone {
    let someone = world.cast.enters(&world.app, actor).await;
    let session = someone.token.iter().map(|token| format!("__Host-carrel={token}"));
    Someone {
        token: None,
        lent: session.collect(),
    }
}

/// What is wrong with an answer, and the names of the cookies that it gives.
fn wrong(label: &str, answer: &Answer, given: &mut BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for cookie in answer.cookies() {
        let bound = ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"];
        let held = bound.iter().all(|part| cookie.contains(part)) && !cookie.contains("Domain=");
        match cookie.strip_prefix("__Host-").and_then(|rest| rest.split('=').next()) {
            Some(name) if held => {
                given.insert(name.to_owned());
            }
            _ => wrong.push(format!("{label}: {cookie}")),
        }
    }
    let to = answer.location();
    let here = to.strip_prefix(SITE).unwrap_or(to);
    let stays = to.is_empty() || here.starts_with('/') && !here.starts_with("//") && !here.contains('\\');
    if !stays || to.contains("evil.example") {
        wrong.push(format!("{label}: leads to {to}"));
    }
    if !answer.headers.contains_key(header::STRICT_TRANSPORT_SECURITY) {
        wrong.push(format!("{label}: TLS is not asked for"));
    }
    wrong
}

/// Whoever it is done for, or a visitor where it is done for nobody.
fn someone_of(row: &Row) -> Actor {
    let mut all = Actor::ALL.into_iter();
    let done = all.find(|actor| row.cells.of(*actor) == Told::Yes);
    done.unwrap_or(Actor::Visitor)
}

/// A row's fields with a place to go on to where its function has one.
fn fields<'a>(row: &'a Row, who: &str, place: &'a str) -> Vec<(&'a str, String)> {
    let own = row.fields.iter().filter(|(name, _)| !PLACES.contains(name));
    let places = PLACES.into_iter().filter(|name| takes(row.function, name));
    own.map(|(name, value)| (*name, value.replace("{who}", who)))
        .chain(places.map(|name| (name, place.to_owned())))
        .collect()
}

/// Sends a row's request with a place to go on to: as a form or by a script.
async fn sent(world: &World, row: &Row, place: &str, plain: bool) -> Answer {
    let (path, actor) = (super::path(row.function), someone_of(row));
    let fields = fields(row, &actor.key(), place);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let touched = std::mem::take(&mut *world.touched.lock().unwrap());
    world.again_after(&touched).await;
    let someone = enters(world, actor).await;
    watch::changed(&world.app.db).await;
    let answer = match (super::is_get(&path), plain) {
        (true, _) => world.app.read(&path, &fields, &someone).await,
        (false, true) => world.app.form(&path, "//evil.example/", &fields, &someone).await,
        (false, false) => world.app.call(&path, &fields, &someone).await,
    };
    *world.touched.lock().unwrap() = watch::changed(&world.app.db).await;
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn over_tls_every_function_keeps_its_cookies_and_leads_nowhere_else() {
    let world = world().await;
    watch::begin(&world.app.db).await;
    let (mut found, mut given) = (Vec::new(), BTreeSet::new());
    for row in rows(&world.ids) {
        let places = PLACES.iter().any(|name| takes(row.function, name));
        for place in &ELSEWHERE[..if places { ELSEWHERE.len() } else { 1 }] {
            let label = format!("{} ({}), {place}", row.function, row.about);
            let form = sent(&world, &row, place, true).await;
            found.extend(wrong(&label, &form, &mut given));
            found.extend(headers::wrong(&label, &form, Some(NEVER)));
            // A script gets the same cookies and places, by the same code; of what has neither,
            // the walks of the headers look at every answer.
            if place == &ELSEWHERE[0] && (places || form.cookies().next().is_some()) {
                let called = sent(&world, &row, place, false).await;
                found.extend(wrong(&label, &called, &mut given));
                found.extend(headers::wrong(&label, &called, Some(NEVER)));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    // What has to be among them, so that the walk proves something.
    for name in [
        "carrel",
        "carrel-display",
        "carrel-draft",
        "carrel-invitation",
        "carrel-link",
        "carrel-passkey",
    ] {
        assert!(given.contains(name), "{name} is not among {given:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn over_tls_every_page_and_file_keeps_its_cookies_and_leads_nowhere_else() {
    let world = world().await;
    let (mut found, mut given) = (Vec::new(), BTreeSet::new());
    let streams = |route: &str| route.starts_with("/live/");
    let files = files(&world.ids).into_iter();
    let files = files.filter(|row| matches!(row.sent, Sent::Get) && !streams(row.route));
    let addresses = pages(&world.ids).into_iter().map(|row| row.address);
    for address in addresses.chain(files.map(|row| row.address)) {
        let joint = if address.contains('?') { '&' } else { '?' };
        for place in ["//evil.example", "https:evil.example"] {
            let asked = PLACES
                .map(|name| format!("{name}={}", app::paths::segment(place)))
                .join("&");
            for actor in [Actor::Visitor, Actor::Expired, Actor::Themselves] {
                let someone = enters(&world, actor).await;
                let answer = world.app.get(&format!("{address}{joint}{asked}"), &someone).await;
                let label = format!("{address}, {}", actor.label());
                found.extend(wrong(&label, &answer, &mut given));
                for written in [format!("href=\"{place}"), format!("action=\"{place}")] {
                    if answer.body.contains(&written) {
                        found.push(format!("{label}: {written}"));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(
        given.contains("carrel"),
        "a session that ended is taken away: {given:?}"
    );
}

/// A function that goes on to what it was told is in the walk by the name of
/// its field.
#[test]
fn places_are_told_by_fields_of_these_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut asked = 0;
    for file in files.iter().filter(|file| file.to_string_lossy().ends_with("api.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        for (at, _) in text.match_indices("paths::local(&") {
            let rest = &text[at + "paths::local(&".len()..];
            let name = rest.split(')').next().unwrap();
            assert!(PLACES.contains(&name), "{}: {name}", file.display());
            asked += 1;
        }
    }
    assert!(asked > 2, "nothing is looked at any more");
}
