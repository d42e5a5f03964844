//! Where the viewer stands with a statement, and what became of it since.

use surrealdb_types::{Datetime, SurrealValue};

use super::count;
use crate::competencies::model::{Mine, Needed, Onward, Said};
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

/// What the viewer said and what is needed, by the answers at these places.
pub(super) fn mine(answers: &mut Answers, zone: &str, (said, needs): (usize, usize)) -> Result<Mine> {
    let said = answers.row::<RatingRow>(said)?.map(|row| Said {
        level: row.level.filter(|_| !row.not_my_work).map(count),
        day: time::day(&row.at, zone),
    });
    let needs = answers.rows::<NeedRow>(needs)?;
    let needed = needs.into_iter().find_map(|row| {
        Some(Needed {
            role_profile: row.role_profile?,
            level: count(row.level?),
        })
    });
    Ok(Mine { said, needed })
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
