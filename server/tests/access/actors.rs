//! Who asks: one of each kind, with one role and nothing else, so that what a
//! row allows is due to that role.

use app::id::{OrganisationId, PersonId};
use app::people::model::{Email, PersonName};
use app::people::sessions;
use app::people::store::{Created, NewPerson};
use app::vars;
use app::viewer::Role;

use crate::support::{Someone, TestApp};

/// One of each kind of person who can send a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    Visitor,
    /// Holds a session of an account that is closed.
    Closed,
    /// Holds a session that has run out.
    Expired,
    /// Holds every role, in another organisation.
    Stranger,
    /// A learner of the same organisation.
    Colleague,
    /// The one whom it is about; else like a colleague.
    Themselves,
    /// Belongs to the groups and the cohort.
    Member,
    /// Facilitates the groups.
    Facilitator,
    Trainer,
    Manager,
    Reviewer,
    Curator,
    Administrator,
    /// Looks after the site and belongs to no organisation.
    Site,
    /// Like a member, but may not post for a time.
    Silenced,
}

impl Actor {
    pub const ALL: [Self; 15] = [
        Self::Visitor,
        Self::Closed,
        Self::Expired,
        Self::Stranger,
        Self::Colleague,
        Self::Themselves,
        Self::Member,
        Self::Facilitator,
        Self::Trainer,
        Self::Manager,
        Self::Reviewer,
        Self::Curator,
        Self::Administrator,
        Self::Site,
        Self::Silenced,
    ];

    /// Those whom Carrel does not know: they are all visitors to it.
    pub const NOBODY: [Self; 3] = [Self::Visitor, Self::Closed, Self::Expired];

    /// Everyone of the organisation, whatever their role.
    pub const STAFF: [Self; 10] = [
        Self::Colleague,
        Self::Themselves,
        Self::Member,
        Self::Facilitator,
        Self::Trainer,
        Self::Manager,
        Self::Reviewer,
        Self::Curator,
        Self::Administrator,
        Self::Silenced,
    ];

    /// Whose rights they have, but for posting.
    pub fn like(self) -> Self {
        match self {
            Self::Silenced => Self::Member,
            actor => actor,
        }
    }

    pub fn number(self) -> usize {
        self as usize
    }

    /// The head of a column in docs/permissions.md.
    pub fn label(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Closed => "closed account",
            Self::Expired => "expired session",
            Self::Stranger => "other organisation",
            Self::Colleague => "colleague",
            Self::Themselves => "themselves",
            Self::Member => "group member",
            Self::Facilitator => "facilitator",
            Self::Trainer => "trainer",
            Self::Manager => "manager",
            Self::Reviewer => "reviewer",
            Self::Curator => "curator",
            Self::Administrator => "organisation administrator",
            Self::Site => "site administrator",
            Self::Silenced => "silenced member",
        }
    }

    /// A name that is nobody else's; it also makes keys of forms their own.
    pub fn key(self) -> String {
        format!("{:02}", self.number())
    }

    pub fn roles(self) -> Vec<Role> {
        match self {
            Self::Stranger => Role::ALL.to_vec(),
            Self::Facilitator => vec![Role::Learner, Role::Facilitator],
            Self::Trainer => vec![Role::Trainer],
            Self::Manager => vec![Role::Manager],
            Self::Reviewer => vec![Role::Reviewer],
            Self::Curator => vec![Role::Curator],
            Self::Administrator => vec![Role::OrganisationAdministrator],
            _ => vec![Role::Learner],
        }
    }
}

/// The people of a walk, by [`Actor::number`].
pub struct Cast(Vec<Option<PersonId>>);

impl Cast {
    /// Gives everyone an account: all at `here`, the stranger at `elsewhere`.
    pub async fn gather(app: &TestApp, here: &OrganisationId, elsewhere: &OrganisationId) -> Self {
        let mut people = Vec::new();
        for actor in Actor::ALL {
            let place = match actor {
                Actor::Visitor => {
                    people.push(None);
                    continue;
                }
                Actor::Site => None,
                Actor::Stranger => Some(elsewhere),
                _ => Some(here),
            };
            let id = account(app, actor, place).await;
            if actor == Actor::Site {
                app::people::store::make_site_administrator(&app.db, &id).await.unwrap();
            }
            people.push(Some(id));
        }
        let cast = Self(people);
        app::people::store::close(&app.db, cast.id(Actor::Closed), false)
            .await
            .unwrap();
        cast
    }

    pub fn id(&self, actor: Actor) -> &PersonId {
        self.0[actor.number()].as_ref().unwrap()
    }

    /// Everyone who has an account.
    pub fn all(&self) -> Vec<PersonId> {
        self.0.iter().flatten().cloned().collect()
    }

    /// Who belongs to the organisation of the walk.
    pub fn staff(&self) -> Vec<PersonId> {
        Actor::STAFF.map(|actor| self.id(actor).clone()).to_vec()
    }

    /// The actor with a session of their own, so that whoever ends theirs is
    /// back for the next request.
    pub async fn enters(&self, app: &TestApp, actor: Actor) -> Someone {
        let Some(person) = &self.0[actor.number()] else {
            return Someone::default();
        };
        let token = sessions::open(&app.db, person, "test").await.unwrap();
        if actor == Actor::Expired {
            let ended = "UPDATE session SET expires = time::now() - 1h WHERE person = $person;";
            app.db.write(ended, vars! { "person" => person.clone() }).await.unwrap();
        }
        // They have a passkey, and have lately shown it.
        if actor == Actor::Themselves {
            let shown = "UPDATE session SET factor_shown = time::now() WHERE person = $person;";
            app.db.write(shown, vars! { "person" => person.clone() }).await.unwrap();
        }
        Someone::with(token)
    }
}

async fn account(app: &TestApp, actor: Actor, place: Option<&OrganisationId>) -> PersonId {
    let name = match actor {
        Actor::Themselves => super::fixture::PERSON.to_owned(),
        _ => format!("Walker {}", actor.label()),
    };
    let password = app::people::passwords::NewPassword::parse(crate::support::PASSWORD, &[]).unwrap();
    let hash = match actor {
        Actor::Themselves => app::people::passwords::Hasher::default().hash(password).await.unwrap(),
        _ => "none".into(),
    };
    let new = NewPerson {
        name: PersonName::parse(&name).unwrap(),
        email: Email::parse(&format!("walker-{}@carrel.example", actor.key())).unwrap(),
        title: String::new(),
        timezone: "UTC".into(),
        hash,
    };
    let membership = place.map(|place| (place.clone(), actor.roles()));
    let Created::New(id) = app::people::store::create(&app.db, new, membership).await.unwrap() else {
        panic!("{name} is there already")
    };
    id
}
