//! What curators wrote beside the nodes of an edition.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use crate::competencies::model::{Remarks, Source};
use crate::db::Db;
use crate::error::Result;
use crate::exchange::ExchangeSource;
use crate::id::EditionId;
use crate::vars;

#[derive(SurrealValue, Clone)]
pub(super) struct SourceRow {
    title: String,
    credit: String,
    address: String,
}

impl From<SourceRow> for Source {
    fn from(row: SourceRow) -> Self {
        Self {
            title: row.title,
            credit: row.credit,
            address: row.address,
        }
    }
}

impl From<SourceRow> for ExchangeSource {
    fn from(row: SourceRow) -> Self {
        Self {
            title: row.title,
            credit: row.credit,
            address: row.address,
        }
    }
}

impl From<ExchangeSource> for SourceRow {
    fn from(source: ExchangeSource) -> Self {
        Self {
            title: source.title,
            credit: source.credit,
            address: source.address,
        }
    }
}

#[derive(SurrealValue)]
struct RemarksRow {
    identifier: String,
    notes: Option<String>,
    topics: Option<Vec<String>>,
    sources: Option<Vec<SourceRow>>,
    level_descriptions: Option<Vec<String>>,
}

/// What curators wrote beside the nodes of an edition, where they did.
pub async fn remarks(db: &Db, edition: &EditionId) -> Result<HashMap<Uuid, Remarks>> {
    let rows: Vec<RemarksRow> = db
        .rows(
            "SELECT identifier, notes, topics, sources, level_descriptions FROM node
                WHERE edition = $edition AND (notes ?? topics ?? sources ?? level_descriptions) != NONE;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let remarks = |row: RemarksRow| {
        let sources = row.sources.unwrap_or_default();
        let remarks = Remarks {
            notes: row.notes.unwrap_or_default(),
            topics: row.topics.unwrap_or_default(),
            sources: sources.into_iter().map(Into::into).collect(),
            levels: row.level_descriptions.unwrap_or_default(),
        };
        Uuid::parse_str(&row.identifier)
            .ok()
            .map(|identifier| (identifier, remarks))
    };
    Ok(rows.into_iter().filter_map(remarks).collect())
}
