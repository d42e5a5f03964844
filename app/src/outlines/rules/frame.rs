//! What holds for a whole draft: its words, its scale, how its nodes are
//! called and numbered.

use serde::{Deserialize, Serialize};

use crate::competencies::model::Level;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Frame {
    pub title: String,
    pub description: String,
    pub description_format: String,
    pub language: String,
    pub levels: Vec<Level>,
    /// What the nodes of each depth are called, from the top.
    pub kinds: Vec<String>,
    /// Whether codes follow from the place; else they are given by hand.
    pub numbered: bool,
    /// What stands before the numbers.
    pub prefix: String,
}

impl Frame {
    /// What a node of this depth is called; empty: by Carrel's own word.
    pub fn kind(&self, depth: usize) -> &str {
        self.kinds.get(depth).map_or("", String::as_str)
    }
}
