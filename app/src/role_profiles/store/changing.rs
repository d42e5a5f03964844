//! What a role profile is called and whose it is, and removing it.

use super::{own, title_taken};
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::RoleProfileId;
use crate::organisations::choosing::store::owner;
use crate::role_profiles::model::{ProfileTitle, parse_description, profile_href, profiles_href};
use crate::vars;
use crate::viewer::Viewer;

/// What the form of its words says.
#[derive(Debug, Clone, Default)]
pub struct Words {
    pub title: String,
    pub description: String,
    pub organisation: String,
}

/// Saves its words; answers with where it is.
pub async fn save_words(db: &Db, viewer: &Viewer, profile: &RoleProfileId, words: &Words) -> Result<String> {
    let own = own(db, viewer, profile).await?;
    let mut errors = FieldErrors::default();
    let organisation = owner(db, viewer, &words.organisation).await?;
    if organisation.is_none() {
        errors.add("organisation", "Choose one of your organisations.");
    }
    let title = errors.take("title", ProfileTitle::parse(&words.title));
    let description = errors.take("description", parse_description(&words.description));
    errors.check()?;
    let (Some(organisation), Some(title), Some(description)) = (organisation, title, description) else {
        return Err(AppError::Internal);
    };
    db.write(
        "LET $now = (SELECT title, description, organisation, edition, revision ?? 0 AS revision, edition.state AS state FROM $profile)[0];
         IF $now = NONE { THROW 'not found' };
         IF $now.state != 'published' { THROW $retired };
         IF (SELECT VALUE id FROM role_profile WHERE edition = $now.edition AND organisation = $organisation AND id != $profile
            AND string::lowercase(title) = string::lowercase($title)) != [] { THROW 'title taken' };
         IF [$now.title, $now.description, $now.organisation] != [$title, $description, $organisation] {
            UPDATE $profile SET title = $title, description = $description, organisation = $organisation,
                revision = $now.revision + 1 RETURN NONE;
         };",
        vars! {
            "profile" => own.id.clone(), "title" => title.as_str().to_owned(), "description" => description,
            "organisation" => organisation, "retired" => super::RETIRED,
        },
    )
    .await
    .map_err(title_taken)?;
    Ok(profile_href(&own.set, &own.slug))
}

/// Removes it, once its title was typed; whoever had chosen it has it no longer,
/// and keeps ratings, goals and actions. Answers with where the others are.
pub async fn remove(db: &Db, viewer: &Viewer, profile: &RoleProfileId, confirm: &str) -> Result<String> {
    let own = own(db, viewer, profile).await?;
    if confirm.trim().to_lowercase() != own.title.to_lowercase() {
        return Err(AppError::field(
            "confirm",
            format!("Type “{}” to remove this role profile.", own.title),
        ));
    }
    db.write(
        "DELETE assessment WHERE role_profile = $profile RETURN NONE;
         DELETE target WHERE role_profile = $profile RETURN NONE;
         DELETE $profile RETURN NONE;",
        vars! { "profile" => own.id.clone() },
    )
    .await?;
    Ok(profiles_href(&own.set))
}
