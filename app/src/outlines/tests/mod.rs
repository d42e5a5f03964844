//! Drafts against a real database.

mod abroad;
mod clashes;
mod opened;
mod repeated;
mod shapes;
mod who;

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::model::{EntryForm, Pasted};
use super::rules;
use super::store::{self, NewSet, Spot};
use crate::competencies::tests::{organisation, viewer};
use crate::db::Db;
use crate::id::{EditionId, NodeId, OrganisationId};
use crate::vars;
use crate::viewer::{Role, Viewer};

struct World {
    db: Db,
    library: OrganisationId,
    elsewhere: OrganisationId,
    edition: EditionId,
    set: String,
}

/// A line of an outline as the tests see it.
#[derive(SurrealValue, Debug)]
struct Row {
    id: NodeId,
    depth: i64,
    code: String,
    title: String,
    kind: String,
    address: String,
    beneath: Option<i64>,
    came_from: Option<Vec<String>>,
    identifier: String,
}

/// A new set of a library, with this outline in its draft.
async fn world(outline: &str) -> World {
    let db = Db::for_test().await.unwrap();
    let library = organisation(&db, "library", None).await;
    let elsewhere = organisation(&db, "elsewhere", None).await;
    let new = NewSet {
        key: Uuid::from_u128(7),
        organisation: library.to_string(),
        title: "Reference work".into(),
        description: "For *tests*.".into(),
        language: "en".into(),
    };
    let curator = viewer("cora", &library, Role::Curator);
    let set = store::create(&db, &curator, &new).await.unwrap();
    assert_eq!(store::create(&db, &curator, &new).await.unwrap(), set, "sent twice");
    let edition = db
        .row("SELECT VALUE id FROM edition;", vars! {})
        .await
        .unwrap()
        .unwrap();
    let world = World {
        db,
        library,
        elsewhere,
        edition,
        set,
    };
    if !outline.is_empty() {
        let rows = super::pasting::parse(outline).unwrap();
        store::add(&world.db, &curator, &world.edition, &Spot::Top, &rows, Uuid::new_v4())
            .await
            .unwrap();
    }
    world
}

impl World {
    fn cora(&self) -> Viewer {
        viewer("cora", &self.library, Role::Curator)
    }

    fn ciro(&self) -> Viewer {
        viewer("ciro", &self.library, Role::Curator)
    }

    async fn rows(&self) -> Vec<Row> {
        self.db
            .rows(
                "SELECT id, position, depth, code, title, kind, address, beneath, came_from, identifier FROM node
                    WHERE edition = $edition ORDER BY position;",
                vars! { "edition" => self.edition.clone() },
            )
            .await
            .unwrap()
    }

    /// The outline in one line: depth and title of each node.
    async fn shown(&self) -> String {
        let rows = self.rows().await;
        rows.iter()
            .map(|row| format!("{}{}", row.depth, row.title))
            .collect::<Vec<_>>()
            .join(" ")
    }

    async fn node(&self, title: &str) -> NodeId {
        let rows = self.rows().await;
        rows.into_iter().find(|row| row.title == title).unwrap().id
    }

    async fn undo(&self, redo: bool) {
        store::step_back(&self.db, &self.cora(), &self.edition, redo)
            .await
            .unwrap();
    }

    /// A node's form as it is filled, and what it was filled with.
    async fn form(&self, node: &NodeId) -> (EntryForm, String) {
        let page = store::entry_page(&self.db, &self.cora(), &self.set, node)
            .await
            .unwrap();
        (page.entry, page.base)
    }
}

fn line(title: &str) -> Vec<Pasted> {
    vec![Pasted {
        title: rules::title(title).unwrap(),
        ..Pasted::default()
    }]
}
