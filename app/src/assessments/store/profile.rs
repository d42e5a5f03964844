//! Rows that several pages load.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};

use crate::assessments::model::{Level, Said};
use crate::id::{NodeId, RoleProfileId};

#[derive(SurrealValue, Clone)]
pub(super) struct LevelRow {
    label: String,
    description: String,
}

/// A scale as the screens need it.
pub(super) fn levels(rows: Vec<LevelRow>) -> Vec<Level> {
    rows.into_iter()
        .map(|row| Level {
            label: row.label,
            description: row.description,
        })
        .collect()
}

/// A role profile with its edition.
#[derive(SurrealValue)]
pub(super) struct ProfileRow {
    pub id: RoleProfileId,
    pub slug: String,
    pub title: String,
    pub state: String,
    pub number: i64,
    pub levels: Vec<LevelRow>,
    pub language: String,
    pub set_slug: String,
    pub set_title: String,
}

impl ProfileRow {
    /// Where the edition's statements stand in the index.
    pub fn base(&self) -> String {
        format!("/index/{}/{}", self.set_slug, self.number)
    }
}

#[derive(SurrealValue, Clone)]
pub(super) struct NodeRow {
    pub id: NodeId,
    pub code: String,
    pub title: String,
    pub address: String,
    pub position: i64,
    pub parent: Option<NodeId>,
}

/// A statement that a role needs.
#[derive(SurrealValue)]
pub(super) struct TargetRow {
    pub level: i64,
    pub node: NodeRow,
}

#[derive(SurrealValue)]
pub(super) struct RatingRow {
    pub node: NodeId,
    pub level: Option<i64>,
    pub aimed_at: Option<i64>,
    pub not_my_work: bool,
    pub note: String,
    pub at: Datetime,
}

impl RatingRow {
    pub fn said(&self) -> Said {
        match self.level {
            Some(level) if !self.not_my_work => Said::Level(number(level)),
            _ => Said::NotMyWork,
        }
    }
}

/// Ratings by what they are of.
pub(super) fn by_node(rows: Vec<RatingRow>) -> HashMap<NodeId, RatingRow> {
    rows.into_iter().map(|row| (row.node.clone(), row)).collect()
}

/// A count or level as the wire has it.
pub(super) fn number(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(0)
}
