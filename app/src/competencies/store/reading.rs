//! An edition read back as the set that travels between systems.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};
use uuid::Uuid;

use super::LevelRow;
use super::origins::{origins, origins_of};
use super::remarks::SourceRow;
use crate::competencies::model::EditionState;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::{
    ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeReference, ExchangeRemarks, ExchangeSet, TextFormat,
};
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
    /// The identifier of the edition as a document.
    pub document: Uuid,
    pub line: Vec<OrganisationId>,
    /// The organisation that holds the set.
    pub owner: String,
    /// When it was published, or made when it is not; RFC 3339 in UTC.
    pub changed: String,
    pub set: ExchangeSet,
}

#[derive(SurrealValue)]
pub(super) struct HeadRow {
    edition: EditionId,
    document: String,
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
    numbered: Option<bool>,
    line: Vec<OrganisationId>,
    owner: Option<String>,
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
    by_hand: Option<bool>,
    notes: Option<String>,
    topics: Option<Vec<String>>,
    sources: Option<Vec<SourceRow>>,
    level_descriptions: Option<Vec<String>>,
    came_from: Option<Vec<String>>,
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

/// The names in addresses of the sets that a name may mean: of the one that is
/// known by it there, else of all with that title, the first twenty.
pub async fn sets_named(db: &Db, name: &str) -> Result<Vec<String>> {
    let vars = vars! { "name" => name.to_owned() };
    let own = db.rows(
        "SELECT VALUE slug FROM competency_set WHERE slug = $name;",
        vars.clone(),
    );
    let own = own.await?;
    if !own.is_empty() {
        return Ok(own);
    }
    db.rows(
        "SELECT VALUE slug FROM competency_set WHERE title = $name ORDER BY slug LIMIT 20;",
        vars,
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

/// The identifier of the organisation's set that holds most of these nodes.
pub async fn set_of_nodes(db: &Db, organisation: &OrganisationId, identifiers: &[Uuid]) -> Result<Option<Uuid>> {
    if identifiers.is_empty() {
        return Ok(None);
    }
    let identifiers: Vec<String> = identifiers.iter().map(Uuid::to_string).collect();
    let sets: Vec<String> = db
        .rows(
            "SELECT VALUE edition.competency_set.identifier FROM node
                WHERE identifier IN $identifiers AND edition.competency_set.organisation = $organisation LIMIT 1000;",
            vars! { "identifiers" => identifiers, "organisation" => organisation.clone() },
        )
        .await?;
    let mut times: HashMap<&str, usize> = HashMap::new();
    for set in &sets {
        *times.entry(set).or_default() += 1;
    }
    let most = times.into_iter().max_by_key(|(set, times)| (*times, *set));
    most.map(|(set, _)| uuid(set)).transpose()
}

/// The identifier of the organisation's set of this title.
pub async fn set_of_title(db: &Db, organisation: &OrganisationId, title: &str) -> Result<Option<Uuid>> {
    let found: Option<String> = db
        .row(
            "SELECT VALUE identifier FROM competency_set
                WHERE organisation = $organisation AND string::lowercase(title) = $title LIMIT 1;",
            vars! { "organisation" => organisation.clone(), "title" => title.to_lowercase() },
        )
        .await?;
    found.map(|identifier| uuid(&identifier)).transpose()
}

/// What of an edition is not its nodes, as a selection over editions.
macro_rules! head {
    ($from:literal) => {
        concat!(
            "SELECT id AS edition, identifier AS document, competency_set AS set_id, competency_set.slug AS slug,
                competency_set.identifier AS identifier, external_id, title, description, description_format,
                language, creator, licence, extra, numbered, competency_set.organisation.line AS line,
                competency_set.organisation.name AS owner, number, state, levels,
                created, published FROM ",
            $from,
            ";"
        )
    };
}
pub(super) use head;

/// The same for nodes.
macro_rules! nodes {
    ($where:literal) => {
        concat!(
            "SELECT position, id, identifier, parent, kind_label, code, external_id, title, description,
                description_format, knowledge, skills, attitudes, behaviours, by_hand, notes, topics, sources,
                level_descriptions, came_from, extra FROM node WHERE ",
            $where,
            " ORDER BY position;"
        )
    };
}

/// The whole edition.
pub async fn stored_set(db: &Db, edition: &EditionId) -> Result<Stored> {
    let mut answers = db
        .run(
            concat!(
                head!("$edition"),
                nodes!("edition = $edition"),
                "SELECT position, origin, destination, kind, extra FROM cross_reference WHERE edition = $edition ORDER BY position;",
                origins_of!("")
            ),
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let mut stored = answers.row::<HeadRow>(0)?.ok_or(AppError::NotFound)?.stored()?;
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
    let node = |row: NodeRow| {
        let parent = row.parent.as_ref().map(known).transpose()?;
        row.node(parent)
    };
    let reference = |row: ReferenceRow| {
        Ok(ExchangeReference {
            from: known(&row.origin)?,
            to: known(&row.destination)?,
            kind: row.kind,
            extra: json(&row.extra)?,
        })
    };
    stored.set.nodes = rows.into_iter().map(node).collect::<Result<_>>()?;
    stored.set.references = references.into_iter().map(reference).collect::<Result<_>>()?;
    stored.set.origins = origins(&mut answers, 3)?;
    Ok(stored)
}

/// An edition with nothing but one of its nodes, which then has no parent.
pub async fn stored_node(db: &Db, edition: &EditionId, identifier: Uuid) -> Result<Stored> {
    let mut answers = db
        .run(
            concat!(
                head!("$edition"),
                nodes!("edition = $edition AND identifier = $identifier")
            ),
            vars! { "edition" => edition.clone(), "identifier" => identifier.to_string() },
        )
        .await?;
    let mut stored = answers.row::<HeadRow>(0)?.ok_or(AppError::NotFound)?.stored()?;
    let nodes = answers.rows::<NodeRow>(1)?.into_iter();
    stored.set.nodes = nodes.map(|row| row.node(None)).collect::<Result<_>>()?;
    Ok(stored)
}

impl NodeRow {
    fn node(self, parent: Option<Uuid>) -> Result<ExchangeNode> {
        Ok(ExchangeNode {
            identifier: uuid(&self.identifier)?,
            external_id: some(self.external_id),
            parent,
            code: some(self.code),
            kind: some(self.kind_label),
            title: self.title,
            description: self.description,
            description_format: format_of(&self.description_format),
            details: ExchangeDetails {
                knowledge: self.knowledge,
                skills: self.skills,
                attitudes: self.attitudes,
                behaviours: self.behaviours,
            },
            remarks: ExchangeRemarks {
                notes: self.notes,
                topics: self.topics,
                sources: self
                    .sources
                    .map(|sources| sources.into_iter().map(Into::into).collect()),
                levels: self.level_descriptions,
                came_from: self.came_from,
                by_hand: self.by_hand,
            },
            extra: json(&self.extra)?,
        })
    }
}

impl HeadRow {
    pub(super) fn stored(self) -> Result<Stored> {
        let level = |row: LevelRow| ExchangeLevel {
            label: row.label,
            description: row.description,
        };
        Ok(Stored {
            set_id: self.set_id,
            slug: self.slug,
            edition: self.edition,
            number: super::count(self.number),
            state: EditionState::parse(&self.state).unwrap_or(EditionState::Draft),
            document: uuid(&self.document)?,
            line: self.line,
            owner: self.owner.unwrap_or_default(),
            changed: crate::time::iso(self.published.as_ref().unwrap_or(&self.created)),
            set: ExchangeSet {
                identifier: uuid(&self.identifier)?,
                external_id: some(self.external_id),
                title: self.title,
                description: self.description,
                description_format: format_of(&self.description_format),
                language: some(self.language),
                creator: some(self.creator),
                licence: some(self.licence),
                scale: self.levels.into_iter().map(level).collect(),
                extra: json(&self.extra)?,
                numbered: self.numbered.unwrap_or(false),
                ..ExchangeSet::default()
            },
        })
    }
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
