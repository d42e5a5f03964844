//! Who is looking, and what they may do. The same predicates are asked by the
//! button and by the server; loads go through the viewer, so that what someone
//! may not know of is not found.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::id::{GroupId, OrganisationId, PersonId, SessionId};
use crate::people::sign_in_rules::model::AskedOf;

/// What a person may do in an organisation and in all beneath it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Learner,
    Facilitator,
    Trainer,
    Manager,
    Reviewer,
    Curator,
    OrganisationAdministrator,
}

impl Role {
    pub const ALL: [Self; 7] = [
        Self::Learner,
        Self::Facilitator,
        Self::Trainer,
        Self::Manager,
        Self::Reviewer,
        Self::Curator,
        Self::OrganisationAdministrator,
    ];

    /// The word in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Facilitator => "facilitator",
            Self::Trainer => "trainer",
            Self::Manager => "manager",
            Self::Reviewer => "reviewer",
            Self::Curator => "curator",
            Self::OrganisationAdministrator => "organisation_administrator",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::OrganisationAdministrator => "Organisation administrator",
            Self::Learner => "Learner",
            Self::Facilitator => "Facilitator",
            Self::Trainer => "Trainer",
            Self::Manager => "Manager",
            Self::Reviewer => "Reviewer",
            Self::Curator => "Curator",
        }
    }

    /// What it is for, said where it is given.
    pub fn about(self) -> &'static str {
        match self {
            Self::Learner => "Rates themselves, keeps a plan, takes courses and talks in study groups.",
            Self::Facilitator => {
                "Convenes the cohorts that they are chosen for; answers and moderates in their groups."
            }
            Self::Trainer => "Writes courses, runs cohorts and sees how far their people are.",
            Self::Manager => "Sees how far people of cohorts are, and what they share of their gaps and plans.",
            Self::Reviewer => "Gives a verdict on each statement of a draft edition, as an expert in its subject.",
            Self::Curator => "Edits competency sets and role profiles, runs review rounds and publishes editions.",
            Self::OrganisationAdministrator => {
                "Looks after people, roles, invitations and settings; also does what trainers and curators do."
            }
        }
    }
}

/// The person that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub timezone: String,
    pub session: SessionId,
}

/// Roles in one organisation; they reach everything beneath it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub organisation: OrganisationId,
    /// Its name in addresses.
    pub slug: String,
    pub name: String,
    pub roles: Vec<Role>,
}

/// A study group that the viewer belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLink {
    pub id: GroupId,
    pub slug: String,
    pub title: String,
    pub unread: u32,
    pub facilitator: bool,
}

/// Whoever sends a request: a signed-in person or a visitor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub person: Option<Person>,
    pub site_administrator: bool,
    pub memberships: Vec<Membership>,
    pub groups: Vec<GroupLink>,
    /// A second factor is asked of them by this rule of the site, and they have
    /// none: their rights rest.
    #[serde(default)]
    pub second_factor_due: Option<AskedOf>,
    /// They may read here, and not post, for a time.
    #[serde(default)]
    pub silenced: bool,
    /// They have not accepted the terms of use that hold: they are asked to
    /// before they go on.
    #[serde(default)]
    pub terms_due: bool,
}

impl Viewer {
    pub fn visitor() -> Self {
        Self::default()
    }

    pub fn is_signed_in(&self) -> bool {
        self.person.is_some()
    }

    pub fn id(&self) -> Option<&PersonId> {
        self.person.as_ref().map(|person| &person.id)
    }

    /// Whether this is the very person.
    pub fn is(&self, person: &PersonId) -> bool {
        self.id() == Some(person)
    }

    /// Where the viewer belongs, if it is this very organisation.
    pub fn membership(&self, organisation: &OrganisationId) -> Option<&Membership> {
        self.memberships
            .iter()
            .find(|membership| membership.organisation == *organisation)
    }

    /// Whether the viewer holds `role` somewhere on `line`: an organisation
    /// and all above it.
    pub fn has_role(&self, role: Role, line: &[OrganisationId]) -> bool {
        self.memberships
            .iter()
            .any(|membership| membership.roles.contains(&role) && line.contains(&membership.organisation))
    }

    /// Whether the viewer holds `role` anywhere.
    pub fn has_role_somewhere(&self, role: Role) -> bool {
        self.memberships
            .iter()
            .any(|membership| membership.roles.contains(&role))
    }

    /// The organisations where the viewer holds `role`, as named in forms.
    pub fn organisations_as(&self, role: Role) -> impl Iterator<Item = &Membership> {
        self.memberships
            .iter()
            .filter(move |membership| membership.roles.contains(&role))
    }

    /// May import, edit and publish competency sets of an organisation.
    pub fn may_curate(&self, line: &[OrganisationId]) -> bool {
        self.has_role(Role::Curator, line) || self.may_administer(line)
    }

    /// May write courses and run cohorts of an organisation.
    pub fn may_train(&self, line: &[OrganisationId]) -> bool {
        self.has_role(Role::Trainer, line) || self.may_administer(line)
    }

    /// May see how far each person of a cohort is.
    pub fn may_see_progress(&self, line: &[OrganisationId]) -> bool {
        self.may_train(line) || self.has_role(Role::Manager, line)
    }

    /// May write job descriptions of an organisation, and read its drafts.
    pub fn may_write_jobs(&self, line: &[OrganisationId]) -> bool {
        self.has_role(Role::Manager, line) || self.may_administer(line)
    }

    /// Whether the viewer may write job descriptions, of whatever organisation.
    pub fn writes_jobs(&self) -> bool {
        self.is_signed_in() && (self.has_role_somewhere(Role::Manager) || self.administers_somewhere())
    }

    /// May invite people to an organisation and change its settings.
    pub fn may_administer(&self, line: &[OrganisationId]) -> bool {
        self.is_signed_in() && (self.site_administrator || self.has_role(Role::OrganisationAdministrator, line))
    }

    /// May lay down rules for the whole site and read its audit log.
    pub fn may_rule_site(&self) -> bool {
        self.is_signed_in() && self.site_administrator
    }

    /// Whether the viewer is an administrator, of whatever.
    pub fn administers_somewhere(&self) -> bool {
        self.site_administrator || self.has_role_somewhere(Role::OrganisationAdministrator)
    }

    /// May make a link that opens someone's account: a site administrator, and
    /// whoever administers all organisations that they belong to, given by
    /// their lines. Else one organisation would open another's doors.
    pub fn may_let_in(&self, site_administrator: bool, lines: &[Vec<OrganisationId>]) -> bool {
        let all = !lines.is_empty() && lines.iter().all(|line| self.may_administer(line));
        self.may_rule_site() || (!site_administrator && all)
    }

    /// The viewer without the rights that rest until there is a second factor:
    /// an administrator's, or all where it is asked of others too.
    pub fn until_second_factor(mut self, asked: AskedOf) -> Self {
        self.second_factor_due = Some(asked);
        self.site_administrator = false;
        if asked.comes_first() {
            self.memberships.clear();
            self.groups.clear();
        }
        for membership in &mut self.memberships {
            membership.roles.retain(|role| *role != Role::OrganisationAdministrator);
        }
        self
    }

    /// Whether they are asked to set a second factor up before they go on.
    pub fn second_factor_first(&self) -> bool {
        self.second_factor_due.is_some_and(AskedOf::comes_first)
    }

    /// Whether there is anything for the viewer in the studio.
    pub fn may_use_studio(&self) -> bool {
        self.may_write_courses() || self.may_write_sets()
    }

    pub fn may_write_courses(&self) -> bool {
        self.site_administrator
            || self.has_role_somewhere(Role::Trainer)
            || self.has_role_somewhere(Role::OrganisationAdministrator)
    }

    pub fn may_write_sets(&self) -> bool {
        self.site_administrator
            || self.has_role_somewhere(Role::Curator)
            || self.has_role_somewhere(Role::OrganisationAdministrator)
    }

    /// May say what jobs need, in role profiles of organisations that they
    /// curate: of any published set, whoever owns it.
    pub fn may_make_profiles(&self) -> bool {
        self.is_signed_in() && self.may_write_sets()
    }

    pub fn group(&self, id: &GroupId) -> Option<&GroupLink> {
        self.groups.iter().find(|group| group.id == *id)
    }

    /// May read what is said in a group: its members, and everyone when it is
    /// public.
    pub fn may_read_group(&self, id: &GroupId, public: bool) -> bool {
        public || self.group(id).is_some()
    }

    /// May start threads and reply: members only.
    pub fn may_post_in(&self, id: &GroupId) -> bool {
        self.group(id).is_some()
    }

    /// May moderate and convene within a group.
    pub fn may_facilitate(&self, id: &GroupId) -> bool {
        self.group(id).is_some_and(|group| group.facilitator)
    }

    pub fn unread(&self) -> u32 {
        self.groups.iter().map(|group| group.unread).sum()
    }

    pub fn timezone(&self) -> &str {
        self.person.as_ref().map_or("UTC", |person| person.timezone.as_str())
    }
}
