//! The list of sets.

use surrealdb_types::SurrealValue;

use super::set_page::SUMMARY;
use super::{EditionRow, count, curated, sees_all};
use crate::competencies::model::{SetCard, SetList};
use crate::db::Db;
use crate::error::Result;
use crate::markdown::{opening, plain};
use crate::vars;
use crate::viewer::Viewer;

/// Sets on one page of the index.
const PAGE: u32 = 20;

#[derive(SurrealValue)]
struct SetRow {
    slug: String,
    title: String,
    language: String,
    owner: String,
    curated: bool,
    description_html: String,
    editions: Vec<EditionRow>,
}

/// The sets that the viewer may see: those with an edition that is or was in force, and all
/// of the organisations that the viewer curates.
pub async fn list(db: &Db, viewer: &Viewer, page: u32) -> Result<SetList> {
    let page = page.clamp(1, 10_000);
    let mut answers = db
        .run(
            "LET $public = array::distinct((SELECT VALUE competency_set FROM edition WHERE state IN ['published', 'retired']));
             count(SELECT VALUE id FROM competency_set
                WHERE $all OR $public CONTAINS id OR organisation.line CONTAINSANY $curated);
             SELECT id, slug, title, language, description_html, organisation.name AS owner,
                ($all OR organisation.line CONTAINSANY $curated) AS curated,
                (SELECT number, state, statements, competencies, created, published, partial,
                    IF state IN ['published', 'retired'] { type::record('coverage', record::id(id)).statements ?? 0 } AS covered FROM edition
                    WHERE competency_set = $parent.id ORDER BY number DESC LIMIT 50) AS editions
                FROM competency_set
                WHERE $all OR $public CONTAINS id OR organisation.line CONTAINSANY $curated
                ORDER BY title, id LIMIT $limit START $start;",
            vars! {
                "all" => sees_all(viewer), "curated" => curated(viewer),
                "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE),
            },
        )
        .await?;
    let total = count(answers.row::<i64>(1)?.unwrap_or(0));
    let rows = answers.rows::<SetRow>(2)?;
    let card = |row: SetRow| SetCard {
        slug: row.slug,
        title: row.title,
        summary: opening(&plain(&row.description_html), SUMMARY),
        owner: row.owner,
        language: row.language,
        editions: row
            .editions
            .iter()
            .filter(|edition| row.curated || edition.state().is_public())
            .map(|edition| edition.card(viewer.timezone()))
            .collect(),
    };
    Ok(SetList {
        sets: rows.into_iter().map(card).collect(),
        page,
        pages: total.div_ceil(PAGE).max(1),
        may_import: viewer.is_signed_in() && viewer.may_write_sets(),
    })
}
