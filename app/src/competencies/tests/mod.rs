//! The index against a real database.

mod amounts;
mod covered;
mod files;
mod found;
mod frozen;
mod importing;
mod kept;
mod looking;
mod offered;
mod reading;
mod seeded;
mod tables;
mod used;

use serde_json::Value;
use uuid::Uuid;

use super::import;
use super::model::Applied;
use crate::db::Db;
use crate::exchange::{
    ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeReference, ExchangeSet, Limits, RELATED_TO, case,
};
use crate::id::{OrganisationId, PersonId, SessionId};
use crate::organisations::store::{NewOrganisation, create};
use crate::viewer::{Membership, Person, Role, Viewer};

/// A library with one branch, and another library elsewhere.
pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) library: OrganisationId,
    pub(crate) branch: OrganisationId,
    pub(crate) elsewhere: OrganisationId,
}

pub(crate) async fn world() -> World {
    let db = Db::for_test().await.unwrap();
    let library = organisation(&db, "library", None).await;
    let branch = organisation(&db, "branch", Some(library.clone())).await;
    let elsewhere = organisation(&db, "elsewhere", None).await;
    World {
        db,
        library,
        branch,
        elsewhere,
    }
}

pub(crate) async fn organisation(db: &Db, slug: &str, parent: Option<OrganisationId>) -> OrganisationId {
    let new = NewOrganisation {
        slug: slug.into(),
        name: slug.into(),
        kind: "library".into(),
        place: String::new(),
        timezone: "Europe/London".into(),
        parent,
    };
    create(db, new).await.unwrap()
}

pub(crate) fn viewer(name: &str, organisation: &OrganisationId, role: Role) -> Viewer {
    Viewer {
        person: Some(Person {
            id: PersonId::parse(name).unwrap(),
            name: name.into(),
            timezone: "UTC".into(),
            session: SessionId::parse("s").unwrap(),
        }),
        memberships: vec![Membership {
            organisation: organisation.clone(),
            slug: String::new(),
            name: "x".into(),
            roles: vec![role],
        }],
        ..Viewer::default()
    }
}

impl World {
    pub(crate) fn curator(&self) -> Viewer {
        viewer("cora", &self.library, Role::Curator)
    }

    pub(crate) fn learner(&self) -> Viewer {
        viewer("lea", &self.library, Role::Learner)
    }

    pub(crate) fn stranger(&self) -> Viewer {
        viewer("sten", &self.elsewhere, Role::Curator)
    }

    /// Imports a set as a draft, or published.
    pub(crate) async fn import(&self, set: &ExchangeSet, publish: bool) -> Applied {
        let planned = import::plan(&self.db, &self.library, "", "set.json", file(set))
            .await
            .unwrap();
        assert!(!planned.is_refused(), "{:?}", planned.preview.remarks);
        import::apply(&self.db, &planned, publish).await.unwrap()
    }

    async fn count(&self, table: &str) -> i64 {
        let sql = match table {
            "node" => "count(SELECT VALUE id FROM node);",
            "edition" => "count(SELECT VALUE id FROM edition);",
            "search_entry" => "count(SELECT VALUE id FROM search_entry);",
            "import" => "count(SELECT VALUE id FROM import);",
            _ => "count(SELECT VALUE id FROM competency_set);",
        };
        self.db.row(sql, crate::vars! {}).await.unwrap().unwrap_or(0)
    }
}

/// A set as a CASE package.
fn file(set: &ExchangeSet) -> Vec<u8> {
    serde_json::to_vec(&case::emit(
        set,
        set.identifier,
        "https://carrel.example",
        "2026-11-23T00:00:00Z",
    ))
    .unwrap()
}

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0b2e_9dd4_2d2c_4c7e_8e6c_0000_0000_0000 + number)
}

/// Two sections, one competency, four statements; an awkward code.
pub(crate) fn small() -> ExchangeSet {
    let node = |own: u128, parent: Option<u128>, code: &str, title: &str| ExchangeNode {
        identifier: id(own),
        parent: parent.map(id),
        code: Some(code.to_owned()).filter(|code| !code.is_empty()),
        kind: Some("Entry".into()),
        title: title.into(),
        ..ExchangeNode::default()
    };
    let mut statement = node(3, Some(2), "LM 1.1", "Explains the budget");
    statement.description = "What it *means*.".into();
    statement.details = ExchangeDetails {
        knowledge: vec!["How money works <all>".into()],
        skills: vec!["Draws a picture".into()],
        attitudes: vec!["Is calm".into()],
        behaviours: vec!["Answers".into()],
    };
    ExchangeSet {
        identifier: id(0),
        title: "Small set".into(),
        description: "A set for *tests*.".into(),
        language: Some("en".into()),
        creator: Some("Carrel".into()),
        licence: Some("CC BY 4.0".into()),
        scale: ["None", "Some", "Strong"]
            .map(|label| ExchangeLevel {
                label: label.into(),
                description: format!("{label}."),
            })
            .into(),
        nodes: vec![
            node(1, None, "A", "Money"),
            node(2, Some(1), "LM 1", "Budgets"),
            statement,
            node(4, Some(2), "a/b%#é?", "Has an awkward code"),
            node(5, Some(2), "", "Has no code"),
            node(6, None, "B", "Talks"),
        ],
        references: vec![ExchangeReference {
            from: id(3),
            to: id(4),
            kind: RELATED_TO.into(),
            extra: Value::Null,
        }],
        ..ExchangeSet::default()
    }
}
