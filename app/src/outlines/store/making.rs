//! Beginning a set with nothing in it yet.

use uuid::Uuid;

use crate::competencies::model::{FIRST_SCALE, SetTitle};
use crate::competencies::store::{Target, Writing, free_slug, save};
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::exchange::{ExchangeLevel, ExchangeSet};
use crate::id::OrganisationId;
use crate::organisations::choosing::store::owner;
use crate::outlines::model::LONGEST_DESCRIPTION;
use crate::outlines::rules;
use crate::vars;
use crate::viewer::Viewer;

/// A set as the form that begins it says it.
#[derive(Debug, Clone, Default)]
pub struct NewSet {
    /// The form's own key: sent twice, it makes one set.
    pub key: Uuid,
    pub organisation: String,
    pub title: String,
    pub description: String,
    pub language: String,
}

/// Makes a set with a draft of its first edition; answers with its name in
/// addresses.
pub async fn create(db: &Db, viewer: &Viewer, new: &NewSet) -> Result<String> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    if !viewer.may_write_sets() {
        return Err(AppError::Forbidden);
    }
    let mut errors = FieldErrors::default();
    let organisation = owner(db, viewer, &new.organisation).await?;
    if organisation.is_none() {
        errors.add("organisation", "Choose one of your organisations.");
    }
    let title = errors.take("title", SetTitle::parse(&new.title));
    let language = errors.take("language", rules::language(&new.language));
    let description = errors.take("description", crate::text::trimmed_lines(&new.description));
    if new.description.chars().count() > LONGEST_DESCRIPTION as usize {
        errors.add("description", "A description has at most 20,000 characters.");
    }
    errors.check()?;
    let (Some(organisation), Some(title), Some(description)) = (organisation, title, description) else {
        return Err(AppError::Internal);
    };
    if let Some(slug) = made(db, &organisation, new.key).await? {
        return Ok(slug);
    }
    let level = |(label, description): (&str, &str)| ExchangeLevel {
        label: label.into(),
        description: description.into(),
    };
    let slug = match crate::paths::slug(title.as_str()) {
        slug if slug == "new" => "set".to_owned(),
        slug => slug,
    };
    let writing = Writing {
        organisation: organisation.clone(),
        set: ExchangeSet {
            identifier: new.key,
            title: title.as_str().to_owned(),
            description,
            language,
            scale: FIRST_SCALE.map(level).into(),
            ..ExchangeSet::default()
        },
        target: Target::NewSet {
            set: crate::id::SetId::random(),
            slug: free_slug(db, &slug).await?,
        },
        publish: false,
        import: None,
        undoes: None,
    };
    // Sent twice at once, the second leads to what the first has made.
    let saved = save(db, writing).await;
    match made(db, &organisation, new.key).await? {
        Some(slug) => Ok(slug),
        None => Err(saved.err().unwrap_or(AppError::Internal)),
    }
}

/// The set that a form's key has made.
async fn made(db: &Db, organisation: &OrganisationId, key: Uuid) -> Result<Option<String>> {
    db.row(
        "SELECT VALUE slug FROM competency_set WHERE organisation = $organisation AND identifier = $key;",
        vars! { "organisation" => organisation.clone(), "key" => key.to_string() },
    )
    .await
}
