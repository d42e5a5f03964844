//! The list of sets, and one edition of a set.

use serde::{Deserialize, Serialize};

use super::{EditionState, Level};
use crate::id::EditionId;

/// The list of sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetList {
    pub sets: Vec<SetCard>,
    pub page: u32,
    pub pages: u32,
    pub may_import: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetCard {
    pub slug: String,
    pub title: String,
    /// The beginning of the description, without markup.
    pub summary: String,
    pub owner: String,
    pub language: String,
    /// Those that the viewer may see, newest first.
    pub editions: Vec<EditionCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionCard {
    pub number: u32,
    pub state: EditionState,
    pub statements: u32,
    pub competencies: u32,
    /// The day it was published, or made when it is not.
    pub day: String,
}

/// A node in an outline: flat, in reading order, with its depth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineNode {
    pub depth: u32,
    pub code: String,
    pub title: String,
    /// Its address within the edition; empty when it has no page yet.
    pub address: String,
    /// A few words at the end of its line.
    pub badge: String,
}

/// The most nodes that a page shows in one outline.
pub const OUTLINE: usize = 800;

/// Leaves out the deepest nodes until no more than `most` are left, and says
/// on what was cut how much stands beneath it.
pub fn pruned(nodes: Vec<OutlineNode>, most: usize) -> Vec<OutlineNode> {
    if nodes.len() <= most {
        return nodes;
    }
    let top = nodes.iter().map(|node| node.depth).min().unwrap_or(0);
    let deepest = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    let fits = |depth: &u32| nodes.iter().filter(|node| node.depth <= *depth).count() <= most;
    let depth = (top..deepest).rev().find(fits).unwrap_or(top);
    let mut kept: Vec<OutlineNode> = Vec::with_capacity(most);
    let mut beneath = 0;
    for node in nodes {
        if node.depth > depth {
            beneath += 1;
            continue;
        }
        if kept.len() == most {
            break;
        }
        note_cut(kept.last_mut(), beneath);
        beneath = 0;
        kept.push(node);
    }
    note_cut(kept.last_mut(), beneath);
    kept
}

fn note_cut(node: Option<&mut OutlineNode>, beneath: u32) {
    if let Some(node) = node.filter(|_| beneath > 0) {
        node.badge = format!("{beneath} beneath");
    }
}

/// One edition of a set, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPage {
    pub edition: EditionId,
    pub slug: String,
    pub title: String,
    pub description_html: String,
    pub language: String,
    pub owner: String,
    pub creator: String,
    pub licence: String,
    pub shown: EditionCard,
    /// All that the viewer may see, newest first.
    pub editions: Vec<EditionCard>,
    pub levels: Vec<Level>,
    pub outline: Vec<OutlineNode>,
    pub role_profiles: Vec<RoleProfileCard>,
    pub may_curate: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleProfileCard {
    pub slug: String,
    pub title: String,
    pub description: String,
    pub statements: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(depths: &[u32]) -> Vec<OutlineNode> {
        depths
            .iter()
            .map(|depth| OutlineNode {
                depth: *depth,
                ..OutlineNode::default()
            })
            .collect()
    }

    #[test]
    fn a_large_outline_loses_its_deepest_level_and_says_so() {
        let kept = pruned(nodes(&[0, 1, 2, 2, 1, 2, 0]), 4);
        assert_eq!(kept.iter().map(|node| node.depth).collect::<Vec<_>>(), [0, 1, 1, 0]);
        assert_eq!(
            kept.iter().map(|node| node.badge.as_str()).collect::<Vec<_>>(),
            ["", "2 beneath", "1 beneath", ""]
        );
        assert_eq!(pruned(nodes(&[0, 1]), 2).len(), 2);
        assert_eq!(pruned(nodes(&[0; 50]), 10).len(), 10);
    }
}
