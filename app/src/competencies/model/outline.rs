//! A tree as lines in reading order, and what of it is left where it is too large
//! or something is looked for.

use serde::{Deserialize, Serialize};

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
    /// How much stands beneath it that is left out here.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub beneath: u32,
    /// Which page of what stands beneath its address it leads to; 0 where it is
    /// the node itself.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub page: u32,
}

fn is_nothing(number: &u32) -> bool {
    *number == 0
}

/// The most nodes of a file that its plan shows.
pub const OUTLINE: usize = 800;

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
        title: format!("and {many} more"),
        ..OutlineNode::default()
    })
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

/// Entries that were looked for, on one page.
pub const FOUND: usize = 200;

/// Of what was found, one page; which it is, and of how many.
pub fn found_page(found: &[bool], page: u32) -> (Vec<bool>, u32, u32) {
    let all = found.iter().filter(|found| **found).count();
    let pages = u32::try_from(all.div_ceil(FOUND).max(1)).unwrap_or(u32::MAX);
    let page = page.clamp(1, pages);
    let from = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(FOUND);
    let mut before = 0;
    let on_page = |found: &bool| {
        before += usize::from(*found);
        *found && from < before && before <= from + FOUND
    };
    (found.iter().map(on_page).collect(), page, pages)
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
    fn all_that_was_found_stands_on_one_page() {
        let found: Vec<bool> = (0..1_000).map(|at| at % 2 == 0).collect();
        let pages: Vec<Vec<bool>> = (1..=3).map(|page| found_page(&found, page).0).collect();
        let many = |page: &Vec<bool>| page.iter().filter(|found| **found).count();
        assert_eq!(pages.iter().map(many).collect::<Vec<_>>(), [200, 200, 100]);
        let again = (0..1_000).map(|at| pages.iter().any(|page| page[at]));
        assert_eq!(again.collect::<Vec<_>>(), found);
        assert_eq!((found_page(&found, 9).1, found_page(&[], 9).2), (3, 1));
    }
}
