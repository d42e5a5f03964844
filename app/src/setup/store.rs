//! Setting up in the database.

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId};
use crate::organisations::model::{Kind, OrganisationName};
use crate::people::model::{Email, PersonName};
use crate::people::tokens;
use crate::setup::model::SiteName;
use crate::vars;

/// The first organisation and whoever looks after it.
pub struct First {
    pub organisation: OrganisationName,
    pub kind: Kind,
    pub timezone: String,
    pub language: String,
    pub name: PersonName,
    pub email: Email,
    /// An Argon2id hash.
    pub hash: String,
}

/// Lets an empty installation be set up with a new token, which takes the place
/// of an earlier one; one that is not empty with none.
pub async fn begin(db: &Db) -> Result<Option<String>> {
    if !crate::organisations::store::none(db).await? {
        db.write("DELETE first_setup:one;", vars! {}).await?;
        return Ok(None);
    }
    let token = tokens::new();
    db.write(
        "UPSERT first_setup:one SET key = $key;",
        vars! { "key" => tokens::key(&token) },
    )
    .await?;
    Ok(Some(token))
}

/// Whether the installation is empty and this is its token.
pub async fn is_open(db: &Db, token: &str) -> Result<()> {
    let kept: Option<String> = db.row("SELECT VALUE key FROM ONLY first_setup:one;", vars! {}).await?;
    // What is compared are hashes: how long that takes tells nothing of use.
    if kept == Some(tokens::key(token)) && crate::organisations::store::none(db).await? {
        Ok(())
    } else {
        Err(AppError::NotFound)
    }
}

/// Sets up an empty installation. The token's record is deleted with it, so
/// that of two at once one finds it gone.
pub async fn set_up(db: &Db, token: &str, site: &SiteName, first: First) -> Result<PersonId> {
    let (person, organisation) = (PersonId::random(), OrganisationId::random());
    db.write(
        "LET $kept = (SELECT VALUE key FROM ONLY first_setup:one);
         IF $kept = NONE OR $kept != $key { THROW 'not found' };
         IF (SELECT VALUE id FROM person LIMIT 1) != [] OR (SELECT VALUE id FROM organisation LIMIT 1) != [] {
            THROW 'not found'
         };
         DELETE first_setup:one;
         UPSERT installation:this SET name = $site;
         CREATE $organisation SET slug = $slug, name = $organisation_name, kind = $kind, timezone = $timezone,
            language = $language, line = [$organisation];
         CREATE $person SET name = $name, email = $email, timezone = $timezone, site_administrator = true;
         CREATE type::record('credential', [record::id($person)]) SET person = $person, hash = $hash;
         CREATE type::record('membership', [record::id($person), record::id($organisation)]) SET person = $person,
            organisation = $organisation, roles = ['learner', 'organisation_administrator'];",
        vars! {
            "key" => tokens::key(token), "site" => site.as_str().to_owned(), "person" => person.clone(),
            "organisation" => organisation, "slug" => first.organisation.slug(),
            "organisation_name" => first.organisation.as_str().to_owned(), "kind" => first.kind.as_str(),
            "timezone" => first.timezone, "language" => first.language, "name" => first.name.as_str().to_owned(),
            "email" => first.email.as_str().to_owned(), "hash" => first.hash,
        },
    )
    .await?;
    Ok(person)
}

/// What the installation is called; nothing before it was set up.
pub async fn site_name(db: &Db) -> Result<Option<String>> {
    db.row("SELECT VALUE name FROM ONLY installation:this;", vars! {}).await
}
