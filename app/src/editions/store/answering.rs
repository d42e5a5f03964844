//! What somebody answers to what a new edition asks. Nobody names a person here: it
//! is always the one who is signed in.

use surrealdb_types::{Datetime, SurrealValue};

use super::count;
use crate::assessments::model::{NOTE_LENGTH, Said};
use crate::db::Db;
use crate::editions::model::Kind;
use crate::error::{AppError, Result};
use crate::id::{JudgementId, NodeId, PersonId};
use crate::vars;

/// What somebody answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// What was carried over still holds.
    Confirm,
    /// The level of a part or of a whole, and whether it stays a goal.
    Choose { level: String, goal: bool },
    /// A statement that is gone.
    Seen,
}

#[derive(SurrealValue)]
struct OpenRow {
    kind: String,
    answered: Option<Datetime>,
    answer: Option<String>,
    levels: i64,
    state: String,
    about: Option<Vec<NodeId>>,
}

/// Answers a question; what is answered already stays as it is.
pub async fn answer(db: &Db, person: &PersonId, node: &NodeId, answer: &Answer) -> Result<()> {
    let row: Option<OpenRow> = db
        .row(
            "SELECT kind, answered, answer, about, array::len(node.edition.levels) AS levels, node.edition.state AS state
                FROM type::record('edition_question', [record::id($me), record::id($node)]);",
            vars! { "me" => person.clone(), "node" => node.clone() },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    if row.answered.is_some() && row.answer.as_deref() != Some("passed_on") {
        return Ok(());
    }
    let kind = Kind::parse(&row.kind);
    if row.state == "retired" && kind != Some(Kind::Retired) {
        return Err(AppError::Conflict(
            "A newer edition is out, and this is asked there. Look at the list again in a moment.".into(),
        ));
    }
    match (answer, kind) {
        (Answer::Confirm, Some(Kind::Reworded)) => confirm(db, person, node).await,
        (Answer::Seen, Some(Kind::Retired)) => seen(db, person, node).await,
        (Answer::Choose { level, goal }, Some(Kind::Split | Kind::Merged)) => {
            let levels = count(row.levels);
            let said = Said::parse(level, levels).map_err(|message| AppError::field("level", message))?;
            choose(db, person, node, row.about, said, *goal).await
        }
        _ => Err(AppError::Conflict(
            "This is asked in another way. Look at the list again.".into(),
        )),
    }
}

/// Says once more what was carried over: a judgement of the new words.
async fn confirm(db: &Db, person: &PersonId, node: &NodeId) -> Result<()> {
    db.write(
        "LET $asked = type::record('edition_question', [record::id($me), record::id($node)]);
         LET $rating = type::record('rating', [record::id($me), record::id($node)]);
         LET $said = (SELECT level, aimed_at, not_my_work, note FROM $rating)[0];
         IF $asked.answered = NONE {
            IF $said != NONE {
                CREATE $judgement SET person = $me, given_by = $me, kind = 'self', node = $node, level = $said.level,
                    aimed_at = $said.aimed_at, not_my_work = $said.not_my_work, note = $said.note RETURN NONE;
                UPDATE $rating SET at = time::now() RETURN NONE;
            };
            UPDATE $asked SET answered = time::now(), answer = 'confirmed' RETURN NONE;
         };",
        vars! { "me" => person.clone(), "node" => node.clone(), "judgement" => JudgementId::random() },
    )
    .await
    .map(drop)
}

/// Says that it was seen. A goal that the person keeps for other parts of what was
/// split ends with the last of them.
async fn seen(db: &Db, person: &PersonId, node: &NodeId) -> Result<()> {
    db.write(
        "LET $asked = type::record('edition_question', [record::id($me), record::id($node)]);
         LET $plan = type::record('plan', record::id($me));
         LET $about = array::filter($asked.about ?? [], |$one| $one != $node);
         UPDATE $asked SET answered = time::now(), answer = 'seen' WHERE answered = NONE RETURN NONE;
         FOR $old IN $about {
            LET $others = (SELECT VALUE answer ?? 'open' FROM edition_question WHERE person = $me AND about CONTAINS $old);
            IF 'rated' IN $others AND 'open' NOT IN $others {
                UPDATE type::record('goal', [record::id($plan), record::id($old)])
                    SET removed = time::now() WHERE removed = NONE RETURN NONE;
            };
         };",
        vars! { "me" => person.clone(), "node" => node.clone() },
    )
    .await
    .map(drop)
}

#[derive(SurrealValue)]
struct FromRow {
    node: NodeId,
    becomes: Vec<NodeId>,
}

/// The old nodes that a question is about, each with all that it became. A question
/// that says it itself is known by that to those about the same.
async fn from(db: &Db, node: &NodeId, about: Option<Vec<NodeId>>) -> Result<Vec<FromRow>> {
    if let Some(about) = about {
        let row = |node| FromRow {
            node,
            becomes: Vec::new(),
        };
        return Ok(about.into_iter().map(row).collect());
    }
    let mut answers = db
        .run(
            "LET $edition = $node.edition;
             SELECT node, becomes FROM statement_map
                WHERE edition = $edition AND kind IN ['split', 'merged'] AND becomes CONTAINS $node;",
            vars! { "node" => node.clone() },
        )
        .await?;
    answers.rows(1)
}

/// A judgement of the new node, with the notes of the old ones and the level aimed
/// at. A goal of the old ones stays one of the new if the person says so, and
/// leaves its old place once all its parts are answered.
async fn choose(
    db: &Db,
    person: &PersonId,
    node: &NodeId,
    about: Option<Vec<NodeId>>,
    said: Said,
    goal: bool,
) -> Result<()> {
    let from = from(db, node, about).await?;
    let whole: Vec<Vec<NodeId>> = from.iter().map(|row| row.becomes.clone()).collect();
    let from: Vec<NodeId> = from.into_iter().map(|row| row.node).collect();
    db.write(
        "LET $asked = type::record('edition_question', [record::id($me), record::id($node)]);
         LET $plan = type::record('plan', record::id($me));
         LET $rating = type::record('rating', [record::id($me), record::id($node)]);
         LET $rated = array::map($from, |$one| type::record('rating', [record::id($me), record::id($one)]));
         LET $before = (SELECT fn::level_now(aimed_at, node, $node) AS aimed_at, note, at FROM $rated ORDER BY at DESC);
         LET $note = string::slice(array::join(array::distinct(array::filter($before.note, |$one| $one != '')), '\n'), 0, $most);
         LET $aims = array::filter($before.aimed_at, |$one| $one != NONE);
         LET $aim = IF $aims = [] OR $level = NONE { NONE } ELSE { array::max($aims) };
         LET $aimed_at = IF $aim = NONE OR $aim <= $level { NONE } ELSE { $aim };
         LET $olds = array::map($from, |$one| type::record('goal', [record::id($plan), record::id($one)]));
         LET $goals = (SELECT fn::level_now(level, node, $node) AS level, due, added FROM $olds WHERE removed = NONE);
         LET $new = type::record('goal', [record::id($plan), record::id($node)]);
         IF $asked.answered = NONE {
            CREATE $judgement SET person = $me, given_by = $me, kind = 'self', node = $node, level = $level,
                aimed_at = $aimed_at, not_my_work = $not_my_work, note = $note RETURN NONE;
            UPSERT $rating SET person = $me, node = $node, level = $level, aimed_at = $aimed_at, not_my_work = $not_my_work,
                note = $note, at = time::now(), carried_from = $from RETURN NONE;
            IF $goal AND $goals != [] AND !record::exists($new) {
                CREATE $new SET plan = $plan, person = $me, node = $node, carried_from = $from, level = array::max($goals.level),
                    due = array::min(array::filter($goals.due, |$due| $due != NONE)) RETURN NONE;
            };
            UPDATE $asked SET answered = time::now(), answer = 'rated' RETURN NONE;
            FOR $n IN 0..array::len($olds) {
                LET $one = $from[$n];
                LET $parts = $whole[$n];
                IF (SELECT VALUE id FROM edition_question WHERE person = $me AND answered = NONE
                    AND (about CONTAINS $one OR (about = NONE AND node IN $parts))) = [] {
                    LET $old = $olds[$n];
                    fn::keep_goals([$old]);
                    UPDATE $old SET removed = time::now() WHERE removed = NONE RETURN NONE;
                };
            };
         };",
        vars! {
            "me" => person.clone(), "node" => node.clone(), "judgement" => JudgementId::random(), "from" => from, "whole" => whole,
            "level" => said.level().map(i64::from), "not_my_work" => said == Said::NotMyWork, "goal" => goal,
            "most" => i64::try_from(NOTE_LENGTH).unwrap_or(0),
        },
    )
    .await
    .map(drop)
}
