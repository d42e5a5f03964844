//! Importing a set from a file: read, plan, look, confirm. Nothing is written
//! before the last step, and the same file twice writes nothing twice.

mod fetching;
mod keeping;
mod planning;
mod previewing;
pub(crate) mod shape;

pub use planning::{Matched, PlannedImport, apply, plan, plan_matched};

use super::model::{Applied, ImportForm, Outcome, Preview, SetTitle};
use super::store;
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::exchange::Limits;
use crate::exchange::sheet::Column;
use crate::id::{ImportId, OrganisationId};
use crate::organisations::choosing::model::{Purpose, Wanted};
use crate::organisations::choosing::store::choices;
use crate::viewer::Viewer;

/// The most columns of a table that are looked at.
const MOST_COLUMNS: usize = 100;

/// Refuses whoever may import nothing anywhere.
pub fn may_import(viewer: &Viewer) -> Result<()> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    if !viewer.may_write_sets() {
        return Err(AppError::Forbidden);
    }
    Ok(())
}

/// What the form offers to this viewer.
pub async fn form(db: &Db, viewer: &Viewer, wanted: &Wanted) -> Result<ImportForm> {
    Ok(ImportForm {
        megabytes: 0,
        organisations: choices(db, viewer, Purpose::Sets, wanted).await?,
    })
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
    limits: Limits,
) -> Result<ImportId> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    let mut errors = FieldErrors::default();
    let organisation = destination(db, viewer, organisation, title, &mut errors).await?;
    if bytes.is_empty() {
        errors.add("file", "Choose a file that is not empty.");
    } else if bytes.len() > limits.bytes {
        errors.add("file", limits.too_large());
    }
    errors.check()?;
    let organisation = organisation.ok_or(AppError::Internal)?;
    store::keep_file(db, person, &organisation, title.trim(), &short_name(file_name), &bytes).await
}

/// As [`stage`], of what is at a public address.
pub async fn fetch(
    db: &Db,
    viewer: &Viewer,
    organisation: &str,
    title: &str,
    address: &str,
    limits: Limits,
) -> Result<ImportId> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    let mut errors = FieldErrors::default();
    let organisation = destination(db, viewer, organisation, title, &mut errors).await?;
    // Nothing is asked of anyone for a form that is refused anyway.
    errors.check()?;
    let organisation = organisation.ok_or(AppError::Internal)?;
    let fetched = fetching::fetch(address, limits)
        .await
        .map_err(|why| AppError::field("address", why))?;
    let name = short_name(&fetched.name);
    store::keep_file(db, person, &organisation, title.trim(), &name, &fetched.content).await
}

/// The organisation that a set is for, where the viewer may write its sets.
async fn destination(
    db: &Db,
    viewer: &Viewer,
    organisation: &str,
    title: &str,
    errors: &mut FieldErrors,
) -> Result<Option<OrganisationId>> {
    if !viewer.may_write_sets() {
        return Err(AppError::Forbidden);
    }
    if !title.trim().is_empty() {
        errors.take("title", SetTitle::parse(title));
    }
    match OrganisationId::parse(organisation) {
        Some(id) if may_curate(db, viewer, &id).await? => Ok(Some(id)),
        _ => {
            errors.add("organisation", "Choose one of your organisations.");
            Ok(None)
        }
    }
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
    let plain: String = crate::text::visible(last).chars().take(200).collect();
    if plain.trim().is_empty() { "file".into() } else { plain }
}

/// An upload's plan, and what its confirmation wrote and made.
struct Staged {
    planned: PlannedImport,
    done: Option<(String, u32)>,
    made: Option<String>,
}

async fn planned(db: &Db, viewer: &Viewer, import: &ImportId, limits: Limits) -> Result<Staged> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let file = store::staged(db, import).await?;
    if !viewer.may_curate(&file.line) {
        return Err(AppError::NotFound);
    }
    let columns: Vec<Column> = file.columns.iter().filter_map(|word| Column::parse(word)).collect();
    let mut planned = plan_matched(
        db,
        &file.organisation,
        &file.title,
        &file.file_name,
        file.content,
        &Matched {
            columns,
            header: file.header,
            // What was imported is what it was, whatever is allowed since.
            limits: if file.done.is_some() { Limits::MOST } else { limits },
        },
    )
    .await?;
    planned.preview.organisation = file.organisation_name;
    Ok(Staged {
        planned: planned.confirming(import.clone()),
        done: file.done,
        made: file.made,
    })
}

/// What confirming an upload would do, or what it did.
pub async fn preview(db: &Db, viewer: &Viewer, import: &ImportId, limits: Limits) -> Result<Preview> {
    let Staged { planned, done, made } = planned(db, viewer, import, limits).await?;
    let held = made.is_some() && planned.is_held_by_a_draft();
    let mut preview = planned.preview;
    if let Some((set, number)) = done {
        preview.outcome = Outcome::Done { set, number };
        preview.undoable = held;
    }
    Ok(preview)
}

/// Remembers what the columns of an uploaded table are; its plan follows them.
/// Beneath another header they are taken for what its names say.
pub async fn match_columns(
    db: &Db,
    viewer: &Viewer,
    import: &ImportId,
    columns: Vec<String>,
    header: Option<u32>,
    was: Option<u32>,
) -> Result<()> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let file = store::staged(db, import).await?;
    if !viewer.may_curate(&file.line) {
        return Err(AppError::NotFound);
    }
    let known = columns.iter().all(|word| Column::parse(word).is_some());
    if columns.len() > MOST_COLUMNS || !known {
        return Err(AppError::field("columns", "Choose what each column is from its list."));
    }
    let columns = if header == was { columns } else { Vec::new() };
    store::keep_columns(db, import, columns, header).await
}

/// Writes an upload that was looked at. Confirming it again answers with what
/// was written the first time.
pub async fn confirm(db: &Db, viewer: &Viewer, import: &ImportId, limits: Limits) -> Result<Applied> {
    let Staged { planned, done, .. } = planned(db, viewer, import, limits).await?;
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

/// Takes a confirmed upload back as a whole, as long as its draft is as it was
/// imported. Taking it back again changes nothing.
pub async fn undo(db: &Db, viewer: &Viewer, import: &ImportId) -> Result<()> {
    let Staged { planned, done, made } = planned(db, viewer, import, Limits::MOST).await?;
    if done.is_none() {
        return Ok(());
    }
    if !planned.is_held_by_a_draft() {
        return Err(AppError::Conflict(
            "What was imported has been changed or published since, so it cannot be taken back as a whole.".into(),
        ));
    }
    match made.as_deref() {
        Some("draft") => {
            let before = store::replaced(db, import).await?;
            planned.restore(db, import, before).await
        }
        _ => store::remove_draft(db, import).await,
    }
}
