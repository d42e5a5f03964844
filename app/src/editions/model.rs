//! What the pages of editions show.

use serde::{Deserialize, Serialize};

use crate::competencies::model::{EditionState, Imported, Level, edition_words};
use crate::id::{EditionId, NodeId};
use crate::paths::segment;
use crate::reviews::model::ChangedSince;

/// How a node of the edition before goes on, or that it is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Same,
    Moved,
    Reworded,
    Split,
    Merged,
    Retired,
    New,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::Same,
        Self::Moved,
        Self::Reworded,
        Self::Split,
        Self::Merged,
        Self::Retired,
        Self::New,
    ];

    /// The word in the database and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Moved => "moved",
            Self::Reworded => "reworded",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Retired => "retired",
            Self::New => "new",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Same => "Same",
            Self::Moved => "Moved",
            Self::Reworded => "Reworded",
            Self::Split => "Split",
            Self::Merged => "Merged",
            Self::Retired => "Retired",
            Self::New => "New",
        }
    }

    /// What it means for who made something against the edition before.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Same => "Ratings, goals and alignments carry over.",
            Self::Moved => {
                "The words are the same, the place or the code is another; everything carries over. A number that follows from the place is no other code."
            }
            Self::Reworded => "Ratings and goals carry over; people are asked whether they still hold.",
            Self::Split => "People choose what their answer means for each part.",
            Self::Merged => "People choose one answer for what was several.",
            Self::Retired => "It stays in the history; nothing is asked.",
            Self::New => "There is nothing before it.",
        }
    }
}

/// Asks for what of a map waits to be confirmed, in place of a kind.
pub const WAITING: &str = "waiting";

/// What happened to a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stroke {
    Kept,
    Out,
    In,
}

/// A run of words and what happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub stroke: Stroke,
    pub text: String,
}

/// A node by its name in one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The number of its edition.
    pub edition: u32,
    pub address: String,
    pub code: String,
    pub title: String,
}

impl Named {
    /// "LM 3.4 Reads a budget".
    pub fn words(&self) -> String {
        if self.code.is_empty() {
            self.title.clone()
        } else {
            format!("{} {}", self.code, self.title)
        }
    }
}

/// How many nodes go on in each way, in the order of [`Kind::ALL`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts(pub Vec<(Kind, u32)>);

impl Counts {
    pub fn of(&self, kind: Kind) -> u32 {
        self.0
            .iter()
            .find(|(own, _)| *own == kind)
            .map_or(0, |(_, count)| *count)
    }

    pub fn count(kinds: impl Iterator<Item = Kind>) -> Self {
        let mut counts = Kind::ALL.map(|kind| (kind, 0));
        for kind in kinds {
            counts[kind as usize].1 += 1;
        }
        Self(counts.to_vec())
    }
}

/// The editions of a set, for its curators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionsPage {
    pub slug: String,
    pub title: String,
    /// Newest first.
    pub editions: Vec<EditionLine>,
    /// Whether a draft can be opened: the newest edition is published.
    pub may_open: bool,
    /// The map of the draft, where there is a draft and an edition before it.
    pub map: Option<MapPage>,
    /// The import that the draft comes from.
    pub imported: Option<Imported>,
    /// What of the draft can be published ahead of the rest.
    pub ahead: Option<Ahead>,
}

/// The sections of a draft, for publishing some of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    pub edition: EditionId,
    pub number: u32,
    pub sections: Vec<SectionLine>,
    /// What of the draft was changed after its review.
    pub changed: ChangedSince,
}

/// A section at the top of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionLine {
    pub identifier: String,
    pub words: String,
    pub beneath: u32,
    /// How many rows of the map that lead into it wait to be confirmed.
    pub waiting: u32,
}

/// "2nd and 1st edition".
pub fn bases_words(bases: &[u32]) -> String {
    let words: Vec<String> = bases.iter().map(|number| edition_words(*number)).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ").replace(" edition", "")),
        None => String::new(),
    }
}

/// One edition in the studio's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionLine {
    pub id: EditionId,
    pub number: u32,
    pub state: EditionState,
    /// A draft that a review round goes on over.
    pub in_review: bool,
    pub statements: u32,
    /// Whether it holds only some sections, published ahead of the rest.
    pub partial: bool,
    /// When it was begun, and published.
    pub begun: String,
    pub published: String,
    /// How far what was made against the edition before has followed, in
    /// hundredths; none where all has, or nothing had to.
    pub carrying: Option<u32>,
    /// Whether it goes no further until the server starts again.
    pub stopped: bool,
}

/// A level that the scale of the draft does not have by its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelAsked {
    pub label: String,
    /// What a curator said that it is now; empty where people are to be asked.
    pub said: Option<String>,
    pub suggested: Option<String>,
    /// Whether people are asked as it stands.
    pub asks: bool,
}

/// The statement map of a draft: a page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapPage {
    pub edition: EditionId,
    pub number: u32,
    /// The numbers of the editions that it goes on from, newest first.
    pub bases: Vec<u32>,
    pub counts: Counts,
    /// How many wait to be confirmed, and how many of these are the same.
    pub waiting: u32,
    pub waiting_same: u32,
    /// Levels of the editions before that the draft's scale does not have, and the
    /// labels of that scale.
    pub levels_asked: Vec<LevelAsked>,
    pub scale: Vec<String>,
    /// What is shown: all kinds when none is chosen.
    pub kind: Option<Kind>,
    /// Whether only what waits is shown.
    pub waiting_only: bool,
    /// What has to be decided first; what is the same is among them only where it
    /// is asked for.
    pub rows: Vec<MapRow>,
    /// Beneath the last page of all: the first that are the same in both.
    pub same: Vec<MapRow>,
    pub page: u32,
    pub pages: u32,
    /// Whether the draft can be published: all is confirmed and it is not empty.
    pub ready: bool,
}

impl MapPage {
    /// What is shown, as addresses say it; empty: all.
    pub fn shown(&self) -> &'static str {
        match self.kind {
            Some(kind) => kind.as_str(),
            None if self.waiting_only => WAITING,
            None => "",
        }
    }
}

/// What becomes of one node, or a node that is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapRow {
    /// Of the node before; empty for what is new.
    pub identifier: String,
    pub kind: Kind,
    pub confirmed: bool,
    pub means_same: bool,
    /// What is confirmed: the row as it was looked at.
    pub print: String,
    pub before: Option<Named>,
    pub after: Vec<Named>,
    /// The title word by word, where one node became one other.
    pub pieces: Vec<Piece>,
    /// Whether something other than the title differs.
    pub beside: bool,
}

/// What changed from the edition before, for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangesPage {
    pub slug: String,
    pub title: String,
    pub language: String,
    pub number: u32,
    /// The editions that it goes on from, newest first; none: it is the first.
    pub bases: Vec<u32>,
    pub counts: Counts,
    pub kind: Option<Kind>,
    /// The one node that is asked for, by its name.
    pub node: Option<String>,
    pub groups: Vec<ChangeGroup>,
    pub page: u32,
    pub pages: u32,
}

/// What changed in one section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeGroup {
    pub title: String,
    pub changes: Vec<Change>,
}

/// What changed in one node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub kind: Kind,
    /// In the edition before.
    pub before: Option<Named>,
    /// In this edition.
    pub after: Vec<Named>,
    pub title: Vec<Piece>,
    /// Description and details that differ, each with its name.
    pub parts: Vec<(String, Vec<Piece>)>,
    /// Where it stood and stands, when that is another place.
    pub place: Option<(String, String)>,
}

/// Questions on a page: a sitting.
pub const ASKED_AT_ONCE: usize = 10;

/// What new editions ask of the viewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyChanges {
    pub waiting: u32,
    pub asked: Vec<Asked>,
    pub page: u32,
    pub pages: u32,
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub node: NodeId,
    pub kind: Kind,
    pub code: String,
    pub title: String,
    pub href: String,
    /// "Library management, 2nd edition".
    pub place: String,
    pub levels: Vec<Level>,
    /// What the viewer had before, newest wording last.
    pub before: Vec<Before>,
    /// The title word by word, where it was reworded.
    pub pieces: Vec<Piece>,
    /// Whether one of the old statements is a goal of the viewer's plan.
    pub goal: bool,
}

/// An answer to a statement of the edition before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    pub words: String,
    pub href: String,
    /// "Moderate, said on 3 March 2026", "a goal of your plan".
    pub said: String,
    /// The value to start from in a form; empty when there was no answer.
    pub value: String,
    /// The viewer's own note to it.
    pub note: String,
}

/// The address of a set's editions in the studio.
pub fn editions_href(slug: &str) -> String {
    format!("/studio/sets/{}/editions", segment(slug))
}

/// The address of what changed in an edition.
pub fn changes_href(slug: &str, number: u32) -> String {
    format!("/index/{}/{number}/changes", segment(slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_counted_in_their_order() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        let counts = Counts::count([Kind::New, Kind::Same, Kind::New].into_iter());
        assert_eq!(counts.0.len(), 7);
        assert_eq!((counts.of(Kind::New), counts.of(Kind::Split)), (2, 0));
        assert_eq!(bases_words(&[1]), "1st edition");
        assert_eq!(bases_words(&[3, 2, 1]), "3rd, 2nd and 1st edition");
    }
}
