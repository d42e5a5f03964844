//! Links to new passwords in the database.

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId};
use crate::mail::Letter;
use crate::mail::letters::RESET_HOURS;
use crate::people::model::Email;
use crate::people::tokens;
use crate::vars;

/// Whose password may be set anew, and what decides by whom.
#[derive(SurrealValue)]
pub struct Owner {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub site_administrator: bool,
    /// The lines of the organisations they belong to.
    pub lines: Vec<Vec<OrganisationId>>,
}

/// The open account of an address.
pub async fn owner(db: &Db, email: &Email) -> Result<Option<Owner>> {
    db.row(
        "SELECT id, name, email, site_administrator,
            (SELECT VALUE organisation.line FROM membership WHERE person = $parent.id LIMIT 100) AS lines
         FROM person WHERE email_key = $key AND closed = NONE;",
        vars! { "key" => email.key() },
    )
    .await
}

/// Makes a link under a token, with the letter that carries it.
pub async fn make(db: &Db, owner: &PersonId, token: &str, by: Option<&PersonId>, letters: Vec<Letter>) -> Result<()> {
    db.write(
        "DELETE password_link WHERE expires < time::now();
         CREATE type::record('password_link', $key) SET person = $person, by = $by,
            expires = time::now() + duration::from_hours($hours);
         IF $letters != [] { INSERT INTO letter $letters RETURN NONE };",
        vars! {
            "key" => tokens::key(token), "person" => owner.clone(), "by" => by.cloned(),
            "hours" => i64::from(RESET_HOURS), "letters" => letters,
        },
    )
    .await
    .map(drop)
}

/// Whom a link is for.
#[derive(SurrealValue)]
pub struct Holder {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

/// Whose link this is, while it works: one that an administrator made, while they
/// may let its holder in.
pub async fn holder(db: &Db, token: &str) -> Result<Option<Holder>> {
    db.row(
        "SELECT person.id AS id, person.name AS name, person.email AS email FROM type::record('password_link', $key)
            WHERE expires > time::now() AND person.closed = NONE AND (by = NONE OR fn::lets_in(by, person));",
        vars! { "key" => tokens::key(token) },
    )
    .await
}

/// Sets the password of a link's holder, ends all their sessions, and uses up
/// all their links. A link that came by mail confirms their address.
pub async fn set(db: &Db, token: &str, hash: String, letters: Vec<Letter>) -> Result<()> {
    let done = db
        .write(
            "LET $link = (SELECT person, by FROM type::record('password_link', $key)
                WHERE expires > time::now() AND person.closed = NONE AND (by = NONE OR fn::lets_in(by, person)))[0];
             IF $link = NONE { THROW 'used' };
             LET $person = $link.person;
             UPSERT type::record('credential', [record::id($person)]) SET person = $person, hash = $hash;
             IF $link.by = NONE { UPDATE $person SET address_confirmed = time::now() };
             DELETE password_link WHERE person = $person;
             DELETE session WHERE person = $person;
             DELETE pending_sign_in WHERE person = $person;
             IF $letters != [] { INSERT INTO letter $letters RETURN NONE };",
            vars! { "key" => tokens::key(token), "hash" => hash, "letters" => letters },
        )
        .await;
    match done {
        Err(AppError::Conflict(said)) if said == "used" => Err(AppError::NotFound),
        done => done.map(drop),
    }
}
