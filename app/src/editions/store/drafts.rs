//! Opening a draft from the edition that was published last.

use surrealdb_types::SurrealValue;

use super::check_curator;
use crate::competencies::store::{Target, Writing, save, stored_set};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, OrganisationId, SetId};
use crate::outlines::store::take_along;
use crate::publications;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct SetRow {
    id: SetId,
    organisation: OrganisationId,
    line: Vec<OrganisationId>,
}

#[derive(SurrealValue)]
struct EditionRow {
    id: EditionId,
    number: i64,
    state: String,
}

impl EditionRow {
    fn is_public(&self) -> bool {
        matches!(self.state.as_str(), "published" | "retired")
    }
}

/// Opens a draft of a set; answers with its number. Where there is a draft, that
/// is the one. All of the last edition is in it: nodes with their identifiers,
/// codes and texts, the scale, cross-references. What jobs need, what courses
/// serve and what people said stays where it is until the draft is published
/// (docs/decisions/0016-carry-over.md).
pub async fn open_draft(db: &Db, viewer: &Viewer, slug: &str) -> Result<u32> {
    match opened(db, viewer, slug).await {
        // Sent twice at once, the second leads to what the first has made: now
        // there is a draft, or it is refused for another reason.
        Err(AppError::Conflict(_)) => opened(db, viewer, slug).await,
        done => done,
    }
}

async fn opened(db: &Db, viewer: &Viewer, slug: &str) -> Result<u32> {
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             SELECT id, organisation, organisation.line AS line FROM $set;
             SELECT id, number, state FROM edition WHERE competency_set = $set ORDER BY number DESC LIMIT 200;",
            vars! { "slug" => slug.to_owned() },
        )
        .await?;
    let set = answers.row::<SetRow>(1)?;
    let editions = answers.rows::<EditionRow>(2)?;
    let public = editions.iter().any(EditionRow::is_public);
    let line = set.as_ref().map(|set| set.line.clone()).unwrap_or_default();
    check_curator(viewer, &line, public)?;
    let (set, newest) = set.zip(editions.into_iter().next()).ok_or(AppError::NotFound)?;
    let number = super::count(newest.number);
    if !newest.is_public() {
        return Ok(number);
    }
    let mut stored = stored_set(db, &newest.id).await?;
    // What came from what was in the edition before: this one comes from that.
    stored
        .set
        .nodes
        .iter_mut()
        .for_each(|node| node.remarks.came_from = None);
    // What curators wrote goes along as it is.
    stored.set.origins = Vec::new();
    let writing = Writing {
        organisation: set.organisation,
        set: stored.set,
        target: Target::NewEdition {
            set: set.id,
            slug: slug.to_owned(),
            number: number + 1,
            base: newest.id.clone(),
        },
        publish: false,
        import: None,
        undoes: None,
    };
    let draft = save(db, writing).await?;
    take_along(db, &newest.id, &draft).await?;
    publications::store::take_along(db, &newest.id, &draft).await?;
    Ok(number + 1)
}
