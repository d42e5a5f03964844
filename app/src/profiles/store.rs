//! Profiles and pictures in the database.

use surrealdb_types::{Bytes, SurrealValue};

use super::model::{About, Audience, OwnProfile, Relation, ShownTo, picture_href};
use super::pictures::Picture;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId};
use crate::organisations::store::{administered, administered_by_slug};
use crate::vars;
use crate::viewer::{Person, Viewer};

#[derive(SurrealValue)]
struct ProfileRow {
    pronouns: String,
    place: String,
    language: String,
    about: String,
    shown_pronouns: String,
    shown_place: String,
    shown_language: String,
    shown_about: String,
    shown_picture: String,
}

#[derive(SurrealValue)]
struct Kept {
    profile: Option<ProfileRow>,
    hash: Option<String>,
}

impl ProfileRow {
    fn into_parts(self) -> (About, ShownTo) {
        let audience = |text: &str| Audience::parse(text).unwrap_or(Audience::Nobody);
        let shown = ShownTo {
            pronouns: audience(&self.shown_pronouns),
            place: audience(&self.shown_place),
            language: audience(&self.shown_language),
            about: audience(&self.shown_about),
            picture: audience(&self.shown_picture),
        };
        let about = About {
            pronouns: self.pronouns,
            place: self.place,
            language: self.language,
            about: self.about,
        };
        (about, shown)
    }
}

async fn kept(db: &Db, person: &PersonId) -> Result<(About, ShownTo, Option<String>)> {
    let kept: Kept = db
        .read(
            "{
                profile: (SELECT pronouns, place, language, about, shown_pronouns, shown_place, shown_language,
                    shown_about, shown_picture FROM ONLY type::record('profile', record::id($person))),
                hash: (SELECT VALUE hash FROM ONLY type::record('picture', ['person', record::id($person)])),
             };",
            vars! { "person" => person.clone() },
        )
        .await?;
    let (about, shown) = kept.profile.map(ProfileRow::into_parts).unwrap_or_default();
    Ok((about, shown, kept.hash))
}

/// One's own profile, whole.
pub async fn own(db: &Db, person: &Person) -> Result<OwnProfile> {
    let (about, shown, hash) = kept(db, &person.id).await?;
    Ok(OwnProfile {
        person: person.id.clone(),
        name: person.name.clone(),
        about,
        shown,
        picture: hash.map(|hash| picture_href(&person.id, &hash)),
    })
}

/// What someone says of themselves to whoever stands so to them, with the
/// address of their picture.
pub async fn seen(db: &Db, person: &PersonId, relation: Relation) -> Result<(About, Option<String>)> {
    let (about, shown, hash) = kept(db, person).await?;
    let picture = hash.filter(|_| shown.picture.includes(relation));
    Ok((
        about.seen_by(relation, &shown),
        picture.map(|hash| picture_href(person, &hash)),
    ))
}

/// Changes what one says of oneself.
pub async fn save(db: &Db, person: &PersonId, about: &About, shown: &ShownTo) -> Result<()> {
    db.write(
        "UPSERT type::record('profile', record::id($person)) SET person = $person, pronouns = $pronouns, place = $place,
            language = $language, about = $about, shown_pronouns = $shown_pronouns, shown_place = $shown_place,
            shown_language = $shown_language, shown_about = $shown_about, shown_picture = $shown_picture;",
        vars! {
            "person" => person.clone(), "pronouns" => about.pronouns.clone(), "place" => about.place.clone(),
            "language" => about.language.clone(), "about" => about.about.clone(),
            "shown_pronouns" => shown.pronouns.as_str(), "shown_place" => shown.place.as_str(),
            "shown_language" => shown.language.as_str(), "shown_about" => shown.about.as_str(),
            "shown_picture" => shown.picture.as_str(),
        },
    )
    .await
    .map(drop)
}

const KEEP: &str =
    "UPSERT type::record('picture', [record::tb($subject), record::id($subject)]) SET subject = $subject,
    kind = $kind, hash = $hash, content = $content RETURN NONE;";

/// Keeps one's picture, in place of an earlier one.
pub async fn keep_picture(db: &Db, person: &PersonId, picture: Picture) -> Result<()> {
    db.write(
        KEEP,
        vars! {
            "subject" => person.clone(), "kind" => picture.kind, "hash" => picture.hash,
            "content" => Bytes::from(picture.content),
        },
    )
    .await
    .map(drop)
}

/// Keeps the logo of an organisation that the viewer looks after.
pub async fn keep_logo(db: &Db, viewer: &Viewer, slug: &str, picture: Picture) -> Result<()> {
    let own = administered_by_slug(db, viewer, slug).await?;
    db.write(
        KEEP,
        vars! {
            "subject" => own.id, "kind" => picture.kind, "hash" => picture.hash,
            "content" => Bytes::from(picture.content),
        },
    )
    .await
    .map(drop)
}

const REMOVE: &str = "DELETE type::record('picture', [record::tb($subject), record::id($subject)]);";

/// Takes one's picture away. Again changes nothing.
pub async fn remove_picture(db: &Db, person: &PersonId) -> Result<()> {
    db.write(REMOVE, vars! { "subject" => person.clone() }).await.map(drop)
}

/// Takes away the logo of an organisation that the viewer looks after.
pub async fn remove_logo(db: &Db, viewer: &Viewer, organisation: &OrganisationId) -> Result<()> {
    administered(db, viewer, organisation).await?;
    db.write(REMOVE, vars! { "subject" => organisation.clone() })
        .await
        .map(drop)
}

#[derive(SurrealValue)]
struct FileRow {
    kind: String,
    content: Bytes,
}

/// The picture of a person, for those who may see it; its hash is right.
pub async fn picture(db: &Db, viewer: &Viewer, person: &PersonId, hash: &str) -> Result<(String, Vec<u8>)> {
    let profile = crate::people::store::profile(db, viewer, person).await?;
    if profile.picture != Some(picture_href(person, hash)) {
        return Err(AppError::NotFound);
    }
    let row: Option<FileRow> = db
        .row(
            "SELECT kind, content FROM type::record('picture', ['person', record::id($person)]) WHERE hash = $hash;",
            vars! { "person" => person.clone(), "hash" => hash.to_owned() },
        )
        .await?;
    row.map(|row| (row.kind, row.content.into_inner().to_vec()))
        .ok_or(AppError::NotFound)
}

/// One's own picture as it is kept, a JPEG.
pub async fn own_picture(db: &Db, person: &PersonId) -> Result<Option<Vec<u8>>> {
    let content: Option<Bytes> = db
        .row(
            "SELECT VALUE content FROM type::record('picture', ['person', record::id($person)]);",
            vars! { "person" => person.clone() },
        )
        .await?;
    Ok(content.map(|content| content.into_inner().to_vec()))
}

/// The logo of an organisation, for those who may look at it.
pub async fn logo(db: &Db, viewer: &Viewer, organisation: &OrganisationId, hash: &str) -> Result<(String, Vec<u8>)> {
    let slug: Option<String> = db
        .row(
            "SELECT VALUE slug FROM $organisation;",
            vars! { "organisation" => organisation.clone() },
        )
        .await?;
    crate::organisations::store::page(db, viewer, &slug.ok_or(AppError::NotFound)?, (1, 1)).await?;
    let row: Option<FileRow> = db
        .row(
            "SELECT kind, content FROM type::record('picture', ['organisation', record::id($organisation)]) WHERE hash = $hash;",
            vars! { "organisation" => organisation.clone(), "hash" => hash.to_owned() },
        )
        .await?;
    row.map(|row| (row.kind, row.content.into_inner().to_vec()))
        .ok_or(AppError::NotFound)
}
