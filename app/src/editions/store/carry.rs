//! Carrying over what was made against the edition before, in parts: safe to
//! repeat, and to go on with after being cut off. Every record that it makes has
//! the key that it would have if the person had made it, so nothing stands twice
//! and what somebody said meanwhile stays (docs/decisions/0016-carry-over.md).

mod jobs;
mod late;
mod nodes;
mod profiles;
mod questions;

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use super::level_names::NameRow;
use crate::db::Db;
use crate::editions::carrying::Follow;
use crate::editions::levels::{Levels, Scale};
use crate::editions::model::Kind;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId};
use crate::vars;

/// Nodes whose ratings, goals and alignments are read at once.
const NODES: usize = 10;

#[derive(SurrealValue)]
struct OpenRow {
    edition: EditionId,
}

#[derive(SurrealValue)]
struct JobRow {
    base: EditionId,
    retires: Option<Vec<EditionId>>,
    position: i64,
    only_questions: bool,
}

#[derive(SurrealValue)]
struct ScaleRow {
    id: EditionId,
    labels: Vec<String>,
    named: Vec<NameRow>,
}

#[derive(SurrealValue)]
struct FollowRow {
    position: i64,
    node: NodeId,
    kind: String,
    becomes: Vec<NodeId>,
}

/// A new edition that something is carried over to.
struct Job<'a> {
    db: &'a Db,
    edition: &'a EditionId,
    /// The editions that retired with it.
    retires: Vec<EditionId>,
    /// How the levels of each earlier edition stand on its scale.
    levels: HashMap<EditionId, Levels>,
    /// Whether all but what was asked has followed.
    only_questions: bool,
}

/// Carries over all that is still to be; a failure is logged and noted, and what is
/// left is done when the server starts again.
pub async fn carry_over(db: &Db, edition: &EditionId) {
    if let Err(error) = carry(db, edition).await {
        tracing::error!(%error, %edition, "what was made against an edition could not be carried over");
        let stopped = "UPDATE type::record('carry_over', record::id($edition)) SET stopped = time::now() RETURN NONE;";
        if let Err(error) = db.write(stopped, vars! { "edition" => edition.clone() }).await {
            tracing::error!(%error, "and that could not be noted");
        }
    }
}

/// Does so for all editions where it was cut off or stopped; one that fails keeps
/// no other back. Answers how many there were.
pub async fn carry_over_missing(db: &Db) -> Result<usize> {
    // What is asked goes from one edition to the next.
    let open: Vec<OpenRow> = db
        .rows(
            "SELECT edition, edition.number AS number FROM carry_over WHERE done = NONE ORDER BY number, edition;",
            vars! {},
        )
        .await?;
    for row in &open {
        carry_over(db, &row.edition).await;
    }
    Ok(open.len())
}

async fn carry(db: &Db, edition: &EditionId) -> Result<()> {
    let row: Option<JobRow> = db
        .row(
            "SELECT base, retires, position, only_questions ?? false AS only_questions
                FROM type::record('carry_over', record::id($edition)) WHERE done = NONE;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let Some(row) = row else {
        return Ok(());
    };
    let job = Job {
        db,
        edition,
        retires: row.retires.unwrap_or_else(|| vec![row.base]),
        levels: levels(db, edition).await?,
        only_questions: row.only_questions,
    };
    let mut position = row.position;
    loop {
        let follows = job.follows(position).await?;
        let Some(last) = follows.last().map(|(position, _)| *position) else {
            break;
        };
        nodes::carry(&job, &follows, None).await?;
        position = last + 1;
        db.write(
            "UPDATE type::record('carry_over', record::id($edition)) SET position = $position, stopped = NONE RETURN NONE;",
            vars! { "edition" => edition.clone(), "position" => position },
        )
        .await?;
    }
    if !job.only_questions {
        let steps = late::steps(&job).await?;
        late::carry(&job, &steps).await?;
        // What a role needs comes last, so that nobody sees gaps before their ratings are there.
        profiles::carry(&job, &steps).await?;
        jobs::carry(&job, &steps).await?;
    }
    db.write(
        "UPDATE type::record('carry_over', record::id($edition)) SET done = time::now(), only_questions = NONE, stopped = NONE RETURN NONE;",
        vars! { "edition" => edition.clone() },
    )
    .await
    .map(drop)
}

/// How the scales of the editions before it stand on that of an edition.
async fn levels(db: &Db, edition: &EditionId) -> Result<HashMap<EditionId, Levels>> {
    let mut answers = db
        .run(
            "LET $set = $edition.competency_set;
             LET $number = $edition.number;
             SELECT id, number, levels.label AS labels, levels_from ?? [] AS named FROM edition WHERE competency_set = $set
                AND number <= $number AND state IN ['published', 'retired'] ORDER BY number;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let rows = answers.rows::<ScaleRow>(2)?.into_iter();
    let (editions, scales): (Vec<EditionId>, Vec<Scale>) = rows.map(ScaleRow::scale).unzip();
    let levels = |(at, edition): (usize, EditionId)| {
        let scale: &Scale = &scales[at];
        (edition, Levels::through(&scale.labels, &scales[at + 1..]))
    };
    // The last one is the edition itself.
    let earlier = editions.into_iter().take(scales.len().saturating_sub(1)).enumerate();
    Ok(earlier.map(levels).collect())
}

impl ScaleRow {
    fn scale(self) -> (EditionId, Scale) {
        let scale = Scale {
            labels: self.labels,
            named: self.named.into_iter().map(Into::into).collect(),
        };
        (self.id, scale)
    }
}

impl Job<'_> {
    /// The next rows of the map from a position on.
    async fn follows(&self, position: i64) -> Result<Vec<(i64, Follow<NodeId>)>> {
        let rows: Vec<FollowRow> = self
            .db
            .rows(
                "SELECT position, node, kind, becomes FROM statement_map
                    WHERE edition = $edition AND position >= $position ORDER BY position LIMIT $most;",
                vars! {
                    "edition" => self.edition.clone(), "position" => position,
                    "most" => i64::try_from(NODES).unwrap_or(10),
                },
            )
            .await?;
        let follow = |row: FollowRow| {
            let kind = Kind::parse(&row.kind).ok_or_else(|| AppError::internal("statement map", "unknown kind"))?;
            let follow = Follow {
                from: row.node,
                kind,
                to: row.becomes,
            };
            Ok((row.position, follow))
        };
        rows.into_iter().map(follow).collect()
    }
}
