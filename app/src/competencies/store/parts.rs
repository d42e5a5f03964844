//! Editions that nobody knows of: their nodes are written, or taken away, part
//! by part, since one transaction holds only so much.

use surrealdb_types::RecordId;

use super::records::{NodeRecord, ReferenceRecord};
use crate::db::Db;
use crate::error::Result;
use crate::id::EditionId;
use crate::vars;

/// The most nodes of one part, and the most bytes of their texts.
const NODES: usize = 1_000;
const BYTES: usize = 2 * 1024 * 1024;

/// How many such parts may be put in place of a draft, in one transaction: one
/// of them takes about 5 MiB of the memtable, which has 32.
const DRAFT: usize = 6;

/// Whether a new edition needs no parts.
pub(super) fn fit_at_once(nodes: &[NodeRecord], references: &[ReferenceRecord]) -> bool {
    fit(nodes, references, 1)
}

/// Whether all of it can be put in place of a draft.
pub(super) fn fit_a_draft(nodes: &[NodeRecord], references: &[ReferenceRecord]) -> bool {
    fit(nodes, references, DRAFT)
}

fn fit(nodes: &[NodeRecord], references: &[ReferenceRecord], parts: usize) -> bool {
    let bytes: usize = nodes.iter().map(NodeRecord::bytes).sum();
    nodes.len().max(references.len()) <= parts * NODES && bytes <= parts * BYTES
}

/// Says that an edition is in parts.
pub(super) fn record(edition: &EditionId) -> RecordId {
    RecordId::new("edition_parts", edition.as_str())
}

/// Writes the nodes of an edition that is not there yet.
pub(super) async fn put(
    db: &Db,
    edition: &EditionId,
    nodes: Vec<NodeRecord>,
    references: Vec<ReferenceRecord>,
) -> Result<()> {
    discard_left(db).await?;
    db.write(
        "UPSERT $parts SET edition = $edition RETURN NONE;",
        vars! { "parts" => record(edition), "edition" => edition.clone() },
    )
    .await?;
    let written = put_all(db, nodes, references).await;
    if written.is_err() {
        discard(db, edition).await;
    }
    written
}

async fn put_all(db: &Db, nodes: Vec<NodeRecord>, mut references: Vec<ReferenceRecord>) -> Result<()> {
    let mut nodes = nodes.into_iter().peekable();
    while nodes.peek().is_some() {
        let mut bytes = 0;
        let mut part = Vec::with_capacity(NODES);
        while let Some(node) = nodes.next_if(|_| part.len() < NODES && bytes < BYTES) {
            bytes += node.bytes();
            part.push(node);
        }
        db.write(
            "INSERT INTO node $nodes RETURN NONE;",
            vars! { "nodes" => part, "in_bulk" => true },
        )
        .await?;
    }
    while !references.is_empty() {
        let part: Vec<ReferenceRecord> = references.drain(..references.len().min(NODES)).collect();
        db.write(
            "INSERT INTO cross_reference $references RETURN NONE;",
            vars! { "references" => part },
        )
        .await?;
    }
    Ok(())
}

const DISCARD: &str = "
    LET $nodes = (SELECT VALUE id FROM node WHERE edition = $edition LIMIT 1000);
    LET $references = (SELECT VALUE id FROM cross_reference WHERE edition = $edition LIMIT 1000);
    DELETE $nodes RETURN NONE;
    DELETE $references RETURN NONE;
    fn::no_node_entries($nodes);
    LET $more = $nodes != [] OR $references != [];
    IF !$more { DELETE $parts RETURN NONE };
    $more;";

/// Takes away the nodes of an edition that is not there, or no longer. What
/// fails is done later.
pub(super) async fn discard(db: &Db, edition: &EditionId) {
    if let Err(error) = discard_all(db, edition).await {
        tracing::error!(%error, "parts of an edition could not be taken away");
    }
}

async fn discard_all(db: &Db, edition: &EditionId) -> Result<()> {
    loop {
        let vars = vars! { "edition" => edition.clone(), "parts" => record(edition), "in_bulk" => true };
        let mut answers = db.write(DISCARD, vars).await?;
        if answers.row::<bool>(7)? != Some(true) {
            return Ok(());
        }
    }
}

/// Takes away what was left in parts by a process that ended: nothing that is
/// at work takes an hour.
pub async fn discard_left(db: &Db) -> Result<usize> {
    let editions: Vec<EditionId> = db
        .rows(
            "SELECT VALUE edition FROM edition_parts WHERE since < time::now() - 1h;",
            vars! {},
        )
        .await?;
    for edition in &editions {
        discard_all(db, edition).await?;
    }
    Ok(editions.len())
}
