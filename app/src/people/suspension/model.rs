use serde::{Deserialize, Serialize};

/// What somebody may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Barred {
    SigningIn,
    Posting,
}

impl Barred {
    pub const ALL: [Self; 2] = [Self::Posting, Self::SigningIn];

    /// The word in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SigningIn => "signing_in",
            Self::Posting => "posting",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|barred| barred.as_str() == word)
    }

    /// What they may not, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::SigningIn => "Sign in",
            Self::Posting => "Post",
        }
    }

    pub fn description(self) -> &'static str {
        match self {
            Self::SigningIn => "They are signed out everywhere at once.",
            Self::Posting => {
                "They say nothing new where others read it, of themselves either. They read, rate, plan and learn as before."
            }
        }
    }
}

/// Why somebody is suspended, in words for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// The longest reason, in characters.
pub const REASON_CHARACTERS: u32 = 500;

impl Reason {
    pub fn parse(raw: &str) -> Result<Self, String> {
        match crate::text::line(raw, "A reason", REASON_CHARACTERS as usize)? {
            empty if empty.is_empty() => Err("Say why, in words for them.".into()),
            reason => Ok(Self(reason)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A suspension that still holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    pub what: Barred,
    pub reason: String,
    /// The last day, "26 November 2026".
    pub until: String,
    pub by: String,
}

impl Suspension {
    /// What they are told when they try.
    pub fn told(&self) -> String {
        let what = match self.what {
            Barred::SigningIn => "This account is suspended",
            Barred::Posting => "You may read, and not post,",
        };
        let reason = self.reason.trim_end_matches('.');
        format!("{what} until the end of {}: {reason}.", self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_given_in_a_line() {
        assert!(Reason::parse("  ").is_err() && Reason::parse(&"x".repeat(501)).is_err());
        assert_eq!(Reason::parse(" Rude\nto others ").unwrap().as_str(), "Rude to others");
    }

    #[test]
    fn they_are_told_why_and_until_when() {
        let suspension = Suspension {
            what: Barred::Posting,
            reason: "Rude to others.".into(),
            until: "3 March 2027".into(),
            by: "Piotr".into(),
        };
        assert_eq!(
            suspension.told(),
            "You may read, and not post, until the end of 3 March 2027: Rude to others."
        );
        assert_eq!(Barred::parse("signing_in"), Some(Barred::SigningIn));
    }
}
