//! Job descriptions: what they ask for goes on with its statements, and what only a
//! person can say is marked. What each was stays beside it.

use std::collections::{BTreeMap, HashMap};

use surrealdb_types::SurrealValue;

use super::Job;
use super::late::Steps;
use crate::editions::carrying::way_of;
use crate::editions::model::Kind;
use crate::error::{AppError, Result};
use crate::id::{EditionId, JobId, NodeId};
use crate::jobs::model::Mark;
use crate::jobs::rules::{Fate, fate};
use crate::vars;

/// Times that one is tried again when somebody writes it at the same moment.
const TRIES: u32 = 6;

const STALE: &str = "stale";

#[derive(SurrealValue)]
struct DescriptionRow {
    id: JobId,
    held: EditionId,
}

#[derive(SurrealValue)]
struct OldRow {
    node: NodeId,
    level: Option<i64>,
    mark: Option<String>,
    was: Option<NodeId>,
    title: String,
    held: EditionId,
}

#[derive(Debug, Clone, SurrealValue)]
struct DutyRow {
    node: NodeId,
    level: Option<i64>,
    mark: Option<String>,
    was: Option<NodeId>,
}

#[derive(SurrealValue)]
struct TitleRow {
    id: NodeId,
    title: String,
}

pub(super) async fn carry(job: &Job<'_>, steps: &Steps) -> Result<()> {
    let ways = steps.ways();
    let found: Vec<DescriptionRow> = job
        .db
        .rows(
            "SELECT id, edition AS held FROM job_description WHERE edition IN $retires ORDER BY id;",
            vars! { "retires" => job.retires.clone() },
        )
        .await?;
    // One that cannot follow keeps no other back, and is tried again with the rest.
    let mut failed = None;
    for one in found {
        if let Err(error) = follow(job, &one, steps, &ways).await {
            tracing::error!(%error, job_description = %one.id, "a job description could not be carried over");
            failed = Some(error);
        }
    }
    failed.map_or(Ok(()), Err)
}

type Ways = HashMap<NodeId, (Kind, Vec<NodeId>)>;

async fn follow(job: &Job<'_>, one: &DescriptionRow, steps: &Steps, ways: &Ways) -> Result<()> {
    for _ in 0..TRIES {
        let mut answers = job
            .db
            .run(
                "SELECT VALUE changes FROM $job;
                 SELECT node, level, mark, was, node.title AS title, node.edition AS held FROM duty WHERE job_description = $job ORDER BY node;",
                vars! { "job" => one.id.clone() },
            )
            .await?;
        let changes = answers.row::<i64>(0)?.unwrap_or(0);
        let old = answers.rows::<OldRow>(1)?;
        let titles = titles(job, &old, steps).await?;
        let duties = next(job, &old, steps, ways, &titles);
        match write(job, one, changes, duties).await {
            Err(AppError::Conflict(said)) if said == STALE => {}
            done => return done,
        }
    }
    Err(AppError::Conflict("It was written again and again.".into()))
}

/// What the statements that they go on as say.
async fn titles(job: &Job<'_>, old: &[OldRow], steps: &Steps) -> Result<HashMap<NodeId, String>> {
    let heirs: Vec<NodeId> = old.iter().flat_map(|row| steps.heirs(&row.node)).collect();
    let rows: Vec<TitleRow> = job
        .db
        .rows("SELECT id, title FROM $heirs;", vars! { "heirs" => heirs })
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
}

/// The duties as they stand from now on; what was kept at an earlier edition stays
/// there, and where two come together the higher level counts.
fn next(job: &Job<'_>, old: &[OldRow], steps: &Steps, ways: &Ways, titles: &HashMap<NodeId, String>) -> Vec<DutyRow> {
    let mut duties: BTreeMap<NodeId, DutyRow> = BTreeMap::new();
    for row in old {
        let duty = match job.retires.contains(&row.held) {
            true => went(job, row, steps, ways, titles),
            false => row.kept(row.mark.clone()),
        };
        match duties.get_mut(&duty.node) {
            Some(there) => there.level = there.level.max(duty.level),
            None => drop(duties.insert(duty.node.clone(), duty)),
        }
    }
    duties.into_values().collect()
}

fn went(job: &Job<'_>, row: &OldRow, steps: &Steps, ways: &Ways, titles: &HashMap<NodeId, String>) -> DutyRow {
    let heirs = steps.heirs(&row.node);
    let levels = job.levels.get(&row.held).cloned().unwrap_or_default();
    let (level, fits) = levels.fitted(row.level);
    let same_words = heirs.first().and_then(|heir| titles.get(heir)) == Some(&row.title);
    match fate(way_of(&row.node, ways), &heirs, same_words, fits) {
        Fate::Stays(mark) => row.kept(Some(mark.as_str().to_owned())),
        Fate::GoesOn(node, mark) => {
            // What nobody has confirmed yet is still asked, about the words that it had first.
            let mark = mark.map(|mark| mark.as_str().to_owned()).or_else(|| row.mark.clone());
            let reworded = mark.as_deref() == Some(Mark::Reworded.as_str());
            let was = row.was.clone().or_else(|| reworded.then(|| row.node.clone()));
            DutyRow { node, level, mark, was }
        }
    }
}

impl OldRow {
    fn kept(&self, mark: Option<String>) -> DutyRow {
        DutyRow {
            node: self.node.clone(),
            level: self.level,
            mark,
            was: self.was.clone(),
        }
    }
}

/// All of it at once, and only while it is still of the edition before: what was
/// carried over once is not touched again.
async fn write(job: &Job<'_>, one: &DescriptionRow, changes: i64, duties: Vec<DutyRow>) -> Result<()> {
    job.db
        .write(
            "LET $now = (SELECT edition, changes FROM $job)[0];
             IF $now.edition = $held {
                IF $now.changes != $changes { THROW 'stale' };
                LET $before_all = array::map((SELECT node, level, mark, was FROM duty WHERE job_description = $job), |$one|
                    object::extend($one, { job_description: $job, edition: $held,
                        id: type::record('past_duty', [record::id($job), record::id($held), record::id($one.node)]) }));
                INSERT IGNORE INTO past_duty $before_all RETURN NONE;
                LET $rows = array::map($duties, |$one| object::extend($one, { job_description: $job,
                    id: type::record('duty', [record::id($job), record::id($one.node)]) }));
                DELETE duty WHERE job_description = $job RETURN NONE;
                INSERT INTO duty $rows RETURN NONE;
                UPDATE $job SET edition = $edition, changes += 1 RETURN NONE;
             };",
            vars! {
                "job" => one.id.clone(), "held" => one.held.clone(), "edition" => job.edition.clone(), "changes" => changes,
                "duties" => duties,
            },
        )
        .await
        .map(drop)
}
