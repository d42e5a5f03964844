//! Role profiles against a real database: a library that owns a set, its branch,
//! and another library elsewhere that uses the set too.

mod levels;
mod open;
mod who;

use std::collections::HashMap;

use uuid::Uuid;

use super::model::{OpenSection, ProfilePage};
use super::store::{self, NewProfile, Sent};
use crate::competencies::tests::{World, small, viewer, world as empty};
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, OrganisationId, RoleProfileId};
use crate::organisations::choosing::model::Wanted;
use crate::vars;
use crate::viewer::{Person, Role, Viewer};

const SET: &str = "small-set";

/// The small set, published, and people who belong somewhere.
async fn world() -> (World, EditionId) {
    let world = empty().await;
    let edition = world.import(&small(), true).await.edition;
    for (person, organisation, role) in [
        ("lea", &world.library, "learner"),
        ("bea", &world.branch, "learner"),
        ("eli", &world.elsewhere, "learner"),
        ("cora", &world.library, "curator"),
        ("brock", &world.branch, "curator"),
        ("sten", &world.elsewhere, "curator"),
    ] {
        world
            .db
            .write(
                "LET $person = type::record('person', $key);
                 CREATE $person SET name = $key, email = string::concat($key, '@x.example'), timezone = 'UTC';
                 CREATE type::record('membership', [$key, record::id($organisation)]) SET person = $person,
                    organisation = $organisation, roles = [$role];",
                vars! { "key" => person, "organisation" => organisation.clone(), "role" => role },
            )
            .await
            .unwrap();
    }
    (world, edition)
}

fn cora(world: &World) -> Viewer {
    viewer("cora", &world.library, Role::Curator)
}

fn brock(world: &World) -> Viewer {
    viewer("brock", &world.branch, Role::Curator)
}

fn sten(world: &World) -> Viewer {
    viewer("sten", &world.elsewhere, Role::Curator)
}

fn person(key: &str, organisation: &OrganisationId) -> Person {
    viewer(key, organisation, Role::Learner).person.unwrap()
}

fn new(key: u128, title: &str, organisation: &OrganisationId) -> NewProfile {
    NewProfile {
        key: Uuid::from_u128(key),
        title: title.into(),
        organisation: organisation.to_string(),
        ..NewProfile::default()
    }
}

async fn make(world: &World, viewer: &Viewer, new: &NewProfile) -> Result<String> {
    store::make(&world.db, viewer, SET, new).await
}

async fn page(world: &World, viewer: &Viewer, slug: &str, section: &str) -> Result<ProfilePage> {
    store::profile_page(&world.db, viewer, SET, slug, (section, 1), &Wanted::default()).await
}

/// The section of these words, open.
async fn open(world: &World, viewer: &Viewer, slug: &str, words: &str) -> (RoleProfileId, OpenSection) {
    let whole = page(world, viewer, slug, "").await.unwrap();
    let line = whole.sections.iter().find(|line| line.words == words).unwrap();
    let page = page(world, viewer, slug, &line.key).await.unwrap();
    (page.id, page.open.unwrap())
}

/// A section's form as it is filled, with these levels chosen by place.
fn sent(section: &OpenSection, chosen: &[(usize, &str)]) -> Sent {
    let levels: HashMap<String, String> = chosen
        .iter()
        .map(|(at, level)| (section.statements[*at].node.to_string(), (*level).to_owned()))
        .collect();
    Sent {
        section: section.key.clone(),
        page: section.page,
        base: section.base.clone(),
        levels,
        ..Sent::default()
    }
}

/// A role profile of the organisation that needs the first statement of Money.
async fn with_one(world: &World, viewer: &Viewer, new: &NewProfile) -> (String, RoleProfileId, NodeId) {
    let slug = make(world, viewer, new).await.unwrap();
    let (id, section) = open(world, viewer, &slug, "A Money").await;
    store::save_levels(&world.db, viewer, &id, &sent(&section, &[(0, "2")]))
        .await
        .unwrap();
    (slug, id, section.statements[0].node.clone())
}
