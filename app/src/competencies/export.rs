//! Sets on their way out.

use serde_json::Value;

use super::store::{self, Stored};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::{ExchangeSet, case, moodle_csv, sheet};
use crate::viewer::Viewer;

/// An edition as it travels: a published one for everyone, a draft for its
/// curators. Without a number, the latest published one.
pub async fn exchange_set(db: &Db, viewer: &Viewer, set: &str, edition: Option<u32>) -> Result<ExchangeSet> {
    Ok(readable(db, viewer, set, edition).await?.set)
}

/// A CASE 1.1 package; `base_url` is where people reach Carrel.
pub async fn case_package(db: &Db, viewer: &Viewer, set: &str, edition: u32, base_url: &str) -> Result<Value> {
    let stored = readable(db, viewer, set, Some(edition)).await?;
    let url = base_url.to_owned();
    written(move || case::emit(&stored.set, stored.document, &url, &stored.changed)).await
}

/// A Moodle competency framework as CSV.
pub async fn moodle_framework(db: &Db, viewer: &Viewer, set: &str, edition: u32) -> Result<String> {
    let set = exchange_set(db, viewer, set, Some(edition)).await?;
    written(move || moodle_csv::emit(&set)).await
}

/// A table as CSV.
pub async fn sheet_csv(db: &Db, viewer: &Viewer, set: &str, edition: u32) -> Result<String> {
    let set = exchange_set(db, viewer, set, Some(edition)).await?;
    written(move || sheet::csv(&set)).await
}

/// A table as an XLSX workbook.
pub async fn workbook(db: &Db, viewer: &Viewer, set: &str, edition: u32) -> Result<Vec<u8>> {
    let set = exchange_set(db, viewer, set, Some(edition)).await?;
    let workbook = written(move || sheet::workbook(&set)).await?;
    workbook.map_err(|error| AppError::internal("workbook", error))
}

/// Writes beside the requests: a large set takes a while.
async fn written<T: Send + 'static>(write: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let written = tokio::task::spawn_blocking(write).await;
    written.map_err(|error| AppError::internal("export", error))
}

/// As [`exchange_set`] without a viewer, for the command line; drafts included
/// when they are named by their number, or when nothing is published.
pub async fn whole(db: &Db, set: &str, edition: Option<u32>) -> Result<Stored> {
    let id = match store::edition_of(db, set, edition).await? {
        None if edition.is_none() => store::edition_of(db, set, Some(1)).await?,
        found => found,
    };
    store::stored_set(db, &id.ok_or(AppError::NotFound)?).await
}

/// An edition that the viewer may read, with its state.
///
/// # Errors
/// Not found where there is none, or where it is a draft of others.
pub async fn readable(db: &Db, viewer: &Viewer, set: &str, edition: Option<u32>) -> Result<Stored> {
    let id = store::edition_of(db, set, edition).await?.ok_or(AppError::NotFound)?;
    let stored = store::stored_set(db, &id).await?;
    if stored.state.is_public() || viewer.may_curate(&stored.line) {
        Ok(stored)
    } else {
        Err(AppError::NotFound)
    }
}
