//! Sections published ahead of the rest, as pure rules (docs/decisions/0019-sections-ahead.md).
//!
//! An edition that holds only some sections of a draft goes on from those earlier
//! statements that the map leads into them, and from no others: what it does not
//! hold stands where it stood. An earlier edition retires once nothing in it is
//! left to go on.

use std::collections::{HashMap, HashSet};

use super::mapping::{Decision, Map, MapNode, map};

/// The map of the sections that are published ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// Places of the earlier nodes that go on, in their order.
    pub old: Vec<usize>,
    /// Places of the draft's nodes that are published, in their order.
    pub new: Vec<usize>,
    /// From the one to the other; none of it is retired.
    pub map: Map,
}

/// Why sections cannot be published ahead yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// So many earlier nodes that lead into them wait to be confirmed.
    Waiting(usize),
    /// An earlier node goes on elsewhere, while its identifier is in these
    /// sections: published now, it would stand for two things.
    Elsewhere(usize),
}

/// What follows when the nodes at `chosen` places of the draft are published: the
/// map, restricted to them.
pub fn ahead(old: &[MapNode], new: &[MapNode], whole: &Map, chosen: &HashSet<usize>) -> Result<Ahead, Refused> {
    let leads = |at: usize| -> Vec<usize> {
        let into = whole.mappings[at].becomes.iter().copied();
        into.filter(|to| chosen.contains(to)).collect()
    };
    let names: HashSet<&str> = chosen.iter().map(|at| new[*at].identifier.as_str()).collect();
    let mut places = Vec::new();
    let mut waiting = 0;
    for (at, node) in old.iter().enumerate() {
        if !leads(at).is_empty() {
            waiting += usize::from(!whole.mappings[at].confirmed);
            places.push(at);
        } else if names.contains(node.identifier.as_str()) {
            return Err(Refused::Elsewhere(at));
        }
    }
    if waiting > 0 {
        return Err(Refused::Waiting(waiting));
    }
    let mut published: Vec<usize> = chosen.iter().copied().collect();
    published.sort_unstable();
    let before: Vec<MapNode> = places.iter().map(|at| old[*at].clone()).collect();
    let after: Vec<MapNode> = published.iter().map(|at| new[*at].clone()).collect();
    let decided = |at: &usize| {
        let mapping = &whole.mappings[*at];
        let into = leads(*at);
        let decision = Decision {
            kind: mapping.kind,
            means_same: mapping.means_same && into.len() == 1,
            becomes: into.iter().map(|to| new[*to].identifier.clone()).collect(),
            print: String::new(),
        };
        (old[*at].identifier.clone(), decision)
    };
    let decisions: HashMap<String, Decision> = places.iter().map(decided).collect();
    Ok(Ahead {
        map: map(&before, &after, &decisions),
        old: places,
        new: published,
    })
}

/// Which editions go on wholly: each is given by its nodes, and `continued` holds
/// all that goes on into the edition that is published. What went on into an
/// earlier one stays in force until a whole edition comes, since what jobs need is
/// said against one edition.
pub fn covered<'a, N: Eq + std::hash::Hash + 'a, E: Copy>(
    editions: impl Iterator<Item = (E, &'a [N])>,
    continued: &HashSet<&N>,
) -> Vec<E> {
    editions
        .filter(|(_, nodes)| nodes.iter().all(|node| continued.contains(node)))
        .map(|(edition, _)| edition)
        .collect()
}

/// Where what stands at a node goes on at last, through maps one after the other;
/// the node itself where nothing is said of it. `steps` gives what a node becomes.
pub fn heirs<N: Clone + Ord + std::hash::Hash>(node: &N, steps: &HashMap<N, Vec<N>>) -> Vec<N> {
    let mut found = Vec::new();
    let mut seen: HashSet<N> = HashSet::from([node.clone()]);
    let mut open: Vec<N> = steps.get(node).cloned().unwrap_or_default();
    while let Some(next) = open.pop() {
        if !seen.insert(next.clone()) {
            continue;
        }
        match steps.get(&next) {
            Some(on) => open.extend(on.iter().cloned()),
            None => found.push(next),
        }
    }
    found.sort();
    found
}

/// The nodes at which a way through maps ends for good: what became nothing.
pub fn ends<N: Clone + Ord + std::hash::Hash>(node: &N, steps: &HashMap<N, Vec<N>>) -> Vec<N> {
    let mut found = Vec::new();
    let mut seen: HashSet<N> = HashSet::new();
    let mut open = vec![node.clone()];
    while let Some(next) = open.pop() {
        match steps.get(&next) {
            Some(on) if on.is_empty() => found.push(next),
            Some(on) if seen.insert(next) => open.extend(on.iter().cloned()),
            _ => {}
        }
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests;
