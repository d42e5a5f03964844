//! The list of sets, and one edition of a set.

use serde::{Deserialize, Serialize};

use super::{EditionState, Level};
use crate::derivations::model::{DerivedSet, SourceLink};
use crate::id::EditionId;
use crate::reviews::model::{ChangedSince, Hindrance};

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
    /// Whether it holds only some sections, published ahead of the rest.
    pub partial: bool,
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

/// What of an edition is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looking {
    pub words: String,
    /// A kind of node by its label.
    pub kind: String,
    /// Only what some course or resource serves.
    pub learning: bool,
    /// Only what one serves up to this level.
    pub level: Option<u32>,
}

impl Looking {
    /// Characters of the words.
    pub const MOST: usize = 200;

    pub fn new(words: &str, kind: &str, learning: bool, level: Option<u32>) -> Self {
        let words: String = words.trim().chars().take(Self::MOST).collect();
        let kind = kind.trim().chars().take(Self::MOST).collect();
        Self {
            words,
            kind,
            learning,
            level,
        }
    }

    /// Whether anything is asked for.
    pub fn is_active(&self) -> bool {
        self.needs_learning() || !self.words.is_empty() || !self.kind.is_empty()
    }

    /// Whether it matters what serves a statement.
    pub fn needs_learning(&self) -> bool {
        self.learning || self.level.is_some()
    }

    /// Whether a node is looked for: each word stands somewhere in its text.
    pub fn finds(&self, text: &str, kind: &str, served: &[u32]) -> bool {
        let text = text.to_lowercase();
        let level = self.level.is_none_or(|level| served.contains(&level));
        self.words
            .to_lowercase()
            .split_whitespace()
            .all(|word| text.contains(word))
            && (self.kind.is_empty() || self.kind == kind)
            && (!self.learning || !served.is_empty())
            && level
    }
}

/// Of a flat outline, the nodes at which `found` is true and all above them.
pub fn with_all_above(nodes: Vec<OutlineNode>, found: &[bool]) -> Vec<OutlineNode> {
    let mut kept = found.to_vec();
    kept.resize(nodes.len(), false);
    let mut needed: Option<u32> = None;
    for (at, node) in nodes.iter().enumerate().rev() {
        let above = needed.is_some_and(|depth| node.depth < depth);
        kept[at] = kept[at] || above;
        if kept[at] {
            needed = Some(node.depth);
        }
    }
    nodes
        .into_iter()
        .zip(kept)
        .filter(|(_, kept)| *kept)
        .map(|(node, _)| node)
        .collect()
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
    /// What is looked for, and how many nodes were found; none when nothing is.
    pub looking: Looking,
    pub found: Option<u32>,
    /// The labels of its kinds of nodes.
    pub kinds: Vec<String>,
    /// Those that are open to the viewer.
    pub role_profiles: Vec<RoleProfileCard>,
    /// Whether the viewer may make some of their own.
    pub may_profile: bool,
    /// Who reviewed it and agrees to be named.
    pub acknowledged: Vec<String>,
    /// Statements of it that were changed after that and not reviewed again.
    pub unreviewed: u32,
    /// The review that keeps a draft from being published, for its curators.
    pub in_review: Option<Hindrance>,
    /// What of a draft was changed after its review, for its curators.
    pub changed: ChangedSince,
    pub may_curate: bool,
    /// Whether the viewer may derive a set of their own from it.
    pub may_derive: bool,
    /// The edition that the set was derived from, if it was.
    pub derived_from: Option<SourceLink>,
    /// Sets that were derived from it and that the viewer may see.
    pub derived: Vec<DerivedSet>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleProfileCard {
    pub slug: String,
    pub title: String,
    pub description: String,
    /// Whose it is.
    pub organisation: String,
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
    fn what_is_found_keeps_its_way_down() {
        let titles = |kept: Vec<OutlineNode>| kept.into_iter().map(|node| node.title).collect::<Vec<_>>().concat();
        let named = || {
            let mut nodes = nodes(&[0, 1, 2, 2, 1, 2, 0, 1]);
            nodes
                .iter_mut()
                .zip("abcdefgh".chars())
                .for_each(|(node, name)| node.title = name.into());
            nodes
        };
        let found = |letters: &str| {
            "abcdefgh"
                .chars()
                .map(|name| letters.contains(name))
                .collect::<Vec<_>>()
        };
        assert_eq!(titles(with_all_above(named(), &found("d"))), "abd");
        assert_eq!(titles(with_all_above(named(), &found("bh"))), "abgh");
        assert_eq!(titles(with_all_above(named(), &found("f"))), "aef");
        assert_eq!(titles(with_all_above(named(), &[])), "");
    }

    #[test]
    fn words_kinds_and_learning_are_looked_for_together() {
        let finds = |words: &str, kind: &str, learning, level| {
            Looking::new(words, kind, learning, level).finds("LM 1 Explains the Budget", "Skill", &[2])
        };
        assert!(finds("", "", false, None) && finds(" budget explains", "Skill", true, Some(2)));
        assert!(!finds("budget money", "", false, None) && !finds("", "Domain", false, None));
        assert!(!finds("", "", false, Some(3)) && !Looking::new("", "", true, None).finds("a", "b", &[]));
        assert!(!Looking::default().is_active() && Looking::new(" x", "", false, None).is_active());
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
