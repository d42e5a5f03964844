use serde::{Deserialize, Serialize};

use crate::viewer::{Role, Viewer};

/// Of whom the site asks a second factor; each includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AskedOf {
    Administrators,
    RoleHolders,
    Everybody,
}

/// The word in forms where it is asked of nobody.
pub const NOBODY: &str = "nobody";

impl AskedOf {
    pub const ALL: [Self; 3] = [Self::Administrators, Self::RoleHolders, Self::Everybody];

    /// The word in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrators => "administrators",
            Self::RoleHolders => "role_holders",
            Self::Everybody => "everybody",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asked| asked.as_str() == word)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Administrators => "Administrators",
            Self::RoleHolders => "Everybody with a role beyond learner",
            Self::Everybody => "Everybody",
        }
    }

    pub fn description(self) -> &'static str {
        match self {
            Self::Administrators => {
                "Of organisations and of the site. Their administrator’s rights rest until they have one; they go on as learners, trainers and so on."
            }
            Self::RoleHolders => {
                "Administrators, curators, reviewers, managers, trainers and facilitators, those of a single study group too. They go on once they have one."
            }
            Self::Everybody => "Whoever has an account goes on once they have one.",
        }
    }

    /// Whether it is asked of this viewer, all of whose rights are there.
    pub fn includes(self, viewer: &Viewer) -> bool {
        let roles = viewer.memberships.iter().flat_map(|membership| &membership.roles);
        viewer.is_signed_in()
            && self.asks(&Standing {
                site_administrator: viewer.site_administrator,
                roles: roles.copied().collect(),
                facilitates: viewer.groups.iter().any(|group| group.facilitator),
            })
    }

    /// Whether it is asked of somebody who stands like this.
    pub fn asks(self, standing: &Standing) -> bool {
        let administers = standing.site_administrator || standing.roles.contains(&Role::OrganisationAdministrator);
        match self {
            Self::Administrators => administers,
            Self::RoleHolders => {
                administers || standing.facilitates || standing.roles.iter().any(|role| *role != Role::Learner)
            }
            Self::Everybody => true,
        }
    }

    /// Whether those of whom it is asked go on only once they have one: where it
    /// is asked of administrators alone, only their rights as such rest.
    pub fn comes_first(self) -> bool {
        self != Self::Administrators
    }
}

/// What of somebody decides whether a second factor is asked of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    pub site_administrator: bool,
    /// Wherever they hold them.
    pub roles: Vec<Role>,
    /// A single study group is enough.
    pub facilitates: bool,
}

/// What a form says of whom it is asked: `None` is nobody.
pub fn parse_asked_of(word: &str) -> Result<Option<AskedOf>, String> {
    match AskedOf::parse(word) {
        None if word != NOBODY => Err("Choose of whom a second factor is asked.".into()),
        asked => Ok(asked),
    }
}

/// What site administrators see of how people sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInRules {
    /// `None` where a second factor is asked of nobody.
    pub asked_of: Option<AskedOf>,
    /// Whether whoever looks has one: nobody asks of others what they lack.
    pub has_second_factor: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{GroupId, OrganisationId, PersonId, SessionId};
    use crate::viewer::{GroupLink, Membership, Person};

    fn viewer(roles: &[Role], site_administrator: bool, facilitator: bool) -> Viewer {
        Viewer {
            person: Some(Person {
                id: PersonId::parse("rosa").unwrap(),
                name: "Rosa".into(),
                timezone: "UTC".into(),
                session: SessionId::parse("s").unwrap(),
            }),
            site_administrator,
            memberships: vec![Membership {
                organisation: OrganisationId::parse("library").unwrap(),
                slug: "library".into(),
                name: "Library".into(),
                roles: roles.to_vec(),
            }],
            groups: vec![GroupLink {
                id: GroupId::parse("g").unwrap(),
                slug: "g".into(),
                title: "Group".into(),
                unread: 0,
                facilitator,
            }],
            ..Viewer::default()
        }
    }

    /// Each as (administrators, role holders, everybody).
    fn asked(viewer: &Viewer) -> (bool, bool, bool) {
        let [a, b, c] = AskedOf::ALL.map(|asked| asked.includes(viewer));
        (a, b, c)
    }

    #[test]
    fn each_rule_asks_whom_it_names() {
        assert_eq!(asked(&Viewer::visitor()), (false, false, false));
        assert_eq!(asked(&viewer(&[], false, false)), (false, false, true));
        assert_eq!(asked(&viewer(&[Role::Learner], false, false)), (false, false, true));
        assert_eq!(asked(&viewer(&[Role::Learner], false, true)), (false, true, true));
        assert_eq!(asked(&viewer(&[], true, false)), (true, true, true));
        for role in Role::ALL {
            let holds = role != Role::Learner;
            let administers = role == Role::OrganisationAdministrator;
            assert_eq!(
                asked(&viewer(&[Role::Learner, role], false, false)),
                (administers, holds, true),
                "{role:?}"
            );
        }
    }

    #[test]
    fn of_nobody_is_said_and_not_left_out() {
        assert_eq!(parse_asked_of(NOBODY), Ok(None));
        for asked in AskedOf::ALL {
            assert_eq!(parse_asked_of(asked.as_str()), Ok(Some(asked)));
        }
        for bad in ["", "true", "Everybody", "everyone"] {
            assert!(parse_asked_of(bad).is_err(), "{bad}");
        }
    }
}
