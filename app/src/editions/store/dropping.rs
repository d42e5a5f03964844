//! Throwing a draft away that was never published.

use surrealdb_types::SurrealValue;

use super::check_curator;
use crate::competencies::store::drop_draft;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, OrganisationId};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct EditionRow {
    set: String,
    line: Vec<OrganisationId>,
    public: bool,
}

/// Throws a draft away, and with a first edition its set; answers with the set that
/// is left.
pub async fn throw_away(db: &Db, viewer: &Viewer, edition: &EditionId, understood: bool) -> Result<Option<String>> {
    let row: Option<EditionRow> = db
        .row(
            "SELECT competency_set.slug AS set, competency_set.organisation.line AS line, state IN ['published', 'retired'] AS public
                FROM $edition;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let line = row.as_ref().map(|row| row.line.clone()).unwrap_or_default();
    check_curator(viewer, &line, row.as_ref().is_some_and(|row| row.public))?;
    let row = row.ok_or(AppError::NotFound)?;
    if !understood {
        let message = "Tick the box first: what is thrown away cannot be brought back.";
        return Err(AppError::field("understood", message));
    }
    let left = drop_draft(db, edition).await?;
    Ok(left.then_some(row.set))
}
