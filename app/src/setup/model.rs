//! What an installation is called, and what its first page asks.

use serde::{Deserialize, Serialize};

/// What an installation is called, 1–80 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteName(String);

impl SiteName {
    pub fn parse(raw: &str) -> Result<Self, String> {
        let name = crate::text::line(raw, "A name", 80)?;
        if name.is_empty() {
            return Err("Say what this installation is called.".into());
        }
        Ok(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the page offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupForm {
    /// The time zones to choose from, with their words.
    pub zones: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installation_has_a_short_name() {
        assert_eq!(SiteName::parse(" North  State ").unwrap().as_str(), "North State");
        assert!(SiteName::parse(" ").is_err() && SiteName::parse(&"x".repeat(81)).is_err());
    }
}
