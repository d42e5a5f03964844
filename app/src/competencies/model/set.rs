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

/// Leaves out the last of each branch until no more than `most` are left, and
/// says at its foot how many: the tree keeps its shape.
pub fn thinned(nodes: Vec<OutlineNode>, most: usize) -> Vec<OutlineNode> {
    if nodes.len() <= most {
        return nodes;
    }
    let ranks = ranks(&nodes);
    let fits = |each: &usize| ranks.iter().filter(|rank| *rank < each).count() <= most;
    // The more of each are kept, the more there are.
    let (mut each, mut beyond) = (1, nodes.len() + 1);
    while each + 1 < beyond {
        let between = usize::midpoint(each, beyond);
        match fits(&between) {
            true => each = between,
            false => beyond = between,
        }
    }
    let mut kept: Vec<OutlineNode> = Vec::with_capacity(most);
    // Depth and number of what is left out of the branches that are open.
    let mut left: Vec<(u32, u32)> = Vec::new();
    for (node, rank) in nodes.into_iter().zip(ranks) {
        while let Some(&(depth, many)) = left.last().filter(|(depth, _)| *depth > node.depth) {
            kept.extend(more(depth, many));
            left.pop();
        }
        if left.last().is_none_or(|(depth, _)| *depth < node.depth) && rank < each {
            left.push((node.depth, 0));
        }
        match left.last_mut() {
            Some((_, many)) if rank >= each => *many += 1,
            _ => kept.push(node),
        }
    }
    while let Some((depth, many)) = left.pop() {
        kept.extend(more(depth, many));
    }
    kept
}

/// The place of each among those beside it, or of what it stands beneath where
/// that is further back.
fn ranks(nodes: &[OutlineNode]) -> Vec<usize> {
    let mut open: Vec<(u32, usize, usize)> = Vec::new();
    let mut ranks = Vec::with_capacity(nodes.len());
    for node in nodes {
        while open.last().is_some_and(|(depth, ..)| *depth > node.depth) {
            open.pop();
        }
        let beside = open
            .last()
            .filter(|(depth, ..)| *depth == node.depth)
            .map(|(_, own, _)| own + 1);
        if beside.is_some() {
            open.pop();
        }
        let above = open.last().map_or(0, |(_, _, rank)| *rank);
        let own = beside.unwrap_or(0);
        open.push((node.depth, own, own.max(above)));
        ranks.push(own.max(above));
    }
    ranks
}

/// A line for what is left out.
fn more(depth: u32, many: u32) -> Option<OutlineNode> {
    (many > 0).then(|| OutlineNode {
        depth,
        code: String::new(),
        title: format!("and {many} more"),
        address: String::new(),
        badge: String::new(),
    })
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
    /// When and why it was retired, where no edition took its place; else empty.
    pub withdrawn: String,
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
    fn what_is_thinned_keeps_the_shape_of_its_tree() {
        let kept = thinned(nodes(&[0, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1]), 9);
        let shape: Vec<(u32, &str)> = kept.iter().map(|node| (node.depth, node.title.as_str())).collect();
        let more = [(1, "and 3 more"), (0, "and 5 more")];
        assert_eq!(shape, [(0, ""), (1, ""), (1, ""), more[0], (0, ""), (1, ""), more[1]]);
        assert_eq!(thinned(nodes(&[0, 1]), 2).len(), 2);
    }

    /// Whatever the tree: no more than asked for is kept, all of it is accounted
    /// for, and what stands beneath something still does.
    #[test]
    fn any_tree_is_thinned_to_what_fits() {
        for seed in 0..400_u32 {
            let mut last = 0;
            let depths: Vec<u32> = (0..60_u32)
                .map(|at| {
                    let next = seed.wrapping_mul(2_654_435_761).wrapping_add(at.wrapping_mul(40_503)) >> 7;
                    last = if at == 0 { 0 } else { next % (last + 2).min(5) };
                    last
                })
                .collect();
            let most = 10 + seed as usize % 40;
            let kept = thinned(nodes(&depths), most);
            let left = |node: &OutlineNode| node.title.split(' ').nth(1).and_then(|many| many.parse::<usize>().ok());
            let own = kept.iter().filter(|node| left(node).is_none()).count();
            let out: usize = kept.iter().filter_map(left).sum();
            assert!(own <= most && own + out == depths.len(), "{seed}: {own} and {out}");
            assert!(kept.windows(2).all(|two| two[1].depth <= two[0].depth + 1), "{seed}");
        }
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
