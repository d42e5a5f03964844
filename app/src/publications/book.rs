//! What every form of a publication says, in the same order.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;
use uuid::Uuid;

use super::markup::{escaped, well_formed, without_controls};
use super::model::BookWords;
use crate::competencies::import::shape::rendered;
use crate::competencies::model::{Remarks, Source};
use crate::competencies::store::{Stored, link_words};
use crate::exchange::{ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeSet, TextFormat};
use crate::time;

/// An edition as a book. Texts are plain unless they say otherwise; none holds
/// a character that XML cannot.
#[derive(Debug, Clone)]
pub struct Book {
    pub title: String,
    /// A language tag.
    pub language: String,
    /// Which edition it is and since when it stands, for the cover and the
    /// edition notice.
    pub edition: String,
    /// The identifier of the edition.
    pub identifier: Uuid,
    /// Where it is read on the web.
    pub address: String,
    pub creator: String,
    /// The organisation that publishes it.
    pub owner: String,
    pub licence: String,
    /// Well-formed HTML, as the two after it.
    pub introduction: String,
    pub how_to_use: String,
    pub acknowledgements: String,
    /// From the lowest level to the highest.
    pub levels: Vec<ExchangeLevel>,
    /// In reading order.
    pub entries: Vec<Entry>,
}

/// A section, competency or statement.
#[derive(Debug, Clone)]
pub struct Entry {
    /// 1 at the top.
    pub depth: u32,
    /// Unique within the book, for links.
    pub anchor: String,
    pub code: String,
    pub title: String,
    /// Well-formed HTML.
    pub text: String,
    pub details: ExchangeDetails,
    /// What curators wrote beside it; of its levels, those that mean something
    /// of their own here, with their labels.
    pub remarks: Remarks,
    pub levels: Vec<ExchangeLevel>,
    /// What it is connected with within the book.
    pub related: Vec<Related>,
    /// Whether other entries stand beneath it.
    pub is_heading: bool,
}

/// What an entry is connected with in one way: "Comes before", "Replaces".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    pub words: String,
    /// Anchors, and codes or else titles.
    pub entries: Vec<(String, String)>,
}

impl Entry {
    /// Its code, else its title.
    pub fn short(&self) -> &str {
        if self.code.is_empty() { &self.title } else { &self.code }
    }

    /// Code and title in one line.
    pub fn label(&self) -> String {
        match self.code.as_str() {
            "" => self.title.clone(),
            code => format!("{code} {}", self.title),
        }
    }
}

impl Book {
    /// `remarks` are by identifier; `site` is where people reach Carrel.
    pub fn of(stored: &Stored, remarks: HashMap<Uuid, Remarks>, words: &BookWords, site: &str) -> Self {
        let set = &stored.set;
        let markdown = |text: &str| well_formed(&rendered(text, TextFormat::Markdown));
        let or = |written: &str, otherwise: &dyn Fn() -> String| match written.trim() {
            "" => otherwise(),
            written => markdown(written),
        };
        let day = time::date(&stored.changed);
        let edition = match stored.state.is_public() {
            true => format!("Edition {}, published {day}", stored.number),
            false => format!("Draft of edition {}, begun {day}", stored.number),
        };
        Self {
            title: without_controls(&set.title),
            language: set
                .language
                .clone()
                .filter(|language| !language.is_empty())
                .unwrap_or_else(|| "en".into()),
            edition,
            identifier: stored.document,
            address: format!("{site}/index/{}/{}", stored.slug, stored.number),
            creator: without_controls(set.creator.as_deref().unwrap_or_default()),
            owner: without_controls(&stored.owner),
            licence: without_controls(set.licence.as_deref().unwrap_or_default()),
            introduction: or(&words.introduction, &|| {
                well_formed(&rendered(&set.description, set.description_format))
            }),
            how_to_use: or(&words.how_to_use, &|| {
                format!("<p>{}</p>", how_to_use(set.scale.is_empty()))
            }),
            acknowledgements: markdown(words.acknowledgements.trim()),
            levels: set.scale.iter().map(level).collect(),
            entries: entries(set, remarks),
        }
    }

    /// The same, thanking also those who reviewed it and agree to be named.
    pub fn thanking(mut self, reviewers: &[String]) -> Self {
        if !reviewers.is_empty() {
            let names = escaped(&without_controls(&reviewers.join(", ")));
            self.acknowledgements += &format!("<p>Reviewed by {names}.</p>");
        }
        self
    }

    /// The entries that stand in the table of contents: what has something
    /// beneath it, and what stands alone at the top among such.
    pub fn headings(&self) -> impl Iterator<Item = &Entry> {
        let sections = self.entries.iter().any(|entry| entry.is_heading);
        let listed = move |entry: &&Entry| entry.is_heading || (sections && entry.depth == 1);
        self.entries.iter().filter(listed)
    }

    /// Who is named on the cover: label and words, of those that are known.
    pub fn imprint(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("Written by", self.creator.as_str()),
            (
                "Published by",
                if self.owner == self.creator {
                    ""
                } else {
                    self.owner.as_str()
                },
            ),
            ("Licence", self.licence.as_str()),
        ];
        all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    /// The topics in the order of the alphabet, each with its entries.
    pub fn topics(&self) -> BTreeMap<&str, Vec<&Entry>> {
        let mut topics: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            for topic in &entry.remarks.topics {
                topics.entry(topic).or_default().push(entry);
            }
        }
        topics
    }

    /// All sources, each once, in the order of the alphabet.
    pub fn sources(&self) -> BTreeSet<String> {
        let line = |source: &Source| {
            let parts = [&source.title, &source.credit, &source.address];
            let parts: Vec<&str> = parts
                .into_iter()
                .map(String::as_str)
                .filter(|part| !part.is_empty())
                .collect();
            parts.join(", ")
        };
        self.entries
            .iter()
            .flat_map(|entry| &entry.remarks.sources)
            .map(line)
            .collect()
    }
}

/// What to do with the book, before its scale, where curators wrote nothing.
pub fn how_to_use(without_scale: bool) -> &'static str {
    if without_scale {
        "Each statement names something that people in this work know or do. Read what stands behind it, find out \
         where you stand, and choose what to learn next."
    } else {
        "Each statement names something that people in this work know or do. Read what stands behind it, rate \
         yourself by these levels, and choose what to learn next."
    }
}

/// What stands at the top of a set, in order.
pub fn sections(set: &ExchangeSet) -> impl Iterator<Item = &ExchangeNode> {
    set.nodes.iter().filter(|node| node.parent.is_none())
}

/// Leaves of a set only its sections at these places, counted from 0. What is
/// not there is not chosen; without any choice all stay.
pub fn choose(set: &mut ExchangeSet, chosen: &[u32]) {
    let top: HashSet<Uuid> = sections(set)
        .zip(0..)
        .filter(|(_, at)| chosen.contains(at))
        .map(|(node, _)| node.identifier)
        .collect();
    if top.is_empty() {
        return;
    }
    // Parents stand before what is beneath them.
    let mut kept = top;
    set.nodes.retain(|node| {
        let keeps = kept.contains(&node.identifier) || node.parent.is_some_and(|parent| kept.contains(&parent));
        if keeps {
            kept.insert(node.identifier);
        }
        keeps
    });
    set.references
        .retain(|reference| kept.contains(&reference.from) && kept.contains(&reference.to));
}

fn level(level: &ExchangeLevel) -> ExchangeLevel {
    ExchangeLevel {
        label: without_controls(&level.label),
        description: without_controls(&level.description),
    }
}

fn entries(set: &ExchangeSet, mut remarks: HashMap<Uuid, Remarks>) -> Vec<Entry> {
    let parents: HashSet<Uuid> = set.nodes.iter().filter_map(|node| node.parent).collect();
    let places: HashMap<Uuid, usize> = set
        .nodes
        .iter()
        .enumerate()
        .map(|(at, node)| (node.identifier, at))
        .collect();
    let mut related = related(set, &places);
    let depths = set.depths();
    let entry = |(at, node): (usize, &ExchangeNode)| {
        let remarks = without_controls_in(remarks.remove(&node.identifier).unwrap_or_default());
        Entry {
            depth: depths[at],
            anchor: anchor(at),
            code: without_controls(node.code.as_deref().unwrap_or_default()),
            title: without_controls(&node.title),
            text: well_formed(&rendered(&node.description, node.description_format)),
            details: details(&node.details),
            levels: own_levels(&set.scale, &remarks.levels),
            remarks,
            related: related.remove(&node.identifier).unwrap_or_default(),
            is_heading: parents.contains(&node.identifier),
        }
    };
    set.nodes.iter().enumerate().map(entry).collect()
}

/// What each node is connected with, from both ends, in the order of the book.
fn related(set: &ExchangeSet, places: &HashMap<Uuid, usize>) -> HashMap<Uuid, Vec<Related>> {
    let mut ways: HashMap<Uuid, BTreeMap<String, BTreeSet<usize>>> = HashMap::new();
    for reference in &set.references {
        let (Some(from), Some(to)) = (places.get(&reference.from), places.get(&reference.to)) else {
            continue;
        };
        for (own, other, outgoing) in [(reference.from, *to, true), (reference.to, *from, false)] {
            let words = without_controls(&link_words(&reference.kind, outgoing));
            ways.entry(own).or_default().entry(words).or_default().insert(other);
        }
    }
    let name = |at: usize| {
        let node = &set.nodes[at];
        without_controls(
            node.code
                .as_deref()
                .filter(|code| !code.is_empty())
                .unwrap_or(&node.title),
        )
    };
    let way = |(words, others): (String, BTreeSet<usize>)| Related {
        words,
        entries: others.into_iter().map(|at| (anchor(at), name(at))).collect(),
    };
    ways.into_iter()
        .map(|(own, ways)| (own, ways.into_iter().map(way).collect()))
        .collect()
}

fn own_levels(scale: &[ExchangeLevel], words: &[String]) -> Vec<ExchangeLevel> {
    let own = |(level, words): (&ExchangeLevel, &String)| ExchangeLevel {
        label: without_controls(&level.label),
        description: words.clone(),
    };
    scale
        .iter()
        .zip(words)
        .filter(|(_, words)| !words.is_empty())
        .map(own)
        .collect()
}

fn without_controls_in(remarks: Remarks) -> Remarks {
    let all = |texts: Vec<String>| texts.iter().map(|text| without_controls(text)).collect();
    let source = |source: Source| Source {
        title: without_controls(&source.title),
        credit: without_controls(&source.credit),
        address: without_controls(&source.address),
    };
    Remarks {
        notes: without_controls(&remarks.notes),
        topics: all(remarks.topics),
        sources: remarks.sources.into_iter().map(source).collect(),
        levels: all(remarks.levels),
    }
}

fn anchor(at: usize) -> String {
    format!("n{}", at + 1)
}

fn details(details: &ExchangeDetails) -> ExchangeDetails {
    let clean = |entries: &[String]| entries.iter().map(|entry| without_controls(entry)).collect();
    ExchangeDetails {
        knowledge: clean(&details.knowledge),
        skills: clean(&details.skills),
        attitudes: clean(&details.attitudes),
        behaviours: clean(&details.behaviours),
    }
}
