//! What the walk is about: one of each thing, under known keys, each with a
//! name that stands nowhere else. Put back before each request.

use std::sync::Mutex;

use app::db::Db;
use app::id::{CopyId, NodeId, OrganisationId, PersonId, TypesettingId};
use app::vars;

use super::actors::{Actor, Cast};
use super::things::{AGAIN, DRAFTS, ONCE};
use crate::support::TestApp;

/// The keys of records that the rows speak of.
#[derive(Default)]
pub struct Ids {
    pub organisation: String,
    pub statement: String,
    /// Another statement, which a new edition asks about.
    pub part: String,
    /// The draft of a published set, and a row of its map as it is confirmed.
    pub draft: String,
    pub mapped: String,
    /// A node of a derived set's source that is offered, and what is looked at.
    pub offered: String,
    pub offered_print: String,
    pub course: String,
    pub lesson: String,
    pub resource: String,
    pub resource_slug: String,
    pub import: String,
    pub invitation: String,
    pub person: String,
    pub colleague: String,
    pub facilitator: String,
    pub trainer: String,
    pub stranger: String,
    pub site: String,
    /// A branch of the organisation.
    pub branch: String,
    /// A section of a published set.
    pub section: String,
    /// A day that is still to come.
    pub soon: String,
}

/// Somebody who belongs to no organisation.
pub const NOBODYS: &str = "walknobodys";
pub const PUBLIC_GROUP: &str = "walk-public";
pub const PRIVATE_GROUP: &str = "walk-private";
pub const PUBLIC_THREAD: &str = "walkpublicthread";
pub const PRIVATE_THREAD: &str = "walkprivatethread";
pub const COHORT: &str = "walkcohort";
/// A cohort that nobody has to do with.
pub const EMPTY_COHORT: &str = "walkempty";
pub const DRAFT: &str = "walkdraft";
pub const DRAFT_LESSON: &str = "walklesson";
pub const ACTION: &str = "walkaction";
pub const EVIDENCE: &str = "walkevidence";
/// The key of its file, and a piece that holds none.
pub const EVIDENCE_FILE: &str = "walkattached";
pub const EVIDENCE_WITHOUT: &str = "walkunattached";
/// That the first was put forward to the trainer.
pub const EVIDENCE_REVIEW: &str = "walkforward";
pub const SESSION: &str = "walksession";
pub const COPY: &str = "walkcopy";
pub const TYPESET: &str = "walktypeset";
pub const SHARING: &str = "walksharing";
pub const BRANCH: &str = "walkbranch";
pub const INVITE: &str = "walkinvite";
pub const PROVIDER: &str = "walkprovider";
pub const PASSKEY: &str = "walkpasskey";
/// A draft that is written line by line, and a line of it.
pub const WRITING: &str = "walkwriting";
pub const LINE: &str = "walkline";
pub const OTHER_LINE: &str = "walkother";
/// A draft that is reviewed: a round in which something was said, one in which
/// all is resolved, one that is empty, one that the reviewer was taken out of;
/// and who came to the first by a link.
pub const REVIEWED: &str = "walkreviewed";
pub const REVIEW: &str = "walkreview";
pub const DONE_REVIEW: &str = "walkreviewdone";
pub const DONE_REVIEW_EMPTY: &str = "walkreviewempty";
pub const FORMER_REVIEW: &str = "walkreviewformer";
pub const GUEST: &str = "walkguest";
/// A role profile of a branch, by its key and by its name in addresses.
pub const ROLE_PROFILE: &str = "walkprofile";
pub const ROLE_PROFILE_SLUG: &str = "walk-profile";
/// Job descriptions of the organisation: a draft, and one in use.
pub const JOB: &str = "walkjobdraft";
pub const JOB_IN_USE: &str = "walkjobused";
pub const CLAIM_RULE: &str = "walkrule";
pub const IDENTITY: &str = "walkidentity";
pub const LETTER: &str = "walkletter";
pub const STAFF_LIST: &str = "walkstaff";
/// The token of links to a new password and to a confirmed address.
pub const TOKEN: &str = "walktoken";
/// The hash of pictures, which is part of their addresses.
pub const PICTURE: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// A picture in the talk of the private group, of its member.
pub const TEXT_PICTURE: &str = "1x1-walkpicture";

/// The name of the person whom it is about.
pub const PERSON: &str = "Ptarmigan Walker";

/// A word that stands in one thing alone, and who may ever read it.
pub struct Canary {
    pub word: &'static str,
    pub what: &'static str,
    pub readers: &'static [Actor],
}

#[rustfmt::skip]
pub const CANARIES: &[Canary] = &[
    Canary { word: "Quillback", what: "the private group, its talk and its search entries", readers: &[Actor::Member, Actor::Facilitator] },
    Canary { word: "Dunlin", what: "the draft of a course", readers: &[Actor::Trainer, Actor::Administrator, Actor::Site] },
    Canary { word: "Whimbrel", what: "somebody’s plan, shared with managers", readers: &[Actor::Themselves, Actor::Manager] },
    Canary { word: "Redshank", what: "somebody’s evidence, shared with trainers", readers: &[Actor::Themselves, Actor::Trainer] },
    Canary { word: "Corncrake", what: "a note to a self-rating", readers: &[Actor::Themselves] },
    Canary { word: "Turnstone", what: "the draft of a competency set", readers: &[Actor::Curator, Actor::Administrator, Actor::Site] },
    Canary { word: "Pochard", what: "a role profile of a branch", readers: &[Actor::Manager, Actor::Curator, Actor::Administrator, Actor::Site] },
    Canary { word: "Lapwing", what: "the draft of a job description", readers: &[Actor::Manager, Actor::Administrator, Actor::Site] },
    Canary { word: "Dowitcher", what: "a draft that is reviewed", readers: &[Actor::Reviewer, Actor::Curator, Actor::Administrator, Actor::Site] },
    Canary { word: "Godwit", what: "a list of staff and its invitations", readers: &[Actor::Administrator, Actor::Site] },
    Canary { word: "Dotterel", what: "what somebody says when they ask to join", readers: &[Actor::Administrator, Actor::Site] },
    Canary { word: "Bittern", what: "a letter that could not be sent", readers: &[Actor::Site] },
    Canary { word: "Sanderling", what: "a cohort", readers: &[Actor::Member, Actor::Facilitator, Actor::Trainer, Actor::Manager, Actor::Administrator, Actor::Site] },
    // Facilitators read the record, and not the names of cohorts that they have nothing to do with.
    Canary { word: "Wheatear", what: "a cohort in somebody’s record", readers: &[Actor::Themselves, Actor::Trainer, Actor::Manager, Actor::Administrator, Actor::Site] },
    Canary { word: "Ptarmigan", what: "a person’s name", readers: &[
        Actor::Colleague, Actor::Themselves, Actor::Member, Actor::Facilitator, Actor::Trainer, Actor::Manager,
        Actor::Reviewer, Actor::Curator, Actor::Administrator, Actor::Site,
    ] },
];

/// The demonstration library with the cast and the things of the walk.
pub struct World {
    pub app: TestApp,
    pub cast: Cast,
    pub ids: Ids,
    pub(super) organisation: OrganisationId,
    /// The tables that requests wrote to since all was put back.
    pub(super) touched: Mutex<Vec<String>>,
}

async fn one(db: &Db, sql: &'static str) -> String {
    let found = db.row::<String>(sql, vars! {}).await.unwrap();
    found.unwrap_or_else(|| panic!("nothing for {sql}"))
}

impl World {
    pub async fn new() -> Self {
        Self::of(TestApp::new().await).await
    }

    /// The same, on a server that is configured otherwise.
    pub async fn of(app: TestApp) -> Self {
        app::seed::demo(&app.db, &app::people::passwords::Hasher::default())
            .await
            .unwrap();
        let organisation = app::organisations::store::by_slug(&app.db, "riverside")
            .await
            .unwrap()
            .unwrap();
        let elsewhere = app.organisation("elsewhere", None).await;
        let cast = Cast::gather(&app, &organisation, &elsewhere).await;
        let mut world = Self {
            ids: Ids::default(),
            app,
            cast,
            organisation,
            touched: Mutex::default(),
        };
        world.ids = world.find().await;
        world.once().await;
        (world.ids.draft, world.ids.mapped) = world.drafted().await;
        world.again().await;
        (world.ids.offered, world.ids.offered_print) = world.offered().await;
        world
    }

    async fn find(&self) -> Ids {
        let db = &self.app.db;
        let administrator = self.viewer(Actor::Administrator).await;
        let terms = app::invitations::model::Terms::parse(&["learner".into()], Some(500), Some(14), "").unwrap();
        let invitation = "walktokenofaninvitation".to_owned();
        app::invitations::store::invite(db, &administrator, &self.organisation, &terms, &invitation)
            .await
            .unwrap();
        Ids {
            offered: String::new(),
            offered_print: String::new(),
            organisation: self.organisation.to_string(),
            statement: one(db, "SELECT VALUE record::id(id) FROM node WHERE code = 'LM 3.4' AND edition.number = 1 AND edition.competency_set.slug = 'library-management';").await,
            part: one(db, "SELECT VALUE record::id(id) FROM node WHERE code = 'LM 3.3' AND edition.number = 1 AND edition.competency_set.slug = 'library-management';").await,
            draft: String::new(),
            mapped: String::new(),
            course: one(db, "SELECT VALUE record::id(id) FROM course WHERE slug = 'weeding-with-good-reasons';").await,
            lesson: one(db, "SELECT VALUE record::id(id) FROM lesson WHERE course.slug = 'weeding-with-good-reasons' AND position = 1;").await,
            resource: one(db, "SELECT VALUE record::id(id) FROM resource LIMIT 1;").await,
            resource_slug: one(db, "SELECT VALUE slug FROM resource LIMIT 1;").await,
            import: self.staged().await.to_string(),
            invitation,
            person: self.cast.id(Actor::Themselves).to_string(),
            colleague: self.cast.id(Actor::Colleague).to_string(),
            facilitator: self.cast.id(Actor::Facilitator).to_string(),
            trainer: self.cast.id(Actor::Trainer).to_string(),
            stranger: self.cast.id(Actor::Stranger).to_string(),
            site: self.cast.id(Actor::Site).to_string(),
            branch: one(db, "SELECT VALUE record::id(id) FROM organisation WHERE slug = 'millbrook';").await,
            section: one(db, "SELECT VALUE record::id(id) FROM node WHERE depth = 0 AND edition.number = 1 AND edition.competency_set.slug = 'library-management';").await,
            // Not today: the walk may go on past midnight.
            soon: app::time::day_edge(&app::time::today("UTC"), 7, "UTC").unwrap()[..10].to_owned(),
        }
    }

    pub(super) async fn viewer(&self, actor: Actor) -> app::viewer::Viewer {
        let db = &self.app.db;
        let token = app::people::sessions::open(db, self.cast.id(actor), "test")
            .await
            .unwrap();
        app::people::sessions::viewer(db, &token).await.unwrap()
    }

    fn vars(&self) -> app::db::Variables {
        let id = |actor| -> PersonId { self.cast.id(actor).clone() };
        vars! {
            "organisation" => self.organisation.clone(), "member" => id(Actor::Member), "silenced" => id(Actor::Silenced), "facilitator" => id(Actor::Facilitator),
            "trainer" => id(Actor::Trainer), "reviewer" => id(Actor::Reviewer), "themselves" => id(Actor::Themselves), "walkers" => self.cast.all(),
            "stranger" => id(Actor::Stranger), "staff" => self.cast.staff(),
            "roles" => Actor::STAFF.map(|actor| app::people::store::words(&actor.roles())).to_vec(), "link" => app::people::tokens::key(TOKEN),
            "picture" => PICTURE, "asked" => NodeId::parse(&self.ids.statement), "part" => NodeId::parse(&self.ids.part),
            "administrator" => id(Actor::Administrator), "branch" => OrganisationId::parse(&self.ids.branch),
            "editions" => Actor::ALL.map(|actor| format!("walk{}", actor.key())).to_vec(),
        }
    }

    async fn once(&self) {
        self.app.db.write(ONCE, self.vars()).await.unwrap();
        let copy = app::copies::path(self.app.files.path(), &CopyId::parse(COPY).unwrap());
        let typeset = app::publications::path(self.app.files.path(), &TypesettingId::parse(TYPESET).unwrap());
        let picture = self.app.files.path().join("pictures").join(TEXT_PICTURE);
        let attached = self.app.files.path().join("evidence").join(EVIDENCE_FILE);
        for (file, content) in [
            (copy, "a zip"),
            (typeset, "Turnstone pages"),
            (picture, "Quillback"),
            (attached, "Redshank notes"),
        ] {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, content).unwrap();
        }
    }

    /// Puts back what earlier requests took away or added.
    pub async fn again(&self) {
        self.app.db.write(DRAFTS, self.vars()).await.unwrap();
        self.again_but_drafts().await;
    }

    async fn again_but_drafts(&self) {
        self.app.db.write(AGAIN, self.vars()).await.unwrap();
    }

    /// The same after a request that wrote to these tables.
    pub(super) async fn again_after(&self, changed: &[String]) {
        let drafts = |table: &String| {
            let begins = [
                "competency_set",
                "cross_reference",
                "edition",
                "derived_node",
                "node",
                "review",
                "verdict",
            ];
            begins.iter().any(|begin| table.starts_with(begin))
        };
        match changed.iter().any(drafts) {
            true => self.again().await,
            false if changed.is_empty() => {}
            false => self.again_but_drafts().await,
        }
    }
}
