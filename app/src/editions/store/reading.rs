//! An edition and what it goes on from, and what was decided of their map.
//!
//! A draft goes on from the last editions that hold each statement: from all that
//! are in force, but for what went on into sections that were published ahead
//! (docs/decisions/0019-sections-ahead.md). A published edition went on from what
//! its map says.

use std::collections::{HashMap, HashSet};

use surrealdb_types::SurrealValue;

use super::level_names::NameRow;
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
    level_descriptions: Option<Vec<String>>,
    came_from: Option<Vec<String>>,
}

#[derive(SurrealValue)]
struct DecisionRow {
    identifier: String,
    kind: String,
    becomes: Vec<NodeId>,
    means_same: bool,
    print: String,
    node: NodeId,
    position: i64,
}

/// An edition that another one goes on from.
#[derive(Debug, Clone, SurrealValue)]
pub(super) struct Base {
    pub id: EditionId,
    pub number: i64,
    /// Of its scale.
    pub labels: Vec<String>,
}

/// The nodes of an edition, or of those before it, in reading order.
#[derive(Default)]
pub(super) struct Side {
    pub ids: Vec<NodeId>,
    pub nodes: Vec<MapNode>,
    pub named: Vec<Named>,
    /// Description, the four kinds of detail, and what each level means, with their names.
    pub texts: Vec<[(&'static str, String); 6]>,
    /// The place of the node above each, and of the one at the top.
    pub above: Vec<Option<usize>>,
    pub top: Vec<usize>,
}

/// An edition and what it goes on from.
pub(super) struct Two {
    pub old: Side,
    pub new: Side,
    /// The editions it goes on from, newest first.
    pub bases: Vec<Base>,
    pub decisions: HashMap<String, Decision>,
    /// Whether every decision stands where what it is about stands now.
    pub in_place: bool,
    /// All nodes of the editions that it goes on from, also those that went on before.
    pub whole: Vec<Vec<NodeId>>,
    /// What the later one says, where it was asked for.
    pub print: String,
    /// The labels of its scale, and what was said of those of the editions before.
    pub labels: Vec<String>,
    pub named: Vec<NameRow>,
}

const LOAD: &str = "
    LET $row = (SELECT number, state, competency_set FROM $edition)[0];
    LET $public = $row.state IN ['published', 'retired'];
    LET $set = $row.competency_set;
    LET $number = $row.number;
    LET $earlier = (SELECT id, number, state, levels.label AS labels FROM edition WHERE competency_set = $set AND number < $number
        AND state IN ['published', 'retired'] ORDER BY number DESC LIMIT 200);
    LET $rows = (SELECT identifier, kind, becomes, means_same, print, node, position FROM statement_map WHERE edition = $edition);
    LET $mapped = IF $public { array::distinct($rows.node.edition) } ELSE { [] };
    LET $force = $earlier[WHERE state = 'published'];
    LET $bases = IF $mapped != [] { $earlier[WHERE id IN $mapped] } ELSE IF $force != [] { $force }
        ELSE IF $earlier != [] { [$earlier[0]] } ELSE { [] };
    LET $oldest = IF $bases = [] { 0 } ELSE { array::last($bases).number };
    LET $between = IF $public { [] } ELSE { $earlier[WHERE number > $oldest].id };
    $rows;
    SELECT id, number, labels FROM $bases;
    IF $between = [] { [] } ELSE { (SELECT VALUE node FROM statement_map WHERE edition IN $between) };
    SELECT position, id, identifier, parent, kind, address, code, title, description, knowledge, skills, attitudes,
        behaviours, level_descriptions, came_from FROM node WHERE edition = $edition ORDER BY position;
    IF $printing { fn::edition_print($edition) } ELSE { '' };
    $public;
    $number;
    $edition.levels.label;
    array::map($bases.id, |$base| (SELECT position, id, identifier, parent, kind, address, code, title, description, knowledge,
        skills, attitudes, behaviours, level_descriptions, came_from FROM node WHERE edition = $base ORDER BY position));
    $edition.levels_from ?? [];";

/// Reads both; nothing where there is no edition before.
pub(super) async fn two(db: &Db, edition: &EditionId, printing: bool) -> Result<Option<Two>> {
    let mut answers = db
        .run(LOAD, vars! { "edition" => edition.clone(), "printing" => printing })
        .await?;
    let rows = answers.rows::<DecisionRow>(11)?;
    let bases = answers.rows::<Base>(12)?;
    let continued: HashSet<NodeId> = answers.rows::<NodeId>(13)?.into_iter().collect();
    let new = answers.rows::<NodeRow>(14)?;
    let print = answers.row::<String>(15)?.unwrap_or_default();
    let public = answers.row::<bool>(16)?.unwrap_or(false);
    if bases.is_empty() {
        return Ok(None);
    }
    let (mut parts, mut whole) = (Vec::new(), Vec::new());
    for (base, nodes) in bases.iter().zip(answers.rows::<Vec<NodeRow>>(19)?) {
        whole.push(nodes.iter().map(|node| node.id.clone()).collect());
        parts.push((super::count(base.number), nodes));
    }
    let mapped: HashSet<&NodeId> = rows.iter().map(|row| &row.node).collect();
    let by_map = public && !mapped.is_empty();
    let old = side(parts, |node| match by_map {
        true => mapped.contains(node),
        false => !continued.contains(node),
    });
    let number = answers.row::<i64>(17)?.unwrap_or(0);
    let labels = answers.rows::<String>(18)?;
    let named = answers.rows::<NameRow>(20)?;
    let new = side(vec![(super::count(number), new)], |_| true);
    let place = |row: &DecisionRow| {
        let at = usize::try_from(row.position).unwrap_or(usize::MAX);
        old.ids.get(at) == Some(&row.node)
    };
    let in_place = rows.iter().all(place);
    let decisions = decisions(rows, &new);
    Ok(Some(Two {
        old,
        new,
        bases,
        decisions,
        in_place,
        whole,
        print,
        labels,
        named,
    }))
}

fn decisions(rows: Vec<DecisionRow>, new: &Side) -> HashMap<String, Decision> {
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
    rows.into_iter().map(decision).collect()
}

/// Of editions, each with its number, those nodes that are asked for. What stands
/// above them keeps its name, though it be none of them.
fn side(parts: Vec<(u32, Vec<NodeRow>)>, keep: impl Fn(&NodeId) -> bool) -> Side {
    let mut side = Side::default();
    for (number, rows) in parts {
        let names: HashMap<NodeId, String> = rows
            .iter()
            .map(|row| (row.id.clone(), row.identifier.clone()))
            .collect();
        let mut places: HashMap<NodeId, usize> = HashMap::new();
        for row in rows {
            if keep(&row.id) {
                let parent = row.parent.as_ref().and_then(|parent| names.get(parent)).cloned();
                // Parents stand before what is beneath them.
                let above = row.parent.as_ref().and_then(|parent| places.get(parent)).copied();
                places.insert(row.id.clone(), side.nodes.len());
                side.push(number, row, parent, above);
            }
        }
    }
    side
}

/// What levels mean at a statement, each with its number: that it is said of
/// another level is a change.
fn meanings(levels: &[String]) -> String {
    let said = levels.iter().enumerate().filter(|(_, words)| !words.is_empty());
    let lines: Vec<String> = said.map(|(level, words)| format!("Level {level}: {words}")).collect();
    lines.join("\n")
}

impl Side {
    fn push(&mut self, number: u32, row: NodeRow, parent: Option<String>, above: Option<usize>) {
        let at = self.nodes.len();
        self.top
            .push(above.and_then(|above| self.top.get(above).copied()).unwrap_or(at));
        self.above.push(above);
        let texts = [
            ("Description", row.description),
            ("Knowledge", row.knowledge.join("\n")),
            ("Skills", row.skills.join("\n")),
            ("Attitudes", row.attitudes.join("\n")),
            ("Behaviours", row.behaviours.join("\n")),
            (
                "What the levels mean here",
                meanings(&row.level_descriptions.unwrap_or_default()),
            ),
        ];
        self.nodes.push(MapNode {
            edition: number,
            identifier: row.identifier,
            parent,
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
        self.named.push(Named {
            edition: number,
            address: row.address,
            code: row.code,
            title: row.title,
        });
        self.texts.push(texts);
        self.ids.push(row.id);
    }
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
