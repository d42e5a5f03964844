//! What pages show of statements that are signed off or published in other words
//! than were reviewed.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::rules::Why;
use crate::id::ReviewRoundId;

/// Statements that are listed as changed after their review.
pub const MOST_CHANGED: usize = 100;

/// A statement that says something else than when the last round about it was
/// signed off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub round: ReviewRoundId,
    pub number: u32,
    pub identifier: String,
    /// What it stood in at the top as it was signed off; empty where that is not known.
    pub section: String,
    pub code: String,
    /// What it said then; none: it was left out.
    pub was: Option<String>,
    /// None: it is gone from the draft.
    pub now: Option<String>,
}

impl Changed {
    /// Whether it counts where only `going` is published, given by identifiers: what
    /// is gone or went elsewhere counts with the section that it stood in.
    pub fn goes_with(&self, going: &HashSet<String>) -> bool {
        let lost = self.identifier.is_empty() && self.section.is_empty();
        lost || going.contains(&self.identifier) || going.contains(&self.section)
    }
}

/// All of these of a draft, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedSince {
    /// What they say now, in one word: whoever says that they go out unreviewed
    /// says it of these.
    pub print: String,
    pub many: u32,
    /// At most [`MOST_CHANGED`].
    pub lines: Vec<Changed>,
}

/// That an edition went out in other words than were signed off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreviewed {
    pub edition: u32,
    pub reason: String,
    pub by: String,
    pub day: String,
    /// What of the round it is about: number, and what it said then and now.
    pub statements: Vec<(u32, Option<String>, Option<String>)>,
}

/// A statement that would be signed off in other words than were resolved, or
/// than reviewers saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlike {
    pub number: u32,
    pub code: String,
    pub title: String,
    pub why: Why,
}

/// All of these of a round in which all is resolved, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnlikeReview {
    /// What they say now, in one word, as of [`ChangedSince`].
    pub print: String,
    pub many: u32,
    /// At most [`MOST_CHANGED`].
    pub lines: Vec<Unlike>,
}
