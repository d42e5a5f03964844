//! What new editions ask of somebody. Nobody names a person here: it is always the
//! one who is signed in.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};

use super::level_names::NameRow;
use super::{count, pages, part, size};
use crate::assessments::model::Said;
use crate::competencies::model::{Level, edition_words, level_word, node_href};
use crate::db::Db;
use crate::editions::levels::{Levels, Scale};
use crate::editions::model::{ASKED_AT_ONCE, Asked, Before, Kind, MyChanges};
use crate::editions::words::differences;
use crate::error::Result;
use crate::id::{EditionId, NodeId};
use crate::vars;
use crate::viewer::Person;

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
    about: Option<Vec<NodeId>>,
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
    named: Vec<NameRow>,
}

#[derive(SurrealValue)]
struct SourceRow {
    /// Of a row of the map: the edition that it leads to, and where.
    edition: Option<EditionId>,
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
    aimed_at: Option<i64>,
    not_my_work: bool,
    note: String,
    at: Datetime,
}

#[derive(SurrealValue)]
struct GoalRow {
    node: NodeId,
}

const OPEN: &str = "
    LET $open = (SELECT node, edition, kind, about, position FROM edition_question WHERE person = $me AND answered = NONE LIMIT 5000);
    SELECT node, edition, kind, about, position, node.position AS place, edition.published AS since, node.code AS code, node.title AS title,
        node.address AS address, node.edition.number AS number, node.edition.competency_set.slug AS set_slug,
        node.edition.title AS set_title, node.edition.levels AS levels, node.edition.levels_from ?? [] AS named FROM $open;
    LET $unsaid = array::distinct($open[WHERE about = NONE].edition);
    IF $unsaid = [] { [] } ELSE {
        (SELECT edition, becomes, node, node.code AS code, node.title AS title, node.address AS address,
            node.edition.number AS number, node.edition.levels.label AS labels
            FROM statement_map WHERE edition IN $unsaid AND kind IN ['reworded', 'split', 'merged', 'same', 'moved']) };
    SELECT node, level, aimed_at, not_my_work, note, at FROM rating WHERE person = $me;
    SELECT node FROM goal WHERE person = $me AND removed = NONE;
    LET $about = array::distinct(array::flatten($open[WHERE about != NONE].about));
    SELECT NONE AS edition, [] AS becomes, id AS node, code, title, address, edition.number AS number,
        edition.levels.label AS labels FROM $about;";

/// What waits for the person, the oldest edition first, in reading order.
pub async fn my_changes(db: &Db, person: &Person, page: u32) -> Result<MyChanges> {
    let mut answers = db.run(OPEN, vars! { "me" => person.id.clone() }).await?;
    let mut open = answers.rows::<ChangeRow>(1)?;
    // What one statement was split into has its place in the edition before.
    open.sort_by(|a, b| (a.since, a.position, a.place, &a.node).cmp(&(b.since, b.position, b.place, &b.node)));
    let mut sources = answers.rows::<SourceRow>(3)?;
    let ratings = answers.rows::<RatingRow>(4)?;
    let goals = answers.rows::<GoalRow>(5)?;
    sources.extend(answers.rows::<SourceRow>(7)?);
    let have = Have {
        ratings: ratings.into_iter().map(|row| (row.node.clone(), row)).collect(),
        goals: goals.into_iter().map(|row| row.node).collect(),
        zone: &person.timezone,
    };
    let (waiting, many) = (size(open.len()), pages(open.len(), ASKED_AT_ONCE));
    let page = page.clamp(1, many);
    Ok(MyChanges {
        waiting,
        asked: part(open, page, ASKED_AT_ONCE)
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
        let level = |level: &LevelRow| Level {
            label: level.label.clone(),
            description: level.description.clone(),
        };
        let levels: Vec<Level> = row.levels.iter().map(level).collect();
        let scale = Scale {
            labels: levels.iter().map(|level| level.label.clone()).collect(),
            named: row.named.iter().cloned().map(Into::into).collect(),
        };
        let own: Vec<&SourceRow> = sources.iter().filter(|source| row.is_about(source)).collect();
        let href = node_href(&row.set_slug, count(row.number), &row.address);
        let mut before: Vec<Before> = own
            .iter()
            .filter_map(|source| self.before(source, &row.set_slug, &scale))
            .collect();
        if kind == Kind::Retired && before.is_empty() {
            before.extend(self.said(&row.node, &scale.labels, &scale).map(|said| Before {
                words: words(&row.code, &row.title),
                href: href.clone(),
                ..said
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

    fn before(&self, source: &SourceRow, set: &str, now: &Scale) -> Option<Before> {
        Some(Before {
            words: words(&source.code, &source.title),
            href: node_href(set, count(source.number), &source.address),
            ..self.said(&source.node, &source.labels, now)?
        })
    }

    /// What the person has at a node, which is not named yet, by its labels; to
    /// start from on a scale with other labels.
    fn said(&self, node: &NodeId, labels: &[String], now: &Scale) -> Option<Before> {
        let goal = self.goals.contains(node).then_some("a goal of your plan");
        let rating = self.ratings.get(node);
        let said = rating.map(|row| row.words(labels, self.zone));
        let said = match (said, goal) {
            (Some(said), Some(goal)) => format!("{said}, and {goal}"),
            (Some(said), None) => said,
            (None, Some(goal)) => goal.to_owned(),
            (None, None) => return None,
        };
        Some(Before {
            words: String::new(),
            href: String::new(),
            said,
            value: rating.map(|row| row.value(labels, now)).unwrap_or_default(),
            note: rating.map(|row| row.note.clone()).unwrap_or_default(),
        })
    }
}

impl ChangeRow {
    /// Whether it asks about what was said there.
    fn is_about(&self, source: &SourceRow) -> bool {
        match (&self.about, &source.edition) {
            (Some(about), None) => about.contains(&source.node),
            (None, Some(edition)) => *edition == self.edition && source.becomes.contains(&self.node),
            _ => false,
        }
    }
}

impl RatingRow {
    fn said(&self) -> Said {
        match self.level {
            Some(level) if !self.not_my_work => Said::Level(count(level)),
            _ => Said::NotMyWork,
        }
    }

    /// As a form's value on a scale; none where that does not have the level.
    fn value(&self, labels: &[String], now: &Scale) -> String {
        match self.said() {
            Said::Level(level) => {
                match Levels::through(labels, std::slice::from_ref(now)).fitted(Some(i64::from(level))) {
                    (Some(level), true) => Said::Level(count(level)).value(),
                    _ => String::new(),
                }
            }
            said @ Said::NotMyWork => said.value(),
        }
    }

    /// "“Some” on 3 March 2026, aiming at “Much”".
    fn words(&self, labels: &[String], zone: &str) -> String {
        let word = |level: u32| {
            let place = usize::try_from(level).unwrap_or(usize::MAX);
            labels.get(place).cloned().unwrap_or_else(|| level_word(&[], level))
        };
        let said = match self.said() {
            Said::Level(level) => word(level),
            Said::NotMyWork => "Not part of my work".into(),
        };
        let aim = self.aimed_at.map(|aim| format!(", aiming at “{}”", word(count(aim))));
        format!(
            "“{said}” on {}{}",
            crate::time::day(&self.at, zone),
            aim.unwrap_or_default()
        )
    }
}

fn words(code: &str, title: &str) -> String {
    if code.is_empty() {
        title.to_owned()
    } else {
        format!("{code} {title}")
    }
}
