//! An edition read back as the set that travels between systems.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};
use uuid::Uuid;

use super::LevelRow;
use crate::competencies::model::EditionState;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::{ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeReference, ExchangeSet, TextFormat};
use crate::id::{EditionId, NodeId, OrganisationId, SetId};
use crate::vars;

/// An edition and what is around it.
#[derive(Debug, Clone)]
pub struct Stored {
    pub set_id: SetId,
    pub slug: String,
    pub edition: EditionId,
    pub number: u32,
    pub state: EditionState,
    pub line: Vec<OrganisationId>,
    /// When it was published, or made when it is not; RFC 3339 in UTC.
    pub changed: String,
    pub set: ExchangeSet,
}

#[derive(SurrealValue)]
struct HeadRow {
    set_id: SetId,
    slug: String,
    identifier: String,
    external_id: String,
    title: String,
    description: String,
    description_format: String,
    language: String,
    creator: String,
    licence: String,
    extra: String,
    line: Vec<OrganisationId>,
    number: i64,
    state: String,
    levels: Vec<LevelRow>,
    created: Datetime,
    published: Option<Datetime>,
}

#[derive(SurrealValue)]
struct NodeRow {
    id: NodeId,
    identifier: String,
    parent: Option<NodeId>,
    kind_label: String,
    code: String,
    external_id: String,
    title: String,
    description: String,
    description_format: String,
    knowledge: Vec<String>,
    skills: Vec<String>,
    attitudes: Vec<String>,
    behaviours: Vec<String>,
    extra: String,
}

#[derive(SurrealValue)]
struct ReferenceRow {
    origin: NodeId,
    destination: NodeId,
    kind: String,
    extra: String,
}

/// The edition of a set by its number, or the latest published one.
pub async fn edition_of(db: &Db, slug: &str, number: Option<u32>) -> Result<Option<EditionId>> {
    let Some(number) = number else {
        return super::published_edition(db, slug).await;
    };
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             SELECT VALUE id FROM edition WHERE competency_set = $set AND number = $number;",
            vars! { "slug" => slug.to_owned(), "number" => i64::from(number) },
        )
        .await?;
    answers.row(1)
}

/// The name in addresses of a set that is known by it or by its title.
pub async fn set_slug(db: &Db, name: &str) -> Result<Option<String>> {
    db.row(
        "SELECT VALUE slug FROM competency_set WHERE slug = $name OR title = $name LIMIT 1;",
        vars! { "name" => name.to_owned() },
    )
    .await
}

/// The newest edition, whatever its state, of the set that an organisation
/// holds under this identifier.
pub async fn latest(db: &Db, organisation: &OrganisationId, identifier: Uuid) -> Result<Option<EditionId>> {
    #[derive(SurrealValue)]
    struct Row {
        id: EditionId,
    }
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE organisation = $organisation AND identifier = $identifier)[0];
             SELECT id, number FROM edition WHERE competency_set = $set ORDER BY number DESC LIMIT 1;",
            vars! { "organisation" => organisation.clone(), "identifier" => identifier.to_string() },
        )
        .await?;
    Ok(answers.row::<Row>(1)?.map(|row| row.id))
}

/// The whole edition.
pub async fn stored_set(db: &Db, edition: &EditionId) -> Result<Stored> {
    let mut answers = db
        .run(
            "SELECT competency_set AS set_id, competency_set.slug AS slug, competency_set.identifier AS identifier,
                competency_set.external_id AS external_id, competency_set.title AS title,
                competency_set.description AS description, competency_set.description_format AS description_format,
                competency_set.language AS language, competency_set.creator AS creator,
                competency_set.licence AS licence, competency_set.extra AS extra,
                competency_set.organisation.line AS line, number, state, levels, created, published FROM $edition;
             SELECT position, id, identifier, parent, kind_label, code, external_id, title, description,
                description_format, knowledge, skills, attitudes, behaviours, extra
                FROM node WHERE edition = $edition ORDER BY position;
             SELECT position, origin, destination, kind, extra FROM cross_reference WHERE edition = $edition ORDER BY position;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let head = answers.row::<HeadRow>(0)?.ok_or(AppError::NotFound)?;
    let rows = answers.rows::<NodeRow>(1)?;
    let references = answers.rows::<ReferenceRow>(2)?;
    let identifiers: HashMap<NodeId, Uuid> = rows
        .iter()
        .map(|row| Ok((row.id.clone(), uuid(&row.identifier)?)))
        .collect::<Result<_>>()?;
    let known = |id: &NodeId| {
        identifiers
            .get(id)
            .copied()
            .ok_or_else(|| AppError::internal("edition", "a node is missing"))
    };
    let nodes = rows
        .into_iter()
        .map(|row| {
            let parent = row.parent.as_ref().map(known).transpose()?;
            Ok(ExchangeNode {
                identifier: uuid(&row.identifier)?,
                external_id: some(row.external_id),
                parent,
                code: some(row.code),
                kind: some(row.kind_label),
                title: row.title,
                description: row.description,
                description_format: format_of(&row.description_format),
                details: ExchangeDetails {
                    knowledge: row.knowledge,
                    skills: row.skills,
                    attitudes: row.attitudes,
                    behaviours: row.behaviours,
                },
                extra: json(&row.extra)?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let references = references
        .into_iter()
        .map(|row| {
            Ok(ExchangeReference {
                from: known(&row.origin)?,
                to: known(&row.destination)?,
                kind: row.kind,
                extra: json(&row.extra)?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let level = |row: LevelRow| ExchangeLevel {
        label: row.label,
        description: row.description,
    };
    Ok(Stored {
        set_id: head.set_id,
        slug: head.slug,
        edition: edition.clone(),
        number: super::count(head.number),
        state: EditionState::parse(&head.state).unwrap_or(EditionState::Draft),
        line: head.line,
        changed: crate::time::iso(head.published.as_ref().unwrap_or(&head.created)),
        set: ExchangeSet {
            identifier: uuid(&head.identifier)?,
            external_id: some(head.external_id),
            title: head.title,
            description: head.description,
            description_format: format_of(&head.description_format),
            language: some(head.language),
            creator: some(head.creator),
            licence: some(head.licence),
            scale: head.levels.into_iter().map(level).collect(),
            nodes,
            references,
            extra: json(&head.extra)?,
        },
    })
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn uuid(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|error| AppError::internal("identifier", error))
}

fn json(text: &str) -> Result<serde_json::Value> {
    serde_json::from_str(text).map_err(|error| AppError::internal("extra", error))
}

/// The word of a text format in the database.
pub(super) fn format_word(format: TextFormat) -> &'static str {
    match format {
        TextFormat::Markdown => "markdown",
        TextFormat::Html => "html",
        TextFormat::Plain => "plain",
    }
}

fn format_of(word: &str) -> TextFormat {
    match word {
        "html" => TextFormat::Html,
        "plain" => TextFormat::Plain,
        _ => TextFormat::Markdown,
    }
}
