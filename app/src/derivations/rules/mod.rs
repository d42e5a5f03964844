//! A derived set beside its source, as pure rules: what differs, what the source
//! offers, and the steps that take an offer over.

mod differing;
mod following;
mod offering;
mod taking;
#[cfg(test)]
mod tests;

pub use differing::{Differs, differences};
pub use following::{Stories, Story, Way, Ways, follow};
pub use offering::{Hindered, Offered, Text, offers, taken_after_all};
pub use taking::{Choice, steps, touched};

use std::collections::HashMap;

use uuid::Uuid;

use crate::outlines::rules::{Content, Outline, entry_form};

/// A node of the source as it was considered last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    pub identifier: Uuid,
    pub parent: Option<Uuid>,
    /// The number of its edition.
    pub number: u32,
    pub content: Content,
}

/// A node of the derived set, wherever it stands now, and what it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub own: Uuid,
    pub source: Considered,
    /// A curator has said what becomes of it here, since the source has it no more.
    pub gone: bool,
}

/// Both sets, with all that connects them.
pub struct Beside<'a> {
    /// The identifier of the derived set.
    pub set: Uuid,
    pub draft: &'a Outline,
    pub newest: &'a Outline,
    /// The number of the source's edition that is compared with.
    pub number: u32,
    /// Whether it is a whole edition, so that what is not in it is gone.
    pub whole: bool,
    /// The number of the edition with which all was compared before.
    pub compared: u32,
    pub links: &'a [Link],
    own: HashMap<Uuid, usize>,
    source: HashMap<Uuid, usize>,
    in_draft: HashMap<Uuid, usize>,
    in_newest: HashMap<Uuid, usize>,
}

fn places(outline: &Outline) -> HashMap<Uuid, usize> {
    let nodes = outline.nodes.iter().enumerate();
    nodes.map(|(at, node)| (node.identifier, at)).collect()
}

impl<'a> Beside<'a> {
    pub fn new(
        set: Uuid,
        draft: &'a Outline,
        (newest, number, whole): (&'a Outline, u32, bool),
        compared: u32,
        links: &'a [Link],
    ) -> Self {
        let by = |name: fn(&Link) -> Uuid| links.iter().enumerate().map(|(at, link)| (name(link), at)).collect();
        Self {
            set,
            draft,
            newest,
            number,
            whole,
            compared,
            links,
            own: by(|link| link.own),
            source: by(|link| link.source.identifier),
            in_draft: places(draft),
            in_newest: places(newest),
        }
    }

    /// The link of a node of the draft.
    fn link_of(&self, own: Uuid) -> Option<&Link> {
        self.own.get(&own).map(|at| &self.links[*at])
    }

    /// The link of a node of the source.
    fn link_to(&self, source: Uuid) -> Option<&Link> {
        self.source.get(&source).map(|at| &self.links[*at])
    }

    /// Where a node of the source stands in the draft.
    fn counterpart(&self, source: Uuid) -> Option<usize> {
        self.in_draft.get(&self.link_to(source)?.own).copied()
    }

    fn parent_in_newest(&self, at: usize) -> Option<Uuid> {
        self.newest.parent(at).map(|above| self.newest.nodes[above].identifier)
    }

    fn parent_in_draft(&self, at: usize) -> Option<Uuid> {
        self.draft.parent(at).map(|above| self.draft.nodes[above].identifier)
    }

    /// The identifier in the derived set of what is taken over from the source.
    pub fn named(&self, source: Uuid) -> Uuid {
        self.link_to(source)
            .map_or_else(|| own_identifier(self.set, source), |link| link.own)
    }
}

/// What is taken from a source has the same identifier each time, and none that
/// stands in another set.
pub fn own_identifier(set: Uuid, source: Uuid) -> Uuid {
    Uuid::new_v5(&set, source.as_bytes())
}

/// The texts of a node in the order of [`FIELDS`](super::model::FIELDS), as its
/// form says them.
pub fn texts(content: &Content) -> [String; 10] {
    let form = entry_form(content, true);
    [
        form.title,
        form.description,
        form.knowledge,
        form.skills,
        form.attitudes,
        form.behaviours,
        form.notes,
        form.topics,
        form.sources,
        form.levels,
    ]
}
