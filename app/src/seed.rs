//! The demonstration library: filled into an empty database, never over
//! anything.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId};
use crate::organisations::store::NewOrganisation;
use crate::people::model::{Email, PersonName};
use crate::people::passwords::{Hasher, NewPassword};
use crate::people::store::{Created, NewPerson};
use crate::profiles::model::{About, ShownTo};
use crate::viewer::Role;

const PEOPLE: &str = include_str!("../demo/people.toml");

/// How someone of the demonstration library signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSignIn {
    pub name: String,
    pub email: String,
    pub password: String,
    /// What they come to Carrel as.
    pub roles: String,
}

#[derive(Deserialize)]
struct Cast {
    organisations: Vec<DemoOrganisation>,
    people: Vec<DemoPerson>,
}

#[derive(Deserialize)]
struct DemoOrganisation {
    slug: String,
    name: String,
    kind: String,
    timezone: String,
    place: String,
    parent: String,
}

#[derive(Deserialize)]
struct DemoPerson {
    name: String,
    email: String,
    title: String,
    organisation: String,
    roles: Vec<String>,
    timezone: String,
    #[serde(default)]
    pronouns: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    about: String,
}

/// Fills an empty database; answers with the sign-ins it made up.
pub async fn demo(db: &Db, hasher: &Hasher) -> Result<Vec<DemoSignIn>> {
    if !crate::organisations::store::none(db).await? {
        return Err(AppError::Conflict(
            "The database is not empty, and the demonstration library only fills an empty one.".into(),
        ));
    }
    let cast: Cast = toml::from_str(PEOPLE).map_err(|error| AppError::internal("people.toml", error))?;
    let organisations = organisations(db, cast.organisations).await?;
    let (people, sign_ins) = people(db, hasher, &organisations, cast.people).await?;
    content(db, &organisations, &people).await?;
    Ok(sign_ins)
}

/// Everything hangs on the first organisation, the library itself.
async fn content(
    db: &Db,
    organisations: &BTreeMap<String, OrganisationId>,
    people: &BTreeMap<String, PersonId>,
) -> Result<()> {
    let library = organisations.get("riverside").ok_or(AppError::NotFound)?;
    let trainer = people.get("joseph@riverside.example").cloned();
    let edition = crate::competencies::seed::library_management(db, library).await?;
    crate::courses::seed::demo(db, library, &edition, trainer).await?;
    crate::derivations::seed::demo(db, organisations, people).await?;
    crate::jobs::seed::demo(db, organisations, people).await?;
    let cohorts = crate::programmes::seed::demo(db, library, people).await?;
    crate::groups::seed::demo(db, library, &edition, people, &cohorts).await
}

async fn organisations(db: &Db, list: Vec<DemoOrganisation>) -> Result<BTreeMap<String, OrganisationId>> {
    let mut made = BTreeMap::new();
    for organisation in list {
        let parent = made.get(&organisation.parent).cloned();
        let new = NewOrganisation {
            slug: organisation.slug.clone(),
            name: organisation.name,
            kind: organisation.kind,
            place: organisation.place,
            timezone: organisation.timezone,
            parent,
        };
        made.insert(organisation.slug, crate::organisations::store::create(db, new).await?);
    }
    Ok(made)
}

async fn people(
    db: &Db,
    hasher: &Hasher,
    organisations: &BTreeMap<String, OrganisationId>,
    list: Vec<DemoPerson>,
) -> Result<(BTreeMap<String, PersonId>, Vec<DemoSignIn>)> {
    let wrong = |message: String| AppError::internal("people.toml", message);
    let mut made = BTreeMap::new();
    let mut sign_ins = Vec::new();
    for person in list {
        let password = password();
        let hash = hasher.hash(NewPassword::parse(&password, &[]).map_err(wrong)?).await?;
        let new = NewPerson {
            name: PersonName::parse(&person.name).map_err(wrong)?,
            email: Email::parse(&person.email).map_err(wrong)?,
            title: person.title,
            timezone: person.timezone,
            hash,
        };
        let roles: Vec<Role> = person.roles.iter().filter_map(|role| Role::parse(role)).collect();
        let organisation = organisations
            .get(&person.organisation)
            .cloned()
            .ok_or(AppError::NotFound)?;
        let Created::New(id) = crate::people::store::create(db, new, Some((organisation, roles))).await? else {
            return Err(wrong(format!("{} stands there twice", person.email)));
        };
        if person.roles.iter().any(|role| role == "site_administrator") {
            crate::people::store::make_site_administrator(db, &id).await?;
        }
        let about = About::parse(&person.pronouns, &person.place, "", &person.about)?;
        if about != About::default() {
            crate::profiles::store::save(db, &id, &about, &ShownTo::default()).await?;
        }
        made.insert(person.email.clone(), id);
        sign_ins.push(DemoSignIn {
            name: person.name,
            email: person.email,
            password,
            roles: person.roles.join(", ").replace('_', " "),
        });
    }
    Ok((made, sign_ins))
}

/// Sixteen random characters in groups of four, about 79 bits, without those
/// that are easily confused.
fn password() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let letter = || char::from(LETTERS[rand::random_range(0..LETTERS.len())]);
    let group = || (0..4).map(|_| letter()).collect::<String>();
    (0..4).map(|_| group()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_passwords_are_accepted() {
        for _ in 0..20 {
            assert!(NewPassword::parse(&password(), &[]).is_ok());
        }
    }
}
