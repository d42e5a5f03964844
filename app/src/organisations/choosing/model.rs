//! What a form offers of organisations, and what of them was looked for.

use serde::{Deserialize, Serialize};

use crate::id::OrganisationId;
use crate::lookups::model::Suggestion;
use crate::viewer::{Role, Viewer};

/// So many organisations stand in one list; where there are more, the nearest
/// do, and any other is looked for.
pub const OFFERED: usize = 50;
/// The word in addresses that says that an organisation is looked for.
pub const FIND: &str = "organisation";

/// What an organisation is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// Writing courses, running cohorts.
    Training,
    /// Writing competency sets.
    Sets,
    /// Writing job descriptions.
    Jobs,
}

impl Purpose {
    pub const ALL: [Self; 3] = [Self::Training, Self::Sets, Self::Jobs];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Sets => "sets",
            Self::Jobs => "jobs",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text)
    }

    /// Whether the viewer may do so anywhere.
    pub fn allows(self, viewer: &Viewer) -> bool {
        match self {
            Self::Training => viewer.may_write_courses(),
            Self::Sets => viewer.may_write_sets(),
            Self::Jobs => viewer.writes_jobs(),
        }
    }

    /// Where the viewer's own roles let them; they reach everything beneath.
    pub fn places(self, viewer: &Viewer) -> Vec<OrganisationId> {
        let role = match self {
            Self::Training => Role::Trainer,
            Self::Sets => Role::Curator,
            Self::Jobs => Role::Manager,
        };
        let administers = viewer.organisations_as(Role::OrganisationAdministrator);
        let places = viewer.organisations_as(role).chain(administers);
        places.map(|place| place.organisation.clone()).collect()
    }
}

/// What the address of a form says of organisations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The one that is chosen.
    pub chosen: Option<OrganisationId>,
    /// A part of the name of another, at most 120 characters.
    pub find: String,
}

impl Wanted {
    /// `q` looks for an organisation where `find` says so.
    pub fn of(organisation: &str, find: &str, q: &str) -> Self {
        let words: Vec<_> = q.split_whitespace().filter(|_| find == FIND).collect();
        Self {
            chosen: OrganisationId::parse(organisation),
            find: words.join(" ").chars().take(120).collect(),
        }
    }
}

/// An organisation to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choosable {
    pub id: OrganisationId,
    pub name: String,
    pub timezone: String,
    /// What it stands beneath; empty at the top.
    pub within: String,
}

impl Choosable {
    /// As a link to choose it by.
    pub fn suggestion(self) -> Suggestion {
        Suggestion {
            id: self.id.to_string(),
            word: self.name.clone(),
            code: String::new(),
            title: self.name,
            place: self.within,
            language: String::new(),
        }
    }
}

/// The organisations of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// All where there are few; else the one that was chosen, then the nearest.
    pub places: Vec<Choosable>,
    /// What has the part of a name that is looked for; `None` where there are few.
    pub looked_for: Option<LookedFor>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedFor {
    /// How many there are in all.
    pub count: u32,
    pub query: String,
    pub found: Vec<Choosable>,
    /// There are more than are listed.
    pub more: bool,
}

impl Choices {
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The time zone of the one that stands first.
    pub fn timezone(&self) -> String {
        self.places
            .first()
            .map_or("UTC".to_owned(), |place| place.timezone.clone())
    }

    /// As id and name; of those called the same with what they stand beneath.
    pub fn options(&self) -> Vec<(String, String)> {
        let same = |place: &Choosable| self.places.iter().filter(|other| other.name == place.name).count() > 1;
        let option = |place: &Choosable| match same(place) && !place.within.is_empty() {
            true => (place.id.to_string(), format!("{}, {}", place.name, place.within)),
            false => (place.id.to_string(), place.name.clone()),
        };
        self.places.iter().map(option).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: &str, name: &str, within: &str) -> Choosable {
        Choosable {
            id: OrganisationId::parse(id).unwrap(),
            name: name.into(),
            timezone: "UTC".into(),
            within: within.into(),
        }
    }

    #[test]
    fn an_address_looks_for_an_organisation_only_where_it_says_so() {
        let long = "x".repeat(500);
        assert_eq!(Wanted::of("", FIND, "  main   street ").find, "main street");
        assert_eq!(Wanted::of("", "", "main").find, "", "q looks for something else");
        assert_eq!(Wanted::of("", FIND, &long).find.len(), 120);
        assert_eq!(Wanted::of("north", "", "").chosen, OrganisationId::parse("north"));
        assert_eq!(Wanted::of("no/where", "", "").chosen, None);
    }

    #[test]
    fn namesakes_are_told_apart_by_what_they_stand_beneath() {
        let choices = Choices {
            places: vec![
                place("a", "Main branch", "Riverside"),
                place("b", "Main branch", "Hillside"),
                place("c", "Hillside", "State library"),
            ],
            looked_for: None,
        };
        let names: Vec<_> = choices.options().into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["Main branch, Riverside", "Main branch, Hillside", "Hillside"]);
    }

    #[test]
    fn every_purpose_has_one_word() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::parse(purpose.as_str()), Some(purpose));
        }
        assert_eq!(Purpose::parse("anything"), None);
    }
}
