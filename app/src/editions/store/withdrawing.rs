//! Retiring an edition with none in its place.

use surrealdb_types::SurrealValue;

use super::check_curator;
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{EditionId, OrganisationId};
use crate::vars;
use crate::viewer::Viewer;

/// Characters of what readers are told.
const LONGEST_REASON: usize = 500;

#[derive(SurrealValue)]
struct EditionRow {
    set: String,
    state: String,
    line: Vec<OrganisationId>,
}

/// Retires a published edition; answers with its set. It stays to be read, with the
/// reason; nobody rates themselves by it any more. Another edition can follow it.
pub async fn withdraw(db: &Db, viewer: &Viewer, edition: &EditionId, understood: bool, reason: &str) -> Result<String> {
    let row: Option<EditionRow> = db
        .row(
            "SELECT competency_set.slug AS set, competency_set.organisation.line AS line, state FROM $edition;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let public = row
        .as_ref()
        .is_some_and(|row| matches!(row.state.as_str(), "published" | "retired"));
    let line = row.as_ref().map(|row| row.line.clone()).unwrap_or_default();
    check_curator(viewer, &line, public)?;
    let row = row.ok_or(AppError::NotFound)?;
    match row.state.as_str() {
        "published" => {}
        "retired" => return Ok(row.set),
        _ => {
            return Err(AppError::Conflict(
                "Only what is published is retired; this is a draft.".into(),
            ));
        }
    }
    let mut errors = FieldErrors::default();
    let reason = crate::text::line(reason, "A reason", LONGEST_REASON).and_then(|reason| match reason.is_empty() {
        true => Err("Say in a few words why: readers see it.".to_owned()),
        false => Ok(reason),
    });
    let reason = errors.take("reason", reason);
    if !understood {
        errors.add(
            "understood",
            "Tick the box first: a retired edition is never in force again.",
        );
    }
    errors.check()?;
    let reason = reason.ok_or(AppError::Internal)?;
    db.write(
        "UPDATE $edition SET state = 'retired', withdrawn = time::now(), withdrawn_why = $reason WHERE state = 'published' RETURN NONE;",
        vars! { "edition" => edition.clone(), "reason" => reason },
    )
    .await?;
    Ok(row.set)
}
