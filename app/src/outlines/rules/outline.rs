//! The outline: nodes in reading order, each with its depth. The depths make it
//! a tree: the first node stands at the top, and none stands more than one
//! deeper than the node before it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::frame::Frame;
use crate::error::{AppError, Result};
use crate::exchange::bounds;
use crate::id::NodeId;
use crate::outlines::model::{Source, Way};

const GONE: &str = "Somebody took this out of the outline in the meantime. Look at it again.";

/// What a node says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    pub title: String,
    pub code: String,
    /// Whether its code was given by hand and stays when others are numbered.
    pub by_hand: bool,
    /// What this kind of node is called; empty: as its depth says.
    pub kind_label: String,
    pub description: String,
    pub description_format: String,
    pub knowledge: Vec<String>,
    pub skills: Vec<String>,
    pub attitudes: Vec<String>,
    pub behaviours: Vec<String>,
    pub notes: String,
    pub topics: Vec<String>,
    pub sources: Vec<Source>,
    /// What each level means here, lowest first; empty: as the set says.
    pub levels: Vec<String>,
    pub external_id: String,
    /// Identifiers of the nodes that it was split from or merged from.
    pub came_from: Vec<String>,
    pub extra: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    pub identifier: Uuid,
    pub depth: usize,
    pub content: Content,
}

/// A cross-reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    pub from: Uuid,
    pub to: Uuid,
    pub kind: String,
    pub extra: String,
}

/// A cross-reference to a published node of another set. It stays where its own
/// node is taken out, so that it is there again with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Abroad {
    pub from: Uuid,
    pub to: NodeId,
    pub kind: String,
}

/// Where a node stands: beneath a parent, behind a sibling. Nothing stands for
/// the top, and for the first place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub parent: Option<Uuid>,
    pub after: Option<Uuid>,
}

/// A draft as it is worked on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    pub frame: Frame,
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
    pub abroad: Vec<Abroad>,
    /// What an imported package says beside its nodes, of other sets too, as JSON.
    pub kept: String,
}

impl Outline {
    /// Where a node is in reading order, or that it is gone.
    pub fn index(&self, identifier: Uuid) -> Result<usize> {
        let found = self.nodes.iter().position(|node| node.identifier == identifier);
        found.ok_or_else(|| AppError::Conflict(GONE.into()))
    }

    /// The index behind a node and all beneath it.
    pub fn end(&self, at: usize) -> usize {
        let deeper = |node: &&Node| node.depth > self.nodes[at].depth;
        at + 1 + self.nodes[at + 1..].iter().take_while(deeper).count()
    }

    pub fn parent(&self, at: usize) -> Option<usize> {
        (0..at)
            .rev()
            .find(|above| self.nodes[*above].depth < self.nodes[at].depth)
    }

    /// The sibling before a node.
    pub fn before(&self, at: usize) -> Option<usize> {
        let depth = self.nodes[at].depth;
        let nearest = (0..at).rev().find(|other| self.nodes[*other].depth <= depth)?;
        (self.nodes[nearest].depth == depth).then_some(nearest)
    }

    /// The sibling behind a node.
    pub fn behind(&self, at: usize) -> Option<usize> {
        let next = self.end(at);
        let same = self.nodes.get(next)?.depth == self.nodes[at].depth;
        same.then_some(next)
    }

    /// The last node directly beneath another, or at the top.
    pub fn last_beneath(&self, parent: Option<usize>) -> Option<usize> {
        let (range, depth) = match parent {
            Some(parent) => (parent + 1..self.end(parent), self.nodes[parent].depth + 1),
            None => (0..self.nodes.len(), 0),
        };
        range.rev().find(|at| self.nodes[*at].depth == depth)
    }

    pub fn place(&self, at: usize) -> Place {
        let name = |at: usize| self.nodes[at].identifier;
        Place {
            parent: self.parent(at).map(name),
            after: self.before(at).map(name),
        }
    }

    /// The last place beneath a node, or at the top.
    pub fn last_place(&self, parent: Option<usize>) -> Place {
        let name = |at: usize| self.nodes[at].identifier;
        Place {
            parent: parent.map(name),
            after: self.last_beneath(parent).map(name),
        }
    }

    /// The index and depth of a place. Behind a sibling that is not there any
    /// more is behind all.
    pub fn slot(&self, place: Place) -> Result<(usize, usize)> {
        let parent = place.parent.map(|parent| self.index(parent)).transpose()?;
        let depth = parent.map_or(0, |parent| self.nodes[parent].depth + 1);
        let Some(after) = place.after else {
            return Ok((parent.map_or(0, |parent| parent + 1), depth));
        };
        let sibling = self.index(after).ok().filter(|at| self.parent(*at) == parent);
        match sibling.or_else(|| self.last_beneath(parent)) {
            Some(sibling) => Ok((self.end(sibling), depth)),
            None => Ok((parent.map_or(0, |parent| parent + 1), depth)),
        }
    }

    /// Whether the depths make a tree within bounds, and no node stands twice.
    pub fn check(&self) -> Result<()> {
        if self.nodes.len() > bounds::NODES {
            return Err(AppError::Conflict(format!(
                "A set has at most {} nodes.",
                bounds::NODES
            )));
        }
        let mut allowed = 0;
        for node in &self.nodes {
            if node.depth > allowed {
                return Err(AppError::internal("outline", "a node has no parent"));
            }
            if node.depth >= bounds::DEPTH {
                return Err(AppError::Conflict(format!(
                    "A set is at most {} levels deep.",
                    bounds::DEPTH
                )));
            }
            allowed = node.depth + 1;
        }
        let distinct: std::collections::HashSet<Uuid> = self.nodes.iter().map(|node| node.identifier).collect();
        if distinct.len() == self.nodes.len() {
            Ok(())
        } else {
            Err(AppError::Conflict("This is in the outline already.".into()))
        }
    }

    /// The place one step away; none where it cannot go further.
    pub fn stepped(&self, at: usize, way: Way) -> Option<Place> {
        let name = |at: usize| self.nodes[at].identifier;
        match way {
            Way::Up => {
                let before = self.before(at)?;
                Some(self.place(before))
            }
            Way::Down => Some(Place {
                parent: self.parent(at).map(name),
                after: Some(name(self.behind(at)?)),
            }),
            Way::In => Some(self.last_place(Some(self.before(at)?))),
            Way::Out => {
                let parent = self.parent(at)?;
                Some(Place {
                    parent: self.parent(parent).map(name),
                    after: Some(name(parent)),
                })
            }
        }
    }
}
