//! Resources in the database.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use super::model::{Kind, Resource, ResourcesPage};
use crate::courses::model::Aligned;
use crate::courses::store::{AlignedRow, small};
use crate::db::Db;
use crate::error::Result;
use crate::id::ResourceId;
use crate::vars;

/// Resources on one page.
pub const PAGE: u32 = 20;

#[derive(SurrealValue)]
struct ResourceRow {
    id: ResourceId,
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
const PAGE_OF_RESOURCES: &str = "{
    LET $page = (SELECT id, title, kind, url, publisher, summary, minutes
        FROM resource WHERE $kind = NONE OR kind = $kind ORDER BY title, id LIMIT $limit START $start);
    LET $ids = $page.map(|$row| $row.id);
    {
        count: count(SELECT VALUE id FROM resource WHERE $kind = NONE OR kind = $kind),
        resources: $page,
        served: (SELECT subject AS resource, node.position AS position, node, {
                node: node, code: node.code, address: node.address, title: node.title,
                edition: node.edition.number, competency_set: node.edition.competency_set.slug,
                levels: node.edition.levels[*].label, level: level
            } AS aligned
            FROM alignment WHERE subject IN $ids AND node.edition.state = 'published'
            ORDER BY position, node LIMIT 1000),
    }
};";

/// Resources by title: of one kind, or of all.
pub async fn page(db: &Db, kind: Option<Kind>, page: u32) -> Result<ResourcesPage> {
    let page = page.clamp(1, 10_000);
    let found: PageRow = db
        .read(
            PAGE_OF_RESOURCES,
            vars! {
                "kind" => kind.map(|kind| kind.as_str().to_owned()), "limit" => i64::from(PAGE),
                "start" => i64::from((page - 1) * PAGE),
            },
        )
        .await?;
    let mut served: HashMap<ResourceId, Vec<Aligned>> = HashMap::new();
    for row in found.served {
        served.entry(row.resource).or_default().push(row.aligned.into());
    }
    let resources = found.resources.into_iter().map(|row| {
        let aligned = served.remove(&row.id).unwrap_or_default();
        resource(row, aligned)
    });
    let count = small(found.count);
    Ok(ResourcesPage {
        kind,
        resources: resources.collect(),
        count,
        page,
        pages: count.div_ceil(PAGE).max(1),
    })
}

fn resource(row: ResourceRow, aligned: Vec<Aligned>) -> Resource {
    let url = if row.url.starts_with("https://") || row.url.starts_with("http://") {
        row.url
    } else {
        String::new()
    };
    Resource {
        id: row.id,
        title: row.title,
        kind: Kind::parse(&row.kind),
        url,
        publisher: row.publisher,
        summary: row.summary,
        minutes: small(row.minutes),
        aligned,
    }
}
