//! Importing a set from a file: read, plan, look, confirm. Nothing is written
//! before the last step, and the same file twice writes nothing twice.

mod planning;
mod previewing;
pub(super) mod shape;

pub use planning::{PlannedImport, apply, plan};

use super::model::{Applied, ImportForm, Outcome, Preview, SetTitle};
use super::store;
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::exchange::bounds::FILE_BYTES;
use crate::id::{ImportId, OrganisationId};
use crate::viewer::{Role, Viewer};

/// The most bytes of one uploaded file.
pub const MOST_BYTES: usize = FILE_BYTES;

/// What the form offers to this viewer.
pub fn form(viewer: &Viewer) -> Result<ImportForm> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    if !viewer.may_write_sets() {
        return Err(AppError::Forbidden);
    }
    let mut organisations: Vec<(String, String)> = Vec::new();
    for role in [Role::Curator, Role::OrganisationAdministrator] {
        for membership in viewer.organisations_as(role) {
            let option = (membership.organisation.to_string(), membership.name.clone());
            if !organisations.contains(&option) {
                organisations.push(option);
            }
        }
    }
    Ok(ImportForm { organisations })
}

/// Keeps an uploaded file until its plan was looked at. What cannot be used at
/// all is answered at its field.
pub async fn stage(
    db: &Db,
    viewer: &Viewer,
    organisation: &str,
    title: &str,
    file_name: &str,
    bytes: Vec<u8>,
) -> Result<ImportId> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    if !viewer.may_write_sets() {
        return Err(AppError::Forbidden);
    }
    let mut errors = FieldErrors::default();
    let organisation = match OrganisationId::parse(organisation) {
        Some(id) if may_curate(db, viewer, &id).await? => Some(id),
        _ => {
            errors.add("organisation", "Choose one of your organisations.");
            None
        }
    };
    if !title.trim().is_empty() {
        errors.take("title", SetTitle::parse(title));
    }
    if bytes.is_empty() {
        errors.add("file", "Choose a file that is not empty.");
    } else if bytes.len() > MOST_BYTES {
        errors.add("file", too_large());
    }
    errors.check()?;
    let organisation = organisation.ok_or(AppError::Internal)?;
    store::keep_file(db, person, &organisation, title.trim(), &short_name(file_name), &bytes).await
}

/// What is said of a file past the bound.
pub fn too_large() -> String {
    format!("The file is larger than {} MB.", MOST_BYTES / 1024 / 1024)
}

async fn may_curate(db: &Db, viewer: &Viewer, organisation: &OrganisationId) -> Result<bool> {
    match crate::organisations::store::line(db, organisation).await {
        Ok(line) => Ok(viewer.may_curate(&line)),
        Err(AppError::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The last part of a file's name, as browsers and people send it.
fn short_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if plain.trim().is_empty() { "file".into() } else { plain }
}

async fn planned(db: &Db, viewer: &Viewer, import: &ImportId) -> Result<(PlannedImport, Option<(String, u32)>)> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let file = store::staged(db, import).await?;
    if !viewer.may_curate(&file.line) {
        return Err(AppError::NotFound);
    }
    let mut planned = plan(db, &file.organisation, &file.title, &file.file_name, file.content).await?;
    planned.preview.organisation = file.organisation_name;
    Ok((planned.confirming(import.clone()), file.done))
}

/// What confirming an upload would do, or what it did.
pub async fn preview(db: &Db, viewer: &Viewer, import: &ImportId) -> Result<Preview> {
    let (planned, done) = planned(db, viewer, import).await?;
    let mut preview = planned.preview;
    if let Some((set, number)) = done {
        preview.outcome = Outcome::Done { set, number };
    }
    Ok(preview)
}

/// Writes an upload that was looked at. Confirming it again answers with what
/// was written the first time.
pub async fn confirm(db: &Db, viewer: &Viewer, import: &ImportId) -> Result<Applied> {
    let (planned, done) = planned(db, viewer, import).await?;
    if done.is_none() {
        match apply(db, &planned, false).await {
            Err(AppError::Conflict(message)) if message == "import done" => {}
            other => return other,
        }
    }
    let (edition, set, number, published) = store::finished(db, import).await?.ok_or(AppError::NotFound)?;
    Ok(Applied {
        set,
        number,
        edition,
        written: false,
        published,
    })
}
