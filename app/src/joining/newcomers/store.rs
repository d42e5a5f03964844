//! Newcomers in the database.

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId};
use crate::joining::model::{Domains, Door, Standing};
use crate::mail::Letter;
use crate::mail::letters::CONFIRM_HOURS;
use crate::people::model::{Email, PersonName};
use crate::people::tokens;
use crate::vars;

/// For how many days what somebody asked is kept without an answer.
pub const WAITS_DAYS: i64 = 60;
/// Requests that may wait in one organisation before newcomers are sent away.
const MOST_WAITING: i64 = 500;
/// Organisations that are named where people sign in.
const MOST_NAMED: usize = 5;

/// An organisation that takes newcomers.
#[derive(SurrealValue)]
pub struct Open {
    id: OrganisationId,
    pub slug: String,
    pub name: String,
    takes_requests: bool,
    domains: Vec<String>,
    terms: bool,
}

impl Open {
    /// Whether whoever has this address may ask, or join once it is confirmed.
    pub fn takes(&self, email: &Email) -> bool {
        self.takes_requests || Domains::of(self.domains.clone()).cover(email.as_str())
    }

    /// Without mail no address can be confirmed.
    fn is_open(&self, mail: bool) -> bool {
        self.takes_requests || mail && !self.domains.is_empty()
    }
}

/// How visitors may join an organisation. Whether there is one that takes nobody
/// is not theirs to know.
pub async fn door(db: &Db, slug: &str, mail: bool) -> Result<Door> {
    let row: Option<Open> = db
        .row(
            "SELECT id, slug, name, takes_requests, domains, (terms_in_force:this.number ?? 0) > 0 AS terms FROM organisation WHERE slug = $slug;",
            vars! { "slug" => slug.to_owned() },
        )
        .await?;
    let open = row.filter(|row| row.is_open(mail)).ok_or(AppError::SignInNeeded)?;
    Ok(Door {
        standing: Standing::Newcomer,
        by_address: mail && !open.domains.is_empty(),
        by_request: open.takes_requests,
        mail,
        terms: open.terms,
        organisation: open.id,
        slug: open.slug,
        name: open.name,
    })
}

/// An organisation that takes newcomers; others are not there.
pub async fn open(db: &Db, organisation: &OrganisationId, mail: bool) -> Result<Open> {
    let row: Option<Open> = db
        .row(
            "SELECT id, slug, name, takes_requests, domains, (terms_in_force:this.number ?? 0) > 0 AS terms FROM $organisation;",
            vars! { "organisation" => organisation.clone() },
        )
        .await?;
    row.filter(|row| row.is_open(mail)).ok_or(AppError::NotFound)
}

#[derive(SurrealValue)]
struct NamedRow {
    slug: String,
    name: String,
}

/// Slugs and names of the organisations that people may ask to join, where they
/// are few; many are found at `/join`.
pub async fn doors(db: &Db) -> Result<Vec<(String, String)>> {
    let rows: Vec<NamedRow> = db
        .rows(
            "SELECT slug, name, id FROM organisation WHERE takes_requests = true ORDER BY name, id LIMIT $limit;",
            vars! { "limit" => i64::try_from(MOST_NAMED + 1).unwrap_or(1) },
        )
        .await?;
    if rows.len() > MOST_NAMED {
        return Ok(Vec::new());
    }
    Ok(rows.into_iter().map(|row| (row.slug, row.name)).collect())
}

/// Somebody without an account who asks to join.
pub struct NewNewcomer {
    pub name: PersonName,
    pub email: Email,
    /// An Argon2id hash.
    pub hash: String,
    pub message: String,
    /// The key of the letter's token, where mail is sent.
    pub token: Option<String>,
    /// The letter that asks whether the address is theirs.
    pub confirm: Vec<Letter>,
    /// The letter to whoever has an account with it.
    pub taken: Vec<Letter>,
}

/// Keeps a newcomer: until a letter to them is answered, or, where none is sent,
/// until somebody decides. Of an address that has an account, or waits already
/// where nothing can show whose it is, nothing is kept.
pub async fn ask(db: &Db, organisation: &OrganisationId, new: NewNewcomer) -> Result<()> {
    db.write(
        "DELETE newcomer WHERE expires < time::now() RETURN NONE;
         IF array::len((SELECT VALUE id FROM join_request WHERE organisation = $organisation LIMIT $most)) >= $most {
            THROW 'Many people wait for an answer there already. Ask whoever looks after Carrel at your library.'
         };
         LET $account = (SELECT VALUE id FROM person WHERE email_key = $key LIMIT 1);
         LET $waits = IF $link != NONE { [] } ELSE {
            (SELECT VALUE id FROM newcomer WHERE organisation = $organisation AND email_key = $key LIMIT 1) };
         LET $kept = IF $link = NONE { duration::from_days($days) } ELSE { duration::from_hours($hours) };
         IF $account = [] AND $waits = [] {
            CREATE type::record('newcomer', [record::id($person)]) SET organisation = $organisation, name = $name, email = $email,
                hash = $hash, message = $message, token = $link ?? '', expires = time::now() + $kept RETURN NONE;
            IF $link = NONE {
                CREATE type::record('join_request', [record::id($person), record::id($organisation)]) SET person = $person,
                    organisation = $organisation, message = $message RETURN NONE;
            };
            IF $confirm != [] { INSERT INTO letter $confirm RETURN NONE };
         };
         IF $account != [] AND $taken != [] { INSERT INTO letter $taken RETURN NONE };",
        vars! {
            "organisation" => organisation.clone(), "person" => PersonId::random(), "name" => new.name.as_str().to_owned(),
            "email" => new.email.as_str().to_owned(), "key" => new.email.key(), "hash" => new.hash, "message" => new.message,
            "link" => new.token, "confirm" => new.confirm, "taken" => new.taken, "days" => WAITS_DAYS,
            "hours" => i64::from(CONFIRM_HOURS), "most" => MOST_WAITING,
        },
    )
    .await
    .map(drop)
}

/// Whom a letter's link is of.
#[derive(SurrealValue)]
pub struct Found {
    /// Under which their account is made.
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub hash: String,
    pub organisation: OrganisationId,
    pub slug: String,
    pub place: String,
    takes_requests: bool,
    domains: Vec<String>,
}

impl Found {
    /// Whether their address is enough, once it is confirmed.
    pub fn joins(&self) -> bool {
        Domains::of(self.domains.clone()).cover(&self.email)
    }
}

/// Whom a letter's link is of, while it works and the organisation takes them.
pub async fn by_token(db: &Db, token: &str) -> Result<Option<Found>> {
    let found: Option<Found> = db
        .row(
            "SELECT type::record('person', record::id(id)[0]) AS person, name, email, hash, organisation, organisation.slug AS slug,
                organisation.name AS place, organisation.takes_requests AS takes_requests, organisation.domains AS domains
             FROM newcomer WHERE token = $key AND confirmed = NONE AND expires > time::now() LIMIT 1;",
            vars! { "key" => tokens::key(token) },
        )
        .await?;
    Ok(found.filter(|found| found.takes_requests || found.joins()))
}

/// Makes the account of a newcomer whose confirmed address is enough.
pub async fn join(db: &Db, person: &PersonId, token: &str) -> Result<()> {
    db.write(
        "LET $newcomer = type::record('newcomer', [record::id($person)]);
         IF $newcomer.token != $key OR $newcomer.confirmed != NONE { THROW 'not found' };
         UPDATE $newcomer SET confirmed = time::now() RETURN NONE;
         fn::newcomer_joins($newcomer);",
        vars! { "person" => person.clone(), "key" => tokens::key(token) },
    )
    .await
    .map(drop)
}

/// Keeps the request of a newcomer whose address is confirmed, with letters to
/// whoever decides. What was asked at the same address before counts no more.
pub async fn wait(db: &Db, person: &PersonId, token: &str, letters: Vec<Letter>) -> Result<()> {
    db.write(
        "LET $newcomer = type::record('newcomer', [record::id($person)]);
         IF $newcomer.token != $key OR $newcomer.confirmed != NONE { THROW 'not found' };
         LET $new = (SELECT organisation, email_key, message FROM ONLY $newcomer);
         LET $place = $new.organisation;
         LET $address = $new.email_key;
         DELETE newcomer WHERE organisation = $place AND email_key = $address AND id != $newcomer RETURN NONE;
         UPDATE $newcomer SET confirmed = time::now(), token = '', expires = time::now() + duration::from_days($days) RETURN NONE;
         CREATE type::record('join_request', [record::id($person), record::id($place)]) SET person = $person, organisation = $place,
            message = $new.message RETURN NONE;
         fn::tell_of_request($place, $letters);",
        vars! { "person" => person.clone(), "key" => tokens::key(token), "days" => WAITS_DAYS, "letters" => letters },
    )
    .await
    .map(drop)
}
