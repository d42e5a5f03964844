//! What the pages of the index show.

use serde::{Deserialize, Serialize};

use crate::id::{CourseId, EditionId, ImportId, NodeId, ResourceId, ThreadId};
use crate::paths::segment;

/// A set's title, 1–300 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTitle(String);

impl SetTitle {
    pub const MOST: usize = 300;

    pub fn parse(raw: &str) -> Result<Self, String> {
        let title = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        match title.chars().count() {
            0 => Err("Give the set a name.".into()),
            1..=Self::MOST if title.chars().any(char::is_control) => Err("A name has no control characters.".into()),
            1..=Self::MOST => Ok(Self(title)),
            _ => Err(format!("A set's name has at most {} characters.", Self::MOST)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a node of an edition is, by its place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    Section,
    Competency,
    Statement,
}

impl NodeKind {
    /// What has nothing beneath it is a statement, what stands at the top and
    /// has something is a section, all between are competencies: imported
    /// trees may be of any depth.
    pub fn of(depth: u32, has_children: bool) -> Self {
        match (depth, has_children) {
            (_, false) => Self::Statement,
            (0, true) => Self::Section,
            (_, true) => Self::Competency,
        }
    }

    /// The word in the database, which is also the word on the screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Competency => "competency",
            Self::Statement => "statement",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Section, Self::Competency, Self::Statement].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Where an edition stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditionState {
    Draft,
    InReview,
    Published,
    Retired,
}

impl EditionState {
    pub const ALL: [Self; 4] = [Self::Draft, Self::InReview, Self::Published, Self::Retired];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Published => "published",
            Self::Retired => "retired",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::InReview => "In review",
            Self::Published => "Published",
            Self::Retired => "Retired",
        }
    }

    /// Whether everyone may read it; the others are for curators.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Retired)
    }
}

/// One level of a proficiency scale. Levels are numbered from 0, the lowest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub label: String,
    pub description: String,
}

/// "strong" of level 3; what the scale does not have is shown as its number.
pub fn level_word(levels: &[Level], level: u32) -> String {
    let word = usize::try_from(level).ok().and_then(|level| levels.get(level));
    word.map_or_else(|| format!("level {level}"), |level| level.label.clone())
}

/// "1st edition", "2nd edition", "11th edition".
pub fn edition_words(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending} edition")
}

/// "1 statement", "84 statements".
pub fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The address of an edition's tree.
pub fn edition_href(set: &str, number: u32) -> String {
    format!("/index/{}/{number}", segment(set))
}

/// The address of a node's page.
pub fn node_href(set: &str, number: u32, address: &str) -> String {
    format!("/index/{}/{number}/{}", segment(set), segment(address))
}

/// The list of sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetList {
    pub sets: Vec<SetCard>,
    pub page: u32,
    pub pages: u32,
    pub may_import: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetCard {
    pub slug: String,
    pub title: String,
    /// The beginning of the description, without markup.
    pub summary: String,
    pub owner: String,
    pub language: String,
    /// Those that the viewer may see, newest first.
    pub editions: Vec<EditionCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionCard {
    pub number: u32,
    pub state: EditionState,
    pub statements: u32,
    pub competencies: u32,
    /// The day it was published, or made when it is not.
    pub day: String,
}

/// A node in an outline: flat, in reading order, with its depth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineNode {
    pub depth: u32,
    pub code: String,
    pub title: String,
    /// Its address within the edition; empty when it has no page yet.
    pub address: String,
    /// A few words at the end of its line.
    pub badge: String,
}

/// The most nodes that a page shows in one outline.
pub const OUTLINE: usize = 800;

/// Leaves out the deepest nodes until no more than `most` are left, and says
/// on what was cut how much stands beneath it.
pub fn pruned(nodes: Vec<OutlineNode>, most: usize) -> Vec<OutlineNode> {
    if nodes.len() <= most {
        return nodes;
    }
    let top = nodes.iter().map(|node| node.depth).min().unwrap_or(0);
    let deepest = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    let fits = |depth: &u32| nodes.iter().filter(|node| node.depth <= *depth).count() <= most;
    let depth = (top..deepest).rev().find(fits).unwrap_or(top);
    let mut kept: Vec<OutlineNode> = Vec::with_capacity(most);
    let mut beneath = 0;
    for node in nodes {
        if node.depth > depth {
            beneath += 1;
            continue;
        }
        if kept.len() == most {
            break;
        }
        note_cut(kept.last_mut(), beneath);
        beneath = 0;
        kept.push(node);
    }
    note_cut(kept.last_mut(), beneath);
    kept
}

fn note_cut(node: Option<&mut OutlineNode>, beneath: u32) {
    if let Some(node) = node.filter(|_| beneath > 0) {
        node.badge = format!("{beneath} beneath");
    }
}

/// One edition of a set, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPage {
    pub edition: EditionId,
    pub slug: String,
    pub title: String,
    pub description_html: String,
    pub language: String,
    pub owner: String,
    pub creator: String,
    pub licence: String,
    pub shown: EditionCard,
    /// All that the viewer may see, newest first.
    pub editions: Vec<EditionCard>,
    pub levels: Vec<Level>,
    pub outline: Vec<OutlineNode>,
    pub role_profiles: Vec<RoleProfileCard>,
    pub may_curate: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleProfileCard {
    pub slug: String,
    pub title: String,
    pub description: String,
    pub statements: u32,
}

/// A way to another node of the same edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeLink {
    pub address: String,
    pub code: String,
    pub title: String,
}

/// Knowledge, skills, attitudes, behaviours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub knowledge: Vec<String>,
    pub skills: Vec<String>,
    pub attitudes: Vec<String>,
    pub behaviours: Vec<String>,
}

/// A section's, competency's or statement's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodePage {
    pub id: NodeId,
    /// Its code in addresses.
    pub address: String,
    pub set: String,
    pub set_title: String,
    pub language: String,
    pub edition: EditionCard,
    pub levels: Vec<Level>,
    pub kind: NodeKind,
    /// What the source calls this kind; empty when Carrel's own word does.
    pub kind_label: String,
    pub code: String,
    pub title: String,
    pub description_html: String,
    pub details: Details,
    /// From the top of the tree.
    pub above: Vec<NodeLink>,
    pub beneath: Vec<OutlineNode>,
    pub references: Vec<Reference>,
    pub used_by: u32,
    pub mine: Option<Mine>,
    pub learning: Vec<Learning>,
    pub talk: Vec<Talk>,
    pub previous: Option<NodeLink>,
    pub next: Option<NodeLink>,
}

/// A cross-reference, in either direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// "See also", "Comes before" and the like.
    pub words: String,
    pub node: NodeLink,
}

/// Where the viewer stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    pub said: Option<Said>,
    pub needed: Option<Needed>,
}

/// The viewer's newest word on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// `None` when it is not part of the viewer's work.
    pub level: Option<u32>,
    pub day: String,
}

/// What the viewer's role profile asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needed {
    pub role_profile: String,
    pub level: u32,
}

/// Something that serves the statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learning {
    pub subject: Subject,
    pub kind: String,
    pub title: String,
    pub href: String,
    pub facts: String,
    /// The level it brings one to.
    pub level: u32,
}

/// What can be added to a learning plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    Course(CourseId),
    Resource(ResourceId),
}

impl Subject {
    /// As the plan's form reads it: `course-…` or `resource-…`.
    pub fn to_add(&self) -> String {
        match self {
            Self::Course(id) => format!("course-{id}"),
            Self::Resource(id) => format!("resource-{id}"),
        }
    }
}

/// A thread about the statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    pub thread: ThreadId,
    pub group: String,
    pub group_title: String,
    pub title: String,
    pub question: bool,
    pub posts: u32,
    pub last_post: String,
    pub last_post_label: String,
}

/// Where the import form is sent to.
pub const IMPORT_UPLOAD: &str = "/studio/import/upload";

/// What the import form offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportForm {
    /// Organisations as id and name.
    pub organisations: Vec<(String, String)>,
}

/// What importing a file would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub import: Option<ImportId>,
    pub organisation: String,
    pub file_name: String,
    /// The set's title as it would be.
    pub title: String,
    /// "CASE package" or "Moodle framework"; empty when the file is neither.
    pub format: String,
    pub outcome: Outcome,
    pub sections: u32,
    pub competencies: u32,
    pub statements: u32,
    pub references: u32,
    pub with_details: u32,
    pub levels: Vec<Level>,
    pub outline: Vec<OutlineNode>,
    pub new: u32,
    pub changed: u32,
    pub moved: u32,
    pub unchanged: u32,
    pub missing: u32,
    /// The first of those that the file no longer has.
    pub missing_nodes: Vec<NodeLink>,
    /// What of the set itself differs, in words.
    pub set_fields: Vec<String>,
    pub remarks: Vec<Remark>,
}

/// What confirming an import would do, or has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Something has to be put right in the file first.
    Refused,
    /// A set that is not there yet.
    NewSet,
    /// A new draft beside the edition that stays as it is.
    NewEdition { set: String, number: u32, after: u32 },
    /// The draft that is there becomes this.
    ReplacesDraft { set: String, number: u32 },
    /// Only the set's own words change; the edition stays.
    SetOnly { set: String, number: u32 },
    /// Everything is there already.
    Unchanged { set: String, number: u32 },
    /// An edition is being reviewed and must not change meanwhile.
    InReview { set: String, number: u32 },
    /// This upload was confirmed before.
    Done { set: String, number: u32 },
}

impl Outcome {
    /// Whether there is something to confirm.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::NewSet | Self::NewEdition { .. } | Self::ReplacesDraft { .. } | Self::SetOnly { .. })
    }
}

/// How much a remark on a file weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Weight {
    Refused,
    LeftOut,
    Noted,
}

impl Weight {
    pub fn label(self) -> &'static str {
        match self {
            Self::Refused => "Must be put right",
            Self::LeftOut => "Left out",
            Self::Noted => "To know",
        }
    }
}

/// Something to say about a file, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub weight: Weight,
    /// `row 12`, `CFItem …`, `file`.
    pub place: String,
    pub message: String,
}

/// What an import wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    pub set: String,
    pub number: u32,
    pub edition: EditionId,
    /// Whether anything was written.
    pub written: bool,
    pub published: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(depths: &[u32]) -> Vec<OutlineNode> {
        depths.iter().map(|depth| OutlineNode { depth: *depth, ..OutlineNode::default() }).collect()
    }

    #[test]
    fn a_title_is_trimmed_and_bounded() {
        assert_eq!(SetTitle::parse("  Library \n management ").unwrap().as_str(), "Library management");
        assert!(SetTitle::parse("\u{a0}").is_err());
        assert!(SetTitle::parse("a\u{7}").is_err());
        assert!(SetTitle::parse(&"é".repeat(300)).is_ok());
        assert!(SetTitle::parse(&"é".repeat(301)).is_err());
    }

    #[test]
    fn the_place_in_the_tree_decides_the_kind() {
        assert_eq!(NodeKind::of(0, true), NodeKind::Section);
        assert_eq!(NodeKind::of(1, true), NodeKind::Competency);
        assert_eq!(NodeKind::of(5, true), NodeKind::Competency);
        assert_eq!(NodeKind::of(2, false), NodeKind::Statement);
        assert_eq!(NodeKind::of(0, false), NodeKind::Statement);
    }

    #[test]
    fn codes_survive_addresses() {
        assert_eq!(node_href("lm", 2, "LM 3.4"), "/index/lm/2/LM%203.4");
        assert_eq!(node_href("lm", 1, "a/b%#ü"), "/index/lm/1/a%2Fb%25%23%C3%BC");
    }

    #[test]
    fn editions_are_counted_in_words() {
        let words: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21, 112].map(edition_words).into();
        assert_eq!(words.join(" ").replace(" edition", ""), "1st 2nd 3rd 4th 11th 12th 13th 21st 112th");
    }

    #[test]
    fn a_large_outline_loses_its_deepest_level_and_says_so() {
        let kept = pruned(nodes(&[0, 1, 2, 2, 1, 2, 0]), 4);
        assert_eq!(kept.iter().map(|node| node.depth).collect::<Vec<_>>(), [0, 1, 1, 0]);
        assert_eq!(kept.iter().map(|node| node.badge.as_str()).collect::<Vec<_>>(), ["", "2 beneath", "1 beneath", ""]);
        assert_eq!(pruned(nodes(&[0, 1]), 2).len(), 2);
        assert_eq!(pruned(nodes(&[0; 50]), 10).len(), 10);
    }

    #[test]
    fn an_unknown_level_is_a_number() {
        let levels = [Level { label: "None".into(), description: String::new() }];
        assert_eq!(level_word(&levels, 0), "None");
        assert_eq!(level_word(&levels, 7), "level 7");
    }
}
