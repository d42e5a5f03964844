//! What importing a set over another would change.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ExchangeNode, ExchangeRemarks, ExchangeSet};

/// The identifiers of nodes by what would become of them. A node that is both
/// changed and moved stands in both lists; every incoming node is in `new`, in
/// `changed` or `moved`, or in `unchanged`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// In tree order of the incoming set, like the next three.
    pub new: Vec<Uuid>,
    /// Text, code, kind, details or kept fields differ.
    pub changed: Vec<Uuid>,
    /// Another parent, or another place among the siblings both sets share.
    pub moved: Vec<Uuid>,
    pub unchanged: Vec<Uuid>,
    /// In the current set only, in its tree order.
    pub missing: Vec<Uuid>,
    /// Fields of the set itself that differ: `title`, `scale`, `references`, …
    pub set_fields: Vec<String>,
}

impl Plan {
    /// Whether importing would change nothing at all.
    pub fn is_empty(&self) -> bool {
        let nodes = [&self.new, &self.changed, &self.moved, &self.missing];
        nodes.iter().all(|list| list.is_empty()) && self.set_fields.is_empty()
    }
}

/// Compares by identifier. The identifiers of the two sets themselves are not
/// compared: a set may be imported over another.
pub fn compare(current: &ExchangeSet, incoming: &ExchangeSet) -> Plan {
    let before: HashMap<Uuid, &ExchangeNode> = current.nodes.iter().map(|node| (node.identifier, node)).collect();
    let after: HashSet<Uuid> = incoming.nodes.iter().map(|node| node.identifier).collect();
    let shuffled = reordered(current, incoming);
    let mut plan = Plan {
        set_fields: set_fields(current, incoming),
        ..Plan::default()
    };
    for node in &incoming.nodes {
        let own = node.identifier;
        let Some(was) = before.get(&own) else {
            plan.new.push(own);
            continue;
        };
        let changed = !same_content(was, node);
        let moved = was.parent != node.parent || shuffled.contains(&own);
        if changed {
            plan.changed.push(own);
        }
        if moved {
            plan.moved.push(own);
        }
        if !changed && !moved {
            plan.unchanged.push(own);
        }
    }
    let gone = current
        .nodes
        .iter()
        .map(|node| node.identifier)
        .filter(|own| !after.contains(own));
    plan.missing = gone.collect();
    plan
}

fn same_content(a: &ExchangeNode, b: &ExchangeNode) -> bool {
    let place = |node: &ExchangeNode| ExchangeNode {
        parent: None,
        remarks: ExchangeRemarks::default(),
        ..node.clone()
    };
    place(a) == place(b) && b.remarks.is_said_by(&a.remarks)
}

fn set_fields(a: &ExchangeSet, b: &ExchangeSet) -> Vec<String> {
    let references = |set: &ExchangeSet| {
        let all = set
            .references
            .iter()
            .map(|one| (one.from, one.to, one.kind.clone(), one.extra.to_string()));
        all.collect::<HashSet<_>>()
    };
    // What a file does not say of other sets stays.
    let known = abroad(a);
    let further = abroad(b).iter().any(|one| !known.contains(one));
    let same = [
        ("title", a.title == b.title),
        (
            "description",
            (&a.description, a.description_format) == (&b.description, b.description_format),
        ),
        ("language", a.language == b.language),
        ("creator", a.creator == b.creator),
        ("licence", a.licence == b.licence),
        ("scale", a.scale == b.scale),
        ("references", references(a) == references(b) && !further),
        ("external_id", a.external_id == b.external_id),
        ("extra", a.extra == b.extra),
    ];
    same.into_iter()
        .filter(|(_, same)| !same)
        .map(|(field, _)| field.to_owned())
        .collect()
}

/// What curators refer to in other sets.
fn abroad(set: &ExchangeSet) -> HashSet<(Uuid, Uuid, &str)> {
    let by_hand = set.origins.iter().filter(|origin| origin.by_hand);
    by_hand.map(|one| (one.from, one.to, one.kind.as_str())).collect()
}

/// Nodes that kept their parent but left their place: those outside the longest
/// run of siblings whose order is the same in both sets. So one node pulled to
/// the front is one move, not a move of all it passed.
fn reordered(current: &ExchangeSet, incoming: &ExchangeSet) -> HashSet<Uuid> {
    let ranks: HashMap<(Uuid, Option<Uuid>), usize> = current
        .nodes
        .iter()
        .enumerate()
        .map(|(rank, node)| ((node.identifier, node.parent), rank))
        .collect();
    let mut siblings: HashMap<Option<Uuid>, Vec<(usize, Uuid)>> = HashMap::new();
    for node in &incoming.nodes {
        if let Some(rank) = ranks.get(&(node.identifier, node.parent)) {
            siblings.entry(node.parent).or_default().push((*rank, node.identifier));
        }
    }
    siblings.values().flat_map(|row| outside_longest_run(row)).collect()
}

fn outside_longest_run(row: &[(usize, Uuid)]) -> Vec<Uuid> {
    // Patience sorting: `ends[n]` is where the best run of n + 1 ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(row.len());
    for (at, (rank, _)) in row.iter().enumerate() {
        let length = ends.partition_point(|end| row[*end].0 < *rank);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut in_run = vec![false; row.len()];
    let mut step = ends.last().copied();
    while let Some(at) = step {
        in_run[at] = true;
        step = before[at];
    }
    row.iter()
        .zip(in_run)
        .filter(|(_, in_run)| !in_run)
        .map(|((_, own), _)| *own)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn set(links: &[(u128, u128)]) -> ExchangeSet {
        let nodes = links.iter().map(|(own, parent)| ExchangeNode {
            identifier: id(*own),
            parent: (*parent > 0).then(|| id(*parent)),
            title: own.to_string(),
            ..ExchangeNode::default()
        });
        ExchangeSet {
            nodes: nodes.collect(),
            ..ExchangeSet::default()
        }
    }

    #[test]
    fn the_same_set_twice_changes_nothing() {
        let native = fixtures::native();
        let plan = compare(&native, &native);
        assert!(plan.is_empty());
        assert_eq!(plan.unchanged.len(), native.nodes.len());
    }

    #[test]
    fn each_node_stands_where_it_belongs() {
        let before = set(&[(1, 0), (2, 1), (3, 1), (4, 1), (5, 0)]);
        let mut after = set(&[(1, 0), (4, 1), (2, 1), (6, 1), (5, 1)]);
        after.nodes[2].title = "two".into();
        after.title = "new title".into();
        let plan = compare(&before, &after);
        assert_eq!(plan.new, [id(6)]);
        assert_eq!(plan.changed, [id(2)]);
        // 2 and 4 changed places: either may be said to have moved, but only one.
        assert_eq!(plan.moved.len(), 2);
        assert!(plan.moved.contains(&id(5)));
        assert_eq!(plan.missing, [id(3)]);
        assert_eq!(plan.set_fields, ["title"]);
    }

    #[test]
    fn one_node_pulled_to_the_front_is_one_move() {
        let before: Vec<_> = (1..=100).map(|own| (own, 0)).collect();
        let mut after = before.clone();
        after.rotate_right(1);
        assert_eq!(compare(&set(&before), &set(&after)).moved, [id(100)]);
        after.reverse();
        assert_eq!(compare(&set(&before), &set(&after)).moved.len(), 98);
    }
}
