//! Drafts in the database: each change is planned on the outline as it stands,
//! and written only if nobody has written in between.

mod acts;
mod entry_page;
mod finding;
mod forms;
mod linking;
mod loading;
mod log;
mod making;
mod next;
mod outline_page;
mod records;
mod writing;

pub(crate) use acts::cut;
pub use acts::on as act_on;
pub use acts::{Done, Spot, add, add_saying, merge, place, remove, shift, split};
pub use entry_page::{entry_looking, entry_page};
pub use finding::{Looking, found_from, line_of, lines_found};
pub use forms::{rename, save_entry, save_frame};
pub use linking::{link, unlink};
pub(crate) use loading::{FrameRow, LinkRow, Loaded, NodeRow, assembled, frame_fields, node_fields};
pub use log::step_back;
pub use making::{NewSet, create};
pub use next::take_along;
pub use outline_page::outline_page;

// What a form gave as one statement.
pub use crate::outlines::rules::title as parse_title;

use surrealdb_types::SurrealValue;

use crate::db::{Db, Variables};
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, OrganisationId};
use crate::vars;
use crate::viewer::Viewer;

/// A draft that the viewer may write.
#[derive(Debug, Clone)]
pub(super) struct Own {
    pub edition: EditionId,
    pub set: String,
}

#[derive(SurrealValue)]
struct OwnRow {
    edition: EditionId,
    set: String,
    state: String,
    line: Vec<OrganisationId>,
}

const PUBLISHED: &str = "A published edition never changes. Make a new draft of it first.";
const IN_REVIEW: &str = "This edition is being reviewed, so nothing is changed in it now.";

/// The draft, if the viewer may write it. Others do not learn that it exists.
async fn own(db: &Db, viewer: &Viewer, edition: &EditionId) -> Result<Own> {
    const OWN: &str = "SELECT id AS edition, competency_set.slug AS set, state, competency_set.organisation.line AS line FROM $edition;";
    owned(db, viewer, OWN, vars! { "edition" => edition.clone() }).await
}

/// The draft that a node stands in.
async fn own_of(db: &Db, viewer: &Viewer, node: &NodeId) -> Result<Own> {
    const OWN: &str = "SELECT edition, edition.competency_set.slug AS set, edition.state AS state,
        edition.competency_set.organisation.line AS line FROM $node;";
    owned(db, viewer, OWN, vars! { "node" => node.clone() }).await
}

async fn owned(db: &Db, viewer: &Viewer, which: &'static str, vars: Variables) -> Result<Own> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let row: Option<OwnRow> = db.row(which, vars).await?;
    let row = row
        .filter(|row| viewer.may_curate(&row.line))
        .ok_or(AppError::NotFound)?;
    match row.state.as_str() {
        "draft" => Ok(Own {
            edition: row.edition,
            set: row.set,
        }),
        "in_review" => Err(AppError::Conflict(IN_REVIEW.into())),
        _ => Err(AppError::Conflict(PUBLISHED.into())),
    }
}
