//! Joining in the database.

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{Asking, Domains, Door, Requests, Standing};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId};
use crate::mail::Letter;
use crate::organisations::store::{administered, administered_by_slug};
use crate::vars;
use crate::viewer::{Role, Viewer};

/// People who ask, on one page.
const PAGE: u32 = 50;

/// How many organisations somebody may ask at once.
const MOST_ASKED: i64 = 10;

/// The most administrators who are written to about a request.
const MOST_READERS: usize = 20;

#[derive(SurrealValue)]
struct DoorRow {
    id: OrganisationId,
    slug: String,
    name: String,
    takes_requests: bool,
    domains: Vec<String>,
    email: Option<String>,
    confirmed: bool,
    member: bool,
    asked: bool,
}

const DOOR: &str = "{
    LET $organisation = IF $id = NONE { (SELECT VALUE id FROM organisation WHERE slug = $slug)[0] } ELSE { $id };
    LET $join = IF $organisation = NONE { '' } ELSE { record::id($organisation) };
    (SELECT id, slug, name, takes_requests, domains, $me.email AS email, $me.address_confirmed != NONE AS confirmed,
        record::exists(type::record('membership', [record::id($me), $join])) AS member,
        record::exists(type::record('join_request', [record::id($me), $join])) AS asked
        FROM $organisation)
};";

/// An organisation that takes people without an invitation; others are not
/// there.
async fn row(db: &Db, me: &PersonId, id: Option<&OrganisationId>, slug: &str) -> Result<DoorRow> {
    let rows: Vec<DoorRow> = db
        .rows(
            DOOR,
            vars! { "me" => me.clone(), "id" => id.cloned(), "slug" => slug.to_owned() },
        )
        .await?;
    let row = rows.into_iter().next().ok_or(AppError::NotFound)?;
    if row.takes_requests || row.member || row.is_welcome() {
        Ok(row)
    } else {
        Err(AppError::NotFound)
    }
}

impl DoorRow {
    /// By an address that is theirs for sure.
    fn is_welcome(&self) -> bool {
        let email = self.email.as_deref().unwrap_or_default();
        self.confirmed && Domains::of(self.domains.clone()).cover(email)
    }

    fn standing(&self) -> Standing {
        match (self.member, self.is_welcome(), self.asked) {
            (true, _, _) => Standing::Member,
            (_, true, _) => Standing::Welcome,
            (_, _, true) => Standing::Asked,
            _ => Standing::MayAsk,
        }
    }
}

/// How the viewer may join an organisation.
pub async fn door(db: &Db, viewer: &Viewer, slug: &str) -> Result<Door> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let row = row(db, me, None, slug).await?;
    Ok(Door {
        standing: row.standing(),
        by_address: !row.domains.is_empty(),
        by_request: row.takes_requests,
        mail: false,
        terms: false,
        organisation: row.id,
        slug: row.slug,
        name: row.name,
    })
}

/// Joins as a learner where the viewer's address is enough; else keeps their
/// request, the latest message counting, with letters to whoever decides. Answers
/// with the organisation's slug and how they stand now.
pub async fn ask(
    db: &Db,
    viewer: &Viewer,
    organisation: &OrganisationId,
    message: &str,
    letters: Vec<Letter>,
) -> Result<(String, Standing)> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let row = row(db, me, Some(organisation), "").await?;
    match row.standing() {
        Standing::Member => {}
        Standing::Welcome => take_in(db, organisation, me, row.email.as_deref(), Vec::new()).await?,
        _ => {
            db.write(
                "IF $organisation.takes_requests != true { THROW 'not found' };
                 LET $open = array::len((SELECT VALUE id FROM join_request WHERE person = $me AND organisation != $organisation LIMIT 20));
                 IF $open >= $most { THROW 'You are asking many organisations already. Wait for an answer, or take a request back.' };
                 UPSERT type::record('join_request', [record::id($me), record::id($organisation)]) SET person = $me,
                    organisation = $organisation, message = $message;
                 fn::tell_of_request($organisation, $letters);",
                vars! {
                    "me" => me.clone(), "organisation" => organisation.clone(), "message" => message.to_owned(),
                    "most" => MOST_ASKED, "letters" => letters,
                },
            )
            .await?;
            return Ok((row.slug, Standing::Asked));
        }
    }
    Ok((row.slug, Standing::Member))
}

/// Makes someone a learner of an organisation, unless they belong already; who
/// has no account yet gets it. An address that let them in must still be theirs,
/// and confirmed.
async fn take_in(
    db: &Db,
    organisation: &OrganisationId,
    person: &PersonId,
    email: Option<&str>,
    letters: Vec<Letter>,
) -> Result<()> {
    db.write(
        "IF $email != NONE AND ($person.email != $email OR $person.address_confirmed = NONE) { THROW 'not found' };
         LET $request = type::record('join_request', [record::id($person), record::id($organisation)]);
         IF $email = NONE AND !record::exists($request) { THROW 'not found' };
         LET $membership = type::record('membership', [record::id($person), record::id($organisation)]);
         LET $newcomer = type::record('newcomer', [record::id($person)]);
         IF record::exists($newcomer) {
            fn::newcomer_joins($newcomer);
         } ELSE IF $person.closed = NONE AND !record::exists($membership) {
            CREATE $membership SET person = $person, organisation = $organisation, roles = ['learner'];
         };
         DELETE $request;
         IF $letters != [] { INSERT INTO letter $letters RETURN NONE };",
        vars! {
            "organisation" => organisation.clone(), "person" => person.clone(), "email" => email.map(str::to_owned),
            "letters" => letters,
        },
    )
    .await
    .map(drop)
}

/// Takes a request back. Again changes nothing.
pub async fn withdraw(db: &Db, person: &PersonId, organisation: &OrganisationId) -> Result<()> {
    db.write(
        "DELETE type::record('join_request', [record::id($person), record::id($organisation)]);",
        vars! { "person" => person.clone(), "organisation" => organisation.clone() },
    )
    .await
    .map(drop)
}

#[derive(SurrealValue)]
struct JoiningRow {
    takes_requests: bool,
    domains: Vec<String>,
}

#[derive(SurrealValue)]
struct AskingRow {
    person: PersonId,
    name: String,
    title: String,
    message: String,
    newcomer: Option<String>,
    confirmed: bool,
    created: Datetime,
}

/// Who asks to join an organisation that the viewer looks after, who asked
/// first standing first.
pub async fn requests(db: &Db, viewer: &Viewer, slug: &str, page: u32) -> Result<Requests> {
    let own = administered_by_slug(db, viewer, slug).await?;
    let page = page.clamp(1, 10_000);
    let mut answers = db
        .run(
            "SELECT takes_requests, domains FROM $organisation;
             count(SELECT VALUE id FROM join_request WHERE organisation = $organisation);
             LET $page = (SELECT person, message, created, id, type::record('newcomer', [record::id(person)]) AS new FROM join_request
                WHERE organisation = $organisation ORDER BY created, id LIMIT $limit START $start);
             SELECT person, person.name ?? new.name ?? '' AS name, person.title ?? '' AS title, message, created, id,
                new.email AS newcomer, new.confirmed != NONE AS confirmed FROM $page;",
            vars! { "organisation" => own.id.clone(), "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE) },
        )
        .await?;
    let joining = answers.row::<JoiningRow>(0)?.ok_or(AppError::NotFound)?;
    let count = u32::try_from(answers.row::<i64>(1)?.unwrap_or(0)).unwrap_or(0);
    let asking = answers.rows::<AskingRow>(3)?.into_iter().map(|row| Asking {
        person: row.person,
        name: row.name,
        title: row.title,
        message: row.message,
        newcomer: row.newcomer.map(|email| (email, row.confirmed)),
        at: crate::time::ago(&row.created, viewer.timezone()),
        at_iso: crate::time::iso(&row.created),
    });
    Ok(Requests {
        asking: asking.collect(),
        organisation: own.id,
        slug: own.slug,
        name: own.name,
        takes_requests: joining.takes_requests,
        domains: joining.domains,
        join_at: String::new(),
        count,
        page,
        pages: count.div_ceil(PAGE).max(1),
    })
}

/// Says who may join an organisation that the viewer looks after.
pub async fn save(
    db: &Db,
    viewer: &Viewer,
    organisation: &OrganisationId,
    takes_requests: bool,
    domains: &Domains,
) -> Result<()> {
    administered(db, viewer, organisation).await?;
    db.write(
        "UPDATE $organisation SET takes_requests = $takes_requests, domains = $domains RETURN NONE;",
        vars! {
            "organisation" => organisation.clone(), "takes_requests" => takes_requests,
            "domains" => domains.as_slice().to_vec(),
        },
    )
    .await
    .map(drop)
}

/// Takes in somebody who asks, and writes to them.
pub async fn accept(
    db: &Db,
    viewer: &Viewer,
    organisation: &OrganisationId,
    person: &PersonId,
    letters: Vec<Letter>,
) -> Result<()> {
    administered(db, viewer, organisation).await?;
    take_in(db, organisation, person, None, letters).await
}

/// Turns somebody's request down, and writes to them; of who has no account nothing
/// is left. Again changes nothing.
pub async fn decline(
    db: &Db,
    viewer: &Viewer,
    organisation: &OrganisationId,
    person: &PersonId,
    letters: Vec<Letter>,
) -> Result<()> {
    administered(db, viewer, organisation).await?;
    db.write(
        "LET $request = type::record('join_request', [record::id($person), record::id($organisation)]);
         IF record::exists($request) {
            DELETE $request;
            DELETE type::record('newcomer', [record::id($person)]);
            IF $letters != [] { INSERT INTO letter $letters RETURN NONE };
         };",
        vars! { "person" => person.clone(), "organisation" => organisation.clone(), "letters" => letters },
    )
    .await
    .map(drop)
}

/// Somebody to write to.
#[derive(Debug, Clone, SurrealValue)]
pub struct Reader {
    pub name: String,
    pub email: String,
    at: OrganisationId,
}

/// Who hears of a request to join an organisation, and what it is called.
#[derive(SurrealValue)]
pub struct Heard {
    pub slug: String,
    pub name: String,
    line: Vec<OrganisationId>,
    pub readers: Vec<Reader>,
}

/// The administrators who are nearest to an organisation, on the first level of
/// its line that has any who can be written to.
pub async fn administrators(db: &Db, organisation: &OrganisationId) -> Result<Heard> {
    let heard: Option<Heard> = db
        .row(
            "SELECT slug, name, line, (SELECT person.name AS name, person.email AS email, organisation AS at FROM membership
                WHERE organisation IN $organisation.line AND administers = true AND person.closed = NONE
                    AND person.address_confirmed != NONE AND (person.suspended_until ?? d'1970-01-01T00:00:00Z') < time::now()
                ORDER BY name, email LIMIT 500) AS readers FROM $organisation;",
            vars! { "organisation" => organisation.clone() },
        )
        .await?;
    let heard = heard.ok_or(AppError::NotFound)?;
    let of = |place: &OrganisationId| -> Vec<Reader> {
        let there = heard.readers.iter().filter(|reader| reader.at == *place);
        there.take(MOST_READERS).cloned().collect()
    };
    let nearest = heard.line.iter().map(of).find(|readers| !readers.is_empty());
    Ok(Heard {
        readers: nearest.unwrap_or_default(),
        ..heard
    })
}

/// Who asked to join, where their address is confirmed, and where.
#[derive(SurrealValue)]
pub struct Asker {
    pub name: Option<String>,
    pub email: Option<String>,
    pub place: Option<String>,
    pub slug: Option<String>,
}

/// Whom an answer is written to.
pub async fn asker(db: &Db, organisation: &OrganisationId, person: &PersonId) -> Result<Asker> {
    db.read(
        "{
            LET $new = type::record('newcomer', [record::id($person)]);
            {
                name: $person.name ?? $new.name,
                email: IF ($person.address_confirmed ?? $new.confirmed) = NONE { NONE } ELSE { $person.email ?? $new.email },
                place: $organisation.name,
                slug: $organisation.slug,
            }
         };",
        vars! { "organisation" => organisation.clone(), "person" => person.clone() },
    )
    .await
}

/// An organisation that people ask to join.
#[derive(SurrealValue)]
pub struct Waiting {
    pub slug: String,
    pub name: String,
    pub people: i64,
}

/// The organisations that the viewer looks after where most people wait for an
/// answer.
pub async fn waiting(db: &Db, viewer: &Viewer) -> Result<Vec<Waiting>> {
    let reach = viewer.organisations_as(Role::OrganisationAdministrator);
    let reach: Vec<_> = reach.map(|place| place.organisation.clone()).collect();
    if reach.is_empty() {
        return Ok(Vec::new());
    }
    db.rows(
        "{
            LET $asked = (SELECT organisation, count() AS people FROM (SELECT organisation FROM join_request LIMIT 2000)
                GROUP BY organisation);
            (SELECT organisation.slug AS slug, organisation.name AS name, people FROM $asked
                WHERE organisation.line CONTAINSANY $reach ORDER BY people DESC, slug LIMIT 2)
         };",
        vars! { "reach" => reach },
    )
    .await
}
