//! The list of sets, and one edition of a set.

use serde::{Deserialize, Serialize};

use super::{EditionState, Level, OutlineNode, edition_href, edition_words};
use crate::derivations::model::{DerivedSet, SourceLink};
use crate::id::EditionId;
use crate::paths::segment;
use crate::reviews::model::{ChangedSince, Hindrance};

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

impl SetCard {
    /// The edition that it stands with, as on its own page: the newest whole one in
    /// force, else the sections of one, else what was in force, else what is written.
    pub fn standing(&self) -> Option<&EditionCard> {
        let in_force = |edition: &&EditionCard| edition.state == EditionState::Published;
        let whole = self.editions.iter().filter(in_force).find(|edition| !edition.partial);
        whole
            .or_else(|| self.editions.iter().find(in_force))
            .or_else(|| self.editions.iter().find(|edition| edition.state.is_public()))
            .or(self.editions.first())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionCard {
    pub number: u32,
    pub state: EditionState,
    pub statements: u32,
    pub competencies: u32,
    /// Whether it holds only some sections, published ahead of the rest.
    pub partial: bool,
    /// How many of its statements something serves, where that is told.
    pub covered: Option<u32>,
    /// The day it was published, or made when it is not.
    pub day: String,
}

impl EditionCard {
    /// How much of it there is something to learn from.
    pub fn coverage(&self) -> Option<String> {
        let covered = self.covered.filter(|_| self.statements > 0)?;
        Some(format!("{covered} of {} have something to learn from", self.statements))
    }
}

/// What of an edition is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looking {
    pub words: String,
    /// A kind of node by its label.
    pub kind: String,
    /// One of the topics of a node.
    pub topic: String,
    /// Only what some course or resource serves.
    pub learning: bool,
    /// Only what one serves up to this level.
    pub level: Option<u32>,
}

impl Looking {
    /// Characters of the words.
    pub const MOST: usize = 200;

    pub fn new(words: &str, kind: &str, topic: &str, learning: bool, level: Option<u32>) -> Self {
        let [words, kind, topic] = [words, kind, topic].map(|text| text.trim().chars().take(Self::MOST).collect());
        Self {
            words,
            kind,
            topic,
            learning,
            level,
        }
    }

    /// Whether anything is asked for.
    pub fn is_active(&self) -> bool {
        self.needs_learning()
            || [&self.words, &self.kind, &self.topic]
                .into_iter()
                .any(|text| !text.is_empty())
    }

    /// What an address asks for it with, without the sign before it.
    pub fn query(&self) -> String {
        let level = self.level.map(|level| level.to_string()).unwrap_or_default();
        let learning = if self.learning { "true" } else { "" };
        let parts = [
            ("q", self.words.as_str()),
            ("kind", self.kind.as_str()),
            ("topic", self.topic.as_str()),
            ("level", level.as_str()),
            ("learning", learning),
        ];
        let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
        let parts = parts.map(|(name, value)| format!("{name}={}", segment(value)));
        parts.collect::<Vec<_>>().join("&")
    }

    /// Whether it matters what serves a statement.
    pub fn needs_learning(&self) -> bool {
        self.learning || self.level.is_some()
    }

    /// Whether what it is about is read in the nodes themselves.
    pub fn needs_text(&self) -> bool {
        !self.words.is_empty() || !self.topic.is_empty()
    }

    /// Whether a node is looked for: each word stands somewhere in its text.
    pub fn finds(&self, node: &Sought<'_>) -> bool {
        let text = node.text.to_lowercase();
        let topic = self.topic.to_lowercase();
        self.words
            .to_lowercase()
            .split_whitespace()
            .all(|word| text.contains(word))
            && (self.kind.is_empty() || self.kind == node.kind)
            && (topic.is_empty() || node.topics.iter().any(|own| own.to_lowercase() == topic))
            && (!self.learning || !node.served.is_empty())
            && self.level.is_none_or(|level| node.served.contains(&level))
    }
}

/// What of a node is looked at when something is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sought<'a> {
    /// All that is written of it.
    pub text: &'a str,
    /// Its kind by its label.
    pub kind: &'a str,
    pub topics: &'a [String],
    /// The levels that something serves.
    pub served: &'a [u32],
}

/// One edition of a set, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPage {
    pub edition: EditionId,
    /// The edition's own, which other systems know it by.
    pub identifier: String,
    /// Where people reach Carrel.
    pub site: String,
    /// The year in which the edition was published, or made when it is not.
    pub year: String,
    pub slug: String,
    pub title: String,
    pub description_html: String,
    /// The beginning of the description, without markup.
    pub summary: String,
    pub language: String,
    pub owner: String,
    pub creator: String,
    pub licence: String,
    pub shown: EditionCard,
    /// All that the viewer may see, newest first.
    pub editions: Vec<EditionCard>,
    pub levels: Vec<Level>,
    /// One page of its tree, or of what is looked for with all above it.
    pub outline: Vec<OutlineNode>,
    pub page: u32,
    pub pages: u32,
    /// What is looked for, and how many nodes were found; none when nothing is.
    pub looking: Looking,
    pub found: Option<u32>,
    /// The labels of its kinds of nodes.
    pub kinds: Vec<String>,
    /// The topics of its nodes, each once.
    pub topics: Vec<String>,
    /// A page of those that are open to the viewer, its number and how many there
    /// are.
    pub role_profiles: Vec<RoleProfileCard>,
    pub role_profiles_page: (u32, u32),
    /// Whether the viewer may make some of their own.
    pub may_profile: bool,
    /// Who reviewed it and agrees to be named.
    pub acknowledged: Vec<String>,
    /// Statements of it that were changed after that and not reviewed again.
    pub unreviewed: u32,
    /// When and why it was retired, where no edition took its place; else empty.
    pub withdrawn: String,
    /// The review that keeps a draft from being published, for its curators.
    pub in_review: Option<Hindrance>,
    /// What of a draft was changed after its review, for its curators.
    pub changed: ChangedSince,
    pub may_curate: bool,
    /// Whether the viewer may derive a set of their own from it.
    pub may_derive: bool,
    /// The edition that the set was derived from, if it was.
    pub derived_from: Option<SourceLink>,
    /// A page of the sets that were derived from it and that the viewer may see.
    pub derived: Vec<DerivedSet>,
    pub derived_page: (u32, u32),
}

impl SetPage {
    /// Its own address, whole.
    pub fn url(&self) -> String {
        format!("{}{}", self.site, edition_href(&self.slug, self.shown.number))
    }

    /// Who answers for it: who wrote it, else its organisation.
    pub fn author(&self) -> &str {
        if self.creator.is_empty() {
            &self.owner
        } else {
            &self.creator
        }
    }

    /// How to name it in a text.
    pub fn citation(&self) -> String {
        let licence = if self.licence.is_empty() {
            String::new()
        } else {
            format!(" {}.", self.licence)
        };
        format!(
            "{} ({}). {}, {}.{licence} {}",
            self.author(),
            self.year,
            self.title,
            edition_words(self.shown.number),
            self.url()
        )
    }

    /// Its place in the service for other systems, where it is public.
    pub fn case_href(&self) -> Option<String> {
        let public = self.shown.state.is_public();
        public.then(|| format!("/ims/case/v1p1/CFPackages/{}", self.identifier))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleProfileCard {
    pub slug: String,
    pub title: String,
    pub description: String,
    /// Whose it is.
    pub organisation: String,
    pub statements: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_stands_with_its_newest_whole_edition_in_force() {
        use EditionState::{Draft, Published, Retired};

        let standing = |editions: &[(u32, EditionState, bool)]| {
            let card = |(number, state, partial): &(u32, EditionState, bool)| EditionCard {
                number: *number,
                state: *state,
                statements: 1,
                competencies: 0,
                partial: *partial,
                covered: None,
                day: String::new(),
            };
            let set = SetCard {
                slug: "lm".into(),
                title: "Library management".into(),
                summary: String::new(),
                owner: "Riverside".into(),
                language: "en".into(),
                editions: editions.iter().map(card).collect(),
            };
            set.standing().map(|edition| edition.number)
        };
        let ahead = [(3, Draft, false), (2, Published, true), (1, Published, false)];
        assert_eq!(standing(&ahead), Some(1));
        assert_eq!(standing(&[(2, Draft, false), (1, Published, true)]), Some(1));
        assert_eq!(standing(&[(2, Draft, false), (1, Retired, false)]), Some(1));
        assert_eq!(standing(&[(2, Draft, false), (1, Draft, false)]), Some(2));
        assert_eq!(standing(&[]), None);
    }

    #[test]
    fn words_kinds_topics_and_learning_are_looked_for_together() {
        let topics = ["Money".to_owned(), "Buying".to_owned()];
        let node = Sought {
            text: "LM 1 Explains the Budget",
            kind: "Skill",
            topics: &topics,
            served: &[2],
        };
        let finds = |words: &str, kind: &str, topic: &str, learning, level| {
            Looking::new(words, kind, topic, learning, level).finds(&node)
        };
        assert!(finds("", "", "", false, None) && finds(" budget explains", "Skill", "money", true, Some(2)));
        assert!(!finds("budget money", "", "", false, None) && !finds("", "Domain", "", false, None));
        assert!(!finds("", "", "", false, Some(3)) && !finds("", "", "Mone", false, None));
        assert!(!Looking::new("", "", "", true, None).finds(&Sought::default()));
        assert!(!Looking::default().is_active() && Looking::new(" x", "", "", false, None).is_active());
        assert!(Looking::new("", "", "x", false, None).needs_text());
    }

    #[test]
    fn what_is_looked_for_stands_in_the_address() {
        let looking = Looking::new("how & why", "Skill", "Money", true, Some(2));
        assert_eq!(
            looking.query(),
            "q=how%20%26%20why&kind=Skill&topic=Money&level=2&learning=true"
        );
        assert_eq!(Looking::default().query(), "");
    }
}
