//! Records of a draft, as they are written.

use std::collections::{HashMap, HashSet};

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::loading::{LevelRow, SourceRow};
use crate::competencies::import::shape::{format_of, rendered};
use crate::error::{AppError, Result};
use crate::exchange::case;
use crate::id::{EditionId, NodeId};
use crate::outlines::rules::{Abroad, Frame, Link, Placed};

#[derive(SurrealValue)]
pub(super) struct FrameRecord {
    revision: i64,
    statements: i64,
    competencies: i64,
    title: String,
    description: String,
    description_html: String,
    language: String,
    levels: Vec<LevelRow>,
    kinds: Vec<String>,
    numbered: bool,
    prefix: String,
}

#[derive(SurrealValue)]
pub(super) struct NodeRecord {
    id: NodeId,
    edition: EditionId,
    identifier: String,
    parent: Option<NodeId>,
    above: Vec<NodeId>,
    beneath: i64,
    kind: String,
    kind_label: String,
    depth: i64,
    position: i64,
    address: String,
    code: String,
    by_hand: Option<bool>,
    external_id: String,
    title: String,
    description: String,
    description_format: String,
    description_html: String,
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

#[derive(SurrealValue)]
pub(super) struct LinkRecord {
    origin: NodeId,
    destination: NodeId,
    kind: String,
    extra: String,
    number: i64,
}

pub(super) fn frame_record(frame: &Frame, revision: i64, statements: usize, competencies: usize) -> FrameRecord {
    let count = |number: usize| i64::try_from(number).unwrap_or(0);
    let level = |level: &crate::competencies::model::Level| LevelRow {
        label: level.label.clone(),
        description: level.description.clone(),
    };
    FrameRecord {
        revision,
        statements: count(statements),
        competencies: count(competencies),
        title: frame.title.clone(),
        description: frame.description.clone(),
        description_html: rendered(&frame.description, format_of(&frame.description_format)),
        language: frame.language.clone(),
        levels: frame.levels.iter().map(level).collect(),
        kinds: frame.kinds.clone(),
        numbered: frame.numbered,
        prefix: frame.prefix.clone(),
    }
}

pub(super) fn record(edition: &EditionId, node: Placed, ids: &HashMap<Uuid, NodeId>) -> Result<NodeRecord> {
    let id = |identifier: &Uuid| ids.get(identifier).cloned().ok_or(AppError::Internal);
    let said = node.content;
    let some = |list: Vec<String>| Some(list).filter(|list| !list.is_empty());
    let source = |source: crate::outlines::model::Source| SourceRow {
        title: source.title,
        credit: source.credit,
        address: source.address,
    };
    let sources: Vec<SourceRow> = said.sources.into_iter().map(source).collect();
    Ok(NodeRecord {
        id: id(&node.identifier)?,
        edition: edition.clone(),
        identifier: node.identifier.to_string(),
        parent: node.above.last().map(id).transpose()?,
        depth: i64::try_from(node.above.len()).unwrap_or(0),
        above: node.above.iter().map(id).collect::<Result<_>>()?,
        beneath: i64::try_from(node.beneath).unwrap_or(0),
        kind: node.kind.as_str().to_owned(),
        kind_label: node.kind_label,
        position: node.position,
        address: node.address,
        code: said.code,
        by_hand: said.by_hand.then_some(true),
        external_id: said.external_id,
        title: said.title,
        description_html: rendered(&said.description, format_of(&said.description_format)),
        description: said.description,
        description_format: said.description_format,
        knowledge: said.knowledge,
        skills: said.skills,
        attitudes: said.attitudes,
        behaviours: said.behaviours,
        notes: Some(said.notes).filter(|notes| !notes.is_empty()),
        topics: some(said.topics),
        sources: Some(sources).filter(|sources| !sources.is_empty()),
        level_descriptions: some(said.levels),
        came_from: some(said.came_from),
        extra: said.extra,
    })
}

#[derive(SurrealValue)]
pub(super) struct AbroadRecord {
    identifier: String,
    source: NodeId,
    kind: String,
}

/// The references to other sets of the one that the other has not.
pub(super) fn abroad(one: &[Abroad], other: &[Abroad]) -> Vec<AbroadRecord> {
    let known: HashSet<&Abroad> = other.iter().collect();
    let missing = one.iter().filter(|own| !known.contains(own));
    let record = |own: &Abroad| AbroadRecord {
        identifier: own.from.to_string(),
        source: own.to.clone(),
        kind: own.kind.clone(),
    };
    missing.map(record).collect()
}

#[derive(SurrealValue)]
pub(super) struct OutsideRecord {
    identifier: String,
    other: String,
    kind: String,
}

/// What a package says of other sets where it is kept so, and not where it is kept
/// otherwise.
pub(super) fn outside(one: &str, other: &str) -> Result<Vec<OutsideRecord>> {
    if one == other {
        return Ok(Vec::new());
    }
    let told = |kept: &str| {
        let kept = serde_json::from_str(if kept.is_empty() { "null" } else { kept });
        let kept = kept.map_err(|error| AppError::internal("what a package says", error))?;
        let told = case::leading_out(&kept).into_iter();
        Ok::<HashSet<_>, AppError>(told.map(|(own, _)| (own.from, own.to, own.kind)).collect())
    };
    let record = |(from, to, kind): &(Uuid, Uuid, String)| OutsideRecord {
        identifier: from.to_string(),
        other: to.to_string(),
        kind: kind.clone(),
    };
    Ok(told(one)?.difference(&told(other)?).map(record).collect())
}

/// The cross-references of the one that the other has not.
pub(super) fn links(one: &[Link], other: &[Link], ids: &HashMap<Uuid, NodeId>) -> Result<Vec<LinkRecord>> {
    let known: HashSet<(Uuid, Uuid, &str)> = other
        .iter()
        .map(|link| (link.from, link.to, link.kind.as_str()))
        .collect();
    let missing = one
        .iter()
        .filter(|link| !known.contains(&(link.from, link.to, link.kind.as_str())));
    let id = |identifier: &Uuid| ids.get(identifier).cloned().ok_or(AppError::Internal);
    let record = |(number, link): (i64, &Link)| {
        Ok(LinkRecord {
            origin: id(&link.from)?,
            destination: id(&link.to)?,
            kind: link.kind.clone(),
            extra: link.extra.clone(),
            number,
        })
    };
    (1..).zip(missing).map(record).collect()
}
