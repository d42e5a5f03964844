use serde::{Deserialize, Serialize};

use crate::id::{EditionId, TypesettingId};

/// The longest text around an index, in characters.
pub const LONGEST_WORDS: u32 = 20_000;

/// How many stages a file goes through.
pub const STAGES: u32 = 3;

/// What a publication says around the index, as Markdown. What is empty is said
/// by the set's description, by a general text, or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookWords {
    pub introduction: String,
    pub how_to_use: String,
    pub acknowledgements: String,
}

/// The words of a set's draft, for those who write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookWordsPage {
    pub slug: String,
    pub title: String,
    /// The draft and its number.
    pub edition: EditionId,
    pub number: u32,
    pub words: BookWords,
    /// What the form is filled with, in one word.
    pub base: String,
}

/// The forms that an edition is published in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationPage {
    pub slug: String,
    pub title: String,
    pub number: u32,
    pub is_public: bool,
    /// The sections at the top, in order.
    pub sections: Vec<String>,
    /// The file that is asked for, or the whole book in the form it was made last.
    pub file: Option<Typesetting>,
}

/// A typeset file, where it is at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typesetting {
    pub id: TypesettingId,
    pub paper: Paper,
    pub whole: bool,
    pub stage: Stage,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// So many stages of [`STAGES`] are done.
    BeingMade(u32),
    Ready {
        pages: u32,
        /// "1.2 MB".
        size: String,
        /// Characters that no font at hand could show.
        missing: String,
    },
    Failed,
}

/// The paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Paper {
    #[default]
    A4,
    Letter,
}

impl Paper {
    /// What an address calls it; anything else is A4.
    pub fn of_word(word: &str) -> Self {
        if word == "letter" { Self::Letter } else { Self::A4 }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "US Letter",
        }
    }
}

/// Where an edition's publication is asked for.
pub fn publication_href(slug: &str, number: u32) -> String {
    format!("{}/publication", crate::competencies::model::edition_href(slug, number))
}

/// Where curators write the words around a set's draft.
pub fn book_href(slug: &str) -> String {
    format!("/studio/sets/{}/book", crate::paths::segment(slug))
}
