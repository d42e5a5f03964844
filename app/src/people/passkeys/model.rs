use serde::{Deserialize, Serialize};

use crate::id::PasskeyId;
use crate::people::second_factor::model::FactorAsked;

/// What the page of one's passkeys shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkeys {
    pub passkeys: Vec<Passkey>,
    /// Whether this site is reached by a name: passkeys are bound to one.
    pub possible: bool,
    /// What is asked, beside the password, before one is made or removed.
    pub asked: FactorAsked,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    pub id: PasskeyId,
    pub name: String,
    /// When it was made and last used, in words.
    pub since: String,
    pub last_used: Option<String>,
}

/// What somebody calls a passkey, 1–60 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyName(String);

impl PasskeyName {
    pub fn parse(raw: &str) -> Result<Self, String> {
        let name = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err("Give it a name, such as “My phone”.".into()),
            1..=60 if name.chars().any(crate::text::is_hidden) => Err(crate::text::HIDDEN.into()),
            1..=60 => Ok(Self(name)),
            _ => Err("A name has at most 60 characters.".into()),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How many passkeys one person has at most.
pub const MOST: i64 = 20;

/// The most that a browser's answer may have, in bytes.
pub const ANSWER_BYTES: usize = 16 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_and_bounded() {
        assert_eq!(PasskeyName::parse("  My   phone ").unwrap().as_str(), "My phone");
        for bad in ["", " ", "a\u{202e}b", &"x".repeat(61)] {
            assert!(PasskeyName::parse(bad).is_err(), "{bad}");
        }
    }
}
