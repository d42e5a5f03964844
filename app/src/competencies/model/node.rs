//! A section's, competency's or statement's page.

use serde::{Deserialize, Serialize};

use super::{EditionCard, Level, NodeKind, OutlineNode, edition_words, node_href};
use crate::editions::model::{Kind, Named};
use crate::id::{CourseId, NodeId, ResourceId, ThreadId};

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

/// Notes, topics, where it was taken from, and what each level means here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks {
    pub notes: String,
    pub topics: Vec<String>,
    pub sources: Vec<Source>,
    /// Lowest level first; an empty one means what the set says.
    pub levels: Vec<String>,
}

impl Remarks {
    /// The levels that mean something of their own here, with what they mean.
    pub fn meant(&self, levels: Vec<Level>) -> Vec<Level> {
        let told = levels.into_iter().zip(&self.levels);
        told.filter(|(_, words)| !words.is_empty())
            .map(|(level, words)| Level {
                description: words.clone(),
                ..level
            })
            .collect()
    }
}

/// Where a statement was taken from, and who is credited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub title: String,
    pub credit: String,
    pub address: String,
}

/// A section's, competency's or statement's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodePage {
    pub id: NodeId,
    /// The same in every edition and every system.
    pub identifier: String,
    /// Where people reach Carrel.
    pub site: String,
    /// Who answers for the set: who wrote it, else its organisation.
    pub author: String,
    pub licence: String,
    /// The year in which the edition was published, or made when it is not.
    pub year: String,
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
    /// The beginning of the description, without markup.
    pub summary: String,
    pub details: Details,
    /// What curators wrote beside it.
    pub remarks: Remarks,
    /// From the top of the tree.
    pub above: Vec<NodeLink>,
    pub beneath: Vec<OutlineNode>,
    /// Which page of what stands right beneath it this is, of how many.
    pub beneath_page: u32,
    pub beneath_pages: u32,
    pub references: Vec<Reference>,
    /// The role profiles that need it and that are open to the viewer.
    pub used_by: Vec<UsedBy>,
    /// Programmes of the viewer's organisations with courses that serve it.
    pub programmes: Vec<ProgrammeUse>,
    pub mine: Option<Mine>,
    pub learning: Vec<Learning>,
    /// Which page of what serves it this is, of how many.
    pub learning_page: u32,
    pub learning_pages: u32,
    /// The newest of it.
    pub talk: Vec<Talk>,
    /// How many threads there are about it.
    pub talks: u32,
    pub talk_page: u32,
    pub talk_pages: u32,
    /// The editions that hold it, newest first: number and address there.
    pub editions: Vec<(u32, String)>,
    /// What became of it in later editions, where they speak of it.
    pub onward: Option<Onward>,
    /// What it comes from under other identifiers, through all maps, newest first.
    pub came_from: Vec<Named>,
    pub previous: Option<NodeLink>,
    pub next: Option<NodeLink>,
}

impl NodePage {
    /// Its own address, whole.
    pub fn url(&self) -> String {
        format!(
            "{}{}",
            self.site,
            node_href(&self.set, self.edition.number, &self.address)
        )
    }

    /// How to name it in a text.
    pub fn citation(&self) -> String {
        let code = if self.code.is_empty() {
            String::new()
        } else {
            format!("{} ", self.code)
        };
        let licence = if self.licence.is_empty() {
            String::new()
        } else {
            format!(" {}.", self.licence)
        };
        format!(
            "{} ({}). {code}“{}” In {}, {}.{licence} {}",
            self.author,
            self.year,
            ended(&self.title),
            self.set_title,
            edition_words(self.edition.number),
            self.url()
        )
    }

    /// Its place in the service for other systems, where it is public.
    pub fn case_href(&self) -> Option<String> {
        let public = self.edition.state.is_public();
        public.then(|| format!("/ims/case/v1p1/CFItems/{}", self.identifier))
    }
}

/// With a sign at its end.
fn ended(title: &str) -> String {
    let dot = if title.ends_with(['.', '!', '?', '…']) {
        ""
    } else {
        "."
    };
    format!("{title}{dot}")
}

/// A cross-reference, in either direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// "See also", "Comes before" and the like.
    pub words: String,
    pub node: NodeLink,
    /// Where the other node stands in another set.
    pub elsewhere: Option<Elsewhere>,
}

/// An edition of another set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    pub set: String,
    pub title: String,
    pub number: u32,
}

/// What became of a node since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onward {
    /// In the edition after it.
    pub kind: Kind,
    /// Where it stands now; nowhere when it is retired.
    pub to: Vec<Named>,
}

impl Onward {
    pub fn words(&self) -> &'static str {
        match (self.to.as_slice(), self.kind) {
            ([], _) => "Later editions do not hold it any more. What was said of it stays here.",
            (_, Kind::Split) => "It was split, and goes on as:",
            (_, Kind::Merged) => "It was merged with others, and goes on as:",
            (_, Kind::Reworded) => "It was reworded, and goes on as:",
            (_, Kind::Moved) => "It was moved, and goes on as:",
            _ => "It goes on as:",
        }
    }
}

/// Where the viewer stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    pub said: Option<Said>,
    /// By the role profiles that the viewer chose, the newest choice first.
    pub needed: Vec<Needed>,
    /// The level that is a goal of the viewer's plan.
    pub goal: Option<u32>,
    /// The level that it was while this edition was in force, where it went on.
    pub past_goal: Option<u32>,
    /// What the viewer said before, the newest first.
    pub earlier: Vec<Earlier>,
    /// Pieces of evidence that the viewer put down for it, in this edition or before.
    pub evidence: u32,
}

impl Mine {
    /// How many levels are missing to what is needed; nothing where there is no
    /// level to count from.
    pub fn gap(&self, needed: &Needed) -> Option<u32> {
        let level = self.said.as_ref()?.level?;
        Some(needed.level.saturating_sub(level))
    }
}

/// An earlier word of the viewer on it, in this edition or before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    pub words: String,
    pub day: String,
}

/// The viewer's newest word on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// `None` when it is not part of the viewer's work.
    pub level: Option<u32>,
    pub day: String,
}

/// What a role profile of the viewer asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needed {
    pub role_profile: String,
    pub level: u32,
}

/// A role profile that needs the statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedBy {
    pub title: String,
    pub slug: String,
    pub organisation: String,
    pub level: u32,
}

/// A programme with courses that serve the statement. It has no page of its own yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeUse {
    pub title: String,
    pub organisation: String,
    /// These courses, each with where it is.
    pub courses: Vec<(String, String)>,
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
    /// Where it was begun, if in an earlier edition.
    pub before: Option<Before>,
}

/// The statement of an earlier edition that something was said of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    pub edition: u32,
    pub words: String,
    /// What became of it since.
    pub kind: Kind,
}

impl Before {
    /// In words; those of the statement are said where they are others now.
    pub fn label(&self) -> String {
        let since = match self.kind {
            Kind::Split => "which was split",
            Kind::Merged => "which was merged into this",
            Kind::Reworded => "which was reworded",
            _ => return format!("begun in edition {}", self.edition),
        };
        format!("begun in edition {} about “{}”, {since}", self.edition, self.words)
    }
}
