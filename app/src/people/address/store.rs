//! Addresses and their confirmation in the database.

use surrealdb_types::{Datetime, SurrealValue};

use super::model::Address;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::mail::Letter;
use crate::mail::letters::CONFIRM_HOURS;
use crate::people::model::Email;
use crate::people::second_factor::store::held;
use crate::people::tokens;
use crate::vars;
use crate::viewer::Person;

#[derive(SurrealValue)]
struct AddressRow {
    email: String,
    confirmed: Option<Datetime>,
    asked: Option<String>,
}

/// Somebody's own address.
pub async fn address(db: &Db, person: &Person, mail: bool) -> Result<Address> {
    let row = db.row::<AddressRow>(
        "SELECT email, address_confirmed AS confirmed,
            (SELECT email, created FROM address_check WHERE person = $person AND expires > time::now()
                ORDER BY created DESC LIMIT 1)[0].email AS asked
         FROM $person;",
        vars! { "person" => person.id.clone() },
    );
    let (row, held) = db.at_once(async { futures::try_join!(row, held(db, person)) }).await?;
    let row = row.ok_or(AppError::NotFound)?;
    Ok(Address {
        factor: held.asked(),
        email: row.email,
        confirmed: row
            .confirmed
            .map(|confirmed| crate::time::day(&confirmed, &person.timezone)),
        asked: row.asked,
        mail,
    })
}

/// Whether an address is another open account's.
pub async fn is_taken(db: &Db, person: &PersonId, email: &Email) -> Result<bool> {
    let other: Option<PersonId> = db
        .row(
            "SELECT VALUE id FROM person WHERE email_key = $key AND id != $person;",
            vars! { "key" => email.key(), "person" => person.clone() },
        )
        .await?;
    Ok(other.is_some())
}

/// Keeps that a letter under a token asks to confirm an address. Of somebody's
/// earlier ones only the last few still work.
pub async fn ask(db: &Db, person: &PersonId, email: &Email, token: &str, letters: Vec<Letter>) -> Result<()> {
    db.write(
        "DELETE address_check WHERE expires < time::now();
         LET $old = (SELECT id, created FROM address_check WHERE person = $person ORDER BY created DESC START 4);
         FOR $check IN $old { DELETE $check.id };
         CREATE type::record('address_check', $key) SET person = $person, email = $email,
            expires = time::now() + duration::from_hours($hours);
         IF $letters != [] { INSERT INTO letter $letters RETURN NONE };",
        vars! {
            "key" => tokens::key(token), "person" => person.clone(), "email" => email.as_str().to_owned(),
            "hours" => i64::from(CONFIRM_HOURS), "letters" => letters,
        },
    )
    .await
    .map(drop)
}

/// The address that a link confirms, while it does.
pub async fn asked(db: &Db, token: &str) -> Result<Option<String>> {
    db.row(
        "SELECT VALUE email FROM type::record('address_check', $key)
            WHERE expires > time::now() AND person.closed = NONE;",
        vars! { "key" => tokens::key(token) },
    )
    .await
}

/// Makes the address of a link its person's, confirmed.
pub async fn confirm(db: &Db, token: &str) -> Result<()> {
    db.write(
        "LET $check = (SELECT person, email FROM type::record('address_check', $key)
            WHERE expires > time::now() AND person.closed = NONE)[0];
         IF $check = NONE { THROW 'not found' };
         IF (SELECT VALUE id FROM person WHERE email_key = string::lowercase($check.email) AND id != $check.person) != [] {
            THROW 'There is another account with this address. Sign in with it, or ask whoever looks after Carrel at your library.'
         };
         LET $person = $check.person;
         UPDATE $person SET email = $check.email, address_confirmed = time::now();
         DELETE address_check WHERE person = $person;
         DELETE password_link WHERE person = $person;",
        vars! { "key" => tokens::key(token) },
    )
    .await
    .map(drop)
}

/// Changes an address where no letter can confirm it; tells whether it was
/// free.
pub async fn change(db: &Db, person: &PersonId, email: &Email) -> Result<bool> {
    let done = db
        .write(
            "IF (SELECT VALUE id FROM person WHERE email_key = $key AND id != $person) != [] { THROW 'email taken' };
             UPDATE $person SET email = $email, address_confirmed = NONE;
             DELETE address_check WHERE person = $person;
             DELETE password_link WHERE person = $person;",
            vars! { "key" => email.key(), "person" => person.clone(), "email" => email.as_str().to_owned() },
        )
        .await;
    match done {
        Ok(_) => Ok(true),
        Err(AppError::Conflict(said)) if said == "email taken" => Ok(false),
        Err(error) => Err(error),
    }
}
