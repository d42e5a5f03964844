//! What is asked and what is answered.

use serde::{Deserialize, Serialize};

use crate::evidence::model::{Piece, Statement};
use crate::id::{EvidenceReviewId, PersonId};

/// How often one piece may be put forward.
pub const MOST: i64 = 20;
/// Pieces on one page of those that wait.
pub const PAGE: u32 = 20;

/// What somebody finds of a piece that was put forward to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    Supports,
    NotYet,
}

impl Finding {
    pub const ALL: [Self; 2] = [Self::Supports, Self::NotYet];

    /// The word in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::NotYet => "not_yet",
        }
    }

    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|finding| finding.as_str() == word)
    }

    /// On the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Supports => "Supports it",
            Self::NotYet => "Does not yet support it",
        }
    }
}

/// What the person is told with it, as plain text: up to 1,000 characters; may be
/// empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerComment(String);

impl AnswerComment {
    pub const MOST: usize = 1_000;

    pub fn parse(raw: &str) -> Result<Self, String> {
        let comment = crate::text::trimmed_lines(raw)?;
        match comment.chars().count() {
            0..=Self::MOST => Ok(Self(comment)),
            length => Err(format!("At most 1,000 characters; this has {length}.")),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// That a piece was put forward, and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutForward {
    pub id: EvidenceReviewId,
    /// To whom.
    pub reviewer: String,
    /// "3 March".
    pub on: String,
    pub answer: Option<Answer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub finding: Finding,
    pub comment: String,
    pub on: String,
}

/// A page of what waits for one's answer, what was put forward first above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingPage {
    pub waiting: Vec<Waiting>,
    pub page: u32,
    pub pages: u32,
}

/// A piece that somebody put forward to the viewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub id: EvidenceReviewId,
    pub person: PersonId,
    pub name: String,
    pub on: String,
    pub statement: Statement,
    pub piece: Piece,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_found_by_its_word() {
        for finding in Finding::ALL {
            assert_eq!(Finding::of_word(finding.as_str()), Some(finding));
        }
        assert_eq!(Finding::of_word("maybe"), None);
    }

    #[test]
    fn a_comment_may_be_empty_and_is_bounded() {
        assert_eq!(AnswerComment::parse(" a\r\nb ").unwrap().as_str(), "a\nb");
        assert_eq!(AnswerComment::parse("").unwrap().as_str(), "");
        for bad in ["a\0b", "x".repeat(1_001).as_str()] {
            assert!(AnswerComment::parse(bad).is_err());
        }
    }
}
