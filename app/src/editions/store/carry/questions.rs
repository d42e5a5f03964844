//! What is asked of people, and what an earlier edition asked that nobody has
//! answered: it is asked at what the statement became, about the same answers.

use std::collections::HashMap;

use surrealdb_types::{Datetime, RecordId, SurrealValue};

use super::Job;
use super::nodes::Found;
use crate::editions::carrying::{Fate, Follow};
use crate::editions::model::Kind;
use crate::error::Result;
use crate::id::{EditionId, NodeId, PersonId};
use crate::vars;

#[derive(SurrealValue, Clone)]
pub(super) struct ChangeRow {
    person: PersonId,
    node: NodeId,
    edition: EditionId,
    kind: String,
    position: i64,
    about: Vec<NodeId>,
}

/// A question that waits at an old node.
#[derive(SurrealValue)]
pub(super) struct OpenRow {
    id: RecordId,
    pub person: PersonId,
    pub node: NodeId,
    kind: String,
    about: Option<Vec<NodeId>>,
}

#[derive(SurrealValue)]
struct SourceRow {
    node: NodeId,
    becomes: Vec<NodeId>,
}

const OPEN: &str = "
    LET $open = (SELECT id, person, node, kind, about FROM edition_question WHERE node IN $nodes AND kind != 'retired'
        AND (answered = NONE OR (answer = 'passed_on' AND !$late)));
    $open;
    LET $unsaid = array::distinct($open[WHERE about = NONE].node);
    IF $unsaid = [] { [] } ELSE { array::concat(
        (SELECT node, becomes FROM statement_map WHERE leads IN $unsaid AND edition.state IN ['published', 'retired']),
        (SELECT node, becomes FROM statement_map WHERE edition IN array::distinct($unsaid.edition) AND kind = 'split'
            AND becomes CONTAINSANY $unsaid)) };";

/// What waits at these nodes, and what of it was passed on before this was cut
/// off. Where a question of old does not say what it is about, the map does.
pub(super) async fn open(job: &Job<'_>, nodes: Vec<NodeId>, late: bool) -> Result<Vec<OpenRow>> {
    let mut answers = job.db.run(OPEN, vars! { "nodes" => nodes, "late" => late }).await?;
    let mut open = answers.rows::<OpenRow>(1)?;
    let mut sources: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
    for row in answers.rows::<SourceRow>(3)? {
        for node in row.becomes {
            sources.entry(node).or_default().push(row.node.clone());
        }
    }
    for row in open.iter_mut().filter(|row| row.about.is_none()) {
        row.about = Some(sources.get(&row.node).cloned().unwrap_or_default());
    }
    Ok(open)
}

impl Found {
    /// Asks what the fate of an answer leaves to ask, about the answers at these
    /// nodes. One node asks somebody once, and for a level where anything does.
    pub fn ask(&mut self, job: &Job<'_>, position: i64, person: &PersonId, fate: Fate<NodeId>, about: &[NodeId]) {
        let (node, kind) = match fate {
            Fate::Carried(_) => return,
            Fate::ToConfirm(node) => (node, Kind::Reworded),
            Fate::ToChoose(node, kind) => (node, kind),
            Fate::Retired(node) => {
                if self.was_told(person, &node) {
                    return;
                }
                (node, Kind::Retired)
            }
        };
        let key = (person.clone(), node.clone());
        let Some(at) = self.places.get(&key) else {
            self.places.insert(key, self.changes.len());
            self.changes.push(ChangeRow {
                person: person.clone(),
                node,
                edition: job.edition.clone(),
                kind: kind.as_str().to_owned(),
                position,
                about: about.to_vec(),
            });
            return;
        };
        let row = &mut self.changes[*at];
        if row.kind == Kind::Reworded.as_str() {
            kind.as_str().clone_into(&mut row.kind);
        }
        for node in about {
            if !row.about.contains(node) {
                row.about.push(node.clone());
            }
        }
    }

    /// Asks at the heirs of a node what was asked there, unless somebody has said
    /// something there since; `rated` is when they gave what was carried over.
    pub fn pass_on(
        &mut self,
        job: &Job<'_>,
        position: i64,
        follow: &Follow<NodeId>,
        row: OpenRow,
        rated: Option<&Datetime>,
    ) {
        let said = |to: &NodeId| self.said.get(&(row.person.clone(), to.clone()));
        let answered = follow
            .to
            .iter()
            .filter_map(said)
            .any(|said| rated.is_none_or(|rated| said > rated));
        self.open.insert((row.person.clone(), row.node.clone()));
        let kind = Kind::parse(&row.kind).unwrap_or(Kind::Reworded);
        let about = row.about.unwrap_or_default();
        for fate in follow.passed(kind) {
            if !answered {
                self.ask(job, position, &row.person, fate, &about);
            }
        }
        // What is retired keeps its question, which says so from now on.
        if !follow.to.is_empty() {
            self.passed.push(row.id);
        }
    }
}
