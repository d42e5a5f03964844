//! What the source changed since, one node at a time.

use std::collections::HashSet;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Beside, Link, texts};
use crate::derivations::model::Update;
use crate::outlines::rules::Place;

/// A text that the source changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its place among [`FIELDS`](crate::derivations::model::FIELDS).
    pub field: usize,
    pub before: String,
    pub theirs: String,
    pub mine: String,
}

impl Text {
    /// Whether it was adapted here too, and otherwise.
    pub fn clashes(&self) -> bool {
        self.mine != self.before
    }
}

/// Why something cannot be taken over as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindered {
    /// What it would stand beneath is new too.
    ParentFirst,
    /// Beneath it stands what the source still has, or what is one's own.
    Beneath,
}

/// An update of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub update: Update,
    /// Identifiers in the source and in the derived set.
    pub source: Uuid,
    pub own: Uuid,
    pub texts: Vec<Text>,
    /// Where it would be put; none: it stays where it is.
    pub place: Option<Place>,
    pub hindered: Option<Hindered>,
    pub beneath: usize,
}

impl Offered {
    /// What is looked at when somebody decides.
    pub fn print(&self) -> String {
        let mut hash = Sha256::new();
        let mut take = |text: &str| {
            hash.update(text.len().to_le_bytes());
            hash.update(text.as_bytes());
        };
        take(self.update.label());
        take(&self.own.to_string());
        for text in &self.texts {
            take(&text.field.to_string());
            take(&text.theirs);
            take(&text.mine);
        }
        take(&format!("{:?}", self.place.and_then(|place| place.parent)));
        hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// All that waits for a decision: in reading order of the source, then what is
/// gone from it, in that of the draft.
pub fn offers(beside: &Beside) -> Vec<Offered> {
    let mut out: HashSet<Uuid> = HashSet::new();
    let mut offers = Vec::new();
    for at in 0..beside.newest.nodes.len() {
        let source = beside.newest.nodes[at].identifier;
        match beside.link_to(source) {
            Some(link) => offers.extend(changed(beside, at, link)),
            None => {
                let above = beside.parent_in_newest(at);
                let left = |above: Uuid| {
                    out.contains(&above) || (beside.link_to(above).is_some() && beside.counterpart(above).is_none())
                };
                // What stands beneath something that was left out is left out with it.
                if above.is_some_and(left) || beside.number <= beside.compared {
                    out.insert(source);
                } else {
                    offers.push(new(beside, at));
                }
            }
        }
    }
    offers.extend(gone(beside));
    offers
}

/// A node of the source as an offer to take it over, whether or not it was left
/// out before; none where it is in the draft or its parent is not.
pub fn taken_after_all(beside: &Beside, source: Uuid) -> Option<Offered> {
    let at = *beside.in_newest.get(&source)?;
    if beside.counterpart(source).is_some() {
        return None;
    }
    Some(new(beside, at)).filter(|offer| offer.hindered.is_none())
}

fn changed(beside: &Beside, at: usize, link: &Link) -> Option<Offered> {
    let own = *beside.in_draft.get(&link.own)?;
    if beside.number <= link.source.number {
        return None;
    }
    let (before, theirs, mine) = (
        texts(&link.source.content),
        texts(&beside.newest.nodes[at].content),
        texts(&beside.draft.nodes[own].content),
    );
    let text = |field: usize| Text {
        field,
        before: before[field].clone(),
        theirs: theirs[field].clone(),
        mine: mine[field].clone(),
    };
    let differs = |field: &usize| before[*field] != theirs[*field] && theirs[*field] != mine[*field];
    let texts: Vec<Text> = (0..before.len()).filter(differs).map(text).collect();
    let place = moved(beside, at, own, link);
    (!texts.is_empty() || place.is_some()).then_some(Offered {
        update: Update::Changed,
        source: link.source.identifier,
        own: link.own,
        texts,
        place,
        hindered: None,
        beneath: 0,
    })
}

/// Where a node goes that the source put beneath another one: not where it stands
/// there already, where that one is not here, or beneath itself.
fn moved(beside: &Beside, at: usize, own: usize, link: &Link) -> Option<Place> {
    let above = beside.parent_in_newest(at);
    if above == link.source.parent {
        return None;
    }
    let place = place(beside, at)?;
    let block = own..beside.draft.end(own);
    let within = |parent: Uuid| beside.in_draft.get(&parent).is_some_and(|at| block.contains(at));
    (place.parent != beside.parent_in_draft(own) && !place.parent.is_some_and(within)).then_some(place)
}

/// Where a node of the source stands here: beneath the counterpart of its parent,
/// behind that of the nearest sibling before it.
fn place(beside: &Beside, at: usize) -> Option<Place> {
    let parent = match beside.parent_in_newest(at) {
        Some(above) => Some(beside.draft.nodes[beside.counterpart(above)?].identifier),
        None => None,
    };
    let mut before = beside.newest.before(at);
    let mut after = None;
    while let Some(sibling) = before {
        let here = beside.counterpart(beside.newest.nodes[sibling].identifier);
        if let Some(here) = here.filter(|here| beside.parent_in_draft(*here) == parent) {
            after = Some(beside.draft.nodes[here].identifier);
            break;
        }
        before = beside.newest.before(sibling);
    }
    Some(Place { parent, after })
}

fn new(beside: &Beside, at: usize) -> Offered {
    let source = beside.newest.nodes[at].identifier;
    let place = place(beside, at);
    Offered {
        update: Update::New,
        source,
        own: beside.named(source),
        texts: Vec::new(),
        hindered: place.is_none().then_some(Hindered::ParentFirst),
        place,
        beneath: beside.newest.end(at) - at - 1,
    }
}

/// What the source has no more and the draft still has. What stands beneath
/// something that is offered goes with it.
fn gone(beside: &Beside) -> Vec<Offered> {
    let gone = |at: usize| {
        let link = beside.link_of(beside.draft.nodes[at].identifier)?;
        let is = beside.whole
            && beside.number > link.source.number
            && !beside.in_newest.contains_key(&link.source.identifier);
        is.then_some(link)
    };
    let mut offers = Vec::new();
    let mut until = 0;
    for at in 0..beside.draft.nodes.len() {
        let Some(link) = gone(at).filter(|link| at >= until && !link.gone) else {
            continue;
        };
        let end = beside.draft.end(at);
        let hindered = (at + 1..end).any(|beneath| gone(beneath).is_none());
        if !hindered {
            until = end;
        }
        offers.push(Offered {
            update: Update::Gone,
            source: link.source.identifier,
            own: link.own,
            texts: Vec::new(),
            place: None,
            hindered: hindered.then_some(Hindered::Beneath),
            beneath: end - at - 1,
        });
    }
    offers
}
