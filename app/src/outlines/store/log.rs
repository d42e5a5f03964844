//! Taking one's own changes back, and doing them again.

use surrealdb_types::SurrealValue;

use super::loading::load;
use super::own;
use super::writing::{Logged, is_stale, write};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::EditionId;
use crate::outlines::rules::{Step, apply_all};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct EntryRow {
    number: i64,
    words: String,
    steps: String,
}

/// Takes back the newest change of the viewer's own that stands, or does the
/// one again that was taken back last. Answers with the set's name in addresses.
pub async fn step_back(db: &Db, viewer: &Viewer, edition: &EditionId, redo: bool) -> Result<String> {
    let own = own(db, viewer, edition).await?;
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    for _ in 0..4 {
        let entries: Vec<EntryRow> = db
            .rows(
                "SELECT number, words, steps FROM edition_change
                    WHERE person = $person AND edition = $edition AND undone = $undone AND shelved = NONE ORDER BY number DESC LIMIT 1000;",
                vars! { "person" => person.clone(), "edition" => edition.clone(), "undone" => redo },
            )
            .await?;
        let entry = if redo {
            entries.into_iter().last()
        } else {
            entries.into_iter().next()
        };
        let Some(entry) = entry else {
            let what = if redo { "done again" } else { "taken back" };
            return Err(AppError::Conflict(format!("There is nothing of yours to be {what}.")));
        };
        let steps: Vec<Step> =
            serde_json::from_str(&entry.steps).map_err(|error| AppError::internal("steps", error))?;
        let mut loaded = load(db, edition).await?;
        let first = loaded.outline.clone();
        let back = apply_all(&mut loaded.outline, steps)?;
        let logged = Logged::Turned {
            number: entry.number,
            undone: !redo,
        };
        match write(db, &own, person, (&first, loaded), back, entry.words, logged).await {
            Err(error) if is_stale(&error) => {}
            done => return done.map(|()| own.set),
        }
    }
    Err(AppError::Conflict(
        "Others are changing this draft at the same moment. Try again.".into(),
    ))
}
