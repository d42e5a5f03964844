//! A derived set, its source and what connects them, as they are at one moment.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use crate::competencies::model::EditionState;
use crate::db::{Answers, Db};
use crate::derivations::rules::{Beside, Considered, Link, Stories, Way, Ways, follow};
use crate::editions::model::Kind;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, OrganisationId, SetId};
use crate::outlines::rules::Frame;
use crate::outlines::store::{FrameRow, LinkRow, Loaded, NodeRow, assembled, frame_fields, node_fields};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct HeadRow {
    id: SetId,
    identifier: String,
    title: String,
    line: Vec<OrganisationId>,
    public: bool,
}

#[derive(SurrealValue)]
struct SourceRow {
    slug: String,
    title: String,
    owner: String,
    compared: i64,
}

#[derive(SurrealValue)]
struct EditionRow {
    id: EditionId,
    number: i64,
    state: String,
    whole: bool,
}

#[derive(SurrealValue)]
struct LinkedRow {
    identifier: String,
    gone: bool,
    number: i64,
    parent: Option<String>,
    node: Option<NodeRow>,
}

/// All of it.
pub(super) struct Both {
    pub set: SetId,
    pub identifier: Uuid,
    pub title: String,
    pub own: Edition,
    pub source: Source,
    pub newest: Edition,
    pub links: Vec<Link>,
    /// What of the source was split and merged.
    pub stories: Stories,
    /// The addresses of what was considered, by identifier in the source.
    pub addresses: HashMap<Uuid, (u32, String)>,
}

pub(super) struct Source {
    pub slug: String,
    pub title: String,
    pub owner: String,
    pub compared: u32,
}

pub(super) struct Edition {
    pub id: EditionId,
    pub number: u32,
    pub state: EditionState,
    /// Whether it holds all of its set, not only some sections.
    pub whole: bool,
    pub loaded: Loaded,
}

impl Edition {
    pub fn id_of(&self, identifier: Uuid) -> Option<NodeId> {
        self.loaded.ids.get(&identifier).cloned()
    }

    pub fn address_of(&self, identifier: Uuid) -> Option<&str> {
        Some(self.loaded.before.get(&identifier)?.address.as_str())
    }
}

const LOAD: &str = concat!(
    "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
     LET $derivation = type::record('derivation', record::id($set ?? competency_set:none));
     LET $source = $derivation.source;
     LET $own = (SELECT id, number, state, (partial ?? false) = false AS whole FROM edition
        WHERE competency_set = $set AND ($drafts OR state IN ['published', 'retired']) ORDER BY number DESC LIMIT 1)[0];
     LET $public = (SELECT id, number, state, (partial ?? false) = false AS whole FROM edition
        WHERE competency_set = $source AND state IN ['published', 'retired'] ORDER BY number DESC LIMIT 200);
     LET $newest = $public[WHERE whole][0] ?? $public[0];
     LET $mine = $own.id;
     LET $theirs = $newest.id;
     SELECT id, identifier, title, organisation.line AS line,
        (SELECT VALUE id FROM edition WHERE competency_set = $set AND state IN ['published', 'retired'] LIMIT 1) != [] AS public FROM $set;
     SELECT source.slug AS slug, edition.title AS title, source.organisation.name AS owner, edition.number AS compared FROM $derivation;
     SELECT * FROM [$own, $newest];
     SELECT identifier, gone != NONE AS gone, source.edition.number AS number, source.parent.identifier AS parent,
        source.{ ",
    node_fields!(),
    " } AS node FROM derived_node WHERE derived = $set;
     SELECT ",
    frame_fields!(),
    " FROM $mine;
     SELECT ",
    node_fields!(),
    " FROM node WHERE edition = $mine ORDER BY position;
     SELECT position, origin, destination, kind, extra FROM cross_reference WHERE edition = $mine ORDER BY position;
     SELECT ",
    frame_fields!(),
    " FROM $theirs;
     SELECT ",
    node_fields!(),
    " FROM node WHERE edition = $theirs ORDER BY position;
     SELECT position, origin, destination, kind, extra FROM cross_reference WHERE edition = $theirs ORDER BY position;
     SELECT edition.number AS number, identifier, kind, becomes.identifier AS becomes FROM statement_map
        WHERE edition IN $public.id AND becomes.identifier != [identifier];"
);

#[derive(SurrealValue)]
struct WayRow {
    number: i64,
    identifier: String,
    kind: String,
    becomes: Vec<String>,
}

impl WayRow {
    fn way(self) -> Result<Way> {
        Ok(Way {
            number: count(self.number),
            from: parsed(&self.identifier)?,
            kind: Kind::parse(&self.kind).ok_or_else(|| AppError::internal("statement map", "unknown kind"))?,
            to: self.becomes.iter().map(|to| parsed(to)).collect::<Result<_>>()?,
        })
    }
}

/// Reads both, for a curator of the derived set. A set that was not derived has
/// no such page.
pub(super) async fn both(db: &Db, viewer: &Viewer, slug: &str) -> Result<Both> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let mut answers = db
        .run(LOAD, vars! { "slug" => slug.to_owned(), "drafts" => true })
        .await?;
    let head = answers.row::<HeadRow>(8)?.ok_or(AppError::NotFound)?;
    if !viewer.may_curate(&head.line) {
        return Err(if head.public {
            AppError::Forbidden
        } else {
            AppError::NotFound
        });
    }
    assemble(answers, head)
}

/// Reads the last edition that is public beside its source, for everybody.
pub(super) async fn both_public(db: &Db, viewer: &Viewer, slug: &str) -> Result<Both> {
    let mut answers = db
        .run(LOAD, vars! { "slug" => slug.to_owned(), "drafts" => false })
        .await?;
    let head = answers.row::<HeadRow>(8)?;
    match head.filter(|head| head.public) {
        Some(head) => assemble(answers, head),
        None if viewer.is_signed_in() => Err(AppError::NotFound),
        None => Err(AppError::SignInNeeded),
    }
}

fn assemble(mut answers: Answers, head: HeadRow) -> Result<Both> {
    let source = answers.row::<SourceRow>(9)?.ok_or(AppError::NotFound)?;
    let editions = answers.rows::<EditionRow>(10)?;
    let links = answers.rows::<LinkedRow>(11)?;
    let mut loaded = |at: usize| {
        let frame = answers.row::<FrameRow>(at)?.ok_or(AppError::NotFound)?;
        let (nodes, links) = (answers.rows::<NodeRow>(at + 1)?, answers.rows::<LinkRow>(at + 2)?);
        assembled(frame, nodes, links)
    };
    let (mine, theirs) = (loaded(12)?, loaded(15)?);
    let mut editions = editions.into_iter();
    let mut edition = |loaded: Loaded| {
        let row = editions.next().ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(Edition {
            id: row.id,
            number: count(row.number),
            state: EditionState::parse(&row.state).unwrap_or(EditionState::Draft),
            whole: row.whole,
            loaded,
        })
    };
    let (own, newest) = (edition(mine)?, edition(theirs)?);
    let mut addresses = HashMap::with_capacity(links.len());
    let mut known = Vec::with_capacity(links.len());
    for row in links {
        if let Some((link, address)) = linked(row)? {
            addresses.insert(link.source.identifier, (link.source.number, address));
            known.push(link);
        }
    }
    let ways = answers.rows::<WayRow>(18)?.into_iter().map(WayRow::way);
    let ways = Ways::of(ways.collect::<Result<Vec<_>>>()?);
    let stories = follow(&mut known, &newest.loaded.outline, newest.number, &ways);
    Ok(Both {
        set: head.id,
        identifier: parsed(&head.identifier)?,
        title: head.title,
        own,
        source: Source {
            slug: source.slug,
            title: source.title,
            owner: source.owner,
            compared: count(source.compared),
        },
        newest,
        links: known,
        stories,
        addresses,
    })
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

fn parsed(identifier: &str) -> Result<Uuid> {
    Uuid::parse_str(identifier).map_err(|error| AppError::internal("identifier", error))
}

/// A link whose source is there; kinds are not compared, so that no frame is needed.
fn linked(row: LinkedRow) -> Result<Option<(Link, String)>> {
    let Some(node) = row.node else {
        return Ok(None);
    };
    let link = Link {
        own: parsed(&row.identifier)?,
        source: Considered {
            identifier: parsed(&node.identifier)?,
            parent: row.parent.as_deref().map(parsed).transpose()?,
            number: count(row.number),
            content: node.content(&Frame::default()),
        },
        gone: row.gone,
    };
    Ok(Some((link, node.address)))
}

impl Both {
    /// As the rules look at it; the draft as it is given.
    pub fn beside<'a>(&'a self, draft: &'a crate::outlines::rules::Outline) -> Beside<'a> {
        Beside::new(
            self.identifier,
            draft,
            (&self.newest.loaded.outline, self.newest.number, self.newest.whole),
            self.source.compared,
            &self.links,
        )
    }
}
