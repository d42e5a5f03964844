//! What holds in every round, apart from pages and the database.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($variant,)*
        }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word in the database and in addresses.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text)
            }

            /// The word on the screen.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)*
                }
            }
        }
    };
}

words! {
    /// What a reviewer would do with a statement.
    Verdict {
        Keep = "keep", "Keep";
        Reword = "reword", "Reword";
        Merge = "merge", "Merge";
        Drop = "drop", "Drop";
    }
}

words! {
    /// What the curator did about a statement.
    Resolution {
        Kept = "kept", "Kept";
        Reworded = "reworded", "Reworded";
        Merged = "merged", "Merged";
        Dropped = "dropped", "Dropped";
    }
}

words! {
    /// Why what would be signed off is not what was reviewed.
    Why {
        Changed = "changed", "It says something else than when it was resolved.";
        Unseen = "unseen", "It says something else than reviewers saw.";
        Gone = "gone", "It was to stay and is gone from the draft.";
        Left = "left", "It was to go and is still in the draft.";
    }
}

words! {
    /// Why what goes out was not reviewed as it stands.
    Lack {
        Changed = "changed", "Changed after the review";
        Silent = "silent", "Nobody gave a verdict on it";
    }
}

words! {
    /// Which statements of a round a list shows.
    Only {
        All = "", "All";
        Unresolved = "unresolved", "Unresolved";
        Divided = "divided", "Disagreement";
        Silent = "silent", "No verdict yet";
    }
}

impl Verdict {
    /// What it means, for who gives it.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Keep => "It is right as it stands.",
            Self::Reword => "It belongs here, in other words.",
            Self::Merge => "It says the same as another one.",
            Self::Drop => "It does not belong here.",
        }
    }
}

/// How many would do what with a statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub keep: u32,
    pub reword: u32,
    pub merge: u32,
    pub drop: u32,
}

/// How far reviewers agree on a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    Silent,
    Agreed(Verdict),
    Divided,
}

impl Counts {
    pub fn of(self, verdict: Verdict) -> u32 {
        match verdict {
            Verdict::Keep => self.keep,
            Verdict::Reword => self.reword,
            Verdict::Merge => self.merge,
            Verdict::Drop => self.drop,
        }
    }

    pub fn given(self) -> u32 {
        self.keep + self.reword + self.merge + self.drop
    }

    /// They agree when all who gave a verdict gave the same; wordings that they
    /// suggest may differ.
    pub fn agreement(self) -> Agreement {
        let mut kinds = Verdict::ALL.iter().copied().filter(|kind| self.of(*kind) > 0);
        match (kinds.next(), kinds.next()) {
            (None, _) => Agreement::Silent,
            (Some(kind), None) => Agreement::Agreed(kind),
            (Some(_), Some(_)) => Agreement::Divided,
        }
    }

    /// "3 keep, 1 reword".
    pub fn words(self) -> String {
        let kinds = Verdict::ALL.iter().filter(|kind| self.of(**kind) > 0);
        let parts: Vec<String> = kinds
            .map(|kind| format!("{} {}", self.of(*kind), kind.as_str()))
            .collect();
        if parts.is_empty() {
            "No verdict yet".into()
        } else {
            parts.join(", ")
        }
    }
}

/// Whether a reviewer sees what others said of a statement: in a round where
/// everyone first judges alone, once they gave a verdict of their own since it
/// was asked about last.
pub fn sees_others(blind: bool, own: bool) -> bool {
    !blind || own
}

/// Whether a round lets its edition be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// So many statements were added that nobody is asked about.
    Unasked(u32),
    /// So many statements have to be resolved first.
    Unresolved(u32),
    /// All is resolved; the curator has to sign it off.
    Unsigned,
    /// So many statements were changed after it was signed off, or had no verdict:
    /// they go out only where that is said.
    Unreviewed(u32),
    Open,
}

impl Gate {
    /// What was added is asked about first, else it would slip past the round.
    pub fn of(unresolved: u32, added: u32, unreviewed: u32, signed_off: bool) -> Self {
        match (unresolved, added, signed_off) {
            (_, 1.., _) => Self::Unasked(added),
            (_, 0, true) if unreviewed > 0 => Self::Unreviewed(unreviewed),
            (_, 0, true) => Self::Open,
            (0, 0, false) => Self::Unsigned,
            (left, 0, false) => Self::Unresolved(left),
        }
    }

    /// Why the edition cannot be published, where it cannot.
    pub fn reason(self, round: &str) -> Option<String> {
        let what = match self {
            Self::Open | Self::Unreviewed(_) => return None,
            Self::Unasked(1) => "was not asked about 1 statement that was added since".to_owned(),
            Self::Unasked(many) => format!("was not asked about {many} statements that were added since"),
            Self::Unsigned => "is not signed off yet".to_owned(),
            Self::Unresolved(1) => "has 1 statement that is not resolved".to_owned(),
            Self::Unresolved(left) => format!("has {left} statements that are not resolved"),
        };
        Some(format!(
            "The review round “{round}” {what}, so this edition cannot be published."
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(keep: u32, reword: u32, merge: u32, drop: u32) -> Counts {
        Counts {
            keep,
            reword,
            merge,
            drop,
        }
    }

    #[test]
    fn they_agree_when_all_say_the_same() {
        assert_eq!(counts(0, 0, 0, 0).agreement(), Agreement::Silent);
        assert_eq!(counts(1, 0, 0, 0).agreement(), Agreement::Agreed(Verdict::Keep));
        assert_eq!(counts(0, 4, 0, 0).agreement(), Agreement::Agreed(Verdict::Reword));
        assert_eq!(counts(3, 0, 0, 1).agreement(), Agreement::Divided);
        assert_eq!(counts(1, 1, 1, 1).words(), "1 keep, 1 reword, 1 merge, 1 drop");
        assert_eq!(counts(0, 0, 0, 0).words(), "No verdict yet");
    }

    #[test]
    fn any_counts_agree_exactly_when_one_kind_holds_them_all() {
        for keep in 0..3 {
            for reword in 0..3 {
                for merge in 0..3 {
                    for drop in 0..3 {
                        let counts = counts(keep, reword, merge, drop);
                        let largest = Verdict::ALL.iter().map(|kind| counts.of(*kind)).max().unwrap();
                        let one = counts.given() > 0 && largest == counts.given();
                        assert_eq!(matches!(counts.agreement(), Agreement::Agreed(_)), one, "{counts:?}");
                        assert_eq!(counts.agreement() == Agreement::Silent, counts.given() == 0);
                    }
                }
            }
        }
    }

    #[test]
    fn others_are_seen_after_the_own_verdict_where_the_curator_wishes_so() {
        assert!(!sees_others(true, false));
        assert!(sees_others(true, true) && sees_others(false, false) && sees_others(false, true));
    }

    #[test]
    fn nothing_unresolved_or_unsigned_is_published() {
        assert_eq!(Gate::of(0, 0, 0, true), Gate::Open);
        assert_eq!(Gate::of(0, 0, 2, true), Gate::Unreviewed(2));
        for gate in [Gate::Open, Gate::Unreviewed(2)] {
            assert_eq!(gate.reason("Spring"), None);
        }
        for (gate, words) in [
            (Gate::of(0, 0, 0, false), "is not signed off yet"),
            (Gate::of(1, 0, 0, false), "has 1 statement that"),
            (Gate::of(7, 0, 3, false), "has 7 statements that"),
            (Gate::of(7, 1, 3, false), "asked about 1 statement that was added"),
            (Gate::of(0, 2, 3, true), "asked about 2 statements that were added"),
        ] {
            assert!(gate.reason("Spring").unwrap().contains(words), "{gate:?}");
        }
    }

    #[test]
    fn words_of_the_database_are_read_back() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::parse(verdict.as_str()), Some(*verdict));
        }
        for resolution in Resolution::ALL {
            assert_eq!(Resolution::parse(resolution.as_str()), Some(*resolution));
        }
        for why in Why::ALL {
            assert_eq!(Why::parse(why.as_str()), Some(*why));
        }
        for lack in Lack::ALL {
            assert_eq!(Lack::parse(lack.as_str()), Some(*lack));
        }
        assert_eq!(Verdict::parse("kept"), None);
        assert_eq!(Only::parse("everything"), None);
    }
}
