//! Who may what: every server function, page, file, download and live stream,
//! asked for by one of each kind of person with a valid request. Whoever is
//! refused changes nothing, and nobody reads a word that is not for them.
//! docs/permissions.md is written from the same tables.

mod actors;
mod document;
mod done;
mod files;
mod fixture;
mod foreign;
mod headers;
mod hidden;
mod over_tls;
mod pages;
mod prepared;
mod rows;
mod things;
mod told;
mod watch;
mod words;

use std::collections::BTreeSet;

use app::error::AppError;
use axum::http::{Method, StatusCode};
use leptos::server_fn::axum::server_fn_paths;

use self::actors::Actor;
use self::fixture::{CANARIES, Ids, World};
use self::rows::{Row, rows};
use self::told::Told;
use crate::support::{Answer, Someone, TestApp};

/// The path that ends with the function's name.
pub fn path(function: &str) -> String {
    let ending = format!("/{function}");
    let mut found = server_fn_paths()
        .map(|(path, _)| path)
        .filter(|path| path.ends_with(&ending));
    let path = found
        .next()
        .unwrap_or_else(|| panic!("there is no server function {function}"));
    assert!(found.next().is_none(), "{function} stands twice");
    path.to_owned()
}

fn is_get(path: &str) -> bool {
    server_fn_paths().any(|(known, method)| known == path && method == Method::GET)
}

/// Sends a row's request as one of the actors, with fields that are none of the
/// function's.
async fn send(app: &TestApp, row: &Row, who: &str, someone: &Someone) -> Answer {
    let path = path(row.function);
    let fields: Vec<(&str, String)> = row
        .fields
        .iter()
        .map(|(name, value)| (*name, value.replace("{who}", who)))
        .collect();
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for field in foreign::beside(row.function) {
        fields.push(field);
    }
    match is_get(&path) {
        true => app.read(&path, &fields, someone).await,
        false => app.call(&path, &fields, someone).await,
    }
}

fn told(answer: &Answer) -> Told {
    match serde_json::from_str::<AppError>(&answer.body) {
        _ if answer.status == StatusCode::OK => Told::Yes,
        Ok(error) => Told::of(&error),
        Err(_) => Told::Other(answer.status.as_u16()),
    }
}

/// What somebody reads who may not.
fn overheard(actor: Actor, body: &str) -> Vec<&'static str> {
    let secret = CANARIES.iter().filter(|canary| !canary.readers.contains(&actor.like()));
    secret
        .filter(|canary| body.contains(canary.word))
        .map(|canary| canary.what)
        .collect()
}

/// What a reading request may write: how far somebody has read, and that they
/// looked.
const READING_MARKS: [&str; 3] = ["group_membership", "look", "reading"];

/// Functions that note in the audit log that somebody failed.
const NOTED: [&str; 11] = [
    "begin_passkey",
    "begin_second_factor",
    "change_address",
    "change_password",
    "close_account",
    "confirm_oneself",
    "prove_sign_in",
    "remove_passkey",
    "remove_second_factor",
    "renew_recovery_codes",
    "sign_in",
];

/// Two worlds at once, each for half of the rows: this is the longest test.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_server_function_knows_who_may() {
    let halves = [0, 1].map(|half| tokio::spawn(half_of_the_functions(half)));
    let mut wrong = Vec::new();
    for half in halves {
        wrong.extend(half.await.unwrap());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the answers of one half. Some rows need those before them.
async fn half_of_the_functions(half: usize) -> Vec<String> {
    let world = World::new().await;
    watch::begin(&world.app.db).await;
    let mut wrong = Vec::new();
    let rows = rows(&world.ids);
    let (first, second) = rows.split_at(rows.len() / 2);
    for row in [first, second][half] {
        for actor in Actor::ALL {
            let found = one_call(&world, row, actor).await;
            let label = actor.label();
            wrong.extend(found.map(|what| format!("{} ({}), {label}: {what}", row.function, row.about)));
        }
    }
    wrong
}

/// What is wrong with the answer to one actor.
async fn one_call(world: &World, row: &Row, actor: Actor) -> impl Iterator<Item = String> {
    let db = &world.app.db;
    let touched = std::mem::take(&mut *world.touched.lock().unwrap());
    world.again_after(&touched).await;
    let someone = world.cast.enters(&world.app, actor).await;
    watch::changed(db).await;
    let answer = send(&world.app, row, &actor.key(), &someone).await;
    let watch::Seen { changed, foreign } = watch::look(db).await;
    world.touched.lock().unwrap().clone_from(&changed);
    let (expected, heard) = (row.cells.of(actor), told(&answer));
    let mut wrong = Vec::new();
    let as_stated = heard == expected || (expected == Told::Nothing && heard == Told::Yes);
    if !as_stated {
        let body: String = answer.body.chars().take(200).collect();
        wrong.push(format!("heard {heard:?} instead of {expected:?}: {body}"));
    }
    let noted = NOTED.contains(&row.function) && changed == ["audit_entry"];
    if expected.is_refused() && !changed.is_empty() && !noted {
        wrong.push(format!("changed {changed:?}"));
    }
    let marks = changed.iter().all(|table| READING_MARKS.contains(&table.as_str()));
    if is_get(&path(row.function)) && !marks {
        wrong.push(format!("changed {changed:?} by reading"));
    }
    if !foreign.is_empty() {
        wrong.push(format!("took what is not its own into {foreign:?}"));
    }
    wrong.extend(
        overheard(actor, &answer.body)
            .into_iter()
            .map(|what| format!("read {what}")),
    );
    wrong.into_iter()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_page_knows_who_may() {
    let world = World::new().await;
    watch::begin(&world.app.db).await;
    let mut wrong = Vec::new();
    for row in pages::pages(&world.ids) {
        for actor in Actor::ALL {
            let someone = world.cast.enters(&world.app, actor).await;
            watch::changed(&world.app.db).await;
            let asked = world.app.db.times_asked();
            let answer = world.app.get(&row.address, &someone).await;
            let asked = world.app.db.times_asked() - asked;
            let changed = watch::changed(&world.app.db).await;
            let label = format!("{}, {}", row.address, actor.label());
            let (expected, heard) = (row.cells.of(actor), Told::of_status(answer.status.as_u16()));
            if heard != expected {
                wrong.push(format!("{label}: heard {heard:?} instead of {expected:?}"));
            }
            if !changed.iter().all(|table| READING_MARKS.contains(&table.as_str())) {
                wrong.push(format!("{label}: changed {changed:?} by reading"));
            }
            // A reading mark is written after the page is read. What finds nothing is looked for in near words.
            let most = 3 + changed.len() + if row.route == "/search" { 5 } else { 0 };
            if asked > most {
                wrong.push(format!("{label}: asked the database {asked} times"));
            }
            wrong.extend(
                overheard(actor, &answer.body)
                    .into_iter()
                    .map(|what| format!("{label}: read {what}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_file_knows_who_may() {
    let world = World::new().await;
    watch::begin(&world.app.db).await;
    let mut wrong = Vec::new();
    for row in files::files(&world.ids) {
        world.again().await;
        for actor in Actor::ALL {
            let someone = world.cast.enters(&world.app, actor).await;
            watch::changed(&world.app.db).await;
            let (heard, body) = files::heard(&world, &row, &someone).await;
            let mut changed = watch::changed(&world.app.db).await;
            changed.retain(|table| !files::may_touch(&row, actor, table));
            let label = format!("{}, {}", row.address, actor.label());
            let expected = row.cells.of(actor);
            if heard != expected {
                wrong.push(format!("{label}: heard {heard:?} instead of {expected:?}"));
            }
            if expected.is_refused() && !changed.is_empty() {
                wrong.push(format!("{label}: changed {changed:?}"));
            }
            wrong.extend(
                overheard(actor, &body)
                    .into_iter()
                    .map(|what| format!("{label}: read {what}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A new server function, page or file without a row fails here.
#[tokio::test]
async fn nothing_is_left_out() {
    let ids = Ids::default();
    let functions = rows(&ids).iter().map(|row| row.function.to_owned()).collect();
    let mounted = server_fn_paths().filter_map(|(path, _)| path.rsplit('/').next().map(str::to_owned));
    same("functions", mounted.collect(), functions);
    let listed = pages::pages(&ids).iter().map(|row| row.route.to_owned()).collect();
    same("pages", app::app::routes().map(str::to_owned).collect(), listed);
    let listed = files::files(&ids).iter().map(|row| row.route.to_owned()).collect();
    same(
        "files",
        server::router::FILES.iter().map(|file| file.path.to_owned()).collect(),
        listed,
    );
}

fn same(what: &str, mounted: BTreeSet<String>, listed: BTreeSet<String>) {
    let missing: Vec<_> = mounted.difference(&listed).collect();
    assert!(missing.is_empty(), "{what} that need a row: {missing:?}");
    let gone: Vec<_> = listed.difference(&mounted).collect();
    assert!(gone.is_empty(), "{what} that are gone: {gone:?}");
}
