//! A draft, whole, as the rules work on it.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use crate::competencies::model::{Level, NodeKind};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId};
use crate::outlines::model::Source;
use crate::outlines::rules::{Abroad, Content, Frame, Link, Node, Outline, Placed};
use crate::vars;

/// A draft and how it stands in the database.
pub(crate) struct Loaded {
    pub outline: Outline,
    pub before: HashMap<Uuid, Placed>,
    pub ids: HashMap<Uuid, NodeId>,
    /// The identifiers of the nodes of other sets that it refers to.
    pub others: HashMap<NodeId, Uuid>,
    /// How often it was changed before.
    pub revision: i64,
}

#[derive(SurrealValue, Clone)]
pub(crate) struct LevelRow {
    pub label: String,
    pub description: String,
}

impl From<LevelRow> for Level {
    fn from(row: LevelRow) -> Self {
        Self {
            label: row.label,
            description: row.description,
        }
    }
}

#[derive(SurrealValue, Clone)]
pub(crate) struct SourceRow {
    pub title: String,
    pub credit: String,
    pub address: String,
}

#[derive(SurrealValue)]
pub(crate) struct FrameRow {
    revision: Option<i64>,
    title: String,
    description: String,
    description_format: String,
    language: String,
    levels: Vec<LevelRow>,
    kinds: Option<Vec<String>>,
    numbered: Option<bool>,
    prefix: Option<String>,
}

impl FrameRow {
    pub fn frame(self) -> Frame {
        Frame {
            title: self.title,
            description: self.description,
            description_format: self.description_format,
            language: self.language,
            levels: self.levels.into_iter().map(Into::into).collect(),
            kinds: self.kinds.unwrap_or_default(),
            numbered: self.numbered.unwrap_or(false),
            prefix: self.prefix.unwrap_or_default(),
        }
    }
}

#[derive(SurrealValue)]
pub(crate) struct NodeRow {
    pub id: NodeId,
    pub identifier: String,
    above: Vec<NodeId>,
    beneath: Option<i64>,
    kind: String,
    pub kind_label: String,
    position: i64,
    pub address: String,
    code: String,
    by_hand: Option<bool>,
    external_id: String,
    title: String,
    description: String,
    description_format: String,
    knowledge: Vec<String>,
    skills: Vec<String>,
    attitudes: Vec<String>,
    behaviours: Vec<String>,
    notes: Option<String>,
    topics: Option<Vec<String>>,
    sources: Option<Vec<SourceRow>>,
    level_descriptions: Option<Vec<String>>,
    came_from: Option<Vec<String>>,
    extra: String,
}

impl NodeRow {
    pub fn beneath(&self) -> u32 {
        self.beneath.and_then(|count| u32::try_from(count).ok()).unwrap_or(0)
    }

    /// What it says; a label that its depth gives is not its own.
    pub fn content(&self, frame: &Frame) -> Content {
        let own = self.kind_label != frame.kind(self.above.len());
        let source = |row: &SourceRow| Source {
            title: row.title.clone(),
            credit: row.credit.clone(),
            address: row.address.clone(),
        };
        Content {
            title: self.title.clone(),
            code: self.code.clone(),
            by_hand: self.by_hand.unwrap_or(false),
            kind_label: if own { self.kind_label.clone() } else { String::new() },
            description: self.description.clone(),
            description_format: self.description_format.clone(),
            knowledge: self.knowledge.clone(),
            skills: self.skills.clone(),
            attitudes: self.attitudes.clone(),
            behaviours: self.behaviours.clone(),
            notes: self.notes.clone().unwrap_or_default(),
            topics: self.topics.clone().unwrap_or_default(),
            sources: self.sources.iter().flatten().map(source).collect(),
            levels: self.level_descriptions.clone().unwrap_or_default(),
            external_id: self.external_id.clone(),
            came_from: self.came_from.clone().unwrap_or_default(),
            extra: self.extra.clone(),
        }
    }
}

#[derive(SurrealValue)]
pub(crate) struct LinkRow {
    origin: NodeId,
    destination: NodeId,
    kind: String,
    extra: String,
}

#[derive(SurrealValue)]
struct AbroadRow {
    identifier: String,
    source: NodeId,
    kind: String,
    by_hand: bool,
    other: Option<String>,
}

/// What of a node the rules work on, as a selection.
macro_rules! node_fields {
    () => {
        "id, identifier, above, beneath, kind, kind_label, position, address, code, by_hand, external_id, title,
            description, description_format, knowledge, skills, attitudes, behaviours, notes, topics, sources,
            level_descriptions, came_from, extra"
    };
}
/// What holds for the whole, as a selection.
macro_rules! frame_fields {
    () => {
        "revision, title, description, description_format, language, levels, kinds, numbered, prefix"
    };
}
pub(crate) use {frame_fields, node_fields};

/// The whole draft.
pub(super) async fn load(db: &Db, edition: &EditionId) -> Result<Loaded> {
    let mut answers = db
        .run(
            concat!(
                "SELECT ", frame_fields!(), " FROM $edition;",
                "SELECT ", node_fields!(), " FROM node WHERE edition = $edition ORDER BY position;",
                "SELECT position, origin, destination, kind, extra FROM cross_reference WHERE edition = $edition ORDER BY position;",
                "SELECT identifier, source, kind, by_hand ?? false AS by_hand, source.identifier AS other FROM origin
                    WHERE edition = $edition ORDER BY identifier, source, kind;",
                "SELECT VALUE extra FROM $edition;"
            ),
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let row = answers.row::<FrameRow>(0)?.ok_or(AppError::NotFound)?;
    let rows = answers.rows::<NodeRow>(1)?;
    let links = answers.rows::<LinkRow>(2)?;
    let rows_abroad = answers.rows::<AbroadRow>(3)?;
    let kept = answers.row::<String>(4)?.unwrap_or_default();
    let mut loaded = assembled(row, rows, links)?;
    for row in rows_abroad {
        if let Some(other) = &row.other {
            loaded.others.insert(row.source.clone(), uuid(other)?);
        }
        if row.by_hand {
            loaded.outline.abroad.push(Abroad {
                from: uuid(&row.identifier)?,
                to: row.source,
                kind: row.kind,
            });
        }
    }
    loaded.outline.kept = kept;
    Ok(loaded)
}

/// A draft, or any edition, of its rows in reading order.
pub(crate) fn assembled(row: FrameRow, rows: Vec<NodeRow>, links: Vec<LinkRow>) -> Result<Loaded> {
    let revision = row.revision.unwrap_or(0);
    let frame = row.frame();
    let mut names: HashMap<NodeId, Uuid> = HashMap::with_capacity(rows.len());
    for row in &rows {
        names.insert(row.id.clone(), uuid(&row.identifier)?);
    }
    let name = |id: &NodeId| {
        names
            .get(id)
            .copied()
            .ok_or_else(|| AppError::internal("outline", "a node is missing"))
    };
    let (mut nodes, mut before) = (Vec::with_capacity(rows.len()), HashMap::with_capacity(rows.len()));
    for row in rows {
        let (identifier, content) = (name(&row.id)?, row.content(&frame));
        nodes.push(Node {
            identifier,
            depth: row.above.len(),
            content: content.clone(),
        });
        let placed = Placed {
            identifier,
            above: row.above.iter().map(name).collect::<Result<_>>()?,
            beneath: row
                .beneath
                .and_then(|count| usize::try_from(count).ok())
                .unwrap_or(usize::MAX),
            kind: NodeKind::parse(&row.kind).unwrap_or(NodeKind::Statement),
            kind_label: row.kind_label,
            position: row.position,
            address: row.address,
            content,
        };
        before.insert(identifier, placed);
    }
    // A reference to what is not there is left alone.
    let link = |row: LinkRow| {
        Some(Link {
            from: *names.get(&row.origin)?,
            to: *names.get(&row.destination)?,
            kind: row.kind,
            extra: row.extra,
        })
    };
    let outline = Outline {
        links: links.into_iter().filter_map(link).collect(),
        frame,
        nodes,
        abroad: Vec::new(),
        kept: String::new(),
    };
    let ids = names.into_iter().map(|(id, identifier)| (identifier, id)).collect();
    Ok(Loaded {
        outline,
        before,
        ids,
        others: HashMap::new(),
        revision,
    })
}

pub(super) fn uuid(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|error| AppError::internal("identifier", error))
}

impl Loaded {
    /// The identifier of a node of this draft.
    pub fn identifier(&self, node: &NodeId) -> Result<Uuid> {
        let found = self.ids.iter().find(|(_, id)| *id == node);
        found.map(|(identifier, _)| *identifier).ok_or(AppError::NotFound)
    }
}
