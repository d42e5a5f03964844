//! Who reviews in a round: somebody with an account, or whoever holds a private
//! link. Everybody else does not learn that there is a round. Whoever does not
//! belong to the set's organisation any more has no place in it either:
//! `fn::reviews_still` decides it.

use surrealdb_types::{Datetime, SurrealValue};

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, ReviewRoundId, ReviewerId};
use crate::people::tokens;
use crate::reviews::model::{LINK_DAYS, LinkPage, Me};
use crate::vars;
use crate::viewer::Viewer;

/// Somebody's place in a round.
pub struct Seat {
    pub reviewer: ReviewerId,
    pub round: ReviewRoundId,
    pub edition: EditionId,
    pub name: String,
    pub by_link: bool,
    given: i64,
    finished: Option<Datetime>,
    named: bool,
    named_as: String,
}

#[derive(SurrealValue)]
struct SeatRow {
    id: ReviewerId,
    edition: EditionId,
    name: String,
    by_link: bool,
    given: i64,
    finished: Option<Datetime>,
    named: bool,
    named_as: String,
}

impl Seat {
    pub fn me(&self, zone: &str) -> Me {
        Me {
            name: self.name.clone(),
            by_link: self.by_link,
            given: super::count(self.given),
            finished: self.finished.as_ref().map(|at| crate::time::day(at, zone)),
            named: self.named,
            named_as: self.named_as.clone(),
        }
    }
}

/// Somebody's place in a round: by their account, else by the token of a link.
pub async fn seat(db: &Db, viewer: &Viewer, round: &ReviewRoundId, token: Option<&str>) -> Result<Seat> {
    let nobody = || match viewer.is_signed_in() {
        true => AppError::NotFound,
        false => AppError::SignInNeeded,
    };
    if !viewer.is_signed_in() && token.is_none() {
        return Err(nobody());
    }
    let row: Option<SeatRow> = db
        .row(
            "SELECT id, fn::reviewer_name(id) AS name, round.edition AS edition, person = NONE AS by_link, given, finished, named, named_as
                FROM array::concat(
                    IF $me = NONE { [] } ELSE { (SELECT VALUE id FROM reviewer WHERE person = $me AND round = $round AND fn::reviews_still(id)) },
                    IF $link = NONE { [] } ELSE { (SELECT VALUE reviewer FROM type::record('review_link', $link)
                        WHERE reviewer.round = $round AND reviewer.revoked = NONE
                            AND reviewer.round.due_at + duration::from_days($days) > time::now()) }
                ) WHERE round.id != NONE;",
            vars! {
                "me" => viewer.id().cloned(), "round" => round.clone(), "link" => token.map(tokens::key),
                "days" => i64::from(LINK_DAYS),
            },
        )
        .await?;
    let row = row.ok_or_else(nobody)?;
    Ok(Seat {
        reviewer: row.id,
        round: round.clone(),
        edition: row.edition,
        name: row.name,
        by_link: row.by_link,
        given: row.given,
        finished: row.finished,
        named: row.named,
        named_as: row.named_as,
    })
}

/// Whose private link this is the token of, where it works in this round and the
/// round goes on.
pub async fn leads_into(db: &Db, round: &ReviewRoundId, token: &str) -> Result<Option<String>> {
    db.row(
        "SELECT VALUE fn::reviewer_name(reviewer) FROM type::record('review_link', $link)
            WHERE reviewer.round = $round AND reviewer.revoked = NONE AND reviewer.round.signed_off = NONE;",
        vars! { "link" => tokens::key(token), "round" => round.clone() },
    )
    .await
}

#[derive(SurrealValue)]
struct LinkRow {
    over: bool,
    round: ReviewRoundId,
    name: String,
    title: String,
    set_title: String,
    by: Option<String>,
    due: String,
}

/// What a private link opens; one that works no more is not found.
pub async fn link(db: &Db, token: &str) -> Result<LinkPage> {
    let row: Option<LinkRow> = db
        .row(
            "SELECT reviewer.round.signed_off != NONE AS over, reviewer.round AS round, fn::reviewer_name(reviewer) AS name, reviewer.round.title AS title,
                reviewer.round.edition.title ?? reviewer.round.edition.competency_set.title AS set_title,
                reviewer.round.opened_by.name AS by, reviewer.round.due AS due
                FROM type::record('review_link', $link) WHERE reviewer.revoked = NONE AND reviewer.round.id != NONE
                    AND reviewer.round.due_at + duration::from_days($days) > time::now();",
            vars! { "link" => tokens::key(token), "days" => i64::from(LINK_DAYS) },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    Ok(LinkPage {
        over: row.over,
        round: row.round,
        name: row.name,
        title: row.title,
        set_title: row.set_title,
        by: row.by.unwrap_or_default(),
        due_label: crate::time::day_label(&row.due),
    })
}

/// The round that a link leads to.
pub async fn take_up(db: &Db, token: &str) -> Result<ReviewRoundId> {
    Ok(link(db, token).await?.round)
}
