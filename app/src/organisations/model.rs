//! What an organisation is, and what may be said of it.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, FieldErrors, Result};
use crate::id::{OrganisationId, PersonId};
use crate::people::suspension::model::Suspension;
use crate::viewer::Role;

/// How many organisations stand on one line at most, from the top.
pub const MOST_DEEP: usize = 8;

/// What an organisation is called, 1–200 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationName(String);

impl OrganisationName {
    pub fn parse(raw: &str) -> Result<Self, String> {
        let name = crate::text::line(raw, "A name", 200)?;
        if name.is_empty() {
            return Err("Enter a name.".into());
        }
        Ok(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its name in addresses, as far as nobody else has it.
    pub fn slug(&self) -> String {
        match crate::paths::slug(&self.0) {
            slug if slug.is_empty() => "organisation".into(),
            slug => slug,
        }
    }
}

/// What kind of organisation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    StateLibrary,
    System,
    Library,
    Branch,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::StateLibrary, Self::System, Self::Library, Self::Branch];

    /// The word in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StateLibrary => "state_library",
            Self::System => "system",
            Self::Library => "library",
            Self::Branch => "branch",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::StateLibrary => "State library",
            Self::System => "Regional system",
            Self::Library => "Library",
            Self::Branch => "Branch",
        }
    }

    /// What usually stands beneath one of this kind.
    pub fn beneath(self) -> Self {
        match self {
            Self::StateLibrary => Self::System,
            Self::System => Self::Library,
            Self::Library | Self::Branch => Self::Branch,
        }
    }

    /// The list as a form offers it.
    pub fn options() -> Vec<(String, String)> {
        Self::ALL
            .iter()
            .map(|kind| (kind.as_str().to_owned(), kind.label().to_owned()))
            .collect()
    }
}

/// What is said of an organisation, as it may be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationFields {
    pub name: OrganisationName,
    pub kind: Kind,
    pub place: String,
    pub timezone: String,
    pub language: String,
}

/// The same as it was typed.
#[derive(Debug, Clone, Copy)]
pub struct TypedFields<'a> {
    pub name: &'a str,
    pub kind: &'a str,
    pub place: &'a str,
    pub timezone: &'a str,
    pub language: &'a str,
}

impl OrganisationFields {
    /// `is_zone` knows the time zones, which only the server does.
    pub fn parse(typed: TypedFields, is_zone: impl Fn(&str) -> bool) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", OrganisationName::parse(typed.name));
        let place = errors.take("place", crate::text::line(typed.place, "A place", 200));
        let kind = errors.take(
            "kind",
            Kind::parse(typed.kind).ok_or_else(|| "Choose a kind from the list.".to_owned()),
        );
        if !is_zone(typed.timezone) {
            errors.add("timezone", "Choose a time zone such as Europe/London.");
        }
        if !crate::language::is_language(typed.language) {
            errors.add("language", "Choose a language from the list.");
        }
        errors.check()?;
        let (Some(name), Some(place), Some(kind)) = (name, place, kind) else {
            return Err(AppError::Internal);
        };
        Ok(Self {
            name,
            kind,
            place,
            timezone: typed.timezone.to_owned(),
            language: typed.language.to_owned(),
        })
    }
}

/// Roles out of a form: known ones, each once, at least one.
pub fn parse_roles(words: &[String]) -> Result<Vec<Role>> {
    let mut roles = words
        .iter()
        .take(2 * Role::ALL.len())
        .map(|role| Role::parse(role).ok_or_else(|| AppError::field("roles", "Choose roles from the list.")))
        .collect::<Result<Vec<_>>>()?;
    roles.sort();
    roles.dedup();
    if roles.is_empty() {
        return Err(AppError::field("roles", "Choose at least one role."));
    }
    Ok(roles)
}

/// An organisation as a link names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub id: OrganisationId,
    pub slug: String,
    pub name: String,
    /// What it stands beneath; empty at the top.
    pub within: String,
}

/// What an organisation's page shows to its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub id: OrganisationId,
    pub slug: String,
    pub name: String,
    pub place: String,
    pub kind: Kind,
    /// Those above it, nearest first, as slug and name.
    pub above: Vec<(String, String)>,
    /// Those directly beneath it.
    pub beneath: Vec<(String, String)>,
    /// Which page of them this is, of how many.
    pub beneath_page: u32,
    pub beneath_pages: u32,
    pub members: Vec<Member>,
    pub page: u32,
    pub pages: u32,
    /// Whether the viewer may invite people and see their roles.
    pub may_administer: bool,
    /// Whether the viewer may make another beneath it.
    pub may_add: bool,
    /// Whether the viewer sees how far its cohorts are.
    pub may_see_progress: bool,
    /// How many people ask to join it; told to administrators only.
    pub asking: u32,
    /// Whether the viewer belongs to this very organisation.
    pub belongs: bool,
    /// The address of its logo.
    pub logo: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: PersonId,
    pub name: String,
    pub title: String,
    /// Shown to administrators only; empty for others.
    pub roles: Vec<Role>,
}

/// What those who administer an organisation may change of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationSettings {
    pub id: OrganisationId,
    pub slug: String,
    pub name: String,
    pub place: String,
    pub kind: Kind,
    pub timezone: String,
    pub language: String,
    /// The time zones to choose from, with their words.
    pub zones: Vec<(String, String)>,
    /// What it stands beneath.
    pub parent: Option<Place>,
    /// Whether another may stand beneath it.
    pub has_room: bool,
    /// Whether the viewer looks after what is at the top as well.
    pub may_top: bool,
    /// Whether the viewer may put it elsewhere.
    pub may_move: bool,
    /// What was looked for to move it to, and what was found.
    pub find: String,
    pub found: Vec<Place>,
    /// The address of its logo.
    pub logo: Option<String>,
    /// How many people ask to join it.
    pub asking: u32,
    /// A new id for the form that makes another.
    pub key: OrganisationId,
}

/// A member as administrators see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPage {
    pub organisation: OrganisationId,
    pub slug: String,
    pub organisation_name: String,
    pub person: PersonId,
    pub name: String,
    pub title: String,
    pub roles: Vec<Role>,
    pub since: String,
    /// Whether the viewer may suspend them.
    pub may_suspend: bool,
    pub suspension: Option<Suspension>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPED: TypedFields = TypedFields {
        name: " Millbrook  Branch ",
        kind: "branch",
        place: "Millbrook",
        timezone: "Europe/London",
        language: "en",
    };

    #[test]
    fn what_is_said_of_an_organisation_is_checked_field_by_field() {
        let fields = OrganisationFields::parse(TYPED, |_| true).unwrap();
        assert_eq!((fields.name.as_str(), fields.kind), ("Millbrook Branch", Kind::Branch));
        assert_eq!(fields.name.slug(), "millbrook-branch");
        let wrong = TypedFields {
            name: " ",
            kind: "castle",
            place: &"x".repeat(201),
            language: "xx",
            ..TYPED
        };
        let error = OrganisationFields::parse(wrong, |_| false).unwrap_err();
        for field in ["name", "kind", "place", "timezone", "language"] {
            assert!(error.at(field).is_some(), "{field}");
        }
    }

    #[test]
    fn a_name_without_letters_has_an_address_too() {
        assert_eq!(OrganisationName::parse("図書館").unwrap().slug(), "organisation");
    }

    #[test]
    fn roles_are_known_and_at_least_one() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            parse_roles(&words(&["trainer", "learner", "trainer"])).unwrap(),
            [Role::Learner, Role::Trainer]
        );
        assert!(parse_roles(&words(&["owner"])).is_err() && parse_roles(&[]).is_err());
    }

    #[test]
    fn every_kind_has_one_word() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
    }
}
