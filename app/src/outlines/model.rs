//! What the pages of the studio show of a draft, and what their forms may say.

use serde::{Deserialize, Serialize};

use crate::competencies::model::{Imported, Level};
use crate::id::{EditionId, NodeId};
use crate::lookups::model::Suggestion;
use crate::organisations::choosing::model::Choices;

/// Characters of a statement, and of one entry of its details.
pub const LONGEST_TITLE: u32 = 2_000;
pub const LONGEST_DESCRIPTION: u32 = 20_000;
/// Characters of a code, a kind, a topic.
pub const LONGEST_CODE: u32 = 100;
/// Characters before the numbers of codes.
pub const LONGEST_PREFIX: u32 = 40;
/// Entries of one kind.
pub const MOST_ENTRIES: usize = 200;
/// Levels of a scale.
pub const MOST_LEVELS: usize = 50;
/// Characters of an outline that is pasted, and its lines.
pub const LONGEST_PASTE: u32 = 400_000;
pub const MOST_PASTED: usize = 1_500;
/// Lines of the outline on one page.
pub const PAGE: usize = 200;

/// What a form that came back as a preview says.
pub const PREVIEW: &str = "This is what would be added. Nothing is saved yet.";

/// One step within the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
    /// Beneath the sibling before it.
    In,
    /// Behind its parent.
    Out,
}

impl Way {
    pub const ALL: [Self; 4] = [Self::Up, Self::Down, Self::In, Self::Out];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::In => "in",
            Self::Out => "out",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == text)
    }
}

/// Where a statement was taken from, and who is credited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    pub title: String,
    pub credit: String,
    pub address: String,
}

/// A line of what was pasted; depths count from where it is put.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pasted {
    pub depth: u32,
    pub code: String,
    pub title: String,
    pub kind: String,
    pub description: String,
    pub knowledge: Vec<String>,
    pub skills: Vec<String>,
    pub attitudes: Vec<String>,
    pub behaviours: Vec<String>,
}

impl Pasted {
    /// The four kinds of detail.
    pub fn details(&self) -> [&[String]; 4] {
        [&self.knowledge, &self.skills, &self.attitudes, &self.behaviours]
    }
}

/// The kinds of cross-references that curators make (CASE 1.1, association
/// types), in words.
pub const LINKS: [(&str, &str); 9] = [
    ("isRelatedTo", "See also"),
    ("isPeerOf", "Stands on a level with"),
    ("precedes", "Comes before"),
    ("isPartOf", "Is also part of"),
    ("exactMatchOf", "Says the same as"),
    ("exemplar", "Is shown by"),
    ("hasSkillLevel", "Has the level"),
    ("replacedBy", "Is replaced by"),
    ("isTranslationOf", "Is a translation of"),
];

/// What the form that begins a set needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSetForm {
    pub key: String,
    pub organisations: Choices,
}

/// The draft of a set, or that there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlinePage {
    pub set: String,
    pub title: String,
    pub organisation: String,
    /// Whether it was derived from another set.
    pub derived: bool,
    pub draft: Option<Draft>,
    /// The import that the draft comes from.
    pub imported: Option<Imported>,
    /// Why there is nothing to write, where there is no draft.
    pub in_review: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub edition: EditionId,
    /// Of the forms that add, one line and many: sent twice, they add once.
    pub keys: [String; 2],
    pub number: u32,
    pub frame: FrameForm,
    pub size: u32,
    pub statements: u32,
    /// What is shown: the top, and what stands beneath what is open.
    pub lines: Vec<Line>,
    /// Where something is added first.
    pub open: Option<Label>,
    /// All that is open, that last, each with what it stands beneath.
    pub opened: Vec<(NodeId, Vec<NodeId>)>,
    pub page: u32,
    pub pages: u32,
    /// What would be taken back, and done again.
    pub undo: Option<String>,
    pub redo: Option<String>,
    /// Lines that share their code with another, the first of them.
    pub repeated: Vec<Label>,
    /// Who else has changed it within the last minutes.
    pub others: Vec<String>,
    /// Who else has it open.
    pub present: Vec<Present>,
}

/// Somebody who has a draft open, and the line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    pub name: String,
    pub line: Option<Label>,
}

/// A line of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub id: NodeId,
    pub depth: u32,
    pub code: String,
    pub title: String,
    pub kind: String,
    pub beneath: u32,
    pub open: bool,
    pub parent: Option<NodeId>,
    /// The ways it can go: up, down, in, out.
    pub ways: [bool; 4],
}

/// A node by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub id: NodeId,
    pub code: String,
    pub title: String,
}

impl Draft {
    /// What is open once this line is opened as well.
    pub fn with_open(&self, line: &NodeId) -> Vec<NodeId> {
        let others = self.opened.iter().map(|(open, _)| open).filter(|open| *open != line);
        others.chain([line]).cloned().collect()
    }

    /// What is open once a line is closed: nothing beneath it is, while that beneath
    /// which it stands stays so.
    pub fn with_closed(&self, line: &NodeId, parent: Option<&NodeId>) -> Vec<NodeId> {
        let within = |(open, above): &&(NodeId, Vec<NodeId>)| open == line || above.contains(line);
        let others = self.opened.iter().filter(|one| !within(one)).map(|(open, _)| open);
        let mut left: Vec<NodeId> = others.filter(|open| Some(*open) != parent).cloned().collect();
        left.extend(parent.cloned());
        left
    }
}

impl Label {
    /// "LM 3.4 Explains the budget".
    pub fn words(&self) -> String {
        format!("{} {}", self.code, self.title).trim().to_owned()
    }
}

/// What holds for the whole draft, as its form says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameForm {
    pub title: String,
    pub description: String,
    pub language: String,
    /// A line a level, lowest first: "label: description".
    pub levels: String,
    /// A line a depth.
    pub kinds: String,
    pub numbered: bool,
    pub prefix: String,
    /// What the form was filled with, as JSON.
    pub base: String,
}

/// A node, as its form says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryForm {
    pub title: String,
    pub code: String,
    pub kind: String,
    pub description: String,
    pub knowledge: String,
    pub skills: String,
    pub attitudes: String,
    pub behaviours: String,
    pub notes: String,
    pub topics: String,
    pub sources: String,
    pub levels: String,
}

/// The page of one node in the studio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryPage {
    /// Of the form that splits: sent twice, it splits once.
    pub key: String,
    pub set: String,
    pub set_title: String,
    pub edition: EditionId,
    pub id: NodeId,
    pub label: Label,
    pub entry: EntryForm,
    /// What the form was filled with, as JSON.
    pub base: String,
    /// Whether codes follow from the place.
    pub numbered: bool,
    /// What a node of its depth is called.
    pub kind: String,
    /// Its description is HTML, as it was imported.
    pub html: bool,
    pub levels: Vec<Level>,
    pub above: Vec<Label>,
    pub beneath: u32,
    /// Those beside it, which it can be made one with.
    pub siblings: Vec<Label>,
    pub links: Vec<LinkLine>,
    pub sought: Option<Sought>,
    /// Who else has the draft open.
    pub present: Vec<Present>,
}

/// What is looked for on the page of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seek {
    /// What it refers to: a line of the draft, or a published statement of another set.
    Reference,
    /// What it is to stand beneath.
    Parent,
}

impl Seek {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Parent => "parent",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Reference, Self::Parent]
            .into_iter()
            .find(|what| what.as_str() == text)
    }
}

/// What was found, and what was chosen of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    pub what: Seek,
    pub query: String,
    pub found: Vec<Suggestion>,
    pub chosen: Option<Chosen>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub label: Label,
    /// The title of its set, where that is another one.
    pub place: String,
    /// What stands directly beneath it in the draft.
    pub beneath: Vec<Label>,
}

/// A cross-reference of a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkLine {
    pub kind: String,
    pub words: String,
    pub other: Label,
    /// Whether it leads from this node.
    pub out: bool,
    /// Of another set: its title, and where it is read, or nothing where it is not
    /// published here.
    pub elsewhere: Option<(String, String)>,
    /// Whether an imported package says so, and no curator.
    pub imported: bool,
}

/// The address of a set's draft in the studio.
pub fn outline_href(set: &str) -> String {
    format!("/studio/sets/{}", crate::paths::segment(set))
}

/// The outline, open at a node.
pub fn open_href(set: &str, open: Option<&NodeId>) -> String {
    let base = outline_href(set);
    open.map_or_else(|| base.clone(), |open| format!("{base}?open={open}"))
}

/// Branches that stand open at once, at most.
pub const MOST_OPEN: usize = 30;

/// The outline, open at several nodes, the last of which something is added to.
pub fn opened_href<'a>(set: &str, open: impl IntoIterator<Item = &'a NodeId>) -> String {
    let keys: Vec<&str> = open.into_iter().map(NodeId::as_str).collect();
    let base = outline_href(set);
    match keys.as_slice() {
        [] => base,
        keys => format!("{base}?open={}", keys[keys.len().saturating_sub(MOST_OPEN)..].join(",")),
    }
}

/// The nodes that an address opens, the last one last.
pub fn opened(text: &str) -> Vec<NodeId> {
    let mut open: Vec<NodeId> = Vec::new();
    for node in text.split(',').filter_map(NodeId::parse) {
        open.retain(|one| *one != node);
        open.push(node);
    }
    open.split_off(open.len().saturating_sub(MOST_OPEN))
}

/// The address of a node in the studio.
pub fn entry_href(set: &str, node: &NodeId) -> String {
    format!("{}/nodes/{node}", outline_href(set))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(key: &str) -> NodeId {
        NodeId::parse(key).unwrap()
    }

    #[test]
    fn several_branches_stand_in_one_address_the_last_one_last() {
        assert_eq!(opened("a,b,Not a key,a"), [node("b"), node("a")]);
        assert_eq!(opened(""), Vec::<NodeId>::new());
        let many: Vec<NodeId> = (0..40).map(|key| node(&format!("n{key}"))).collect();
        let href = opened_href("set", &many);
        let kept = opened(href.split_once("open=").unwrap().1);
        assert_eq!((kept.len(), kept.last()), (MOST_OPEN, many.last()));
        assert_eq!(opened_href("set", &[]), "/studio/sets/set");
    }
}
