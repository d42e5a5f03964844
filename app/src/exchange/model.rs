//! What an exchanged competency set is, independent of the format it came in.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// The association type of a plain "see also" (CASE 1.1 §CFAssociation), which
/// is also what a Moodle cross-reference means.
pub const RELATED_TO: &str = "isRelatedTo";

/// The most that is read. Lengths are in characters; longer text is refused
/// and stands cut in the preview.
pub mod bounds {
    /// Bytes of one file that a site may allow.
    pub const FILE_BYTES: usize = 100 * 1024 * 1024;
    /// Sections, competencies and statements of one set.
    pub const NODES: usize = 10_000;
    /// Cross-references of one set.
    pub const REFERENCES: usize = 50_000;
    /// Steps from the top of the set to its deepest node.
    pub const DEPTH: usize = 30;
    /// Levels of a proficiency scale.
    pub const LEVELS: usize = 50;
    /// A title or statement, and one entry of its details.
    pub const STATEMENT: usize = 2_000;
    /// A description, before and after its HTML was cleaned.
    pub const DESCRIPTION: usize = 20_000;
    /// A code, an id number, a kind, a language, a level's label.
    pub const CODE: usize = 100;
    /// Entries of one kind of detail.
    pub const DETAILS: usize = 200;
    /// Bytes of what is kept uninterpreted for one node, as JSON.
    pub const EXTRA_BYTES: usize = 64 * 1024;
}

/// The most of one file that a site takes in, within [`bounds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Sections, competencies and statements together.
    pub nodes: usize,
    /// Cross-references.
    pub references: usize,
}

impl Limits {
    /// What no site goes beyond.
    pub const MOST: Self = Self {
        bytes: bounds::FILE_BYTES,
        nodes: bounds::NODES,
        references: bounds::REFERENCES,
    };

    /// What is said of a file that is larger.
    pub fn too_large(&self) -> String {
        format!("The file is larger than {} MB.", self.megabytes())
    }

    pub fn megabytes(&self) -> usize {
        self.bytes / 1024 / 1024
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 20 * 1024 * 1024,
            ..Self::MOST
        }
    }
}

/// How a description is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextFormat {
    /// May hold raw HTML as Markdown does: whoever shows it sanitises it.
    #[default]
    Markdown,
    /// Cleaned on the way in: safe elements and attributes only.
    Html,
    /// Shown as it stands, escaped.
    Plain,
}

/// A competency set as it travels between systems.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExchangeSet {
    /// Stable across re-imports: the file's own, or derived from its id number.
    pub identifier: Uuid,
    /// The id number of the framework row (Moodle).
    pub external_id: Option<String>,
    pub title: String,
    pub description: String,
    pub description_format: TextFormat,
    /// A language tag such as `en`.
    pub language: Option<String>,
    pub creator: Option<String>,
    /// The licence's name (`CC BY 4.0`) or address.
    pub licence: Option<String>,
    /// From the lowest level to the highest; empty when the file has none.
    pub scale: Vec<ExchangeLevel>,
    /// In tree order: parents before children, siblings in order.
    pub nodes: Vec<ExchangeNode>,
    /// Whether codes follow from the place. No format says so; it is kept where
    /// a draft is put aside and brought back.
    #[serde(default)]
    pub numbered: bool,
    pub references: Vec<ExchangeReference>,
    /// What in other sets its nodes refer to, say the same as, or were adapted from.
    /// Of CASE it is not read back as such: see [`outside`](super::case::outside).
    #[serde(default)]
    pub origins: Vec<ExchangeOrigin>,
    /// What the format carries and Carrel does not interpret, under `case` or
    /// `moodle`, kept for the way back. Null when there is nothing.
    pub extra: Value,
}

/// One level of the proficiency scale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeLevel {
    pub label: String,
    pub description: String,
}

/// A section, competency or statement; which of them, its depth decides.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExchangeNode {
    /// Unique within the set.
    pub identifier: Uuid,
    /// The id number of the row (Moodle).
    pub external_id: Option<String>,
    /// None: at the top of the set.
    pub parent: Option<Uuid>,
    /// The human coding scheme (CASE) or id number (Moodle). May repeat.
    pub code: Option<String>,
    /// Item type title (CASE) or taxonomy word (Moodle).
    pub kind: Option<String>,
    /// The statement itself: plain or Markdown, never trusted as HTML.
    pub title: String,
    pub description: String,
    pub description_format: TextFormat,
    pub details: ExchangeDetails,
    #[serde(default)]
    pub remarks: ExchangeRemarks,
    /// As [`ExchangeSet::extra`], for this node.
    pub extra: Value,
}

/// What stands behind a statement, one entry a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeDetails {
    pub knowledge: Vec<String>,
    pub skills: Vec<String>,
    pub attitudes: Vec<String>,
    pub behaviours: Vec<String>,
}

/// What curators write beside a node. None: nothing was said of it, so that
/// what is there stays when a file is imported over it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeRemarks {
    pub notes: Option<String>,
    pub topics: Option<Vec<String>>,
    pub sources: Option<Vec<ExchangeSource>>,
    /// What each level means here, lowest first; an empty one: as the set says.
    pub levels: Option<Vec<String>>,
    /// Identifiers of the nodes that it was split or merged from.
    pub came_from: Option<Vec<String>>,
    /// Its code was given by hand and stays when others are numbered.
    pub by_hand: Option<bool>,
}

/// Where a node was taken from, and who is credited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeSource {
    pub title: String,
    pub credit: String,
    pub address: String,
}

impl ExchangeRemarks {
    /// Takes over from what is there whatever was not said.
    pub fn or(&mut self, there: &Self) {
        let ExchangeRemarks {
            notes,
            topics,
            sources,
            levels,
            came_from,
            by_hand,
        } = there;
        self.notes = self.notes.take().or_else(|| notes.clone());
        self.topics = self.topics.take().or_else(|| topics.clone());
        self.sources = self.sources.take().or_else(|| sources.clone());
        self.levels = self.levels.take().or_else(|| levels.clone());
        self.came_from = self.came_from.take().or_else(|| came_from.clone());
        self.by_hand = self.by_hand.or(*by_hand);
    }

    /// Whether all that it says stands there.
    pub fn is_said_by(&self, there: &Self) -> bool {
        fn same<T: Default + PartialEq>(said: &Option<T>, there: &Option<T>) -> bool {
            let nothing = T::default();
            said.as_ref()
                .is_none_or(|said| said == there.as_ref().unwrap_or(&nothing))
        }
        same(&self.notes, &there.notes)
            && same(&self.topics, &there.topics)
            && same(&self.sources, &there.sources)
            && same(&self.levels, &there.levels)
            && same(&self.came_from, &there.came_from)
            && same(&self.by_hand, &there.by_hand)
    }
}

impl ExchangeDetails {
    /// The four kinds with their headings, in the order they are shown.
    pub fn sections(&self) -> [(&'static str, &[String]); 4] {
        [
            ("Knowledge", &self.knowledge),
            ("Skills", &self.skills),
            ("Attitudes", &self.attitudes),
            ("Behaviours", &self.behaviours),
        ]
    }

    /// The list that stands under this heading.
    pub(super) fn section_mut(&mut self, index: usize) -> &mut Vec<String> {
        match index {
            0 => &mut self.knowledge,
            1 => &mut self.skills,
            2 => &mut self.attitudes,
            _ => &mut self.behaviours,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.sections().iter().all(|(_, entries)| entries.is_empty())
    }
}

/// A link between two nodes of the same set. Links that leave the set are kept
/// in [`ExchangeSet::extra`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExchangeReference {
    pub from: Uuid,
    pub to: Uuid,
    /// A CASE association type, `ext:…` included. `isChildOf` is a second
    /// parent: the first one is the node's own.
    pub kind: String,
    /// Notes, grouping and order of the association, as CASE writes them.
    pub extra: Value,
}

/// A link of a node to one of another set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeOrigin {
    pub from: Uuid,
    pub to: Uuid,
    /// What the other one says.
    pub title: String,
    /// A CASE association type.
    pub kind: String,
    /// Written by a curator, here or in a table that was imported.
    #[serde(default)]
    pub by_hand: bool,
}

/// What a set holds, for a preview in one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub nodes: u32,
    /// Nodes at the top of the set.
    pub top: u32,
    /// Nodes with nothing beneath.
    pub leaves: u32,
    /// Levels of the tree; 0 for an empty set.
    pub depth: u32,
    pub with_details: u32,
    pub references: u32,
    pub levels: u32,
}

impl ExchangeSet {
    /// The depth of every node, 1 at the top, in the order of `nodes`.
    pub(crate) fn depths(&self) -> Vec<u32> {
        let mut known = std::collections::HashMap::with_capacity(self.nodes.len());
        self.nodes
            .iter()
            .map(|node| {
                let above = node.parent.and_then(|parent| known.get(&parent).copied());
                let depth = above.unwrap_or(0) + 1;
                known.insert(node.identifier, depth);
                depth
            })
            .collect()
    }

    pub fn counts(&self) -> Counts {
        let parents: std::collections::HashSet<Uuid> = self.nodes.iter().filter_map(|node| node.parent).collect();
        let count = |test: &dyn Fn(&ExchangeNode) -> bool| self.nodes.iter().filter(|node| test(node)).count() as u32;
        Counts {
            nodes: self.nodes.len() as u32,
            top: count(&|node| node.parent.is_none()),
            leaves: count(&|node| !parents.contains(&node.identifier)),
            depth: self.depths().into_iter().max().unwrap_or(0),
            with_details: count(&|node| !node.details.is_empty()),
            references: self.references.len() as u32,
            levels: self.scale.len() as u32,
        }
    }
}
