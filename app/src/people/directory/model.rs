//! A directory of colleagues, and how it may be narrowed down.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::viewer::Role;

/// People on one page.
pub const PAGE: u32 = 50;

/// How the directory is narrowed down; empty is not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrowing {
    /// An organisation with all beneath it, by its name in addresses.
    pub organisation: String,
    /// For those who look after organisations.
    pub role: Option<Role>,
    /// A part of a name, at most 120 characters.
    pub words: String,
}

impl Narrowing {
    pub fn of(organisation: &str, role: &str, words: &str) -> Self {
        Self {
            organisation: organisation.chars().take(64).collect(),
            role: Role::parse(role),
            words: words
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .chars()
                .take(120)
                .collect(),
        }
    }

    /// The address of the directory narrowed down so.
    pub fn address(&self) -> String {
        let role = self.role.map(Role::as_str).unwrap_or_default();
        let parts = [
            ("organisation", self.organisation.as_str()),
            ("role", role),
            ("q", self.words.as_str()),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", crate::paths::segment(value)))
            .collect();
        match parts.is_empty() {
            true => "/people".into(),
            false => format!("/people?{}", parts.join("&")),
        }
    }
}

/// Someone of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub id: PersonId,
    pub name: String,
    pub title: String,
    /// Those organisations of theirs that the viewer may look at, as slug and
    /// name.
    pub organisations: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    pub people: Vec<Colleague>,
    pub count: u32,
    pub page: u32,
    pub pages: u32,
    /// Organisations to narrow down to, as slug and name.
    pub organisations: Vec<(String, String)>,
    pub narrowing: Narrowing,
    /// Whether the viewer may look for roles.
    pub may_see_roles: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_holds_what_was_asked_for() {
        assert_eq!(Narrowing::default().address(), "/people");
        let narrowing = Narrowing::of("millbrook", "trainer", "  de  Vries ");
        assert_eq!(
            narrowing.address(),
            "/people?organisation=millbrook&role=trainer&q=de%20Vries"
        );
        assert_eq!(Narrowing::of("", "owner", "").role, None);
    }
}
