//! Resources in the database.

use surrealdb_types::SurrealValue;

use super::model::{Kind, Resource, ResourcesPage};
use crate::courses::model::Aligned;
use crate::courses::store::{AlignedRow, small};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::ResourceId;
use crate::vars;

/// Resources on one page.
pub const PAGE: u32 = 20;

#[derive(SurrealValue)]
struct ResourceRow {
    id: ResourceId,
    slug: String,
    title: String,
    kind: String,
    url: String,
    publisher: String,
    summary: String,
    minutes: i64,
    aligned: Vec<AlignedRow>,
}

macro_rules! fields {
    () => {
        "id, slug, title, kind, url, publisher, summary, minutes,
            (SELECT node, node.code AS code, node.address AS address, node.title AS title,
                node.edition.number AS edition, node.edition.competency_set.slug AS competency_set,
                node.edition.levels[*].label AS levels, level, node.position AS position
                FROM alignment WHERE subject = $parent.id AND node.edition.state = 'published'
                ORDER BY position, node LIMIT 20) AS aligned"
    };
}

/// Resources by title: of one kind, or of all.
pub async fn page(db: &Db, kind: Option<Kind>, page: u32) -> Result<ResourcesPage> {
    let page = page.clamp(1, 10_000);
    let mut answers = db
        .run(
            concat!(
                "count(SELECT VALUE id FROM resource WHERE $kind = NONE OR kind = $kind);
                 SELECT ",
                fields!(),
                " FROM resource WHERE $kind = NONE OR kind = $kind ORDER BY title, id LIMIT $limit START $start;"
            ),
            vars! {
                "kind" => kind.map(|kind| kind.as_str().to_owned()), "limit" => i64::from(PAGE),
                "start" => i64::from((page - 1) * PAGE),
            },
        )
        .await?;
    let count = small(answers.row::<i64>(0)?.unwrap_or(0));
    let resources = answers.rows::<ResourceRow>(1)?.into_iter().map(from_row).collect();
    Ok(ResourcesPage {
        kind,
        resources,
        count,
        page,
        pages: count.div_ceil(PAGE).max(1),
    })
}

/// A resource by its name in addresses.
pub async fn resource(db: &Db, slug: &str) -> Result<Resource> {
    let row: Option<ResourceRow> = db
        .row(
            concat!("SELECT ", fields!(), " FROM resource WHERE slug = $slug;"),
            vars! { "slug" => slug.to_owned() },
        )
        .await?;
    row.map(from_row).ok_or(AppError::NotFound)
}

fn from_row(row: ResourceRow) -> Resource {
    let url = if row.url.starts_with("https://") || row.url.starts_with("http://") {
        row.url
    } else {
        String::new()
    };
    Resource {
        id: row.id,
        slug: row.slug,
        title: row.title,
        kind: Kind::parse(&row.kind),
        url,
        publisher: row.publisher,
        summary: row.summary,
        minutes: small(row.minutes),
        aligned: row.aligned.into_iter().map(Aligned::from).collect(),
    }
}
