//! An edition's tree and what a role profile needs of it.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use super::count;
use crate::id::NodeId;
use crate::role_profiles::rules::{Entry, Section, sections};

#[derive(SurrealValue)]
pub(super) struct NodeRow {
    pub id: NodeId,
    pub depth: i64,
    pub kind: String,
    pub code: String,
    pub title: String,
}

#[derive(SurrealValue)]
pub(super) struct LevelAtRow {
    node: NodeId,
    level: i64,
}

/// Bound by what an edition may hold.
macro_rules! tree {
    ($edition:literal, $profile:literal) => {
        concat!(
            "SELECT id, depth, kind, code, title, position FROM node WHERE edition = ",
            $edition,
            " ORDER BY position LIMIT 10000;
             SELECT node, level FROM target WHERE role_profile = ",
            $profile,
            " LIMIT 10000;"
        )
    };
}
pub(super) use tree;

/// All nodes in reading order, their sections, and the levels needed.
pub(super) struct Tree {
    pub nodes: Vec<NodeRow>,
    pub sections: Vec<Section>,
    levels: HashMap<NodeId, u32>,
}

impl Tree {
    pub fn new(nodes: Vec<NodeRow>, levels: Vec<LevelAtRow>) -> Self {
        let entry = |row: &NodeRow| Entry {
            key: row.id.to_string(),
            depth: count(row.depth),
            words: format!("{} {}", row.code, row.title).trim().to_owned(),
            statement: row.kind == "statement",
        };
        let entries: Vec<Entry> = nodes.iter().map(entry).collect();
        Self {
            sections: sections(&entries),
            nodes,
            levels: levels.into_iter().map(|row| (row.node, count(row.level))).collect(),
        }
    }

    pub fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key == key)
    }

    /// The level needed at a place.
    pub fn level(&self, at: usize) -> Option<u32> {
        self.nodes.get(at).and_then(|node| self.levels.get(&node.id)).copied()
    }

    pub fn needed(&self, section: &Section) -> u32 {
        let needed = section.statements.iter().filter(|(at, _)| self.level(*at).is_some());
        u32::try_from(needed.count()).unwrap_or(0)
    }
}
