//! From an outline to what stands in the database: place, kind, address and
//! position of each node, and which of them have changed.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::outline::{Content, Outline};
use crate::competencies::model::NodeKind;

/// A node as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    pub identifier: Uuid,
    /// All above it, from the top.
    pub above: Vec<Uuid>,
    pub beneath: usize,
    pub kind: NodeKind,
    /// What it is called: its own word, or that of its depth.
    pub kind_label: String,
    /// In reading order; with gaps, so that few change when one moves.
    pub position: i64,
    pub address: String,
    pub content: Content,
}

/// What has to be written.
#[derive(Debug, Default, PartialEq)]
pub struct Changes {
    pub removed: Vec<Uuid>,
    /// Those whose address another takes over first.
    pub parked: Vec<Uuid>,
    /// In an order in which each address is free when it is taken.
    pub changed: Vec<Placed>,
    pub added: Vec<Placed>,
    pub statements: usize,
    pub competencies: usize,
}

const GAP: i64 = 1024;
/// Positions stay well below what readers take for the end of everything.
const FURTHEST: i64 = 500_000_000;

/// What of an outline is not as it stands in the database.
pub fn written(outline: &Outline, before: &HashMap<Uuid, Placed>) -> Changes {
    let placed = placed(outline, before);
    let of = |kind: NodeKind| placed.iter().filter(|node| node.kind == kind).count();
    let (statements, competencies) = (of(NodeKind::Statement), of(NodeKind::Competency));
    let left: HashSet<Uuid> = placed.iter().map(|node| node.identifier).collect();
    let removed = before
        .keys()
        .filter(|identifier| !left.contains(identifier))
        .copied()
        .collect();
    let (known, added): (Vec<_>, Vec<_>) = placed
        .into_iter()
        .partition(|node| before.contains_key(&node.identifier));
    let changed = known
        .into_iter()
        .filter(|node| before.get(&node.identifier) != Some(node))
        .collect();
    let (parked, changed) = ordered(changed, before);
    Changes {
        removed,
        parked,
        changed,
        added,
        statements,
        competencies,
    }
}

fn placed(outline: &Outline, before: &HashMap<Uuid, Placed>) -> Vec<Placed> {
    let old: Vec<Option<i64>> = outline
        .nodes
        .iter()
        .map(|node| before.get(&node.identifier).map(|old| old.position))
        .collect();
    let places = positions(&old);
    let addresses = addresses(outline);
    let mut above: Vec<Uuid> = Vec::new();
    let nodes = outline.nodes.iter().zip(places.into_iter().zip(addresses)).enumerate();
    nodes
        .map(|(at, (node, (position, address)))| {
            above.truncate(node.depth);
            let beneath = outline.end(at) - at - 1;
            let label = &node.content.kind_label;
            let placed = Placed {
                identifier: node.identifier,
                above: above.clone(),
                beneath,
                kind: NodeKind::of(u32::try_from(node.depth).unwrap_or(u32::MAX), beneath > 0),
                kind_label: if label.is_empty() {
                    outline.frame.kind(node.depth).to_owned()
                } else {
                    label.clone()
                },
                position,
                address,
                content: node.content.clone(),
            };
            above.push(node.identifier);
            placed
        })
        .collect()
}

/// The code of each node in addresses.
pub fn addresses(outline: &Outline) -> Vec<String> {
    let codes = outline
        .nodes
        .iter()
        .map(|node| (node.identifier, node.content.code.as_str()));
    crate::competencies::import::shape::addresses(&codes.collect::<Vec<_>>())
}

/// Positions in order, of which as few as can be differ from the old ones.
pub fn positions(old: &[Option<i64>]) -> Vec<i64> {
    let kept = longest_rising(old);
    let mut places: Vec<Option<i64>> = old
        .iter()
        .enumerate()
        .map(|(at, place)| place.filter(|_| kept.contains(&at)))
        .collect();
    let mut at = 0;
    while at < places.len() {
        if places[at].is_some() {
            at += 1;
            continue;
        }
        let until = (at..places.len())
            .find(|next| places[*next].is_some())
            .unwrap_or(places.len());
        let count = i64::try_from(until - at).unwrap_or(i64::MAX);
        let from = at.checked_sub(1).and_then(|before| places[before]).unwrap_or(-1);
        let to = places.get(until).copied().flatten();
        let step = to.map_or(GAP, |to| (to - from) / (count + 1));
        if step < 1 || from + step * count > FURTHEST {
            return (1..).map(|number| number * GAP).take(old.len()).collect();
        }
        for (number, place) in (1..).zip(&mut places[at..until]) {
            *place = Some(from + step * number);
        }
        at = until;
    }
    places.into_iter().flatten().collect()
}

/// The indices of a longest run that rises.
fn longest_rising(values: &[Option<i64>]) -> HashSet<usize> {
    // The index at which the best run of each length ends, and what comes before.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; values.len()];
    for (at, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        let length = ends.partition_point(|end| values[*end] < Some(*value));
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(at)
        } else {
            ends[length] = at
        }
    }
    let mut kept = HashSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        kept.insert(at);
        next = before[at];
    }
    kept
}

/// Puts who gives an address up before who takes it. In a ring one is parked
/// under its identifier, which nobody else has.
fn ordered(changed: Vec<Placed>, before: &HashMap<Uuid, Placed>) -> (Vec<Uuid>, Vec<Placed>) {
    let old = |node: &Placed| before.get(&node.identifier).map(|old| old.address.clone());
    let holders: HashMap<String, usize> = changed
        .iter()
        .enumerate()
        .filter_map(|(at, node)| old(node).filter(|old| *old != node.address).map(|old| (old, at)))
        .collect();
    let mut taken = vec![false; changed.len()];
    let (mut parked, mut order) = (Vec::new(), Vec::with_capacity(changed.len()));
    for start in 0..changed.len() {
        let mut chain = Vec::new();
        let mut next = Some(start);
        while let Some(at) = next.filter(|at| !taken[*at]) {
            taken[at] = true;
            chain.push(at);
            next = holders
                .get(&changed[at].address)
                .copied()
                .filter(|holder| *holder != at);
            if next.is_some_and(|next| chain.contains(&next)) {
                parked.extend(next.map(|next| changed[next].identifier));
            }
        }
        order.extend(chain.into_iter().rev());
    }
    let mut slots: Vec<Option<Placed>> = changed.into_iter().map(Some).collect();
    (parked, order.into_iter().filter_map(|at| slots[at].take()).collect())
}

#[cfg(test)]
mod tests {
    use super::super::any_steps::outline;
    use super::*;

    fn stands(outline: &Outline) -> HashMap<Uuid, Placed> {
        placed(outline, &HashMap::new())
            .into_iter()
            .map(|node| (node.identifier, node))
            .collect()
    }

    #[test]
    fn few_positions_change_when_one_moves() {
        let some = |places: &[i64]| places.iter().copied().map(Some).collect::<Vec<_>>();
        assert_eq!(positions(&some(&[10, 20, 30])), [10, 20, 30]);
        assert_eq!(positions(&some(&[30, 10, 20])), [4, 10, 20]);
        assert_eq!(positions(&[Some(10), None, None, Some(40)]), [10, 20, 30, 40]);
        assert_eq!(positions(&[Some(10), None]), [10, 10 + GAP]);
        assert_eq!(positions(&[None, None]), [GAP - 1, 2 * GAP - 1]);
        // No room between: all are spread anew.
        assert_eq!(positions(&[Some(0), None, Some(1)]), [GAP, 2 * GAP, 3 * GAP]);
    }

    #[test]
    fn only_what_has_changed_is_written() {
        let mut outline = outline(&[0, 1, 1, 0]);
        let before = stands(&outline);
        assert_eq!(
            written(&outline, &before),
            Changes {
                statements: 3,
                ..Changes::default()
            }
        );
        outline.nodes[1].content.title = "Other".into();
        let changes = written(&outline, &before);
        assert_eq!(
            (changes.changed.len(), changes.added.len(), changes.removed.len()),
            (1, 0, 0)
        );
        let gone = outline.nodes.remove(2).identifier;
        let changes = written(&outline, &before);
        assert_eq!((changes.changed.len(), changes.removed), (2, vec![gone]));
    }

    #[test]
    fn an_address_is_free_before_it_is_taken() {
        let mut outline = outline(&[0, 0, 0, 0]);
        for (node, code) in outline.nodes.iter_mut().zip(["a", "b", "c", "d"]) {
            node.content.code = code.into();
        }
        let before = stands(&outline);
        for codes in [
            ["b", "c", "d", "e"],
            ["b", "a", "d", "c"],
            ["x", "a", "b", "c"],
            ["b", "c", "a", "d"],
        ] {
            for (node, code) in outline.nodes.iter_mut().zip(codes) {
                node.content.code = code.into();
            }
            let changes = written(&outline, &before);
            let mut now: HashMap<Uuid, String> =
                before.iter().map(|(own, node)| (*own, node.address.clone())).collect();
            for own in &changes.parked {
                now.insert(*own, own.to_string());
            }
            for node in &changes.changed {
                let free = now
                    .iter()
                    .all(|(own, address)| *own == node.identifier || *address != node.address);
                assert!(free, "{codes:?}: {}", node.address);
                now.insert(node.identifier, node.address.clone());
            }
        }
    }
}
