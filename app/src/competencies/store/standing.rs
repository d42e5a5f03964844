//! Where the viewer stands with a statement, and what became of it since.

use surrealdb_types::{Datetime, SurrealValue};

use super::count;
use crate::competencies::model::{Earlier, Mine, Needed, Onward, Said, level_word};
use crate::db::Answers;
use crate::editions::model::{Kind, Named};
use crate::error::Result;
use crate::time;

#[derive(SurrealValue)]
struct RatingRow {
    level: Option<i64>,
    not_my_work: bool,
    at: Datetime,
}

#[derive(SurrealValue)]
struct NeedRow {
    role_profile: Option<String>,
    level: Option<i64>,
}

#[derive(SurrealValue)]
struct GoalRow {
    level: i64,
}

#[derive(SurrealValue)]
struct JudgementRow {
    at: Datetime,
    level: Option<i64>,
    not_my_work: bool,
    labels: Vec<String>,
}

#[derive(SurrealValue)]
struct StepRow {
    kind: String,
}

#[derive(SurrealValue)]
struct NamedRow {
    address: String,
    code: String,
    title: String,
    number: i64,
}

impl From<NamedRow> for Named {
    fn from(row: NamedRow) -> Self {
        Self {
            edition: count(row.number),
            address: row.address,
            code: row.code,
            title: row.title,
        }
    }
}

/// What the viewer said and plans, and what is needed.
pub(super) fn mine(answers: &mut Answers, zone: &str) -> Result<Mine> {
    let said = answers.row::<RatingRow>(15)?.map(|row| Said {
        level: row.level.filter(|_| !row.not_my_work).map(count),
        day: time::day(&row.at, zone),
    });
    let needs = answers.rows::<NeedRow>(16)?.into_iter();
    let goal = answers.row::<GoalRow>(32)?.map(|row| count(row.level));
    let past_goal = answers.row::<GoalRow>(34)?.map(|row| count(row.level));
    // The newest is what the rating says, where there is one.
    let newest = usize::from(said.is_some());
    let earlier = answers.rows::<JudgementRow>(33)?.into_iter().skip(newest).take(3);
    Ok(Mine {
        said,
        needed: needs.filter_map(NeedRow::needed).collect(),
        past_goal: past_goal.filter(|_| goal.is_none()),
        goal,
        earlier: earlier.map(|row| row.earlier(zone)).collect(),
        evidence: answers.row::<i64>(36)?.map_or(0, count),
    })
}

impl NeedRow {
    fn needed(self) -> Option<Needed> {
        Some(Needed {
            role_profile: self.role_profile?,
            level: count(self.level?),
        })
    }
}

impl JudgementRow {
    /// In the words of the scale that it was given by.
    fn earlier(self, zone: &str) -> Earlier {
        let place = self.level.and_then(|level| usize::try_from(level).ok());
        let label = place
            .filter(|_| !self.not_my_work)
            .map(|place| self.labels.get(place).cloned());
        Earlier {
            words: match label {
                Some(label) => label.unwrap_or_else(|| level_word(&[], count(self.level.unwrap_or(0)))),
                None => "Not part of my work".into(),
            },
            day: time::day(&self.at, zone),
        }
    }
}

/// Where a node goes on, by the answers with the next step and with its end.
pub(super) fn onward(answers: &mut Answers, (step, end): (usize, usize)) -> Result<Option<Onward>> {
    let Some(step) = answers.row::<StepRow>(step)? else {
        return Ok(None);
    };
    Ok(Some(Onward {
        kind: Kind::parse(&step.kind).unwrap_or(Kind::Same),
        to: named(answers, end)?,
    }))
}

/// Nodes by their names.
pub(super) fn named(answers: &mut Answers, at: usize) -> Result<Vec<Named>> {
    Ok(answers.rows::<NamedRow>(at)?.into_iter().map(Named::from).collect())
}
