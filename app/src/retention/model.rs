//! What the site decides to keep, and for how long.

use serde::{Deserialize, Serialize};

/// Something that is kept for a time that the site chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    Looks,
    Sharings,
    Letters,
    Devices,
    Suspensions,
}

impl Kept {
    pub const ALL: [Self; 5] = [
        Self::Looks,
        Self::Sharings,
        Self::Letters,
        Self::Devices,
        Self::Suspensions,
    ];

    /// The word in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Looks => "looks",
            Self::Sharings => "sharings",
            Self::Letters => "letters",
            Self::Devices => "devices",
            Self::Suspensions => "suspensions",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kept| kept.as_str() == word)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Looks => "Who looked at what was shared",
            Self::Sharings => "Sharings that have ended",
            Self::Letters => "Letters that could not be sent",
            Self::Devices => "Browsers that somebody no longer signs in with",
            Self::Suspensions => "Suspensions that are over",
        }
    }

    pub fn hint(self) -> &'static str {
        match self {
            Self::Looks => "Each person reads in their settings who looked at their gaps and plan.",
            Self::Sharings => "With whom, what for and until when.",
            Self::Letters => "To whom and about what; what they said goes as soon as it is of no use.",
            Self::Devices => "A sign-in from one that is not known is told to its owner by letter.",
            Self::Suspensions => "With their reasons. That they were laid down stays in the audit log.",
        }
    }
}

/// For how many days something can be kept, with the words for it.
pub const SPANS: [(u32, &str); 6] = [
    (7, "A week"),
    (30, "A month"),
    (90, "Three months"),
    (365, "A year"),
    (730, "Two years"),
    (1825, "Five years"),
];

/// What is kept for a time that Carrel decides, with the words for it.
pub const FIXED: [(&str, &str); 12] = [
    ("Failed attempts to sign in", "a quarter of an hour"),
    ("Forms that were refused, to be filled again", "an hour"),
    (
        "Links to a new password or to confirm an address",
        "until they are used or run out",
    ),
    (
        "What somebody without an account asked to join",
        "three days until their address is confirmed, then two months or until they are answered",
    ),
    ("Lists of staff that were looked at", "a day"),
    (
        "Sign-ins",
        "until they are ended, or unused for two weeks, or 90 days old",
    ),
    (
        "Files of competency sets that wait for a yes",
        "a week; what a draft was made from, for as long as it is a draft",
    ),
    ("Pictures that were sent for a text and stand in none", "a day"),
    ("Copies of everything about somebody", "a week"),
    ("What somebody took out of their learning plan", "a month"),
    (
        "Addresses and links of reviewers without an account",
        "90 days after their round is signed off",
    ),
    (
        "A closed account",
        "its name, ratings, plans and records go at once; its posts stay as by a former member, unless the site takes them out",
    ),
];

/// What the page shows: for how many days each is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    pub days: Vec<(Kept, u32)>,
    pub audit_days: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_one_word() {
        for kept in Kept::ALL {
            assert_eq!(Kept::parse(kept.as_str()), Some(kept));
        }
        assert_eq!(Kept::parse("audit"), None, "that has bounds of its own");
    }
}
