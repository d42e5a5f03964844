//! What importing a set over another would change.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::case_links::{kept, leftover, said};
use super::{ExchangeNode, ExchangeRemarks, ExchangeSet, case};

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
    /// Cross-references that are not as they are there, within the set and to others.
    pub references: Vec<ReferenceChange>,
    /// Fields of the set itself that differ: `title`, `scale`, `extra`, …
    pub set_fields: Vec<String>,
}

/// What would become of a cross-reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Becomes {
    New,
    /// It says something else beside its ends and its kind.
    Changed,
    Gone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceChange {
    pub from: Uuid,
    pub to: Uuid,
    /// A CASE association type.
    pub kind: String,
    pub becomes: Becomes,
}

impl Plan {
    /// Whether importing would change nothing at all.
    pub fn is_empty(&self) -> bool {
        let nodes = [&self.new, &self.changed, &self.moved, &self.missing];
        nodes.iter().all(|list| list.is_empty()) && self.references.is_empty() && self.set_fields.is_empty()
    }
}

/// Compares by identifier. The identifiers of the two sets themselves are not
/// compared: a set may be imported over another.
pub fn compare(current: &ExchangeSet, incoming: &ExchangeSet) -> Plan {
    let before: HashMap<Uuid, &ExchangeNode> = current.nodes.iter().map(|node| (node.identifier, node)).collect();
    let after: HashSet<Uuid> = incoming.nodes.iter().map(|node| node.identifier).collect();
    let shuffled = reordered(current, incoming);
    let mut plan = Plan {
        references: references(current, incoming),
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
        ("external_id", a.external_id == b.external_id),
        ("extra", beside_references(a) == beside_references(b)),
    ];
    same.into_iter()
        .filter(|(_, same)| !same)
        .map(|(field, _)| field.to_owned())
        .collect()
}

/// What of a format is kept that is no cross-reference.
fn beside_references(set: &ExchangeSet) -> Value {
    let mut extra = set.extra.clone();
    case::forget(&mut extra, |_| true);
    extra
}

type Key = (Uuid, Uuid, String);

fn references(current: &ExchangeSet, incoming: &ExchangeSet) -> Vec<ReferenceChange> {
    let (was, comes) = (told(current), told(incoming));
    let before: HashMap<&Key, &String> = was.iter().map(|(key, words)| (key, words)).collect();
    let after: HashSet<&Key> = comes.iter().map(|(key, _)| key).collect();
    // What a derived set comes from is fixed as it is published, whatever files say.
    let derived = current.origins.iter().filter(|origin| !origin.by_hand);
    let derived: HashSet<Key> = derived.map(|one| (one.from, one.to, one.kind.clone())).collect();
    let change = |(from, to, kind): &Key, becomes: Becomes| ReferenceChange {
        from: *from,
        to: *to,
        kind: kind.clone(),
        becomes,
    };
    let mut changes = Vec::new();
    for (key, words) in &comes {
        match before.get(key) {
            Some(there) if *there == words => {}
            Some(_) => changes.push(change(key, Becomes::Changed)),
            None if derived.contains(key) => {}
            None => changes.push(change(key, Becomes::New)),
        }
    }
    let gone = was.iter().filter(|(key, _)| !after.contains(key));
    changes.extend(gone.map(|(key, _)| change(key, Becomes::Gone)));
    changes
}

/// All cross-references of a set once, with what each says beside its ends and its
/// kind: within the set, of curators to other sets, and of its package.
fn told(set: &ExchangeSet) -> Vec<(Key, String)> {
    let beside = |extra: &Value| {
        let nothing = extra.is_null() || extra.as_object().is_some_and(serde_json::Map::is_empty);
        if nothing { String::new() } else { extra.to_string() }
    };
    let held: HashSet<Uuid> = set.nodes.iter().map(|node| node.identifier).collect();
    let within = set
        .references
        .iter()
        .map(|one| ((one.from, one.to, one.kind.clone()), beside(&one.extra)));
    // Of a node that was taken out, a curator's reference stays for when it comes back.
    let by_hand = set.origins.iter().filter(|one| one.by_hand && held.contains(&one.from));
    let by_hand = by_hand.map(|one| ((one.from, one.to, one.kind.clone()), String::new()));
    let packaged = kept(&set.extra).filter_map(|association| {
        let one = said(association)?;
        Some(((one.from, one.to, one.kind), beside(&leftover(association))))
    });
    let mut seen = HashSet::new();
    let all = within.chain(by_hand).chain(packaged);
    all.filter(|(key, _)| seen.insert(key.clone())).collect()
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
    use serde_json::json;

    use super::super::{ExchangeOrigin, ExchangeReference, fixtures};
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

    #[test]
    fn references_are_new_changed_or_gone() {
        let link = |from, to, kind: &str, extra: Value| ExchangeReference {
            from: id(from),
            to: id(to),
            kind: kind.into(),
            extra,
        };
        let abroad = |from, to, by_hand| ExchangeOrigin {
            from: id(from),
            to: id(to),
            kind: "precedes".into(),
            by_hand,
            ..ExchangeOrigin::default()
        };
        let mut before = set(&[(1, 0), (2, 0)]);
        before.references = vec![
            link(1, 2, "precedes", Value::Null),
            link(2, 1, "isRelatedTo", json!({})),
        ];
        // The third was of a node that is not there; the fourth comes of a derivation.
        before.origins = vec![
            abroad(1, 8, true),
            abroad(2, 8, true),
            abroad(9, 8, true),
            abroad(2, 7, false),
        ];
        assert!(compare(&before, &before).is_empty());
        let mut after = before.clone();
        after.references = vec![
            link(1, 2, "precedes", json!({ "notes": "x" })),
            link(1, 2, "isRelatedTo", Value::Null),
        ];
        after.origins = vec![abroad(2, 8, true), abroad(1, 7, true)];
        let changes = compare(&before, &after).references;
        let told: Vec<_> = changes
            .iter()
            .map(|one| (one.from == id(1), one.to, one.kind.as_str(), one.becomes))
            .collect();
        assert_eq!(
            told,
            [
                (true, id(2), "precedes", Becomes::Changed),
                (true, id(2), "isRelatedTo", Becomes::New),
                (true, id(7), "precedes", Becomes::New),
                (false, id(1), "isRelatedTo", Becomes::Gone),
                (true, id(8), "precedes", Becomes::Gone),
            ]
        );
        // A package that says what a derived set comes from says nothing new.
        let said = json!({ "associationType": "precedes", "identifier": id(5).to_string(),
            "originNodeURI": { "identifier": id(2).to_string() }, "destinationNodeURI": { "identifier": id(7).to_string() } });
        let mut packaged = before.clone();
        packaged.extra = json!({ "case": { "associations": [said] } });
        assert!(compare(&before, &packaged).is_empty());
    }
}
