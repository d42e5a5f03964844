//! From nodes that name their parents to a tree in order, with every node that
//! has no place in it reported.

use std::collections::HashMap;

use uuid::Uuid;

use super::report::Report;
use super::{ExchangeNode, bounds};

/// A node as a file gives it, before the tree is known.
pub(super) struct Planted {
    pub node: ExchangeNode,
    /// Where it stands in the file.
    pub place: String,
    /// What the file calls its parent.
    pub parent_name: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Found {
    Nowhere,
    InTree,
    TooDeep,
    /// Its parent is not among the nodes.
    Parentless,
    /// Below itself.
    Circular,
    /// Below a node that has no place.
    Below,
}

/// Puts parents before children and keeps siblings in the order given. Nodes
/// without a place (unknown parent, circle, too deep) are refused and left out.
pub(super) fn in_tree_order(planted: Vec<Planted>, report: &mut Report) -> Vec<ExchangeNode> {
    let index: HashMap<Uuid, usize> = planted
        .iter()
        .enumerate()
        .map(|(at, item)| (item.node.identifier, at))
        .collect();
    let parent_of = |at: usize| planted[at].node.parent.map(|parent| index.get(&parent).copied());
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); planted.len()];
    let mut found = vec![Found::Nowhere; planted.len()];
    let mut waiting = Vec::new();
    for at in (0..planted.len()).rev() {
        match parent_of(at) {
            None => waiting.push((at, 1)),
            Some(Some(parent)) => children[parent].push(at),
            Some(None) => found[at] = Found::Parentless,
        }
    }
    let mut order = Vec::with_capacity(planted.len());
    // A stack of our own: a chain of ten thousand must not end the process.
    while let Some((at, depth)) = waiting.pop() {
        if depth > bounds::DEPTH {
            found[at] = Found::TooDeep;
            continue;
        }
        found[at] = Found::InTree;
        order.push(at);
        waiting.extend(children[at].iter().map(|child| (*child, depth + 1)));
    }
    mark_the_rest(&mut found, parent_of);
    for (item, found) in planted.iter().zip(&found) {
        refuse(item, *found, report);
    }
    let mut slots: Vec<Option<ExchangeNode>> = planted.into_iter().map(|item| Some(item.node)).collect();
    order.into_iter().filter_map(|at| slots[at].take()).collect()
}

/// Follows parents upwards from every node that was not reached; each node is
/// walked over once.
fn mark_the_rest(found: &mut [Found], parent_of: impl Fn(usize) -> Option<Option<usize>>) {
    let mut met_in_walk = vec![usize::MAX; found.len()];
    for start in 0..found.len() {
        let mut walk = Vec::new();
        let mut at = start;
        while found[at] == Found::Nowhere && met_in_walk[at] != start {
            met_in_walk[at] = start;
            walk.push(at);
            match parent_of(at) {
                Some(Some(parent)) => at = parent,
                _ => break,
            }
        }
        let circle = walk.iter().position(|step| *step == at && found[at] == Found::Nowhere);
        for (step, node) in walk.into_iter().enumerate() {
            let circular = circle.is_some_and(|begin| step >= begin);
            found[node] = if circular { Found::Circular } else { Found::Below };
        }
    }
}

fn refuse(item: &Planted, found: Found, report: &mut Report) {
    let parent = super::text::cut(&item.parent_name, 100);
    let message = match found {
        Found::InTree => return,
        Found::Parentless => {
            format!("Its parent “{parent}” is not in the file or cannot be imported.")
        }
        Found::Circular => "It stands, through its parents, below itself.".into(),
        Found::TooDeep => format!("It stands more than {} levels deep.", bounds::DEPTH),
        Found::Below | Found::Nowhere => {
            format!("It stands below “{parent}”, which cannot be imported.")
        }
    };
    report.refuse(item.place.as_str(), message);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planted(links: &[(u128, u128)]) -> Vec<Planted> {
        links
            .iter()
            .map(|(own, parent)| Planted {
                node: ExchangeNode {
                    identifier: Uuid::from_u128(*own),
                    parent: (*parent > 0).then(|| Uuid::from_u128(*parent)),
                    ..ExchangeNode::default()
                },
                place: format!("row {own}"),
                parent_name: parent.to_string(),
            })
            .collect()
    }

    fn order(nodes: &[ExchangeNode]) -> Vec<u128> {
        nodes.iter().map(|node| node.identifier.as_u128()).collect()
    }

    #[test]
    fn children_may_come_first_and_siblings_keep_their_order() {
        let mut report = Report::default();
        let nodes = in_tree_order(planted(&[(3, 1), (2, 1), (5, 4), (4, 0), (1, 0), (6, 3)]), &mut report);
        assert_eq!(order(&nodes), [4, 5, 1, 3, 6, 2]);
        assert!(report.into_parsed(None, None).problems.is_empty());
    }

    #[test]
    fn circles_and_orphans_are_refused_one_by_one() {
        let mut report = Report::default();
        let links = [(1, 0), (2, 3), (3, 2), (4, 3), (5, 5), (6, 99), (7, 6)];
        let nodes = in_tree_order(planted(&links), &mut report);
        assert_eq!(order(&nodes), [1]);
        let problems = report.into_parsed(None, None).problems;
        let said: Vec<_> = problems
            .iter()
            .map(|p| (p.place.as_str(), p.message.as_str()))
            .collect();
        let circle = "It stands, through its parents, below itself.";
        assert_eq!(
            said,
            [
                ("row 2", circle),
                ("row 3", circle),
                ("row 4", "It stands below “3”, which cannot be imported."),
                ("row 5", circle),
                ("row 6", "Its parent “99” is not in the file or cannot be imported."),
                ("row 7", "It stands below “6”, which cannot be imported."),
            ]
        );
    }

    #[test]
    fn a_chain_of_ten_thousand_is_too_deep_and_nothing_worse() {
        let links: Vec<_> = (1..=10_000u128).map(|own| (own, own - 1)).collect();
        let mut report = Report::default();
        assert_eq!(in_tree_order(planted(&links), &mut report).len(), bounds::DEPTH);
        assert!(report.into_parsed(None, Some(Default::default())).refused());
    }
}
