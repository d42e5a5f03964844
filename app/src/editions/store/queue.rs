//! What new editions ask of somebody, and their answers. Nobody names a person
//! here: it is always the one who is signed in.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};

use super::{count, pages, part, size};
use crate::assessments::model::Said;
use crate::competencies::model::{Level, edition_words, level_word, node_href};
use crate::db::Db;
use crate::editions::model::{Asked, Before, Kind, MyChanges};
use crate::editions::words::differences;
use crate::error::{AppError, Result};
use crate::id::{EditionId, JudgementId, NodeId, PersonId};
use crate::vars;
use crate::viewer::Person;

/// Questions on a page: a sitting.
const PAGE: usize = 10;

#[derive(SurrealValue)]
struct LevelRow {
    label: String,
    description: String,
}

#[derive(SurrealValue)]
struct ChangeRow {
    node: NodeId,
    edition: EditionId,
    kind: String,
    position: i64,
    place: i64,
    since: Datetime,
    code: String,
    title: String,
    address: String,
    number: i64,
    set_slug: String,
    set_title: String,
    levels: Vec<LevelRow>,
}

#[derive(SurrealValue)]
struct SourceRow {
    edition: EditionId,
    becomes: Vec<NodeId>,
    node: NodeId,
    code: String,
    title: String,
    address: String,
    number: i64,
    labels: Vec<String>,
}

#[derive(SurrealValue)]
struct RatingRow {
    node: NodeId,
    level: Option<i64>,
    not_my_work: bool,
    at: Datetime,
}

#[derive(SurrealValue)]
struct GoalRow {
    node: NodeId,
}

const OPEN: &str = "
    LET $open = (SELECT node, edition, kind, position FROM edition_question WHERE person = $me AND answered = NONE LIMIT 5000);
    SELECT node, edition, kind, position, node.position AS place, edition.published AS since, node.code AS code, node.title AS title, node.address AS address,
        node.edition.number AS number, node.edition.competency_set.slug AS set_slug,
        node.edition.title AS set_title, node.edition.levels AS levels FROM $open;
    SELECT edition, becomes, node, node.code AS code, node.title AS title, node.address AS address,
        node.edition.number AS number, node.edition.levels.label AS labels
        FROM statement_map WHERE edition IN array::distinct($open.edition) AND kind IN ['reworded', 'split', 'merged', 'same', 'moved'];
    SELECT node, level, not_my_work, at FROM rating WHERE person = $me;
    SELECT node FROM goal WHERE person = $me AND removed = NONE;";

/// What waits for the person, the oldest edition first, in reading order.
pub async fn my_changes(db: &Db, person: &Person, page: u32) -> Result<MyChanges> {
    let mut answers = db.run(OPEN, vars! { "me" => person.id.clone() }).await?;
    let mut open = answers.rows::<ChangeRow>(1)?;
    // What one statement was split into has its place in the edition before.
    open.sort_by(|a, b| (a.since, a.position, a.place, &a.node).cmp(&(b.since, b.position, b.place, &b.node)));
    let sources = answers.rows::<SourceRow>(2)?;
    let ratings = answers.rows::<RatingRow>(3)?;
    let goals = answers.rows::<GoalRow>(4)?;
    let have = Have {
        ratings: ratings.into_iter().map(|row| (row.node.clone(), row)).collect(),
        goals: goals.into_iter().map(|row| row.node).collect(),
        zone: &person.timezone,
    };
    let (waiting, many) = (size(open.len()), pages(open.len(), PAGE));
    let page = page.clamp(1, many);
    Ok(MyChanges {
        waiting,
        asked: part(open, page, PAGE)
            .into_iter()
            .map(|row| have.asked(row, &sources))
            .collect(),
        page,
        pages: many,
    })
}

/// What the person said and plans, by node.
struct Have<'a> {
    ratings: HashMap<NodeId, RatingRow>,
    goals: Vec<NodeId>,
    zone: &'a str,
}

impl Have<'_> {
    fn asked(&self, row: ChangeRow, sources: &[SourceRow]) -> Asked {
        let kind = Kind::parse(&row.kind).unwrap_or(Kind::Reworded);
        let levels: Vec<Level> = row
            .levels
            .into_iter()
            .map(|level| Level {
                label: level.label,
                description: level.description,
            })
            .collect();
        let labels: Vec<String> = levels.iter().map(|level| level.label.clone()).collect();
        let own: Vec<&SourceRow> = sources
            .iter()
            .filter(|source| source.edition == row.edition && source.becomes.contains(&row.node))
            .collect();
        let href = node_href(&row.set_slug, count(row.number), &row.address);
        let mut before: Vec<Before> = own
            .iter()
            .filter_map(|source| self.before(source, &row.set_slug))
            .collect();
        if kind == Kind::Retired {
            before.extend(self.said(&row.node, &labels).map(|(said, value)| Before {
                words: words(&row.code, &row.title),
                href: href.clone(),
                said,
                value,
            }));
        }
        let pieces = match own.as_slice() {
            [one] if kind == Kind::Reworded => differences(&one.title, &row.title),
            _ => Vec::new(),
        };
        Asked {
            goal: self.goals.contains(&row.node) || own.iter().any(|source| self.goals.contains(&source.node)),
            place: format!("{}, {}", row.set_title, edition_words(count(row.number))),
            node: row.node,
            kind,
            code: row.code,
            title: row.title,
            href,
            levels,
            before,
            pieces,
        }
    }

    fn before(&self, source: &SourceRow, set: &str) -> Option<Before> {
        let (said, value) = self.said(&source.node, &source.labels)?;
        Some(Before {
            words: words(&source.code, &source.title),
            href: node_href(set, count(source.number), &source.address),
            said,
            value,
        })
    }

    /// What the person has at a node: in words, and as a form's value.
    fn said(&self, node: &NodeId, labels: &[String]) -> Option<(String, String)> {
        let goal = self.goals.contains(node).then(|| "a goal of your plan".to_owned());
        let rating = self.ratings.get(node).map(|row| {
            let said = match row.level {
                Some(level) if !row.not_my_work => Said::Level(count(level)),
                _ => Said::NotMyWork,
            };
            let word = match said {
                Said::Level(level) => {
                    let place = usize::try_from(level).unwrap_or(usize::MAX);
                    labels.get(place).cloned().unwrap_or_else(|| level_word(&[], level))
                }
                Said::NotMyWork => "Not part of my work".into(),
            };
            let day = crate::time::day(&row.at, self.zone);
            (format!("“{word}” on {day}"), said.value())
        });
        match (rating, goal) {
            (Some((said, value)), Some(goal)) => Some((format!("{said}, and {goal}"), value)),
            (Some(rating), None) => Some(rating),
            (None, Some(goal)) => Some((goal, String::new())),
            (None, None) => None,
        }
    }
}

fn words(code: &str, title: &str) -> String {
    if code.is_empty() {
        title.to_owned()
    } else {
        format!("{code} {title}")
    }
}

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
    levels: i64,
}

/// Answers a question; what is answered already stays as it is.
pub async fn answer(db: &Db, person: &PersonId, node: &NodeId, answer: &Answer) -> Result<()> {
    let row: Option<OpenRow> = db
        .row(
            "SELECT kind, answered, array::len(node.edition.levels) AS levels
                FROM type::record('edition_question', [record::id($me), record::id($node)]);",
            vars! { "me" => person.clone(), "node" => node.clone() },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    if row.answered.is_some() {
        return Ok(());
    }
    let kind = Kind::parse(&row.kind);
    match (answer, kind) {
        (Answer::Confirm, Some(Kind::Reworded)) => confirm(db, person, node).await,
        (Answer::Seen, Some(Kind::Retired)) => seen(db, person, node).await,
        (Answer::Choose { level, goal }, Some(Kind::Split | Kind::Merged)) => {
            let levels = count(row.levels);
            let said = Said::parse(level, levels).map_err(|message| AppError::field("level", message))?;
            choose(db, person, node, said, *goal).await
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

async fn seen(db: &Db, person: &PersonId, node: &NodeId) -> Result<()> {
    db.write(
        "UPDATE type::record('edition_question', [record::id($me), record::id($node)])
            SET answered = time::now(), answer = 'seen' WHERE answered = NONE RETURN NONE;",
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

/// The old nodes that a question is about, each with all that it became.
async fn from(db: &Db, node: &NodeId) -> Result<Vec<FromRow>> {
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

/// A judgement of the new node. A goal of the old ones stays one of the new if
/// the person says so, and leaves its old place once all its parts are answered.
async fn choose(db: &Db, person: &PersonId, node: &NodeId, said: Said, goal: bool) -> Result<()> {
    let from = from(db, node).await?;
    let whole: Vec<Vec<NodeId>> = from.iter().map(|row| row.becomes.clone()).collect();
    let from: Vec<NodeId> = from.into_iter().map(|row| row.node).collect();
    db.write(
        "LET $asked = type::record('edition_question', [record::id($me), record::id($node)]);
         LET $plan = type::record('plan', record::id($me));
         LET $rating = type::record('rating', [record::id($me), record::id($node)]);
         LET $olds = array::map($from, |$one| type::record('goal', [record::id($plan), record::id($one)]));
         LET $goals = (SELECT level, due, added FROM $olds WHERE removed = NONE);
         LET $new = type::record('goal', [record::id($plan), record::id($node)]);
         IF $asked.answered = NONE {
            CREATE $judgement SET person = $me, given_by = $me, kind = 'self', node = $node, level = $level,
                not_my_work = $not_my_work RETURN NONE;
            UPSERT $rating SET person = $me, node = $node, level = $level, not_my_work = $not_my_work, at = time::now(),
                carried_from = $from RETURN NONE;
            IF $goal AND $goals != [] AND !record::exists($new) {
                LET $wanted = array::min([array::max($goals.level), array::len($node.edition.levels) - 1]);
                CREATE $new SET plan = $plan, person = $me, node = $node, carried_from = $from, level = $wanted,
                    due = array::min(array::filter($goals.due, |$due| $due != NONE)) RETURN NONE;
            };
            UPDATE $asked SET answered = time::now(), answer = 'rated' RETURN NONE;
            FOR $n IN 0..array::len($olds) {
                LET $parts = array::map($whole[$n], |$one| type::record('edition_question', [record::id($me), record::id($one)]));
                IF (SELECT VALUE id FROM $parts WHERE answered = NONE) = [] {
                    LET $old = $olds[$n];
                    UPDATE $old SET removed = time::now() WHERE removed = NONE RETURN NONE;
                };
            };
         };",
        vars! {
            "me" => person.clone(), "node" => node.clone(), "judgement" => JudgementId::random(), "from" => from, "whole" => whole,
            "level" => said.level().map(i64::from), "not_my_work" => said == Said::NotMyWork, "goal" => goal,
        },
    )
    .await
    .map(drop)
}
