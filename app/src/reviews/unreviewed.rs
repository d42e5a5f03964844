//! What pages show of statements that are signed off or published in other words
//! than were reviewed.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::rules::{Lack, Why};
use crate::id::ReviewRoundId;

/// Statements that are listed as changed after their review.
pub const MOST_CHANGED: usize = 100;

/// A statement that was not reviewed as it stands: it says something else than
/// when the last round about it was signed off, or nobody gave a verdict on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub round: ReviewRoundId,
    pub number: u32,
    pub identifier: String,
    /// What it stood in at the top as it was signed off; empty where that is not known.
    pub section: String,
    pub code: String,
    pub why: Lack,
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
    /// How many of them nobody gave a verdict on.
    pub silent: u32,
    /// At most [`MOST_CHANGED`].
    pub lines: Vec<Changed>,
}

impl ChangedSince {
    /// What that means, in a sentence or two.
    pub fn words(&self) -> String {
        unreviewed_words(self.many.saturating_sub(self.silent), self.silent)
    }
}

/// How many statements were changed after their review, and how many had none.
pub fn unreviewed_words(changed: u32, silent: u32) -> String {
    let since = match changed {
        0 => None,
        1 => Some(
            "1 statement was changed after the review was signed off, so nobody has reviewed what it says now."
                .to_owned(),
        ),
        many => Some(format!(
            "{many} statements were changed after the review was signed off, so nobody has reviewed what they say now."
        )),
    };
    let never = match silent {
        0 => None,
        1 => Some("Nobody gave a verdict on 1 statement, so it is signed off but not reviewed.".to_owned()),
        many => Some(format!(
            "Nobody gave a verdict on {many} statements, so they are signed off but not reviewed."
        )),
    };
    let parts: Vec<String> = since.into_iter().chain(never).collect();
    parts.join(" ")
}

/// That an edition went out with what was not reviewed as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreviewed {
    pub edition: u32,
    pub reason: String,
    pub by: String,
    pub day: String,
    /// What of the round it is about.
    pub statements: Vec<WentOut>,
}

/// One of its statements: what it said when it was signed off, and when it went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WentOut {
    pub number: u32,
    pub why: Lack,
    pub was: Option<String>,
    pub now: Option<String>,
}

impl Unreviewed {
    /// "2 statements that were changed after sign-off and 1 that nobody gave a verdict on".
    pub fn words(&self) -> String {
        let silent = self.statements.iter().filter(|one| one.why == Lack::Silent).count();
        let changed = self.statements.len() - silent;
        let statements = |many: usize| match many {
            1 => "1 statement".to_owned(),
            many => format!("{many} statements"),
        };
        let were = if changed == 1 { "was" } else { "were" };
        match (changed, silent) {
            (changed, 0) => format!(
                "{} that {were} changed after sign-off and not reviewed again",
                statements(changed)
            ),
            (0, silent) => format!("{} that nobody gave a verdict on", statements(silent)),
            (changed, silent) => format!(
                "{} that {were} changed after sign-off and not reviewed again, and {silent} that nobody gave a verdict on",
                statements(changed)
            ),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_reviewed_is_said_by_why() {
        assert_eq!(unreviewed_words(0, 0), "");
        assert!(unreviewed_words(1, 0).ends_with("what it says now."));
        assert!(unreviewed_words(0, 84).starts_with("Nobody gave a verdict on 84 statements"));
        let both = unreviewed_words(2, 1);
        assert!(
            both.contains("2 statements were changed") && both.contains("on 1 statement, so it is"),
            "{both}"
        );
        let of = |whys: &[Lack]| Unreviewed {
            edition: 1,
            reason: String::new(),
            by: String::new(),
            day: String::new(),
            statements: (1..)
                .zip(whys)
                .map(|(number, why)| WentOut {
                    number,
                    why: *why,
                    was: None,
                    now: None,
                })
                .collect(),
        };
        assert_eq!(of(&[Lack::Silent]).words(), "1 statement that nobody gave a verdict on");
        let words = of(&[Lack::Changed, Lack::Silent, Lack::Changed]).words();
        assert_eq!(
            words,
            "2 statements that were changed after sign-off and not reviewed again, and 1 that nobody gave a verdict on"
        );
    }
}
