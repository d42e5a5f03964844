//! Resources in the database.

use std::collections::HashMap;

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
}

#[derive(SurrealValue)]
struct ServedRow {
    resource: ResourceId,
    aligned: AlignedRow,
}

#[derive(SurrealValue)]
struct PageRow {
    count: i64,
    resources: Vec<ResourceRow>,
    served: Vec<ServedRow>,
}

// What they serve is read for all of them at once: a selection within a
// selection uses no index.
macro_rules! with_served {
    ($page:literal, $count:literal) => {
        concat!(
            "{ LET $page = (SELECT id, slug, title, kind, url, publisher, summary, minutes FROM resource ",
            $page,
            "); LET $ids = $page.map(|$row| $row.id);
            {
                count: ",
            $count,
            ",
                resources: $page,
                served: (SELECT subject AS resource, node.position AS position, node, {
                        node: node, code: node.code, address: node.address, title: node.title,
                        edition: node.edition.number, competency_set: node.edition.competency_set.slug,
                        levels: node.edition.levels[*].label, level: level
                    } AS aligned
                    FROM alignment WHERE subject IN $ids AND node.edition.state = 'published'
                    ORDER BY position, node LIMIT 1000),
            } };"
        )
    };
}

/// Resources by title: of one kind, or of all.
pub async fn page(db: &Db, kind: Option<Kind>, page: u32) -> Result<ResourcesPage> {
    let page = page.clamp(1, 10_000);
    let found: PageRow = db
        .read(
            with_served!(
                "WHERE $kind = NONE OR kind = $kind ORDER BY title, id LIMIT $limit START $start",
                "count(SELECT VALUE id FROM resource WHERE $kind = NONE OR kind = $kind)"
            ),
            vars! {
                "kind" => kind.map(|kind| kind.as_str().to_owned()), "limit" => i64::from(PAGE),
                "start" => i64::from((page - 1) * PAGE),
            },
        )
        .await?;
    let count = small(found.count);
    Ok(ResourcesPage {
        kind,
        resources: found.into_resources(),
        count,
        page,
        pages: count.div_ceil(PAGE).max(1),
    })
}

/// A resource by its name in addresses.
pub async fn resource(db: &Db, slug: &str) -> Result<Resource> {
    let found: PageRow = db
        .read(
            with_served!("WHERE slug = $slug LIMIT 1", "1"),
            vars! { "slug" => slug.to_owned() },
        )
        .await?;
    found.into_resources().pop().ok_or(AppError::NotFound)
}

impl PageRow {
    fn into_resources(self) -> Vec<Resource> {
        let mut served: HashMap<ResourceId, Vec<Aligned>> = HashMap::new();
        for row in self.served {
            served.entry(row.resource).or_default().push(row.aligned.into());
        }
        let resources = self.resources.into_iter().map(|row| {
            let aligned = served.remove(&row.id).unwrap_or_default();
            from_row(row, aligned)
        });
        resources.collect()
    }
}

fn from_row(row: ResourceRow, aligned: Vec<Aligned>) -> Resource {
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
        aligned,
    }
}
