//! A round with all that was said in it, for its report.

use surrealdb_types::{Datetime, SurrealValue};

use super::since::{unreviewed, unreviewed_rows};
use super::{GivenRow, ResolvedRow, RoundRow, count, given_fields, round_fields};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::ReviewRoundId;
use crate::reviews::model::{Given, Resolved, Round, Unreviewed};
use crate::reviews::rules::{Counts, Why};
use crate::vars;
use crate::viewer::Viewer;

/// A round as its report shows it.
pub struct Whole {
    pub round: Round,
    pub items: Vec<Item>,
    /// Those who reviewed: name, verdicts given, whether they were done.
    pub reviewers: Vec<(String, u32, bool)>,
    pub acknowledged: Vec<String>,
    /// What went out in other words than were signed off.
    pub unreviewed: Vec<Unreviewed>,
}

/// A statement with what was said of it.
pub struct Item {
    pub number: u32,
    pub code: String,
    pub asked: String,
    pub now: Option<String>,
    pub counts: Counts,
    pub times_asked: u32,
    pub resolved: Option<Resolved>,
    /// It was signed off in other words than were reviewed.
    pub unlike: Option<Why>,
    pub verdicts: Vec<Given>,
    pub comments: Vec<Comment>,
}

/// What somebody said beside the verdicts, as it was written and as it reads.
pub struct Comment {
    pub author: String,
    pub body: String,
    pub html: String,
}

#[derive(SurrealValue)]
struct ItemRow {
    number: i64,
    code: String,
    title: String,
    now: Option<String>,
    keeps: i64,
    rewords: i64,
    merges: i64,
    drops: i64,
    asked: i64,
    resolution: Option<String>,
    reason: String,
    by: Option<String>,
    at: Option<Datetime>,
    signed_unlike: Option<String>,
}

#[derive(SurrealValue)]
struct SaidRow {
    number: i64,
    author: String,
    body: String,
    html: String,
}

#[derive(SurrealValue)]
struct WhoRow {
    name: String,
    given: i64,
    finished: bool,
}

const WHOLE: &str = concat!(
    "SELECT ",
    round_fields!(),
    " FROM $round;
     SELECT number, code, title, node.title AS now, keeps, rewords, merges, drops, asked, resolution, reason, resolved_by.name AS by,
        resolved_at AS at, signed_unlike FROM review_item WHERE round = $round ORDER BY number;
     LET $items = (SELECT VALUE id FROM review_item WHERE round = $round);
     SELECT ",
    given_fields!(),
    " FROM verdict WHERE item IN $items ORDER BY number, at, id LIMIT 200000;
     SELECT item.number AS number, at, id, body, html, IF reviewer != NONE { fn::reviewer_name(reviewer) } ELSE { person.name ?? '' } AS author
        FROM review_comment WHERE item IN $items ORDER BY number, at, id LIMIT 50000;
     SELECT fn::reviewer_name(id) AS name, invited, id, given, finished != NONE AS finished FROM reviewer WHERE round = $round
        ORDER BY invited, id;
     ",
    unreviewed!()
);

/// A round with all that was said in it, for its curators.
pub async fn whole(db: &Db, viewer: &Viewer, set: &str, round: &ReviewRoundId) -> Result<Whole> {
    let zone = viewer.timezone();
    let mut answers = db.run(WHOLE, vars! { "round" => round.clone() }).await?;
    let row = answers.row::<RoundRow>(0)?;
    let row = row
        .filter(|row| row.set == set && viewer.may_curate(&row.line))
        .ok_or(AppError::NotFound)?;
    let acknowledged = super::acknowledged(db, &row.edition).await?;
    let mut items: Vec<Item> = answers
        .rows::<ItemRow>(1)?
        .into_iter()
        .map(|row| item(row, zone))
        .collect();
    let at = |items: &[Item], number: i64| items.iter().position(|item| item.number == count(number));
    for row in answers.rows::<GivenRow>(3)? {
        let place = at(&items, row.number);
        if let (Some(place), Some(given)) = (place, row.given(zone)) {
            items[place].verdicts.push(given);
        }
    }
    for row in answers.rows::<SaidRow>(4)? {
        if let Some(place) = at(&items, row.number) {
            items[place].comments.push(Comment {
                author: row.author,
                body: row.body,
                html: row.html,
            });
        }
    }
    let reviewers = answers.rows::<WhoRow>(5)?;
    let unreviewed = unreviewed_rows(&mut answers, 6, zone)?;
    Ok(Whole {
        round: row.round(zone),
        items,
        reviewers: reviewers
            .into_iter()
            .map(|row| (row.name, count(row.given), row.finished))
            .collect(),
        acknowledged,
        unreviewed,
    })
}

fn item(row: ItemRow, zone: &str) -> Item {
    let resolved = ResolvedRow {
        resolution: row.resolution,
        reason: row.reason,
        by: row.by,
        at: row.at,
    };
    Item {
        number: count(row.number),
        code: row.code,
        asked: row.title,
        now: row.now,
        counts: Counts {
            keep: count(row.keeps),
            reword: count(row.rewords),
            merge: count(row.merges),
            drop: count(row.drops),
        },
        times_asked: count(row.asked),
        resolved: resolved.resolved(zone),
        unlike: row.signed_unlike.as_deref().and_then(Why::parse),
        verdicts: Vec::new(),
        comments: Vec::new(),
    }
}
