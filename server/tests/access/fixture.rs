//! What the walk is about: one of each thing, under known keys, each with a
//! name that stands nowhere else. Put back before each request.

use std::sync::atomic::AtomicBool;

use app::db::Db;
use app::id::{CopyId, NodeId, OrganisationId, PersonId, TypesettingId};
use app::vars;

use super::actors::{Actor, Cast};
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
pub const DRAFT: &str = "walkdraft";
pub const DRAFT_LESSON: &str = "walklesson";
pub const ACTION: &str = "walkaction";
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
    Canary { word: "Corncrake", what: "a note to a self-rating", readers: &[Actor::Themselves] },
    Canary { word: "Turnstone", what: "the draft of a competency set", readers: &[Actor::Curator, Actor::Administrator, Actor::Site] },
    Canary { word: "Pochard", what: "a role profile of a branch", readers: &[Actor::Curator, Actor::Administrator, Actor::Site] },
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
    /// Whether a request has changed something since it was put back.
    pub touched: AtomicBool,
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
            touched: AtomicBool::new(false),
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
        let invitation = app::invitations::store::invite(db, &administrator, &self.organisation, &terms)
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
        for (file, content) in [(copy, "a zip"), (typeset, "Turnstone pages"), (picture, "Quillback")] {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, content).unwrap();
        }
    }

    /// Puts back what earlier requests took away or added.
    pub async fn again(&self) {
        self.app.db.write(AGAIN, self.vars()).await.unwrap();
    }
}

const ONCE: &str = "
    LET $node = (SELECT VALUE id FROM node WHERE code = 'LM 3.4' AND edition.number = 1 AND edition.competency_set.slug = 'library-management')[0];
    LET $course = (SELECT VALUE id FROM course WHERE slug = 'weeding-with-good-reasons')[0];
    CREATE person:walknobodys SET name = 'Nobody’s', email = 'nobodys@carrel.example', timezone = 'UTC';
    CREATE organisation:walkbystander SET slug = 'walkbystander', name = 'Bystanders', kind = 'library', timezone = 'UTC',
        line = [organisation:walkbystander];
    CREATE person:walkbystander SET name = 'Bystander', email = 'walkbystander@carrel.example', timezone = 'UTC';
    CREATE membership:['walkbystander', 'walkbystander'] SET person = person:walkbystander,
        organisation = organisation:walkbystander, roles = ['learner'];
    CREATE cohort:walkcohort SET subject = $course, organisation = $organisation, title = 'Sanderling cohort', starts = '2020-01-01',
        ends = '2099-01-01', timezone = 'Europe/London', opened_by = $trainer;
    CREATE cohort:walkrecord SET subject = $course, organisation = $organisation, title = 'Wheatear cohort', starts = '2020-01-01',
        ends = '2020-12-31', timezone = 'Europe/London', opened_by = $trainer;
    CREATE study_group:⟨walk-public⟩ SET slug = 'walk-public', organisation = $organisation, title = 'Walk in public', public = true,
        threads = 1, posts = 1;
    CREATE study_group:⟨walk-private⟩ SET slug = 'walk-private', organisation = $organisation, title = 'Quillback circle', public = false,
        threads = 1, posts = 1, subject = cohort:walkcohort;
    CREATE thread:walkpublicthread SET study_group = study_group:⟨walk-public⟩, public = true, title = 'Walk this way', kind = 'discussion',
        started_by = $member, anchor = $node, anchor_label = 'LM 3.4', posts = 1;
    CREATE thread:walkprivatethread SET study_group = study_group:⟨walk-private⟩, public = false, title = 'Quillback question', kind = 'question',
        started_by = $member, anchor = $node, anchor_label = 'LM 3.4', posts = 1;
    CREATE post:['walkpublicthread', 1] SET thread = thread:walkpublicthread, study_group = study_group:⟨walk-public⟩, number = 1,
        author = $member, body = 'In public.', html = '<p>In public.</p>', form_key = 'walk1';
    CREATE post:['walkprivatethread', 1] SET thread = thread:walkprivatethread, study_group = study_group:⟨walk-private⟩, number = 1,
        author = $member, body = 'Quillback said', html = '<p>Quillback said</p>', form_key = 'walk2';
    CREATE text_picture:⟨1x1-walkpicture⟩ SET owner = $member, place = study_group:⟨walk-private⟩, kind = 'image/webp';
    UPDATE $organisation SET takes_requests = true;
    UPSERT type::record('profile', record::id($themselves)) SET person = $themselves, about = 'About me.';
    CREATE copy:walkcopy SET person = $themselves, state = 'ready', bytes = 5;
    CREATE plan:walkplan SET person = $themselves, title = 'My plan';
    CREATE competency_set:walkset SET slug = 'turnstone', identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000f1', organisation = $organisation, title = 'Turnstone set';
    CREATE competency_set:walkoutline SET slug = 'turnstone-outline', identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000f2',
        organisation = $organisation, title = 'Turnstone outline';
    CREATE edition:walkwriting SET competency_set = competency_set:walkoutline, number = 1, state = 'draft', title = 'Turnstone outline',
        levels = [{ label: 'No', description: '' }, { label: 'Yes', description: '' }], statements = 2;
    CREATE competency_set:walkreview SET slug = 'walk-review', identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000f3',
        organisation = $organisation, title = 'Walk review';
    CREATE edition:walkreviewed SET competency_set = competency_set:walkreview, number = 1, state = 'draft', title = 'Walk review',
        levels = [{ label: 'No', description: '' }, { label: 'Yes', description: '' }], statements = 2;
    FOR $key IN $editions {
        CREATE type::record('edition', $key) SET competency_set = competency_set:walkset, number = <int> string::slice($key, 4) + 1,
            state = 'draft', levels = [{ label: 'No', description: '' }], statements = 1;
    };
    CREATE typesetting:walktypeset SET edition = (SELECT VALUE id FROM edition WHERE competency_set = competency_set:walkset AND number = 1)[0],
        paper = 'a4', whole = true, stage = 'ready', pages = 1, bytes = 15;
    CREATE rating SET id = [record::id($themselves), record::id($node)], person = $themselves, node = $node, level = 0, note = 'Corncrake note';
    CREATE judgement SET person = $themselves, given_by = $themselves, kind = 'self', node = $node, level = 0, note = 'Corncrake note';
";

const AGAIN: &str = "
    DELETE edition_change WHERE edition = edition:walkwriting;
    DELETE cross_reference WHERE edition = edition:walkwriting;
    DELETE node WHERE edition = edition:walkwriting;
    CREATE node:walkline SET edition = edition:walkwriting, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e1', kind = 'statement', depth = 0,
        position = 1, address = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e1', title = 'Turnstone line';
    CREATE node:walkother SET edition = edition:walkwriting, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e2', kind = 'statement', depth = 0,
        position = 2, address = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e2', title = 'Turnstone other line';
    DELETE review_round WHERE edition = edition:walkreviewed;
    DELETE edition_change WHERE edition = edition:walkreviewed;
    DELETE node WHERE edition = edition:walkreviewed;
    CREATE node:walkasked SET edition = edition:walkreviewed, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e3', kind = 'statement', depth = 0,
        position = 1, address = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e3', title = 'Dowitcher line';
    CREATE node:walkaskedtoo SET edition = edition:walkreviewed, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e4', kind = 'statement', depth = 0,
        position = 2, address = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e4', title = 'Dowitcher other';
    FOR $key IN ['walkreview', 'walkreviewdone', 'walkreviewempty', 'walkreviewformer'] {
        LET $round = type::record('review_round', $key);
        CREATE $round SET edition = edition:walkreviewed, title = 'Walk review round', due = '2099-01-01', due_at = d'2099-01-02T00:00:00Z',
            opened_by = $administrator, items = 2;
        CREATE type::record('review_item', [$key, 1]) SET round = $round, number = 1, node = node:walkasked, title = 'Dowitcher line';
        CREATE type::record('review_item', [$key, 2]) SET round = $round, number = 2, node = node:walkaskedtoo, title = 'Dowitcher other';
    };
    UPDATE review_item SET resolution = 'dropped', reason = 'Dowitcher', node = node:walkdropped WHERE round = review_round:walkreviewdone;
    CREATE reviewer:walkreviewer SET round = review_round:walkreview, person = $reviewer;
    CREATE reviewer:walkformer SET round = review_round:walkreviewformer, person = $reviewer, revoked = time::now();
    CREATE reviewer:walkguest SET round = review_round:walkreview, name = 'Guest', email = 'dowitcher@carrel.example', given = 1;
    CREATE type::record('review_link', $link) SET reviewer = reviewer:walkguest;
    CREATE verdict:['walkguest', 2, 1] SET item = review_item:['walkreview', 2], reviewer = reviewer:walkguest, number = 2, asked = 1,
        kind = 'reword', wording = 'Dowitcher anew';
    UPDATE review_item:['walkreview', 2] SET given = 1, rewords = 1;
    DELETE target WHERE role_profile = role_profile:walkprofile; DELETE role_profile WHERE string::starts_with(title, 'Pochard made');
    UPSERT role_profile:walkprofile SET slug = 'walk-profile', edition = $asked.edition, organisation = $branch, title = 'Pochard profile',
        description = 'Pochard', statements = 1;
    CREATE target SET id = ['walkprofile', record::id($asked)], role_profile = role_profile:walkprofile, node = $asked, position = 1, level = 2;
    LET $first = $asked.above[0];
    UPSERT derivation:walkoutline SET derived = competency_set:walkoutline, source = $first.edition.competency_set, edition = $first.edition;
    DELETE derived_node WHERE derived = competency_set:walkoutline;
    CREATE derived_node:['walkoutline', '0b2e9dd4-2d2c-4c7e-8e6c-0000000000ea'] SET derived = competency_set:walkoutline,
        identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000ea', source = $first;
    FOR $n IN 0..array::len($staff) {
        LET $membership = type::record('membership', [record::id($staff[$n]), record::id($organisation)]);
        IF $membership.roles != $roles[$n] {
            UPSERT $membership SET person = $staff[$n], organisation = $organisation, roles = $roles[$n];
        };
    };
    DELETE membership WHERE organisation = $organisation AND person IN $walkers AND person NOT IN $staff;
    DELETE join_request WHERE person IN $walkers AND person != $stranger;
    UPSERT type::record('join_request', [record::id($stranger), record::id($organisation)]) SET person = $stranger,
        organisation = $organisation, message = 'Dotterel greets you';
    DELETE newcomer WHERE organisation = $organisation;
    CREATE newcomer:['walknewcomer'] SET organisation = $organisation, name = 'New person', email = 'walking-in@carrel.example',
        hash = type::record('credential', [record::id($themselves)]).hash ?? '', message = '', token = $link, expires = d'2099-01-01T00:00:00Z';
    DELETE organisation WHERE name = 'New branch';
    UPSERT organisation:walkbranch SET slug = 'walkbranch', name = 'Walk branch', kind = 'branch', timezone = 'Europe/London',
        parent = $organisation, line = array::concat([organisation:walkbranch], $organisation.line);
    UPSERT invitation:walkinvite SET organisation = $organisation, roles = ['learner'], invited_by = $administrator, name = 'Godwit Newcomer',
        email = 'godwit@carrel.example', expires = d'2099-01-01T00:00:00Z', uses_left = 1, uses = 1;
    DELETE invitation WHERE email = 'new@carrel.example';
    UPSERT staff_list:walkstaff SET person = $administrator, organisation = $organisation, content = 'name,email\nGodwit Newcomer,new@carrel.example';
    UPSERT letter:walkletter SET recipient = 'bittern@carrel.example', subject = 'Bittern', body = 'Bittern', expires = d'2099-01-01T00:00:00Z',
        state = 'given_up', tries = 10, problem = 'No answer';
    DELETE suspension WHERE person IN $walkers AND (person != $silenced OR what != 'posting');
    IF (SELECT VALUE id FROM suspension WHERE person = $silenced) = [] {
        UPSERT type::record('suspension', [record::id($silenced)]) SET person = $silenced, what = 'posting', reason = 'Rude', by = $administrator,
            last_day = '2099-01-01', until = d'2099-01-02T00:00:00Z';
    };
    UPSERT terms_in_force:this SET number = 0;
    DELETE second_factor_setup WHERE person IN $walkers;
    UPDATE $themselves SET email = 'walker-05@carrel.example', address_confirmed = NONE, second_factor = NONE;
    UPSERT type::record('password_link', $link) SET person = $themselves, by = $administrator, expires = d'2099-01-01T00:00:00Z';
    UPSERT type::record('address_check', $link) SET person = $themselves, email = 'walking@carrel.example', expires = d'2099-01-01T00:00:00Z';
    FOR $subject IN [$themselves, $organisation] {
        UPSERT type::record('picture', [record::tb($subject), record::id($subject)]) SET subject = $subject, kind = 'image/jpeg',
            hash = $picture, content = <bytes> 'picture';
    };
    LET $groups = [study_group:⟨walk-public⟩, study_group:⟨walk-private⟩];
    DELETE group_membership WHERE person IN $walkers AND !(study_group IN $groups AND person IN [$member, $facilitator, $silenced]);
    FOR $group IN $groups {
        FOR $one IN [$member, $silenced] {
            UPSERT type::record('group_membership', [record::id($one), record::id($group)]) SET person = $one, study_group = $group;
        };
        UPSERT type::record('group_membership', [record::id($facilitator), record::id($group)])
            SET person = $facilitator, study_group = $group, facilitator = true;
    };
    DELETE enrolment WHERE cohort = cohort:walkcohort AND person NOT IN [$member, $silenced];
    FOR $one IN [$member, $silenced] {
        UPSERT type::record('enrolment', ['walkcohort', record::id($one)]) SET cohort = cohort:walkcohort, person = $one, enrolled_by = $trainer;
    };
    UPSERT type::record('enrolment', ['walkrecord', record::id($themselves)]) SET cohort = cohort:walkrecord, person = $themselves,
        enrolled_by = $trainer;
    UPSERT course:walkdraft SET slug = 'dunlin', organisation = $organisation, title = 'Dunlin draft', state = 'draft', lessons = 1, written_by = $trainer;
    UPSERT lesson:walklesson SET course = course:walkdraft, slug = 'first', position = 0, title = 'Dunlin lesson', minutes = 5,
        body = 'Dunlin text.', html = '<p>Dunlin text.</p>', changed = d'2026-01-01T00:00:00Z';
    UPSERT action:walkaction SET plan = plan:walkplan, person = $themselves, kind = 'task', title = 'Whimbrel task', removed = NONE, done = NONE;
    FOR $change IN [[$asked, 'reworded'], [$part, 'split']] {
        UPSERT type::record('edition_question', [record::id($themselves), record::id($change[0])]) SET person = $themselves, node = $change[0],
            edition = $change[0].edition, kind = $change[1], answered = NONE, answer = NONE;
    };
    UPSERT session:walksession SET person = $themselves, device = 'A browser', expires = time::now() + 1d;
    UPSERT identity_provider:walkprovider SET name = 'Walk provider', issuer = 'http://127.0.0.1:1', client = 'walk', enabled = true;
    UPSERT claim_rule:walkrule SET provider = identity_provider:walkprovider, claim = '', value = '', organisation = $organisation,
        roles = ['learner'];
    FOR $key IN ['walkidentity', 'walkidentitytoo'] {
        UPSERT type::record('identity', $key) SET person = $themselves, provider = identity_provider:walkprovider,
            issuer = 'http://127.0.0.1:1', subject = $key, label = 'Walker';
    };
    UPSERT passkey:walkpasskey SET person = $themselves, name = 'Walking stick', credential = '{}';
    UPSERT sharing:walksharing SET person = $themselves, what = 'plan', role = 'manager', organisation = $organisation, purpose = 'A talk',
        begun = d'2026-01-01T00:00:00Z', last_day = '2099-01-01', until = d'2099-01-01T00:00:00Z', ended = NONE;
    UPSERT sharing:walknamed SET person = $themselves, what = 'gaps', with_person = $reviewer, purpose = 'A talk',
        begun = d'2026-01-01T00:00:00Z', last_day = '2099-01-01', until = d'2099-01-01T00:00:00Z', ended = NONE;
    UPSERT sharing:walkrecord SET person = $themselves, what = 'record', role = 'facilitator', organisation = $organisation, purpose = 'A talk',
        begun = d'2026-01-01T00:00:00Z', last_day = '2099-01-01', until = d'2099-01-01T00:00:00Z', ended = NONE;
    DELETE sharing WHERE person IN $walkers AND id NOT IN [sharing:walksharing, sharing:walknamed, sharing:walkrecord];
";
