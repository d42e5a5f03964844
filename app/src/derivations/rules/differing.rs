//! What of a derived set is not as its source has it.

use uuid::Uuid;

use super::{Beside, Considered, Link, texts};
use crate::derivations::model::Difference;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    pub kind: Difference,
    /// In the derived set; what was left out is not there.
    pub own: Option<Uuid>,
    /// In the source; what was added is not there.
    pub source: Option<Uuid>,
    /// Texts by their place among the fields: as the source says, as it is here.
    pub fields: Vec<(usize, String, String)>,
    /// What it stood beneath in the source, and what it stands beneath here.
    pub place: Option<(Option<Uuid>, Option<Uuid>)>,
    pub beneath: usize,
}

/// All differences: in reading order of the derived set, then what was left out.
/// What waits for a decision is compared with what was considered before, all
/// else with what the source says now.
pub fn differences(beside: &Beside, waiting: &[Uuid]) -> Vec<Differs> {
    let mut found = Vec::new();
    for (at, node) in beside.draft.nodes.iter().enumerate() {
        match beside.link_of(node.identifier) {
            Some(link) => found.extend(differs(beside, at, link, waiting.contains(&link.own))),
            None => found.extend(added(beside, at)),
        }
    }
    found.extend(beside.links.iter().filter_map(|link| left_out(beside, link)));
    found
}

/// What a node is compared with.
fn reference(beside: &Beside, link: &Link, waits: bool) -> Considered {
    let newest = beside.in_newest.get(&link.source.identifier);
    match newest.filter(|_| !waits && beside.number > link.source.number) {
        Some(at) => Considered {
            identifier: link.source.identifier,
            parent: beside.parent_in_newest(*at),
            number: beside.number,
            content: beside.newest.nodes[*at].content.clone(),
        },
        None => link.source.clone(),
    }
}

fn differs(beside: &Beside, at: usize, link: &Link, waits: bool) -> Vec<Differs> {
    let source = reference(beside, link, waits);
    let (was, is) = (texts(&source.content), texts(&beside.draft.nodes[at].content));
    let fields: Vec<(usize, String, String)> = was
        .into_iter()
        .zip(is)
        .enumerate()
        .filter(|(_, (was, is))| was != is)
        .map(|(field, (was, is))| (field, was, is))
        .collect();
    let above = beside.parent_in_draft(at);
    let stands = above.map(|above| beside.link_of(above).map(|link| link.source.identifier));
    let moved = stands != source.parent.map(Some);
    let one = |kind, fields, place| Differs {
        kind,
        own: Some(link.own),
        source: Some(source.identifier),
        fields,
        place,
        beneath: 0,
    };
    let mut found = Vec::new();
    if !fields.is_empty() {
        found.push(one(Difference::Adapted, fields, None));
    }
    if moved {
        found.push(one(Difference::Moved, Vec::new(), Some((source.parent, above))));
    }
    found
}

/// What has no source, but for what stands beneath such a node.
fn added(beside: &Beside, at: usize) -> Option<Differs> {
    let above = beside.parent_in_draft(at);
    let within = above.is_some_and(|above| beside.link_of(above).is_none());
    (!within).then_some(Differs {
        kind: Difference::Added,
        own: Some(beside.draft.nodes[at].identifier),
        source: None,
        fields: Vec::new(),
        place: None,
        beneath: beside.draft.end(at) - at - 1,
    })
}

/// What the source has and the draft has not, but for what stood beneath it.
fn left_out(beside: &Beside, link: &Link) -> Option<Differs> {
    if link.gone || beside.in_draft.contains_key(&link.own) {
        return None;
    }
    let out = |above: Uuid| beside.link_to(above).is_some() && beside.counterpart(above).is_none();
    if link.source.parent.is_some_and(out) {
        return None;
    }
    let beneath = beside
        .in_newest
        .get(&link.source.identifier)
        .map_or(0, |at| beside.newest.end(*at) - at - 1);
    Some(Differs {
        kind: Difference::LeftOut,
        own: None,
        source: Some(link.source.identifier),
        fields: Vec::new(),
        place: None,
        beneath,
    })
}
