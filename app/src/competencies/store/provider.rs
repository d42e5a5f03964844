//! What other systems may fetch: published editions as documents, and the
//! editions that hold what has a certain identifier.

use std::collections::BTreeSet;

use serde_json::Value;
use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::reading::{HeadRow, Stored, head, stored_set};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::case;
use crate::id::{EditionId, SetId};
use crate::vars;

/// Editions that are or were published, without their nodes, the newest first:
/// the part that is asked for as offset and length, or all; and how many there are.
pub async fn documents(db: &Db, part: Option<(u32, u32)>) -> Result<(Vec<Stored>, u32)> {
    let (start, limit) = part.unwrap_or((0, u32::MAX));
    let mut answers = db
        .run(
            concat!(
                "count(SELECT VALUE id FROM edition WHERE state IN ['published', 'retired']);",
                head!(
                    "edition WHERE state IN ['published', 'retired'] ORDER BY published DESC, edition LIMIT $limit START $start"
                )
            ),
            vars! { "start" => i64::from(start), "limit" => i64::from(limit) },
        )
        .await?;
    let total = super::count(answers.row::<i64>(0)?.unwrap_or(0));
    let stored = answers.rows::<HeadRow>(1)?.into_iter().map(HeadRow::stored);
    Ok((stored.collect::<Result<_>>()?, total))
}

/// The edition that is this document.
pub async fn found(db: &Db, document: Uuid) -> Result<Option<EditionId>> {
    newest(
        db,
        "SELECT id AS edition, competency_set, state, published FROM edition
            WHERE identifier = $identifier AND state IN ['published', 'retired'];",
        document,
        None,
    )
    .await
}

/// The latest published edition that holds an object of this class of CASE, or
/// else the latest that was retired; of the set that published it first, so
/// that nobody answers for what another has made known.
pub async fn holding(db: &Db, class: &'static str, identifier: Uuid) -> Result<Option<EditionId>> {
    if class == "CFItems" {
        let statement = "SELECT edition, edition.competency_set AS competency_set, edition.state AS state,
                edition.published AS published FROM node
                WHERE identifier = $identifier AND edition.state IN ['published', 'retired'];";
        return newest(db, statement, identifier, None).await;
    }
    let statement = "SELECT edition, edition.competency_set AS competency_set, edition.state AS state,
            edition.published AS published FROM case_object
            WHERE identifier = $identifier AND class = $class AND edition.state IN ['published', 'retired'];";
    let found = newest(db, statement, identifier, Some(class)).await?;
    if found.is_none() && catalogue_missing(db).await? > 0 {
        return newest(db, statement, identifier, Some(class)).await;
    }
    Ok(found)
}

async fn newest(
    db: &Db,
    statement: &'static str,
    identifier: Uuid,
    class: Option<&'static str>,
) -> Result<Option<EditionId>> {
    #[derive(SurrealValue)]
    struct Row {
        edition: EditionId,
        competency_set: SetId,
        state: String,
        published: Option<surrealdb_types::Datetime>,
    }
    let rows: Vec<Row> = db
        .rows(
            statement,
            vars! { "identifier" => identifier.to_string(), "class" => class.map(str::to_owned) },
        )
        .await?;
    let first = rows.iter().min_by_key(|row| row.published);
    let owner = first.map(|row| row.competency_set.clone());
    let newest = rows
        .into_iter()
        .filter(|row| Some(&row.competency_set) == owner.as_ref())
        .max_by_key(|row| (row.state == "published", row.published));
    Ok(newest.map(|row| row.edition))
}

#[derive(SurrealValue)]
struct ObjectRow {
    edition: EditionId,
    class: String,
    identifier: String,
}

/// Writes down what a published edition's package defines, so that it is found
/// by identifier. Where that fails, whoever asks first for something unknown does it.
pub(super) async fn catalogue(db: &Db, edition: &EditionId) {
    if let Err(error) = write_catalogue(db, edition).await {
        tracing::error!(%error, "an edition could not be catalogued");
    }
}

/// Does so for all published editions where it was not done; answers how many.
pub async fn catalogue_missing(db: &Db) -> Result<usize> {
    let editions: Vec<EditionId> = db
        .rows(
            "SELECT VALUE id FROM edition WHERE catalogued = false AND state IN ['published', 'retired'];",
            vars! {},
        )
        .await?;
    for edition in &editions {
        write_catalogue(db, edition).await?;
    }
    Ok(editions.len())
}

async fn write_catalogue(db: &Db, edition: &EditionId) -> Result<()> {
    let stored = stored_set(db, edition).await?;
    let listed = tokio::task::spawn_blocking(move || {
        let package = case::emit(&stored.set, stored.document, "", &stored.changed);
        defined(&package, &stored.edition)
    });
    let objects = listed.await.map_err(|error| AppError::internal("catalogue", error))?;
    db.write(
        "DELETE case_object WHERE edition = $edition RETURN NONE;
         IF $objects != [] { INSERT INTO case_object $objects RETURN NONE };
         UPDATE $edition SET catalogued = true RETURN NONE;",
        vars! { "edition" => edition.clone(), "objects" => objects },
    )
    .await
    .map(drop)
}

fn defined(package: &Value, edition: &EditionId) -> Vec<ObjectRow> {
    let named: BTreeSet<(&str, &str)> = case::CATALOGUED
        .iter()
        .flat_map(|class| case::objects(package, class).iter().map(move |object| (*class, object)))
        .filter_map(|(class, object)| Some((class, object.get("identifier")?.as_str()?)))
        .collect();
    let row = |(class, identifier): (&str, &str)| ObjectRow {
        edition: edition.clone(),
        class: class.to_owned(),
        identifier: identifier.to_owned(),
    };
    named.into_iter().map(row).collect()
}
