//! Words around an index, and typeset files, in the database.

mod files;
#[cfg(test)]
mod tests;
mod words;

pub use files::{Asked, begin, failed, file, forget_old, reached, ready};
pub use words::{base, draft, save_words, take_along, words};

use surrealdb_types::SurrealValue;

use super::model::PublicationPage;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, OrganisationId, TypesettingId};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct HeadRow {
    id: EditionId,
    title: String,
    state: String,
    line: Vec<OrganisationId>,
}

/// An edition that the viewer may read.
pub struct Head {
    pub edition: EditionId,
    pub title: String,
    pub is_public: bool,
    /// What stands at its top, in order.
    pub sections: Vec<String>,
}

/// # Errors
/// Not found where there is none, or where it is a draft of others.
pub async fn head(db: &Db, viewer: &Viewer, set: &str, edition: u32) -> Result<Head> {
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             LET $edition = (SELECT VALUE id FROM edition WHERE competency_set = $set AND number = $number)[0];
             SELECT id, competency_set.title AS title, state, competency_set.organisation.line AS line FROM $edition;
             SELECT VALUE string::trim(string::concat(code ?? '', ' ', title)) FROM node
                WHERE edition = $edition AND parent IS NONE ORDER BY position;",
            vars! { "slug" => set.to_owned(), "number" => i64::from(edition) },
        )
        .await?;
    let row: Option<HeadRow> = answers.row(2)?;
    let row = row.ok_or(AppError::NotFound)?;
    let is_public = matches!(row.state.as_str(), "published" | "retired");
    if !is_public && !viewer.may_curate(&row.line) {
        return Err(AppError::NotFound);
    }
    Ok(Head {
        edition: row.id,
        title: row.title,
        is_public,
        sections: answers.rows(3)?,
    })
}

/// The page of an edition's publication, with the file of this key, else the
/// newest that is ready.
///
/// # Errors
/// As [`head`].
pub async fn page(db: &Db, viewer: &Viewer, (set, number): (&str, u32), file: &str) -> Result<PublicationPage> {
    let head = head(db, viewer, set, number).await?;
    let key = TypesettingId::parse(file);
    Ok(PublicationPage {
        file: files::file(db, &head.edition, key.as_ref(), None).await?,
        slug: set.to_owned(),
        title: head.title,
        number,
        is_public: head.is_public,
        sections: head.sections,
    })
}
