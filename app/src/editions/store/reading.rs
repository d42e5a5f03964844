//! Two editions side by side, and what was decided of their map.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::editions::mapping::{Decision, Map, MapNode, map};
use crate::editions::model::{Kind, Named};
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId};
use crate::vars;

#[derive(SurrealValue)]
struct NodeRow {
    id: NodeId,
    identifier: String,
    parent: Option<NodeId>,
    kind: String,
    address: String,
    code: String,
    title: String,
    description: String,
    knowledge: Vec<String>,
    skills: Vec<String>,
    attitudes: Vec<String>,
    behaviours: Vec<String>,
    came_from: Option<Vec<String>>,
}

#[derive(SurrealValue)]
struct DecisionRow {
    identifier: String,
    kind: String,
    becomes: Vec<NodeId>,
    means_same: bool,
    print: String,
}

/// The nodes of one edition, in reading order.
pub(super) struct Side {
    pub ids: Vec<NodeId>,
    pub nodes: Vec<MapNode>,
    pub named: Vec<Named>,
    /// Description and the four kinds of detail, with their names.
    pub texts: Vec<[(&'static str, String); 5]>,
    /// The place of the node above each, and of the one at the top.
    pub above: Vec<Option<usize>>,
    pub top: Vec<usize>,
}

/// An edition and the one before it.
pub(super) struct Two {
    pub old: Side,
    pub new: Side,
    pub decisions: HashMap<String, Decision>,
    /// What the later one says, where it was asked for.
    pub print: String,
}

/// Reads both as they are at one moment.
pub(super) async fn two(db: &Db, base: &EditionId, edition: &EditionId, printing: bool) -> Result<Two> {
    let mut answers = db
        .run(
            "SELECT position, id, identifier, parent, kind, address, code, title, description, knowledge, skills, attitudes,
                behaviours, came_from FROM node WHERE edition = $base ORDER BY position;
             SELECT position, id, identifier, parent, kind, address, code, title, description, knowledge, skills, attitudes,
                behaviours, came_from FROM node WHERE edition = $edition ORDER BY position;
             SELECT identifier, kind, becomes, means_same, print FROM statement_map WHERE edition = $edition;
             IF $printing { fn::edition_print($edition) } ELSE { '' };",
            vars! { "base" => base.clone(), "edition" => edition.clone(), "printing" => printing },
        )
        .await?;
    let (old, new) = (side(answers.rows(0)?), side(answers.rows(1)?));
    let identifiers: HashMap<&NodeId, &str> = new
        .ids
        .iter()
        .zip(&new.nodes)
        .map(|(id, node)| (id, node.identifier.as_str()))
        .collect();
    // What a node is called that is gone, nothing is called.
    let name = |id: &NodeId| {
        identifiers
            .get(id)
            .map_or_else(|| id.to_string(), |own| (*own).to_owned())
    };
    let decision = |row: DecisionRow| {
        let decision = Decision {
            kind: Kind::parse(&row.kind).unwrap_or(Kind::Retired),
            becomes: row.becomes.iter().map(name).collect(),
            means_same: row.means_same,
            print: row.print,
        };
        (row.identifier, decision)
    };
    let decisions = answers.rows::<DecisionRow>(2)?.into_iter().map(decision).collect();
    let print = answers.row::<String>(3)?.unwrap_or_default();
    Ok(Two {
        old,
        new,
        decisions,
        print,
    })
}

fn side(rows: Vec<NodeRow>) -> Side {
    let places: HashMap<NodeId, usize> = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
    let identifiers: Vec<String> = rows.iter().map(|row| row.identifier.clone()).collect();
    let mut side = Side {
        ids: Vec::with_capacity(rows.len()),
        nodes: Vec::with_capacity(rows.len()),
        named: Vec::with_capacity(rows.len()),
        texts: Vec::with_capacity(rows.len()),
        above: Vec::with_capacity(rows.len()),
        top: Vec::with_capacity(rows.len()),
    };
    for (at, row) in rows.into_iter().enumerate() {
        // Parents stand before what is beneath them.
        let above = row.parent.as_ref().and_then(|parent| places.get(parent)).copied();
        side.top
            .push(above.and_then(|above| side.top.get(above).copied()).unwrap_or(at));
        side.above.push(above);
        let texts = [
            ("Description", row.description),
            ("Knowledge", row.knowledge.join("\n")),
            ("Skills", row.skills.join("\n")),
            ("Attitudes", row.attitudes.join("\n")),
            ("Behaviours", row.behaviours.join("\n")),
        ];
        side.nodes.push(MapNode {
            identifier: row.identifier,
            parent: above.map(|above| identifiers[above].clone()),
            code: row.code.clone(),
            title: row.title.clone(),
            text: texts
                .iter()
                .map(|(_, text)| text.as_str())
                .collect::<Vec<_>>()
                .join("\n\n"),
            statement: row.kind == "statement",
            came_from: row.came_from.unwrap_or_default(),
        });
        side.named.push(Named {
            address: row.address,
            code: row.code,
            title: row.title,
        });
        side.texts.push(texts);
        side.ids.push(row.id);
    }
    side
}

impl Two {
    /// The map as it stands, with both editions. Thousands of statements under
    /// new identifiers take a moment.
    pub async fn mapped(self) -> Result<(Self, Map)> {
        tokio::task::spawn_blocking(move || {
            let map = map(&self.old.nodes, &self.new.nodes, &self.decisions);
            (self, map)
        })
        .await
        .map_err(|error| AppError::internal("statement map", error))
    }
}
