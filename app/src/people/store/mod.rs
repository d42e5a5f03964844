//! People in the database.

pub mod attempts;
pub mod drafts;
mod looking;
pub mod sessions;

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{Email, Invitation, PersonName, Profile, Settings, Workplace};
use super::tokens;
use crate::db::{Answers, Db, Variables};
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId};
use crate::organisations::store::on_one_line;
use crate::people::second_factor::model::FactorAsked;
use crate::profiles::model::Relation;
use crate::sharing::store as sharing;
use crate::vars;
use crate::viewer::{Person, Role, Viewer};

/// Someone to make an account for.
pub struct NewPerson {
    pub name: PersonName,
    pub email: Email,
    pub title: String,
    pub timezone: String,
    /// An Argon2id hash.
    pub hash: String,
}

/// Whether an account was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created {
    New(PersonId),
    EmailTaken,
}

#[derive(SurrealValue)]
struct CredentialRow {
    person: PersonId,
    hash: Option<String>,
}

/// The account of an address, unless it is closed, and its password's hash.
pub async fn credential(db: &Db, email: &Email) -> Result<Option<(PersonId, Option<String>)>> {
    let row: Option<CredentialRow> = db
        .row(
            "SELECT id AS person, type::record('credential', [record::id(id)]).hash AS hash
             FROM person WHERE email_key = $key AND closed = NONE;",
            vars! { "key" => email.key() },
        )
        .await?;
    Ok(row.map(|row| (row.person, row.hash)))
}

/// Makes an account, with roles in an organisation if one is named.
pub async fn create(db: &Db, new: NewPerson, membership: Option<(OrganisationId, Vec<Role>)>) -> Result<Created> {
    let id = PersonId::random();
    let (organisation, roles) = membership.unzip();
    let done = db
        .write(
            "IF (SELECT VALUE id FROM person WHERE email_key = $key) != [] { THROW 'email taken' };
             CREATE $id SET name = $name, email = $email, title = $title, timezone = $timezone;
             CREATE type::record('credential', [record::id($id)]) SET person = $id, hash = $hash;
             IF $organisation != NONE {
                CREATE type::record('membership', [record::id($id), record::id($organisation)])
                    SET person = $id, organisation = $organisation, roles = $roles;
             };",
            vars! {
                "id" => id.clone(), "key" => new.email.key(), "name" => new.name.as_str().to_owned(),
                "email" => new.email.as_str().to_owned(), "title" => new.title, "timezone" => new.timezone,
                "hash" => new.hash, "organisation" => organisation, "roles" => words(&roles.unwrap_or_default()),
            },
        )
        .await;
    match done {
        Ok(_) => Ok(Created::New(id)),
        Err(AppError::Conflict(message)) if message == "email taken" => Ok(Created::EmailTaken),
        Err(error) => Err(error),
    }
}

/// The words of roles, as the database holds them.
pub fn words(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.as_str().to_owned()).collect()
}

/// Sets a new password and ends all other sessions, and sign-ins that wait for a
/// second factor: what they showed is worth nothing any more.
pub async fn set_password(db: &Db, person: &Person, hash: String) -> Result<()> {
    db.write(
        "UPSERT type::record('credential', [record::id($person)]) SET person = $person, hash = $hash;
         DELETE session WHERE person = $person AND id != $kept;
         DELETE pending_sign_in WHERE person = $person;",
        vars! { "person" => person.id.clone(), "hash" => hash, "kept" => person.session.clone() },
    )
    .await
    .map(drop)
}

#[derive(SurrealValue)]
struct PersonRow {
    name: String,
    email: String,
    title: String,
    timezone: String,
    sure: bool,
}

/// What a person's own settings page shows, but for their factors and copies.
pub async fn settings(db: &Db, person: &Person) -> Result<Settings> {
    let mut answers = db
        .run(
            concat!(
                "SELECT name, email, title, timezone,
                    $opened.confirmed != NONE AND $opened.confirmed > time::now() - duration::from_mins($minutes) AS sure FROM $person;",
                sessions::listed!()
            ),
            vars! {
                "person" => person.id.clone(), "opened" => person.session.clone(), "minutes" => sessions::SURE_MINUTES,
                "idle" => sessions::IDLE_DAYS, "most" => sessions::MOST,
            },
        )
        .await?;
    let row: Option<PersonRow> = answers.row(0)?;
    let row = row.ok_or(AppError::NotFound)?;
    Ok(Settings {
        name: row.name,
        email: row.email,
        title: row.title,
        zones: crate::time::zones(&row.timezone),
        timezone: row.timezone,
        sessions: sessions::list(&mut answers, 1, person)?,
        sure: row.sure,
        asked: FactorAsked::Nothing,
        posts_go: false,
        copy: None,
    })
}

/// Changes what a person says of themselves.
pub async fn update(db: &Db, person: &PersonId, name: &PersonName, title: &str, timezone: &str) -> Result<()> {
    db.write(
        "UPDATE $person SET name = $name, title = $title, timezone = $timezone;",
        vars! { "person" => person.clone(), "name" => name.as_str().to_owned(), "title" => title.to_owned(), "timezone" => timezone.to_owned() },
    )
    .await
    .map(drop)
}

/// What somebody is called whose account is closed.
pub const FORMER: &str = "A former member";

/// Closes an account: its sessions end at once, nobody can sign in to it, and
/// what was its owner's alone is gone, memberships too. What they said in groups
/// stays as by a former member, or is taken out with `remove_posts`, where its
/// place stays so that the others' words still follow each other. The address is
/// free again. Refuses where nobody else looks after one of their
/// organisations. A test (server/tests/closing.rs) knows every link to a person.
pub async fn close(db: &Db, person: &PersonId, remove_posts: bool) -> Result<()> {
    db.write(
        "fn::is_not_the_last($person, ', then close your account');
         LET $address = $person.email_key;
         DELETE letter WHERE string::lowercase(recipient) = $address;
         DELETE newcomer WHERE email_key = $address;
         DELETE invitation WHERE string::lowercase(email) = $address OR invited_by = $person;
         UPDATE $person SET closed = time::now(), email = string::concat(record::id(id), '@closed.invalid'), name = $former,
            title = '', timezone = 'UTC', site_administrator = false, second_factor = NONE, address_confirmed = NONE;
         FOR $membership IN (SELECT id, study_group FROM group_membership WHERE person = $person) {
            UPDATE $membership.study_group SET members -= 1;
            DELETE $membership.id;
         };
         IF $remove_posts {
            UPDATE post SET body = $removed, html = string::concat('<p>', $removed, '</p>') WHERE author = $person;
            UPDATE thread SET title = $removed, quote = '' WHERE started_by = $person;
            fn::no_texts((SELECT VALUE id FROM post WHERE author = $person));
            FOR $post IN (SELECT VALUE text FROM picture_use WHERE text.author = $person) { fn::hold_pictures($post, $post.study_group, []) };
            DELETE text_picture WHERE owner = $person AND record::tb(place) = 'study_group';
         };
         DELETE text_picture WHERE owner = $person AND loose != NONE;
         DELETE membership WHERE person = $person;
         DELETE session WHERE person = $person;
         DELETE form_draft WHERE person = $person;
         DELETE type::record('credential', [record::id($person)]);
         DELETE type::record('second_factor', [record::id($person)]);
         DELETE type::record('second_factor_setup', [record::id($person)]);
         DELETE recovery_code WHERE person = $person;
         DELETE pending_sign_in WHERE person = $person;
         DELETE password_link WHERE person = $person OR by = $person;
         DELETE address_check WHERE person = $person;
         DELETE known_device WHERE person = $person;
         DELETE staff_list WHERE person = $person;
         DELETE suspension WHERE person = $person;
         DELETE rating WHERE person = $person;
         DELETE judgement WHERE person = $person; DELETE evidence WHERE person = $person; DELETE evidence_review WHERE reviewer = $person AND answered = NONE;
         DELETE assessment WHERE person = $person;
         DELETE goal WHERE person = $person;
         DELETE past_goal WHERE person = $person;
         DELETE edition_question WHERE person = $person;
         DELETE action WHERE person = $person;
         DELETE plan WHERE person = $person;
         DELETE completion WHERE person = $person;
         DELETE enrolment WHERE person = $person;
         DELETE past_enrolment WHERE person = $person;
         DELETE reading WHERE person = $person;
         DELETE import_part WHERE import.person = $person;
         DELETE import WHERE person = $person;
         DELETE sharing WHERE person = $person OR with_person = $person;
         DELETE look WHERE person = $person;
         DELETE copy WHERE person = $person;",
        vars! {
            "person" => person.clone(), "former" => FORMER, "remove_posts" => remove_posts,
            "removed" => "Taken out when its author closed their account.",
        },
    )
    .await
    .map(drop)
}

#[derive(SurrealValue)]
struct InvitationRow {
    organisation: String,
    invited_by: String,
    roles: Vec<String>,
    expires: Datetime,
    name: String,
    email: String,
}

/// What a link offers, while it does.
pub async fn invitation(db: &Db, token: &str) -> Result<Invitation> {
    let row: Option<InvitationRow> = db
        .row(
            "SELECT organisation.name AS organisation, invited_by.name AS invited_by, roles, expires, name, email
             FROM type::record('invitation', $key)
                WHERE uses_left > 0 AND expires > time::now() AND fn::vouches(invited_by, organisation.line);",
            vars! { "key" => tokens::key(token) },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    Ok(Invitation {
        organisation: row.organisation,
        invited_by: row.invited_by,
        roles: row.roles.iter().filter_map(|role| Role::parse(role)).collect(),
        until: crate::time::day(&row.expires, "UTC"),
        name: row.name,
        email: row.email,
    })
}

/// Makes an account out of an invitation and uses one of its places. Where it
/// works is what the invitation says, else where the organisation is.
pub async fn accept(db: &Db, token: &str, new: NewPerson) -> Result<Created> {
    let id = PersonId::random();
    let done = db
        .write(
            "LET $invitation = type::record('invitation', $link);
             LET $offer = (SELECT * FROM ONLY $invitation
                WHERE uses_left > 0 AND expires > time::now() AND fn::vouches(invited_by, organisation.line));
             IF $offer = NONE { THROW 'not found' };
             IF (SELECT VALUE id FROM person WHERE email_key = $key) != [] { THROW 'email taken' };
             UPDATE $invitation SET uses_left -= 1;
             CREATE $id SET name = $name, email = $email, title = IF $title = '' { $offer.title } ELSE { $title },
                timezone = IF $offer.timezone = '' { $offer.organisation.timezone } ELSE { $offer.timezone };
             CREATE type::record('credential', [record::id($id)]) SET person = $id, hash = $hash;
             CREATE type::record('membership', [record::id($id), record::id($offer.organisation)])
                SET person = $id, organisation = $offer.organisation, roles = $offer.roles;",
            vars! {
                "link" => tokens::key(token), "id" => id.clone(), "key" => new.email.key(),
                "name" => new.name.as_str().to_owned(), "email" => new.email.as_str().to_owned(),
                "title" => new.title, "hash" => new.hash,
            },
        )
        .await;
    match done {
        Ok(_) => Ok(Created::New(id)),
        Err(AppError::Conflict(message)) if message == "email taken" => Ok(Created::EmailTaken),
        Err(error) => Err(error),
    }
}

#[derive(SurrealValue)]
struct ProfileRow {
    name: String,
    title: String,
}

#[derive(SurrealValue)]
struct PlaceRow {
    slug: String,
    name: String,
    line: Vec<OrganisationId>,
}

#[derive(SurrealValue)]
struct SharedGroupRow {
    slug: String,
    title: String,
}

/// Reads whether the viewer may know of somebody, for [`acquaintance`]: four
/// answers, of `$person`, `$me` and `$groups`.
macro_rules! acquainted {
    () => {
        "SELECT name, title FROM $person WHERE closed = NONE;
         SELECT organisation.slug AS slug, organisation.name AS name, organisation.line AS line FROM membership
            WHERE person = $person ORDER BY name, slug LIMIT 50;
         SELECT study_group.slug AS slug, study_group.title AS title FROM group_membership
            WHERE person = $person AND study_group IN $groups LIMIT 50;
         SELECT VALUE organisation.line FROM membership WHERE person = $me LIMIT 100;"
    };
}
pub(crate) use acquainted;

/// What `acquainted!` asks with.
pub(crate) fn asking_of(viewer: &Viewer, person: &PersonId) -> Result<Variables> {
    let me = viewer.id().ok_or(AppError::NotFound)?;
    Ok(vars! {
        "person" => person.clone(), "me" => me.clone(),
        "groups" => viewer.groups.iter().map(|group| group.id.clone()).collect::<Vec<_>>(),
    })
}

/// Somebody whom the viewer may know of.
pub(crate) struct Acquaintance {
    pub name: String,
    title: String,
    places: Vec<PlaceRow>,
    groups: Vec<SharedGroupRow>,
    mine: Vec<Vec<OrganisationId>>,
}

impl Acquaintance {
    /// Whether this workplace is on a line with one of the viewer's.
    fn shares(&self, place: &PlaceRow) -> bool {
        self.mine.iter().any(|line| on_one_line(line, &place.line))
    }
}

/// A colleague, by the first four answers: someone in an organisation or a group
/// of the viewer's. Others are not found.
pub(crate) fn acquaintance(answers: &mut Answers, viewer: &Viewer, person: &PersonId) -> Result<Acquaintance> {
    let row = answers.row::<ProfileRow>(0)?.ok_or(AppError::NotFound)?;
    let found = Acquaintance {
        name: row.name,
        title: row.title,
        places: answers.rows(1)?,
        groups: answers.rows(2)?,
        mine: answers.rows(3)?,
    };
    let colleague = found.places.iter().any(|place| found.shares(place));
    if !(colleague || !found.groups.is_empty() || viewer.is(person) || viewer.site_administrator) {
        return Err(AppError::NotFound);
    }
    Ok(found)
}

/// Somebody whom the viewer may know of, as they show themselves.
pub async fn profile(db: &Db, viewer: &Viewer, person: &PersonId) -> Result<Profile> {
    let mut answers = db.run(sharing::THEIRS, asking_of(viewer, person)?).await?;
    let found = acquaintance(&mut answers, viewer, person)?;
    let seen_at = |place: &PlaceRow| viewer.site_administrator || found.shares(place);
    let member = |place: &PlaceRow| place.line.first().is_some_and(|id| viewer.membership(id).is_some());
    let relation = match viewer.is(person) {
        true => Relation::Own,
        false if found.places.iter().any(member) => Relation::Member,
        false => Relation::Colleague,
    };
    let (about, picture) = crate::profiles::store::seen(db, person, relation).await?;
    Ok(Profile {
        shares: sharing::shown(&mut answers, viewer, person)?,
        about,
        picture,
        id: person.clone(),
        organisations: found
            .places
            .iter()
            .filter(|place| relation == Relation::Own || seen_at(place))
            .map(|place| Workplace {
                slug: place.slug.clone(),
                name: place.name.clone(),
            })
            .collect(),
        name: found.name,
        title: found.title,
        shared_groups: found
            .groups
            .into_iter()
            .map(|group| (group.slug, group.title))
            .collect(),
    })
}

/// Makes someone look after the whole installation.
pub async fn make_site_administrator(db: &Db, person: &PersonId) -> Result<()> {
    let made = "UPDATE $person SET site_administrator = true;";
    db.write(made, vars! { "person" => person.clone() }).await.map(drop)
}
