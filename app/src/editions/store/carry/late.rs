//! What went on before: statements of an edition that retires now whose sections
//! were published ahead. What was said of them since follows to where they went.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use super::{Job, NODES, nodes};
use crate::editions::ahead::{ends, heirs};
use crate::editions::carrying::Follow;
use crate::editions::model::Kind;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId};
use crate::vars;

#[derive(SurrealValue)]
struct StepRow {
    node: NodeId,
    held: EditionId,
    edition: EditionId,
    kind: String,
    becomes: Vec<NodeId>,
}

/// Nodes of earlier editions that stand for the same statement as a node.
pub(super) type Kin = HashMap<NodeId, Vec<NodeId>>;

/// How each node of the editions that retire goes on, map by map.
pub(super) struct Steps {
    becomes: HashMap<NodeId, Vec<NodeId>>,
    kinds: HashMap<NodeId, Kind>,
    /// Nodes of editions that retire now, which went on before.
    before: Vec<NodeId>,
}

impl Steps {
    /// Where a node is in the new edition.
    pub fn heirs(&self, node: &NodeId) -> Vec<NodeId> {
        heirs(node, &self.becomes)
    }

    /// What each map says of each node.
    pub fn ways(&self) -> HashMap<NodeId, (Kind, Vec<NodeId>)> {
        let way = |(node, becomes): (&NodeId, &Vec<NodeId>)| {
            let kind = self.kinds.get(node).copied()?;
            Some((node.clone(), (kind, becomes.clone())))
        };
        self.becomes.iter().filter_map(way).collect()
    }

    /// Of each node that retires at last, the others whose end is the same: who
    /// hears of one of them hears of it.
    fn kin(&self) -> Kin {
        let mut by_end: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for node in &self.before {
            if self.heirs(node).is_empty() {
                for end in ends(node, &self.becomes) {
                    by_end.entry(end).or_default().push(node.clone());
                }
            }
        }
        let mut kin = Kin::new();
        for (end, nodes) in &by_end {
            for node in nodes {
                let others = nodes.iter().chain([end]).filter(|other| *other != node);
                kin.entry(node.clone()).or_default().extend(others.cloned());
            }
        }
        kin
    }

    /// Whether the words stay all the way.
    fn stays(&self, node: &NodeId) -> bool {
        let mut at = Some(node);
        // Editions have an order, so that the way ends.
        while let Some(kind) = at.and_then(|at| self.kinds.get(at)) {
            if !matches!(kind, Kind::Same | Kind::Moved) {
                return false;
            }
            at = at
                .and_then(|at| self.becomes.get(at))
                .and_then(|becomes| becomes.first());
        }
        true
    }
}

/// Reads the maps from the oldest edition that retires to the new one.
pub(super) async fn steps(job: &Job<'_>) -> Result<Steps> {
    let mut steps = Steps {
        becomes: HashMap::new(),
        kinds: HashMap::new(),
        before: Vec::new(),
    };
    if job.retires.is_empty() {
        return Ok(steps);
    }
    let mut answers = job
        .db
        .run(
            "LET $set = $edition.competency_set;
             LET $number = $edition.number;
             LET $oldest = math::min($retires.number);
             LET $maps = (SELECT VALUE id FROM edition WHERE competency_set = $set AND number > $oldest AND number <= $number
                AND state IN ['published', 'retired']);
             SELECT node, node.edition AS held, edition, kind, becomes FROM statement_map WHERE edition IN $maps;",
            vars! { "edition" => job.edition.clone(), "retires" => job.retires.clone() },
        )
        .await?;
    for row in answers.rows::<StepRow>(4)? {
        let kind = Kind::parse(&row.kind).ok_or_else(|| AppError::internal("statement map", "unknown kind"))?;
        if row.edition != *job.edition && job.retires.contains(&row.held) {
            steps.before.push(row.node.clone());
        }
        steps.kinds.insert(row.node.clone(), kind);
        steps.becomes.insert(row.node, row.becomes);
    }
    steps.before.sort();
    Ok(steps)
}

/// Carries what was said there since, where nothing was said at the heirs. Safe to
/// repeat, and done whole when it was cut off.
pub(super) async fn carry(job: &Job<'_>, steps: &Steps) -> Result<()> {
    let follow = |node: &NodeId| {
        let to = steps.heirs(node);
        let kind = match to.as_slice() {
            [] => Kind::Retired,
            [_] if steps.stays(node) => Kind::Same,
            [_] => Kind::Reworded,
            _ => Kind::Split,
        };
        let follow = Follow {
            from: node.clone(),
            kind,
            to,
        };
        (i64::MAX, follow)
    };
    let kin = steps.kin();
    for part in steps.before.chunks(NODES) {
        let follows: Vec<(i64, Follow<NodeId>)> = part.iter().map(follow).collect();
        nodes::carry(job, &follows, Some(&kin)).await?;
    }
    Ok(())
}
