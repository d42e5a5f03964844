//! What is hidden answers like what is not there, to the last letter. Of study
//! groups and their threads the database is asked the same too, so that not
//! even the time tells them apart.

use axum::http::header;

use super::actors::Actor;
use super::files::{self, FileRow, files};
use super::fixture::*;
use super::pages::pages;
use super::rows::{Row, rows};
use super::send;
use super::told::{Cells, Told};
use crate::support::Answer;

/// What requests are about that name nothing which could be hidden.
const NOTHING_NAMED: [&str; 10] = [
    "a form that is not there",
    "a link that is none",
    "a name that is not there",
    "an edition that is not there",
    "an installation that is set up",
    "how long the log is kept",
    "one that is not there",
    "the site’s audit log",
    "without",
    "without its link",
];

const OF_GROUPS: [&str; 4] = [PUBLIC_GROUP, PRIVATE_GROUP, PUBLIC_THREAD, PRIVATE_THREAD];

/// The names of what is hidden from some.
fn known(ids: &Ids) -> Vec<&str> {
    let named = [
        COHORT,
        EMPTY_COHORT,
        COPY,
        TEXT_PICTURE,
        DRAFT,
        DRAFT_LESSON,
        ACTION,
        EVIDENCE,
        EVIDENCE_FILE,
        EVIDENCE_WITHOUT,
        EVIDENCE_REVIEW,
        BRANCH,
        INVITE,
        TYPESET,
        STAFF_LIST,
        WRITING,
        LINE,
        OTHER_LINE,
        REVIEWED,
        REVIEW,
        DONE_REVIEW,
        DONE_REVIEW_EMPTY,
        FORMER_REVIEW,
        GUEST,
        ROLE_PROFILE,
        ROLE_PROFILE_SLUG,
        JOB,
        JOB_IN_USE,
        "turnstone",
        "turnstone-outline",
        "walk-review",
        "dunlin",
        "riverside",
        "millbrook",
        "walk99",
    ];
    let ids = [
        &ids.person,
        &ids.colleague,
        &ids.site,
        &ids.import,
        &ids.organisation,
        &ids.branch,
        &ids.draft,
        &ids.offered,
        &ids.statement,
        &ids.part,
    ];
    let ids = ids.into_iter().map(String::as_str);
    OF_GROUPS.into_iter().chain(named).chain(ids).collect()
}

/// A name as long as the one it stands for, which nothing has.
fn absent(name: &str) -> String {
    format!("{}zz", &name[..name.len() - 2])
}

/// A text in which each name of something hidden became one of nothing, with
/// the names that were there.
struct Renamed {
    text: String,
    names: Vec<String>,
}

fn renamed(ids: &Ids, text: &str) -> Renamed {
    let known = known(ids);
    // Beside something hidden what is public is still there.
    let hides = [PRIVATE_GROUP, PRIVATE_THREAD].iter().any(|name| text.contains(name));
    let public = |name: &str| [PUBLIC_GROUP, PUBLIC_THREAD].contains(&name);
    let outside = |letter: char| !letter.is_ascii_alphanumeric() && !"-_".contains(letter);
    let mut made = Renamed {
        text: String::new(),
        names: Vec::new(),
    };
    for part in text.split_inclusive(outside) {
        let name = part.trim_end_matches(outside);
        if known.contains(&name) && !(hides && public(name)) {
            made.text += &absent(name);
            made.names.push(name.to_owned());
        } else {
            made.text += name;
        }
        made.text += &part[name.len()..];
    }
    made
}

/// The same request about nothing; none where it names nothing that is hidden.
fn about_nothing(ids: &Ids, row: &Row) -> Option<Row> {
    let mut named = false;
    let fields = row.fields.iter().map(|(field, value)| {
        // The draft of a set that is published is known by its number.
        if (*field, value.as_str()) == ("edition", "2") {
            named = true;
            return (*field, "9".to_owned());
        }
        let made = renamed(ids, &value.replace("{who}", "99"));
        named |= !made.names.is_empty();
        let kept = made.names.is_empty();
        (*field, if kept { value.clone() } else { made.text })
    });
    let fields = fields.collect();
    named.then_some(Row { fields, ..row.clone() })
}

/// An answer, and what the database was asked for it.
struct Heard<T> {
    answer: T,
    asked: Vec<String>,
}

async fn heard<T>(world: &World, answer: impl Future<Output = T>) -> Heard<T> {
    world.app.db.asked_since();
    let answer = answer.await;
    Heard {
        answer,
        asked: world.app.db.asked_since(),
    }
}

/// What differs in the questions to the database.
fn unlike<T>(there: &Heard<T>, none: &Heard<T>) -> Option<String> {
    let differ = there.asked != none.asked;
    differ.then(|| format!("asked {:#?} and {:#?}", there.asked, none.asked))
}

/// Whom it is hidden from.
fn hidden_from(cells: &Cells) -> Vec<Actor> {
    let all = Actor::ALL.into_iter();
    all.filter(|actor| cells.of(*actor) == Told::NotFound).collect()
}

/// One whom Carrel does not know and one whom it does.
fn one_of_each(cells: &Cells) -> Vec<Actor> {
    let hidden = hidden_from(cells);
    let (nobody, known): (Vec<_>, Vec<_>) = hidden.into_iter().partition(|actor| Actor::NOBODY.contains(actor));
    nobody.into_iter().take(1).chain(known.into_iter().take(1)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_hidden_answers_like_what_is_not_there() {
    let world = World::new().await;
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for row in rows(&world.ids) {
        let hidden = hidden_from(&row.cells);
        if hidden.is_empty() || NOTHING_NAMED.contains(&row.about) {
            continue;
        }
        let Some(other) = about_nothing(&world.ids, &row) else {
            wrong.push(format!("{} ({}) names nothing that is hidden", row.function, row.about));
            continue;
        };
        let of_groups = row.fields.iter().any(|(_, value)| OF_GROUPS.contains(&value.as_str()));
        for actor in hidden {
            let (someone, who) = (world.cast.enters(&world.app, actor).await, actor.key());
            let there = heard(&world, send(&world.app, &row, &who, &someone)).await;
            let none = heard(&world, send(&world.app, &other, &who, &someone)).await;
            let label = format!("{} ({}), {}", row.function, row.about, actor.label());
            let (one, two) = (&there.answer, &none.answer);
            if super::told(two) != Told::NotFound || one.body != two.body || one.status != two.status {
                wrong.push(format!("{label}: {} and {}", one.body, two.body));
            }
            let costs = unlike(&there, &none).filter(|_| of_groups);
            compared += if of_groups { there.asked.len() } else { 0 };
            wrong.extend(costs.map(|what| format!("{label}: {what}")));
        }
    }
    assert!(wrong.is_empty() && compared > 0, "{compared}: {}", wrong.join("\n"));
}

/// A page without what is new in each answer, and with other names.
fn plain(answer: &Answer, names: &[String]) -> String {
    let policy = answer.headers.get(header::CONTENT_SECURITY_POLICY);
    let policy = policy.map_or("", |policy| policy.to_str().unwrap());
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next());
    let body = nonce.map_or(answer.body.clone(), |nonce| answer.body.replace(nonce, ""));
    names.iter().fold(body, |body, name| body.replace(name, &absent(name)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_page_that_is_hidden_answers_like_one_that_is_not_there() {
    let world = World::new().await;
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for row in pages(&world.ids) {
        let hidden = one_of_each(&row.cells);
        if hidden.is_empty() || NOTHING_NAMED.contains(&row.about) {
            continue;
        }
        let other = renamed(&world.ids, &row.address);
        if other.names.is_empty() {
            wrong.push(format!("{} names nothing that is hidden", row.address));
        }
        let of_groups = row.route.starts_with("/groups");
        for actor in hidden {
            let someone = world.cast.enters(&world.app, actor).await;
            let there = heard(&world, world.app.get(&row.address, &someone)).await;
            let none = heard(&world, world.app.get(&other.text, &someone)).await;
            let label = format!("{}, {}", row.address, actor.label());
            let (one, two) = (&there.answer, &none.answer);
            let (shown, nothing) = (plain(one, &other.names), plain(two, &[]));
            if two.status != 404 || one.status != two.status || shown != nothing {
                wrong.push(format!("{label}: {shown}\nand {}: {nothing}", two.status));
            }
            let costs = unlike(&there, &none).filter(|_| of_groups);
            compared += if of_groups { there.asked.len() } else { 0 };
            wrong.extend(costs.map(|what| format!("{label}: {what}")));
        }
    }
    assert!(wrong.is_empty() && compared > 0, "{compared}: {}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_or_stream_that_is_hidden_answers_like_one_that_is_not_there() {
    let world = World::new().await;
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for row in files(&world.ids) {
        let hidden = one_of_each(&row.cells);
        if hidden.is_empty() || NOTHING_NAMED.contains(&row.about) {
            continue;
        }
        let renamed = renamed(&world.ids, &row.address);
        if renamed.names.is_empty() {
            wrong.push(format!("{} names nothing that is hidden", row.address));
        }
        let other = FileRow {
            address: renamed.text,
            ..row
        };
        let of_groups = row.route.starts_with("/live/");
        for actor in hidden {
            let someone = world.cast.enters(&world.app, actor).await;
            let there = heard(&world, files::heard(&world, &row, &someone)).await;
            let none = heard(&world, files::heard(&world, &other, &someone)).await;
            let label = format!("{}, {}", row.address, actor.label());
            if none.answer.0 != Told::NotFound || there.answer != none.answer {
                wrong.push(format!("{label}: {:?} and {:?}", there.answer, none.answer));
            }
            let costs = unlike(&there, &none).filter(|_| of_groups);
            compared += if of_groups { there.asked.len() } else { 0 };
            wrong.extend(costs.map(|what| format!("{label}: {what}")));
        }
    }
    assert!(wrong.is_empty() && compared > 0, "{compared}: {}", wrong.join("\n"));
}
