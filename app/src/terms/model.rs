//! A version of the terms, and what their page shows.

use serde::{Deserialize, Serialize};

use crate::html::Html;

/// The longest terms, in characters.
pub const MOST_CHARACTERS: u32 = 50_000;

/// The text of a version, in Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsBody(String);

impl TermsBody {
    pub fn parse(raw: &str) -> Result<Self, String> {
        let text = crate::text::trimmed_lines(raw)?;
        match text.chars().count() {
            0 => Err("Write the terms first.".into()),
            length if length > MOST_CHARACTERS as usize => {
                Err(format!("Terms have at most {MOST_CHARACTERS} characters."))
            }
            _ => Ok(Self(text)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A version as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub number: u32,
    /// The day it was published.
    pub day: String,
    pub html: Html,
}

/// What the page of the terms shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsPage {
    /// The version that holds; 0 where none was written.
    pub in_force: u32,
    pub shown: Option<Version>,
    /// All versions with their days, the newest first.
    pub versions: Vec<(u32, String)>,
    /// When the viewer accepted what is shown.
    pub accepted: Option<String>,
    /// Whether the viewer is asked to accept what holds.
    pub due: bool,
    /// The text to go on from, for those who may write the next version.
    pub source: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_a_text_within_bounds() {
        assert!(TermsBody::parse(" \r\n ").is_err());
        assert!(TermsBody::parse(&"x".repeat(MOST_CHARACTERS as usize + 1)).is_err());
        assert_eq!(
            TermsBody::parse("One.\r\n\r\nTwo.\r\n").unwrap().as_str(),
            "One.\n\nTwo."
        );
    }
}
