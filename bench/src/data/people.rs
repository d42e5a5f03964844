//! Organisations of one tree, and the people who work in them.

use app::db::Db;
use surrealdb_types::{Datetime, RecordId, SurrealValue};

use super::keys::{self, at};
use super::size::Size;
use super::{store, words};
use crate::random::Random;

/// Who imports a set, one of those who sign in.
pub const CURATOR: usize = 0;

#[derive(SurrealValue)]
struct Organisation {
    id: RecordId,
    slug: String,
    name: String,
    kind: String,
    place: String,
    timezone: String,
    parent: Option<RecordId>,
    line: Vec<RecordId>,
}

#[derive(SurrealValue)]
struct Person {
    id: RecordId,
    name: String,
    email: String,
    title: String,
    timezone: String,
    created: Datetime,
}

#[derive(SurrealValue)]
struct Membership {
    id: RecordId,
    person: RecordId,
    organisation: RecordId,
    roles: Vec<String>,
    since: Datetime,
}

pub async fn fill(db: &Db, size: &Size, seed: u64) -> Result<(), String> {
    store::insert(db, "organisation", (0..size.organisations).map(organisation).collect()).await?;
    let mut random = Random::new(seed, "people");
    store::insert(
        db,
        "person",
        (0..size.people).map(|number| person(number, &mut random)).collect(),
    )
    .await?;
    store::insert(
        db,
        "membership",
        (0..size.people).map(|number| membership(number, size)).collect(),
    )
    .await
}

/// A state library, three systems beneath it, and libraries beneath those.
fn organisation(number: usize) -> Organisation {
    let (kind, line) = match number {
        0 => ("state_library", vec![0]),
        1..=3 => ("system", vec![number, 0]),
        _ => ("library", vec![number, 1 + number % 3, 0]),
    };
    Organisation {
        id: keys::organisation(number),
        slug: format!("organisation-{number}"),
        name: format!("Library {number}"),
        kind: kind.into(),
        place: format!("Town {number}"),
        timezone: "Europe/London".into(),
        parent: line.get(1).map(|number| keys::organisation(*number)),
        line: line.into_iter().map(keys::organisation).collect(),
    }
}

fn person(number: usize, random: &mut Random) -> Person {
    Person {
        id: keys::person(number),
        name: words::name(random),
        email: format!("person-{number}@library.example"),
        title: random
            .pick(&[
                "Librarian",
                "Library assistant",
                "Branch manager",
                "Children's librarian",
            ])
            .into(),
        timezone: "Europe/London".into(),
        created: at(0),
    }
}

fn membership(number: usize, size: &Size) -> Membership {
    let (person, organisation) = (keys::person(number), keys::organisation(number % size.organisations));
    let mut roles = vec!["learner".to_owned()];
    roles.extend((number % 20 == 9).then(|| "trainer".to_owned()));
    roles.extend((number % 20 == 19).then(|| "manager".to_owned()));
    roles.extend((number == CURATOR).then(|| "curator".to_owned()));
    Membership {
        id: keys::pair("membership", &person, &organisation),
        person,
        organisation,
        roles,
        since: at(0),
    }
}
