//! What a file does not say stays as it is there.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::exchange::{ExchangeRemarks, ExchangeSet, Format, case};

/// Takes over from what is there whatever a file of this format says nothing of.
/// What it could say and leaves out is not kept: its plan names it.
pub(super) fn keep(set: &mut ExchangeSet, format: Option<Format>, current: &ExchangeSet) {
    let before: HashMap<Uuid, &ExchangeRemarks> = current
        .nodes
        .iter()
        .map(|node| (node.identifier, &node.remarks))
        .collect();
    for node in &mut set.nodes {
        if let Some(there) = before.get(&node.identifier) {
            node.remarks.or(there);
        }
    }
    if set.scale.is_empty() {
        set.scale.clone_from(&current.scale);
    }
    match format {
        Some(Format::Case) => case::adopt(set, current),
        // Its columns say of which kinds it speaks.
        Some(Format::Sheet) | None => {}
        Some(Format::Moodle | Format::Asn) => keep_abroad(set, current),
    }
}

/// These formats refer within a set only.
fn keep_abroad(set: &mut ExchangeSet, current: &ExchangeSet) {
    let held: HashSet<Uuid> = set.nodes.iter().map(|node| node.identifier).collect();
    let abroad = current
        .origins
        .iter()
        .filter(|origin| origin.by_hand && held.contains(&origin.from));
    set.origins.extend(abroad.cloned());
}
