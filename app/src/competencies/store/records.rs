//! A set as it stands in the database: what is written of it.

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::LevelRow;
use super::reading::format_word;
use super::remarks::SourceRow;
use crate::competencies::import::shape::{Placed, placed, rendered};
use crate::error::{AppError, Result};
use crate::exchange::{ExchangeLevel, ExchangeNode, ExchangeReference, ExchangeSet, ExchangeSource};
use crate::id::{EditionId, NodeId};

#[derive(SurrealValue)]
pub(super) struct NodeRecord {
    pub(super) id: NodeId,
    pub(super) edition: EditionId,
    pub(super) identifier: String,
    pub(super) parent: Option<NodeId>,
    pub(super) above: Vec<NodeId>,
    pub(super) beneath: i64,
    pub(super) kind: String,
    pub(super) kind_label: String,
    pub(super) depth: i64,
    pub(super) position: i64,
    pub(super) address: String,
    pub(super) code: String,
    pub(super) external_id: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) description_format: String,
    pub(super) description_html: String,
    pub(super) knowledge: Vec<String>,
    pub(super) skills: Vec<String>,
    pub(super) attitudes: Vec<String>,
    pub(super) behaviours: Vec<String>,
    pub(super) by_hand: Option<bool>,
    pub(super) notes: Option<String>,
    pub(super) topics: Option<Vec<String>>,
    pub(super) sources: Option<Vec<SourceRow>>,
    pub(super) level_descriptions: Option<Vec<String>>,
    pub(super) came_from: Option<Vec<String>>,
    pub(super) extra: String,
}

impl NodeRecord {
    /// About how much its texts take.
    pub(super) fn bytes(&self) -> usize {
        let details = [&self.knowledge, &self.skills, &self.attitudes, &self.behaviours];
        let details = details.into_iter().flatten().map(String::len).sum::<usize>();
        let beside = [&self.topics, &self.level_descriptions];
        let beside = beside.into_iter().flatten().flatten().map(String::len).sum::<usize>();
        let beside =
            beside + self.notes.as_ref().map_or(0, String::len) + self.sources.as_ref().map_or(0, Vec::len) * 200;
        beside + self.title.len() + self.description.len() + self.description_html.len() + self.extra.len() + details
    }
}

#[derive(SurrealValue)]
pub(super) struct ReferenceRecord {
    pub(super) edition: EditionId,
    pub(super) origin: NodeId,
    pub(super) destination: NodeId,
    pub(super) kind: String,
    pub(super) position: i64,
    pub(super) extra: String,
}

/// What is said about a set: it stands on the edition, and on the set once the
/// edition is published.
#[derive(SurrealValue)]
pub(super) struct WordsRecord {
    pub(super) external_id: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) description_format: String,
    pub(super) description_html: String,
    pub(super) language: String,
    pub(super) creator: String,
    pub(super) licence: String,
    pub(super) extra: String,
}

fn words(set: &ExchangeSet) -> WordsRecord {
    WordsRecord {
        external_id: set.external_id.clone().unwrap_or_default(),
        title: set.title.clone(),
        description: set.description.clone(),
        description_format: format_word(set.description_format).to_owned(),
        description_html: rendered(&set.description, set.description_format),
        language: set.language.clone().unwrap_or_default(),
        creator: set.creator.clone().unwrap_or_default(),
        licence: set.licence.clone().unwrap_or_default(),
        extra: set.extra.to_string(),
    }
}

pub(super) type Records = (WordsRecord, Vec<LevelRow>, Vec<NodeRecord>, Vec<ReferenceRecord>);

pub(super) fn records(edition: &EditionId, set: &ExchangeSet) -> Result<Records> {
    let places = placed(set);
    let key = |identifier: Uuid| node_key(edition, identifier);
    let some = |list: &Option<Vec<String>>| list.clone().filter(|list| !list.is_empty());
    let sources = |sources: &Option<Vec<ExchangeSource>>| {
        let sources = sources.as_ref().filter(|sources| !sources.is_empty())?;
        Some(sources.iter().cloned().map(Into::into).collect::<Vec<SourceRow>>())
    };
    let node = |(position, (node, place)): (usize, (&ExchangeNode, &Placed))| {
        Ok(NodeRecord {
            id: key(node.identifier)?,
            edition: edition.clone(),
            identifier: node.identifier.to_string(),
            parent: node.parent.map(key).transpose()?,
            above: place.above.iter().map(|above| key(*above)).collect::<Result<_>>()?,
            beneath: i64::from(place.beneath),
            kind: place.kind.as_str().to_owned(),
            kind_label: node.kind.clone().unwrap_or_default(),
            depth: i64::try_from(place.above.len()).unwrap_or(0),
            position: i64::try_from(position).unwrap_or(0),
            address: place.address.clone(),
            code: node.code.clone().unwrap_or_default(),
            external_id: node.external_id.clone().unwrap_or_default(),
            title: node.title.clone(),
            description: node.description.clone(),
            description_format: format_word(node.description_format).to_owned(),
            description_html: rendered(&node.description, node.description_format),
            knowledge: node.details.knowledge.clone(),
            skills: node.details.skills.clone(),
            attitudes: node.details.attitudes.clone(),
            behaviours: node.details.behaviours.clone(),
            by_hand: node.remarks.by_hand.filter(|by_hand| *by_hand),
            notes: node.remarks.notes.clone().filter(|notes| !notes.is_empty()),
            topics: some(&node.remarks.topics),
            sources: sources(&node.remarks.sources),
            level_descriptions: some(&node.remarks.levels),
            came_from: some(&node.remarks.came_from),
            extra: node.extra.to_string(),
        })
    };
    let nodes = set
        .nodes
        .iter()
        .zip(&places)
        .enumerate()
        .map(node)
        .collect::<Result<Vec<_>>>()?;
    let reference = |(position, reference): (usize, &ExchangeReference)| {
        Ok(ReferenceRecord {
            edition: edition.clone(),
            origin: key(reference.from)?,
            destination: key(reference.to)?,
            kind: reference.kind.clone(),
            position: i64::try_from(position).unwrap_or(0),
            extra: reference.extra.to_string(),
        })
    };
    let references = set
        .references
        .iter()
        .enumerate()
        .map(reference)
        .collect::<Result<Vec<_>>>()?;
    let level = |level: &ExchangeLevel| LevelRow {
        label: level.label.clone(),
        description: level.description.clone(),
    };
    Ok((words(set), set.scale.iter().map(level).collect(), nodes, references))
}

/// The record of a node follows from its edition and identifier, so that what
/// points to a node of a draft still does after the draft was imported again.
pub fn node_key(edition: &EditionId, identifier: Uuid) -> Result<NodeId> {
    let key = Uuid::new_v5(&identifier, edition.as_str().as_bytes())
        .simple()
        .to_string();
    NodeId::parse(&key).ok_or(AppError::Internal)
}
