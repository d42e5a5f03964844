//! What stands at single nodes: ratings, goals, alignments, and the questions
//! that the map leaves.

use std::collections::{HashMap, HashSet};

use surrealdb_types::{Datetime, RecordId, SurrealValue, Value};

use super::Job;
use super::late::Kin;
use super::questions::{self, ChangeRow};
use crate::editions::carrying::{Fate, Follow};
use crate::editions::levels::Levels;
use crate::editions::model::Kind;
use crate::error::Result;
use crate::id::{EditionId, NodeId, PersonId};
use crate::vars;

/// Records of each kind that one transaction writes.
const ROWS: usize = 400;

#[derive(SurrealValue, Clone)]
struct RatingRow {
    person: PersonId,
    node: NodeId,
    level: Option<i64>,
    aimed_at: Option<i64>,
    not_my_work: bool,
    note: String,
    at: Datetime,
    carried_from: Option<Vec<NodeId>>,
}

#[derive(SurrealValue, Clone)]
struct GoalRow {
    id: Option<RecordId>,
    plan: RecordId,
    person: PersonId,
    node: NodeId,
    level: i64,
    due: Option<String>,
    added: Datetime,
    carried_from: Option<Vec<NodeId>>,
}

#[derive(SurrealValue)]
struct SaidRow {
    person: PersonId,
    node: NodeId,
    at: Datetime,
}

#[derive(SurrealValue)]
struct HeldRow {
    node: NodeId,
    held: EditionId,
}

#[derive(SurrealValue)]
struct ToldRow {
    person: PersonId,
    node: NodeId,
}

#[derive(SurrealValue, Clone)]
struct AlignmentRow {
    subject: Value,
    node: NodeId,
    level: i64,
}

/// What is to be written, in the order in which it was found.
#[derive(Default)]
pub(super) struct Found {
    ratings: Vec<RatingRow>,
    goals: Vec<GoalRow>,
    /// Goals that stand at a new node now.
    gone: Vec<RecordId>,
    alignments: Vec<AlignmentRow>,
    pub changes: Vec<ChangeRow>,
    /// Where in `changes` it is what is asked of somebody at a node.
    pub places: HashMap<(PersonId, NodeId), usize>,
    /// Questions that are asked at another node now.
    pub passed: Vec<RecordId>,
    /// Whose answers at which nodes wait to be confirmed: the question knows what
    /// they were made of.
    pub open: HashSet<(PersonId, NodeId)>,
    /// Who has an answer at which heir, and since when.
    pub said: HashMap<(PersonId, NodeId), Datetime>,
    /// How the scale that each node was rated by stands on the new one.
    levels: HashMap<NodeId, Levels>,
    late: bool,
    /// Who hears already that what a node stood for is gone.
    told: HashSet<(PersonId, NodeId)>,
    kin: Kin,
    /// Answers that are newer than those at their heirs.
    newer: Vec<RatingRow>,
}

/// Of what went on before (`late`), only what was said since follows: an answer at
/// where it went counts.
pub(super) async fn carry(job: &Job<'_>, follows: &[(i64, Follow<NodeId>)], kin: Option<&Kin>) -> Result<()> {
    let late = kin.is_some();
    let since = late || job.only_questions;
    let nodes: Vec<NodeId> = follows.iter().map(|(_, follow)| follow.from.clone()).collect();
    let heirs: Vec<NodeId> = match since {
        true => follows.iter().flat_map(|(_, follow)| follow.to.clone()).collect(),
        false => Vec::new(),
    };
    let kin: Kin = match kin {
        Some(kin) => nodes
            .iter()
            .filter_map(|node| Some((node.clone(), kin.get(node)?.clone())))
            .collect(),
        None => Kin::new(),
    };
    let others: Vec<NodeId> = kin.values().flatten().cloned().collect();
    let mut answers = job
        .db
        .run(
            "SELECT person, node, level, aimed_at, not_my_work, note, at, NONE AS carried_from FROM rating WHERE node IN $nodes;
             SELECT id, plan, person, node, level, due, added, NONE AS carried_from FROM goal
                WHERE node IN $nodes AND removed = NONE;
             SELECT subject, node, level FROM alignment WHERE node IN $nodes;
             IF $heirs = [] { [] } ELSE { (SELECT person, node, at FROM rating WHERE node IN $heirs) };
             IF $others = [] { [] } ELSE { (SELECT person, node FROM edition_question WHERE node IN $others AND kind = $retired) };
             SELECT id AS node, edition AS held FROM $nodes;",
            vars! { "nodes" => nodes.clone(), "heirs" => heirs, "others" => others, "retired" => Kind::Retired.as_str() },
        )
        .await?;
    let open = questions::open(job, nodes, late).await?;
    let by_node: HashMap<&NodeId, (i64, &Follow<NodeId>)> = follows
        .iter()
        .map(|(position, follow)| (&follow.from, (*position, follow)))
        .collect();
    let said = answers.rows::<SaidRow>(3)?;
    let told = answers.rows::<ToldRow>(4)?;
    let held = answers.rows::<HeldRow>(5)?;
    let mut found = Found {
        levels: held
            .into_iter()
            .map(|row| (row.node, job.levels.get(&row.held).cloned().unwrap_or_default()))
            .collect(),
        said: said.into_iter().map(|row| ((row.person, row.node), row.at)).collect(),
        told: told.into_iter().map(|row| (row.person, row.node)).collect(),
        late,
        kin,
        ..Found::default()
    };
    let ratings = answers.rows::<RatingRow>(0)?;
    found.pass_all_on(job, open, &by_node, &ratings);
    if job.only_questions {
        return found.write(job).await;
    }
    for row in ratings {
        if let Some((position, follow)) = by_node.get(&row.node) {
            found.rating(job, *position, follow, row);
        }
    }
    for row in answers.rows::<GoalRow>(1)? {
        if let Some((position, follow)) = by_node.get(&row.node) {
            found.goal(job, *position, follow, row);
        }
    }
    for row in answers.rows::<AlignmentRow>(2)? {
        if let Some((_, follow)) = by_node.get(&row.node) {
            let level = found.fitted(&row.node, Some(row.level)).0.unwrap_or(row.level);
            let heir = |node: &NodeId| AlignmentRow {
                node: node.clone(),
                level,
                ..row.clone()
            };
            found.alignments.extend(follow.heirs().iter().map(heir));
        }
    }
    found.write(job).await
}

impl Found {
    fn pass_all_on(
        &mut self,
        job: &Job<'_>,
        open: Vec<questions::OpenRow>,
        by_node: &HashMap<&NodeId, (i64, &Follow<NodeId>)>,
        ratings: &[RatingRow],
    ) {
        let rated: HashMap<(&PersonId, &NodeId), &Datetime> =
            ratings.iter().map(|row| ((&row.person, &row.node), &row.at)).collect();
        for row in open {
            if let Some((position, follow)) = by_node.get(&row.node) {
                let rated = rated.get(&(&row.person, &row.node)).copied();
                self.pass_on(job, *position, follow, row, rated);
            }
        }
    }

    /// Whether somebody has an answer where a node goes on that is as new.
    fn has_said(&self, person: &PersonId, follow: &Follow<NodeId>, at: Option<&Datetime>) -> bool {
        let said = |to: &NodeId| self.said.get(&(person.clone(), to.clone()));
        let mut answers = follow.to.iter().filter_map(said);
        self.late && answers.any(|said| at.is_none_or(|at| said >= at))
    }

    /// A level given at a node, on the new scale, and whether it is the same.
    fn fitted(&self, node: &NodeId, level: Option<i64>) -> (Option<i64>, bool) {
        match self.levels.get(node) {
            Some(levels) => levels.fitted(level),
            None => (level, false),
        }
    }

    /// Where what somebody has at a node was made: there, unless a question that
    /// is passed on says it.
    fn made_at(&self, person: &PersonId, node: &NodeId) -> Vec<NodeId> {
        match self.open.contains(&(person.clone(), node.clone())) {
            true => Vec::new(),
            false => vec![node.clone()],
        }
    }

    fn rating(&mut self, job: &Job<'_>, position: i64, follow: &Follow<NodeId>, row: RatingRow) {
        if self.has_said(&row.person, follow, Some(&row.at)) {
            return;
        }
        let (level, fits) = self.fitted(&row.node, row.level);
        let aimed_at = self.fitted(&row.node, row.aimed_at).0;
        let at_new = |node: &NodeId| RatingRow {
            node: node.clone(),
            level,
            aimed_at,
            carried_from: Some(vec![follow.from.clone()]),
            ..row.clone()
        };
        let about = self.made_at(&row.person, &row.node);
        for fate in follow.fates(fits) {
            if let Fate::Carried(node) | Fate::ToConfirm(node) = &fate {
                self.keep(at_new(node));
            }
            self.ask(job, position, &row.person, fate, &about);
        }
    }

    /// Whether somebody hears already that a statement is gone, in however many
    /// editions it was rated; from now on they do.
    pub fn was_told(&mut self, person: &PersonId, node: &NodeId) -> bool {
        let mut kin = self.kin.get(node).into_iter().flatten();
        let told = kin.any(|other| self.told.contains(&(person.clone(), other.clone())));
        if !told {
            self.told.insert((person.clone(), node.clone()));
        }
        told
    }

    fn keep(&mut self, row: RatingRow) {
        if self.late {
            self.newer.push(row);
        } else {
            self.ratings.push(row);
        }
    }

    fn goal(&mut self, job: &Job<'_>, position: i64, follow: &Follow<NodeId>, row: GoalRow) {
        let (level, fits) = self.fitted(&row.node, Some(row.level));
        let mut moved = false;
        for fate in follow.fates(fits) {
            let mut about = vec![follow.from.clone()];
            if let Fate::Carried(node) | Fate::ToConfirm(node) = &fate {
                moved = true;
                self.goals.push(GoalRow {
                    id: None,
                    node: node.clone(),
                    level: level.unwrap_or(row.level),
                    carried_from: Some(vec![follow.from.clone()]),
                    ..row.clone()
                });
                if self.has_said(&row.person, follow, None) {
                    continue;
                }
                about = self.made_at(&row.person, &row.node);
            }
            self.ask(job, position, &row.person, fate, &about);
        }
        // One goal stays one: it stands at the new node, in the same plan.
        self.gone.extend(row.id.filter(|_| moved));
    }

    async fn write(mut self, job: &Job<'_>) -> Result<()> {
        while !self.is_empty() {
            // A goal goes in the transaction in which its heir comes: both lists
            // are in the same order and of the same length.
            let changes = cut(&mut self.changes);
            // A question counts as passed on when it is asked everywhere.
            let passed = match self.changes.is_empty() {
                true => cut(&mut self.passed),
                false => Vec::new(),
            };
            let vars = vars! {
                "ratings" => cut(&mut self.ratings), "newer" => cut(&mut self.newer), "goals" => cut(&mut self.goals), "gone" => cut(&mut self.gone),
                "alignments" => cut(&mut self.alignments), "changes" => changes,
                "passed" => passed,
            };
            job.db.write(WRITE, vars).await?;
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.ratings.is_empty()
            && self.newer.is_empty()
            && self.goals.is_empty()
            && self.alignments.is_empty()
            && self.changes.is_empty()
            && self.passed.is_empty()
    }
}

fn cut<T>(rows: &mut Vec<T>) -> Vec<T> {
    rows.drain(..rows.len().min(ROWS)).collect()
}

const WRITE: &str = "
    LET $rated = array::map($ratings, |$one| object::extend($one, {
        id: type::record('rating', [record::id($one.person), record::id($one.node)]) }));
    LET $planned = array::map($goals, |$one| object::extend($one, {
        id: type::record('goal', [record::id($one.plan), record::id($one.node)]) }));
    LET $aligned = array::map($alignments, |$one| object::extend($one, {
        id: type::record('alignment', [record::id($one.subject), record::id($one.node)]) }));
    LET $asked = array::map($changes, |$one| object::extend($one, {
        id: type::record('edition_question', [record::id($one.person), record::id($one.node)]) }));
    LET $since = array::map($newer, |$one| object::extend($one, {
        id: type::record('rating', [record::id($one.person), record::id($one.node)]) }));
    IF $rated != [] { INSERT IGNORE INTO rating $rated RETURN NONE };
    IF $since != [] {
        INSERT INTO rating $since ON DUPLICATE KEY UPDATE level = $input.level, aimed_at = $input.aimed_at,
            not_my_work = $input.not_my_work, note = $input.note, at = $input.at, carried_from = $input.carried_from RETURN NONE
    };
    IF $planned != [] { INSERT IGNORE INTO goal $planned RETURN NONE };
    IF $gone != [] {
        fn::keep_goals($gone);
        DELETE $gone RETURN NONE
    };
    FOR $one IN $aligned {
        LET $there = $one.id.level;
        IF $there = NONE { INSERT INTO alignment $one RETURN NONE }
        ELSE IF $there < $one.level { UPDATE $one.id SET level = $one.level RETURN NONE };
    };
    IF $asked != [] {
        INSERT INTO edition_question $asked ON DUPLICATE KEY UPDATE
            about = IF edition != $input.edition { $input.about } ELSE IF about = NONE { NONE } ELSE { array::union(about, $input.about) },
            kind = IF edition = $input.edition { kind } ELSE { $input.kind },
            position = IF edition = $input.edition { position } ELSE { $input.position },
            answered = IF edition = $input.edition { answered } ELSE { NONE },
            answer = IF edition = $input.edition { answer } ELSE { NONE },
            edition = $input.edition RETURN NONE
    };
    IF $passed != [] { UPDATE $passed SET answered = time::now(), answer = 'passed_on' WHERE answered = NONE RETURN NONE };";
