//! What in other sets the nodes of an edition refer to, say the same as, or were
//! adapted from: written by curators, fixed as a derived set is published, and read
//! from packages that say so.

use std::collections::{HashMap, HashSet};

use surrealdb_types::{Datetime, RecordId, SurrealValue};
use uuid::Uuid;

use super::node_key;
use crate::competencies::model::{Elsewhere, NodeLink, Reference};
use crate::db::{Answers, Db};
use crate::error::{AppError, Result};
use crate::exchange::{ExchangeOrigin, ExchangeSet};
use crate::id::{EditionId, NodeId};
use crate::vars;

#[derive(SurrealValue)]
struct OriginRow {
    identifier: String,
    other: String,
    title: String,
    kind: String,
    by_hand: Option<bool>,
}

/// Asks for the origins of an edition: see [`origins`].
macro_rules! origins_of {
    ($within:literal) => {
        concat!(
            "SELECT identifier, source, source.identifier AS other, source.title AS title, kind, by_hand FROM origin WHERE edition = $edition",
            $within,
            " AND record::exists(source) ORDER BY identifier, source, kind;"
        )
    };
}
pub(super) use origins_of;

/// What [`origins_of`] answers with.
pub(super) fn origins(answers: &mut Answers, at: usize) -> Result<Vec<ExchangeOrigin>> {
    let uuid = |text: &str| Uuid::parse_str(text).map_err(|error| AppError::internal("identifier", error));
    let origin = |row: OriginRow| {
        Ok(ExchangeOrigin {
            from: uuid(&row.identifier)?,
            to: uuid(&row.other)?,
            title: row.title,
            kind: row.kind,
            by_hand: row.by_hand.unwrap_or(false),
        })
    };
    answers.rows::<OriginRow>(at)?.into_iter().map(origin).collect()
}

#[derive(SurrealValue)]
struct KnownRow {
    id: NodeId,
    identifier: String,
    title: String,
    published: Option<Datetime>,
}

/// One link, as it is written.
#[derive(SurrealValue)]
struct NewRow {
    edition: EditionId,
    node: NodeId,
    identifier: String,
    source: NodeId,
    kind: String,
    by_hand: bool,
}

/// Links that one transaction writes.
const ROWS: usize = 1_000;

/// Makes cross-references of what a package or a table says of nodes that are
/// published here; what leads elsewhere a package keeps for the way back. Safe to
/// repeat.
pub(super) async fn take_in(db: &Db, edition: &EditionId, outside: Vec<ExchangeOrigin>) {
    if outside.is_empty() {
        return;
    }
    if let Err(error) = written(db, edition, outside).await {
        tracing::error!(%error, "links of a package to other sets could not be written");
    }
}

/// The newest published node of each of these identifiers, where there is one.
async fn newest(db: &Db, outside: &[ExchangeOrigin]) -> Result<HashMap<String, KnownRow>> {
    let others: Vec<String> = outside.iter().map(|origin| origin.to.to_string()).collect();
    let rows: Vec<KnownRow> = db
        .rows(
            "SELECT id, identifier, title, edition.published AS published FROM node
                WHERE identifier IN $others AND edition.state IN ['published', 'retired'];",
            vars! { "others" => others },
        )
        .await?;
    let mut newest: HashMap<String, KnownRow> = HashMap::with_capacity(rows.len());
    for row in rows {
        let there = newest.get(&row.identifier).and_then(|there| there.published);
        if there.is_none() || there < row.published {
            newest.insert(row.identifier.clone(), row);
        }
    }
    Ok(newest)
}

/// Which of these nodes are published here, and what they say.
pub async fn published_among(db: &Db, outside: &[ExchangeOrigin]) -> Result<HashMap<Uuid, String>> {
    let known = newest(db, outside).await?;
    let there = |one: &ExchangeOrigin| Some((one.to, known.get(&one.to.to_string())?.title.clone()));
    Ok(outside.iter().filter_map(there).collect())
}

#[derive(SurrealValue)]
struct WrittenRow {
    id: RecordId,
    identifier: String,
    other: Option<String>,
    kind: String,
}

/// What curators refer to from nodes of a draft that a set in its place has too, and
/// that it says nothing of.
pub(super) async fn left_out(db: &Db, edition: &EditionId, set: &ExchangeSet) -> Result<Vec<RecordId>> {
    let held: HashSet<String> = set.nodes.iter().map(|node| node.identifier.to_string()).collect();
    let said: HashSet<(String, String, &str)> = set
        .origins
        .iter()
        .filter(|origin| origin.by_hand)
        .map(|one| (one.from.to_string(), one.to.to_string(), one.kind.as_str()))
        .collect();
    let rows: Vec<WrittenRow> = db
        .rows(
            "SELECT id, identifier, source.identifier AS other, kind FROM origin WHERE edition = $edition AND by_hand = true;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let left = |row: &WrittenRow| {
        let other = row.other.clone().unwrap_or_default();
        held.contains(&row.identifier) && !said.contains(&(row.identifier.clone(), other, row.kind.as_str()))
    };
    Ok(rows.into_iter().filter(left).map(|row| row.id).collect())
}

async fn written(db: &Db, edition: &EditionId, outside: Vec<ExchangeOrigin>) -> Result<()> {
    let newest = newest(db, &outside).await?;
    let mut links = Vec::new();
    for origin in outside {
        if let Some(known) = newest.get(&origin.to.to_string()) {
            links.push(NewRow {
                edition: edition.clone(),
                node: node_key(edition, origin.from)?,
                identifier: origin.from.to_string(),
                source: known.id.clone(),
                kind: origin.kind,
                by_hand: origin.by_hand,
            });
        }
    }
    db.write(
        "DELETE origin WHERE edition = $edition AND by_hand = NONE RETURN NONE;",
        vars! { "edition" => edition.clone() },
    )
    .await?;
    while !links.is_empty() {
        let part: Vec<NewRow> = links.drain(..links.len().min(ROWS)).collect();
        db.write(
            "FOR $one IN $rows {
                IF record::exists($one.node) AND $one.node != $one.source {
                    IF $one.by_hand {
                        IF (SELECT VALUE id FROM origin WHERE edition = $one.edition AND identifier = $one.identifier AND by_hand = true
                            AND kind = $one.kind AND source.identifier = $one.source.identifier) = [] {
                            UPSERT type::record('origin', [record::id($one.edition), $one.identifier, record::id($one.source), $one.kind]) SET
                                edition = $one.edition, identifier = $one.identifier, source = $one.source, kind = $one.kind,
                                by_hand = true RETURN NONE;
                        };
                    } ELSE {
                        UPSERT type::record('origin', [record::id($one.edition), $one.identifier, record::id($one.source), $one.kind]) SET
                            edition = $one.edition, identifier = $one.identifier, source = $one.source, kind = $one.kind RETURN NONE;
                    };
                };
             };",
            vars! { "rows" => part },
        )
        .await?;
    }
    Ok(())
}

/// How two nodes are connected, as it stands beside the other one.
pub(crate) fn words(kind: &str, outgoing: bool) -> String {
    match (kind, outgoing) {
        ("precedes", true) => "Comes before".into(),
        ("precedes", false) => "Comes after".into(),
        ("isPartOf", true) | ("isChildOf", true) => "Also part of".into(),
        ("isPartOf", false) | ("isChildOf", false) => "Also holds".into(),
        ("exactMatchOf", _) => "Says the same as".into(),
        ("isTranslationOf", true) => "A translation of".into(),
        ("isTranslationOf", false) => "Translated as".into(),
        ("replacedBy", true) => "Replaced by".into(),
        ("replacedBy", false) => "Replaces".into(),
        ("isPeerOf" | "isRelatedTo", _) => "See also".into(),
        (other, _) => format!("See also ({other})"),
    }
}

#[derive(SurrealValue)]
struct ElsewhereRow {
    kind: String,
    address: String,
    code: String,
    title: String,
    number: i64,
    slug: String,
    set_title: String,
}

#[derive(SurrealValue)]
struct LinkRow {
    kind: String,
    nodes: Vec<NodeId>,
}

#[derive(SurrealValue, Clone)]
struct ThereRow {
    id: NodeId,
    address: String,
    code: String,
    title: String,
    number: i64,
    slug: String,
    set_title: String,
}

#[derive(SurrealValue)]
struct LedRow {
    links: Vec<LinkRow>,
    nodes: Vec<ThereRow>,
}

impl ElsewhereRow {
    fn reference(self, outgoing: bool) -> Reference {
        Reference {
            words: words(&self.kind, outgoing),
            node: NodeLink {
                address: self.address,
                code: self.code,
                title: self.title,
            },
            elsewhere: Some(Elsewhere {
                set: self.slug,
                title: self.set_title,
                number: super::count(self.number),
            }),
        }
    }
}

/// What a node's page lists of other sets that refer to it.
pub(super) fn referring(answers: &mut Answers, at: usize) -> Result<Vec<Reference>> {
    let rows = answers.rows::<ElsewhereRow>(at)?;
    Ok(rows.into_iter().map(|row| row.reference(false)).collect())
}

/// What it refers to in other sets, in the editions in force.
pub(super) fn referred(answers: &mut Answers, at: usize) -> Result<Vec<Reference>> {
    let Some(LedRow { links, nodes }) = answers.row::<LedRow>(at)? else {
        return Ok(Vec::new());
    };
    let nodes: HashMap<NodeId, ThereRow> = nodes.into_iter().map(|row| (row.id.clone(), row)).collect();
    let of = |link: LinkRow| {
        let there = link.nodes.into_iter().filter_map(|node| nodes.get(&node).cloned());
        let there = there.map(|there| {
            let row = ElsewhereRow {
                kind: link.kind.clone(),
                address: there.address,
                code: there.code,
                title: there.title,
                number: there.number,
                slug: there.slug,
                set_title: there.set_title,
            };
            row.reference(true)
        });
        there.collect::<Vec<_>>()
    };
    Ok(links.into_iter().flat_map(of).collect())
}
