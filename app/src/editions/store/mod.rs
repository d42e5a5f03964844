//! Editions after the first, in the database.

mod ahead;
mod answering;
mod carry;
mod changes;
mod drafts;
mod dropping;
mod editions;
mod level_names;
mod map;
mod publishing;
mod queue;
mod reading;
mod withdrawing;

pub use ahead::publish_sections;
pub use answering::{Answer, answer};
pub use carry::{carry_over, carry_over_missing};
pub use changes::{Narrow, changes};
pub use drafts::open_draft;
pub use dropping::throw_away;
pub use editions::editions_page;
pub use level_names::name_levels;
pub use map::{change, confirm, confirm_same};
pub use publishing::{Published, publish, publish_as_suggested, publish_saying};
pub use queue::my_changes;
pub use withdrawing::withdraw;

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, OrganisationId};
use crate::vars;
use crate::viewer::Viewer;

/// A number of the database as the pages count.
fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

fn size(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The pages of a list; there is always one.
fn pages(rows: usize, each: usize) -> u32 {
    size(rows.div_ceil(each)).max(1)
}

/// The part of a list that stands on a page, from 1.
fn part<T>(rows: Vec<T>, page: u32, each: usize) -> Vec<T> {
    let before = usize::try_from(page.saturating_sub(1)).unwrap_or(0);
    rows.into_iter().skip(before.saturating_mul(each)).take(each).collect()
}

/// What somebody hears who may not curate: of what is public that they may not,
/// of the rest nothing.
fn check_curator(viewer: &Viewer, line: &[OrganisationId], public: bool) -> Result<()> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    match viewer.may_curate(line) {
        true => Ok(()),
        false if public => Err(AppError::Forbidden),
        false => Err(AppError::NotFound),
    }
}

#[derive(SurrealValue)]
struct DraftRow {
    line: Vec<OrganisationId>,
    state: String,
}

/// Checks that it is a draft whose map the viewer may write.
async fn own_draft(db: &Db, viewer: &Viewer, edition: &EditionId) -> Result<()> {
    let row: Option<DraftRow> = db
        .row(
            "SELECT competency_set.organisation.line AS line, state FROM $edition;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let Some(row) = row else {
        let signed_in = viewer.is_signed_in();
        return Err(if signed_in {
            AppError::NotFound
        } else {
            AppError::SignInNeeded
        });
    };
    let public = matches!(row.state.as_str(), "published" | "retired");
    check_curator(viewer, &row.line, public)?;
    if public {
        return Err(AppError::Conflict(
            "This edition is published, so its map cannot be changed any more.".into(),
        ));
    }
    Ok(())
}
