//! What a piece of evidence is made of.

use serde::{Deserialize, Serialize};

use super::forward::model::PutForward;
use crate::id::{EvidenceId, NodeId};

/// Pieces for one statement, and of one person.
pub const MOST_FOR_ONE: u32 = 20;
pub const MOST: u32 = 2_000;
/// Pieces on one page.
pub const PAGE: u32 = 20;

/// What it shows, in 1–200 characters on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceTitle(String);

impl EvidenceTitle {
    pub const MOST: usize = 200;

    pub fn parse(raw: &str) -> Result<Self, String> {
        let title = crate::text::line(raw, "A title", Self::MOST)?;
        match title.is_empty() {
            true => Err("Say in a few words what it shows.".into()),
            false => Ok(Self(title)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the person tells of it, in Markdown: up to 10,000 characters; may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceBody(String);

impl EvidenceBody {
    pub const MOST: usize = 10_000;

    pub fn parse(raw: &str) -> Result<Self, String> {
        let body = crate::text::trimmed_lines(raw)?;
        match body.chars().count() {
            0..=Self::MOST => Ok(Self(body)),
            length => Err(format!("At most 10,000 characters; this has {length}.")),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where it is on the web, `http` or `https`: up to 2,000 characters; may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress(String);

impl WebAddress {
    pub const MOST: usize = 2_000;

    pub fn parse(raw: &str) -> Result<Self, String> {
        let address = crate::text::line(raw, "An address", Self::MOST)?;
        if address.contains(' ') {
            return Err("An address has no spaces.".into());
        }
        let rest = address
            .strip_prefix("https://")
            .or_else(|| address.strip_prefix("http://"));
        match rest {
            Some(rest) if !rest.is_empty() => Ok(Self(address)),
            None if address.is_empty() => Ok(Self(address)),
            _ => Err("An address begins with https:// or http://.".into()),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a form goes that puts down evidence for a statement.
pub fn new_path(node: &str) -> String {
    format!("/me/evidence/new/{node}")
}

/// Where a form goes that adds a file to a piece.
pub fn file_path(evidence: &str) -> String {
    format!("/me/evidence/files/{evidence}")
}

/// Types and endings of files that are taken, for a form.
pub const TAKEN: &str = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,application/pdf,image/jpeg,image/png,image/webp,text/plain";

/// A person's evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidencePage {
    /// The statement that it is for, where one was asked for.
    pub statement: Option<Statement>,
    pub list: EvidenceList,
    /// Taken out within the hour, newest first.
    pub removed: Vec<Removed>,
    /// The mark of the form, so that what is sent twice is put down once.
    pub key: String,
    /// The most of one file.
    pub megabytes: u32,
    /// Whom a piece can be put forward to: their keys and names.
    pub reviewers: Vec<(String, String)>,
}

impl EvidencePage {
    /// Whether the statement that was asked for has room for more.
    pub fn has_room(&self) -> bool {
        self.list.count < MOST_FOR_ONE
    }
}

/// A page of evidence, in the order of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceList {
    pub groups: Vec<Group>,
    /// Pieces on all pages.
    pub count: u32,
    pub page: u32,
    pub pages: u32,
}

/// What stands together on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub statement: Statement,
    /// Put down last, first.
    pub pieces: Vec<Piece>,
}

/// A statement where it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub node: NodeId,
    pub code: String,
    pub title: String,
    pub href: String,
    /// What it is written in.
    pub language: String,
    /// The set and the edition.
    pub place: String,
    /// Whether its edition is in force, so that more can be put down.
    pub open: bool,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub id: EvidenceId,
    pub title: String,
    /// As it was typed, for the person alone.
    pub body: String,
    pub html: String,
    /// On the web, or nothing.
    pub address: String,
    pub file: Option<PieceFile>,
    /// To whom it was put forward, the latest first, for the person alone.
    pub put_forward: Vec<PutForward>,
    /// YYYY-MM-DD, or nothing.
    pub day: String,
    /// "3 March 2026", or nothing.
    pub day_label: String,
    /// What the statement was called in the edition in which this was put down, where
    /// it stands in another one now.
    pub before: Option<String>,
}

/// A file that a piece holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceFile {
    /// As its person called it.
    pub name: String,
    pub href: String,
    /// "PDF, 1.2 MB".
    pub about: String,
    /// Width and height in pixels of a picture, which is shown.
    pub size: Option<(u32, u32)>,
}

/// Taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    pub id: EvidenceId,
    pub title: String,
    /// Within the last minute.
    pub fresh: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_bounded_line() {
        assert_eq!(EvidenceTitle::parse(" A  talk ").unwrap().as_str(), "A talk");
        for bad in [" ", "a\u{202e}b", "x".repeat(201).as_str()] {
            assert!(EvidenceTitle::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_text_may_be_empty_and_is_bounded() {
        assert_eq!(EvidenceBody::parse(" a\r\nb ").unwrap().as_str(), "a\nb");
        assert_eq!(EvidenceBody::parse(" ").unwrap().as_str(), "");
        for bad in ["a\0b", "x".repeat(10_001).as_str()] {
            assert!(EvidenceBody::parse(bad).is_err());
        }
    }

    #[test]
    fn an_address_leads_to_the_web_or_is_empty() {
        for good in ["", "https://example.org/a?b#c", "http://x"] {
            assert_eq!(WebAddress::parse(good).unwrap().as_str(), good);
        }
        let long = format!("https://{}", "x".repeat(2_000));
        for bad in [
            "example.org",
            "javascript:alert(1)",
            "ftp://example.org",
            "//example.org",
            "https://",
            "https://a b",
            "https://a\u{202e}b",
            long.as_str(),
        ] {
            assert!(WebAddress::parse(bad).is_err(), "{bad}");
        }
    }
}
