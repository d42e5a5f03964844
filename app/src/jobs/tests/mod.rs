//! Job descriptions against a real database: a library that owns a set, its branch,
//! and another library elsewhere.

mod reading;
mod who;
mod writing;

use super::model::{DutiesForm, Face, JobPage, PROFILE, State, Texts};
use super::store::{self, AskedDuties, NewJob, Sent};
use crate::competencies::store::{RoleProfileToWrite, add_role_profile, node_by_code};
use crate::competencies::tests::{World, small, viewer, world as empty};
use crate::error::{AppError, Result};
use crate::id::{EditionId, JobId, NodeId};
use crate::vars;
use crate::viewer::{Role, Viewer};

/// The small set, published, a role profile that needs two statements of it, and
/// people who belong somewhere.
async fn world() -> (World, EditionId) {
    let world = empty().await;
    let edition = world.import(&small(), true).await.edition;
    for (person, organisation, role) in [
        ("lea", &world.library, "learner"),
        ("bea", &world.branch, "learner"),
        ("eli", &world.elsewhere, "learner"),
        ("mina", &world.library, "manager"),
        ("milo", &world.branch, "manager"),
        ("mona", &world.elsewhere, "manager"),
    ] {
        let member = "LET $person = type::record('person', $key);
            CREATE $person SET name = $key, email = string::concat($key, '@x.example'), timezone = 'UTC';
            CREATE type::record('membership', [$key, record::id($organisation)]) SET person = $person,
                organisation = $organisation, roles = [$role];";
        let vars = vars! { "key" => person, "organisation" => organisation.clone(), "role" => role };
        world.db.write(member, vars).await.unwrap();
    }
    let profile = RoleProfileToWrite {
        slug: "manager".into(),
        title: "Manager".into(),
        description: String::new(),
        targets: vec![
            (node(&world, &edition, "LM 1.1").await, 2),
            (node(&world, &edition, "B").await, 1),
        ],
    };
    add_role_profile(&world.db, &world.library, &edition, profile)
        .await
        .unwrap();
    (world, edition)
}

async fn node(world: &World, edition: &EditionId, address: &str) -> NodeId {
    node_by_code(&world.db, edition, address).await.unwrap().unwrap()
}

fn mina(world: &World) -> Viewer {
    viewer("mina", &world.library, Role::Manager)
}

fn milo(world: &World) -> Viewer {
    viewer("milo", &world.branch, Role::Manager)
}

fn mona(world: &World) -> Viewer {
    viewer("mona", &world.elsewhere, Role::Manager)
}

fn key(key: &str) -> JobId {
    JobId::parse(key).unwrap()
}

/// One of the library, from its role profile.
async fn made(world: &World, job: &str) -> JobId {
    let job = key(job);
    let new = NewJob {
        organisation: world.library.to_string(),
        title: "Branch manager".into(),
        from: format!("{PROFILE}manager"),
    };
    store::make(&world.db, &mina(world), &job, &new).await.unwrap();
    job
}

async fn page(world: &World, viewer: &Viewer, job: &JobId, face: Face) -> Result<JobPage> {
    store::job_page(&world.db, viewer, job, face, None).await
}

async fn duties(world: &World, viewer: &Viewer, job: &JobId) -> Result<DutiesForm> {
    let asked = AskedDuties {
        page: 1,
        ..AskedDuties::default()
    };
    store::duties_form(&world.db, viewer, job, &asked).await
}

async fn used(world: &World, job: &JobId) {
    store::set_state(&world.db, &mina(world), job, State::InUse)
        .await
        .unwrap();
}

fn sent(title: &str, purpose: &str, base: u32) -> Sent {
    Sent {
        title: title.into(),
        texts: Texts {
            purpose: purpose.into(),
            ..Texts::default()
        },
        base,
        over: false,
    }
}
