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
    /// A part of the name of an organisation, to be chosen of what has it.
    #[serde(default)]
    pub find: String,
}

/// At most so many characters of a name are looked for.
fn part_of_a_name(typed: &str) -> String {
    let words: Vec<_> = typed.split_whitespace().collect();
    words.join(" ").chars().take(120).collect()
}

impl Narrowing {
    pub fn of(organisation: &str, role: &str, words: &str) -> Self {
        Self {
            organisation: organisation.chars().take(64).collect(),
            role: Role::parse(role),
            words: part_of_a_name(words),
            find: String::new(),
        }
    }

    /// The same, while an organisation is looked for.
    pub fn finding(self, find: &str) -> Self {
        Self {
            find: part_of_a_name(find),
            ..self
        }
    }

    /// The same, in an organisation that was found.
    pub fn within(&self, slug: &str) -> Self {
        Self {
            organisation: slug.to_owned(),
            find: String::new(),
            ..self.clone()
        }
    }

    /// The address of the directory narrowed down so.
    pub fn address(&self) -> String {
        let role = self.role.map(Role::as_str).unwrap_or_default();
        let parts = [
            ("organisation", self.organisation.as_str()),
            ("role", role),
            ("q", self.words.as_str()),
            ("find", self.find.as_str()),
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

/// Organisations that were looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPlaces {
    pub places: Vec<(String, String)>,
    /// There are more than are listed.
    pub more: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    pub people: Vec<Colleague>,
    pub count: u32,
    pub page: u32,
    pub pages: u32,
    /// Organisations to narrow down to, as slug and name: all where there are
    /// few, else the chosen one.
    pub organisations: Vec<(String, String)>,
    /// What has the part of a name that is looked for, where there are many;
    /// `None` where there are few.
    pub found: Option<FoundPlaces>,
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
        let finding = narrowing.finding(" old  town ");
        assert_eq!(
            finding.address(),
            "/people?organisation=millbrook&role=trainer&q=de%20Vries&find=old%20town"
        );
        assert_eq!(
            finding.within("old-town").address(),
            "/people?organisation=old-town&role=trainer&q=de%20Vries"
        );
    }
}
