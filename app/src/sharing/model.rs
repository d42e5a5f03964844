//! What can be shared, with whom, and for whom it holds.

use serde::{Deserialize, Serialize};

use crate::assessments::gaps::{GapPage, Ratings};
use crate::evidence::model::EvidenceList;
use crate::id::{OrganisationId, PersonId, SharingId};
use crate::plans::model::{Action, Goal};
use crate::records::model::LearningRecord;
use crate::viewer::{Role, Viewer};

/// What somebody shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    Gaps,
    Plan,
    /// Finished courses and lessons, and cohorts.
    Record,
    Evidence,
}

impl What {
    pub const ALL: [Self; 4] = [Self::Gaps, Self::Plan, Self::Record, Self::Evidence];

    /// The word in the database and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gaps => "gaps",
            Self::Plan => "plan",
            Self::Record => "record",
            Self::Evidence => "evidence",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.as_str() == text)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Gaps => "Self-ratings and gaps",
            Self::Plan => "Learning plan",
            Self::Record => "Record of learning",
            Self::Evidence => "Evidence",
        }
    }

    /// Within a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Gaps => "gaps",
            Self::Plan => "plan",
            Self::Record => "record of learning",
            Self::Evidence => "evidence",
        }
    }
}

/// Those whom something is shown to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum With {
    Person(PersonId),
    /// Whoever holds the role in the organisation or above it.
    Role(Role, OrganisationId),
}

/// The roles that one can share with.
pub const ROLES: [Role; 3] = [Role::Manager, Role::Trainer, Role::Facilitator];

/// Those who hold such a role.
pub fn holders(role: Role) -> &'static str {
    match role {
        Role::Manager => "Managers",
        Role::Trainer => "Trainers",
        Role::Facilitator => "Facilitators",
        _ => "",
    }
}

impl With {
    /// As forms hold it: `person`, whose address stands in a field of its own,
    /// or a role and an organisation, `manager-…`.
    pub fn parse_role(text: &str) -> Option<Self> {
        let (role, organisation) = text.split_once('-')?;
        let role = Role::parse(role).filter(|role| ROLES.contains(role))?;
        OrganisationId::parse(organisation).map(|organisation| Self::Role(role, organisation))
    }
}

/// One sharing, as far as it decides who may look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub with: With,
    /// Of a role: its organisation and all above it, nearest first.
    pub line: Vec<OrganisationId>,
    /// Of a role: whether the person who shares still belongs to the
    /// organisation.
    pub belongs: bool,
    /// The moment from which it holds no more, in seconds since 1970.
    pub until: i64,
    pub ended: bool,
}

impl Terms {
    /// Whether it is neither over nor ended, nor left behind in an
    /// organisation.
    pub fn hold(&self, now: i64) -> bool {
        let reach = matches!(self.with, With::Person(_)) || self.belongs;
        !self.ended && now < self.until && reach
    }

    /// The one rule of who may look at what somebody shares.
    pub fn hold_for(&self, viewer: &Viewer, now: i64) -> bool {
        let chosen = match &self.with {
            With::Person(person) => viewer.is(person),
            With::Role(role, _) => viewer.has_role(*role, &self.line),
        };
        viewer.is_signed_in() && chosen && self.hold(now)
    }
}

/// Why it is shared, in the person's own words: 1–300 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose(String);

impl Purpose {
    pub fn parse(raw: &str) -> Result<Self, String> {
        let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        match text.chars().count() {
            0 => Err("Say in a few words what it is for.".into()),
            1..=300 if text.chars().any(crate::text::is_hidden) => Err(crate::text::HIDDEN.into()),
            1..=300 => Ok(Self(text)),
            length => Err(format!("At most 300 characters; this has {length}.")),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The longest that something can be shared at a time, in days.
pub const LONGEST_DAYS: i64 = 366;

/// Of what is over, so many of the latest are shown.
pub const PAST: usize = 20;

/// What one shares, and what others share with one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharingPage {
    pub mine: Vec<Shown>,
    /// Over or ended, the latest first.
    pub past: Vec<Shown>,
    /// A page of who looked, the latest first.
    pub looks: Vec<Look>,
    pub looks_page: u32,
    pub looks_pages: u32,
    /// A page of what others share, by their names.
    pub with_me: Vec<ShownToMe>,
    pub with_me_page: u32,
    pub with_me_pages: u32,
    /// Roles in organisations to share with, as values with their words.
    pub choices: Vec<(String, String)>,
    /// A day to begin with, a month ahead.
    pub last_day: String,
}

/// Something of mine that others see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub id: SharingId,
    pub what: What,
    /// "Helen Marsh", "Managers of Riverside County Library".
    pub with: String,
    pub purpose: String,
    /// "until 3 March 2027", "ended 2 February".
    pub until: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    pub viewer: String,
    pub what: What,
    pub day: String,
}

/// Something that somebody shows me.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownToMe {
    pub person: PersonId,
    pub name: String,
    pub what: What,
    pub purpose: String,
    pub until: String,
}

/// Under which terms one looks at what is somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared<T> {
    pub person: PersonId,
    pub name: String,
    pub purpose: String,
    pub until: String,
    /// What else of theirs is shown.
    pub others: Vec<What>,
    pub content: T,
}

/// Gaps to a role profile; where none is chosen, ratings alone.
pub type SharedGaps = Shared<(Option<GapPage>, Ratings)>;
pub type SharedPlan = Shared<(Vec<Goal>, Vec<Action>)>;
pub type SharedRecord = Shared<LearningRecord>;
pub type SharedEvidence = Shared<EvidenceList>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SessionId;
    use crate::viewer::{Membership, Person};

    fn organisation(key: &str) -> OrganisationId {
        OrganisationId::parse(key).unwrap()
    }

    fn viewer(key: &str, role: Role, place: &str) -> Viewer {
        Viewer {
            person: Some(Person {
                id: PersonId::parse(key).unwrap(),
                name: key.into(),
                timezone: "UTC".into(),
                session: SessionId::parse("s").unwrap(),
            }),
            memberships: vec![Membership {
                organisation: organisation(place),
                slug: place.into(),
                name: place.into(),
                roles: vec![role],
            }],
            ..Viewer::default()
        }
    }

    fn with(with: With) -> Terms {
        let line = vec![organisation("branch"), organisation("library")];
        Terms {
            with,
            line,
            belongs: true,
            until: 100,
            ended: false,
        }
    }

    #[test]
    fn a_named_person_may_look_and_nobody_else() {
        let terms = with(With::Person(PersonId::parse("helen").unwrap()));
        assert!(terms.hold_for(&viewer("helen", Role::Learner, "elsewhere"), 99));
        let site = Viewer {
            site_administrator: true,
            ..viewer("mei", Role::Manager, "library")
        };
        assert!(!terms.hold_for(&site, 99) && !terms.hold_for(&Viewer::visitor(), 99));
    }

    #[test]
    fn a_role_may_look_from_its_place_and_above() {
        let terms = with(With::Role(Role::Manager, organisation("branch")));
        for place in ["branch", "library"] {
            assert!(terms.hold_for(&viewer("helen", Role::Manager, place), 99), "{place}");
        }
        for (role, place) in [
            (Role::Manager, "other"),
            (Role::Trainer, "branch"),
            (Role::OrganisationAdministrator, "branch"),
            (Role::Learner, "branch"),
        ] {
            assert!(
                !terms.hold_for(&viewer("helen", role, place), 99),
                "{role:?} at {place}"
            );
        }
        let site = Viewer {
            site_administrator: true,
            memberships: vec![],
            ..viewer("mei", Role::Manager, "library")
        };
        assert!(!terms.hold_for(&site, 99));
    }

    #[test]
    fn it_ends_with_its_date_when_it_is_ended_and_when_the_person_left() {
        let helen = viewer("helen", Role::Manager, "branch");
        let terms = with(With::Role(Role::Manager, organisation("branch")));
        assert!(terms.hold_for(&helen, 99) && !terms.hold_for(&helen, 100));
        assert!(
            !Terms {
                ended: true,
                ..terms.clone()
            }
            .hold_for(&helen, 99)
        );
        assert!(
            !Terms {
                belongs: false,
                ..terms
            }
            .hold_for(&helen, 99)
        );
    }

    #[test]
    fn a_choice_is_a_role_that_one_can_share_with() {
        let managers = With::Role(Role::Manager, organisation("a-b"));
        assert_eq!(With::parse_role("manager-a-b"), Some(managers));
        for bad in [
            "",
            "manager",
            "manager-",
            "learner-a",
            "organisation_administrator-a",
            "manager-A",
        ] {
            assert_eq!(With::parse_role(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_role_that_one_can_share_with_has_its_words() {
        assert!(ROLES.into_iter().all(|role| !holders(role).is_empty()));
    }

    #[test]
    fn a_purpose_is_bounded() {
        assert_eq!(Purpose::parse(" yearly  talk ").unwrap().as_str(), "yearly talk");
        assert!(
            Purpose::parse(" ").is_err()
                && Purpose::parse(&"x".repeat(301)).is_err()
                && Purpose::parse("a\u{7}").is_err()
        );
    }
}
