//! Review rounds in the database.

mod board;
mod comments;
mod making;
mod named;
mod people;
mod reminding;
mod resolving;
mod rests;
mod reviewing;
mod rounds;
mod seat;
mod seeding;
mod signing;
mod since;
mod statement;
mod whole;

pub use board::{board, board_finding, board_item, board_item_looking};
pub use comments::{comment_as_curator, comment_as_reviewer};
pub use making::{NewRound, Scope, ask_added, call_off, change, coded, may_change, may_open, open, remove};
pub use named::{acknowledged, strike_name, withdraw_name};
pub use people::{Invited, NewReviewer, invite, remove_reviewer, renew_link};
pub use reminding::{remind, remind_due};
pub use resolving::{Resolving, accept, ask_again, keep_agreed, resolve};
pub use rests::{WITHIN_A_REQUEST, clear_rests};
pub use reviewing::{NewVerdict, finish, give, review_item, review_item_looking, review_page};
pub use rounds::{HindranceRow, hindrance, mine, rounds_page};
pub use seat::{Seat, leads_into, link, seat, take_up};
pub use seeding::seat_all;
pub use signing::{sign_off, sign_off_saying};
pub use since::{Said, Word, changed_short, changed_since, most_changed};
pub use statement::{Looking, statements_of};
pub use whole::{Comment, Item, Whole, whole};

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{First, Given, Resolved, Round, SignedOff};
use super::rules::{Resolution, Verdict};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, OrganisationId, ReviewRoundId, ReviewerId};
use crate::vars;
use crate::viewer::Viewer;

const OVER: &str = "This round is signed off, so nothing in it changes any more.";

/// A number of the database as the pages count.
fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// The pages of a list; there is always one.
fn pages(rows: i64, each: u32) -> u32 {
    count(rows).div_ceil(each).max(1)
}

/// What every reading of a round asks for: see [`RoundRow`].
macro_rules! round_fields {
    () => {
        "id, edition, edition.number AS number, edition.competency_set.slug AS set,
            edition.title ?? edition.competency_set.title AS set_title, edition.competency_set.organisation.line AS line, title, words,
            words_html, due, due_at < time::now() AS overdue, blind, remind_days, items, signed_off,
            signed_off_by.name AS signed_off_by, sign_off_words"
    };
}
use round_fields;

#[derive(SurrealValue)]
struct RoundRow {
    id: ReviewRoundId,
    edition: EditionId,
    number: i64,
    set: String,
    set_title: String,
    line: Vec<OrganisationId>,
    title: String,
    words: String,
    words_html: String,
    due: String,
    overdue: bool,
    blind: bool,
    remind_days: i64,
    items: i64,
    signed_off: Option<Datetime>,
    signed_off_by: Option<String>,
    sign_off_words: String,
}

impl RoundRow {
    fn round(self, zone: &str) -> Round {
        let by = self.signed_off_by.unwrap_or_default();
        let words = self.sign_off_words;
        Round {
            id: self.id,
            set: self.set,
            set_title: self.set_title,
            edition: count(self.number),
            title: self.title,
            words: self.words,
            words_html: self.words_html,
            due_label: crate::time::day_label(&self.due),
            due: self.due,
            overdue: self.overdue && self.signed_off.is_none(),
            blind: self.blind,
            remind_days: count(self.remind_days),
            items: count(self.items),
            signed_off: self.signed_off.map(|at| SignedOff {
                by,
                day: crate::time::day(&at, zone),
                words,
            }),
        }
    }
}

/// A round that the viewer curates.
struct Own {
    edition: EditionId,
    set: String,
    over: bool,
}

#[derive(SurrealValue)]
struct OwnRow {
    edition: EditionId,
    set: String,
    line: Vec<OrganisationId>,
    over: bool,
}

/// The round, if the viewer curates its set. Others do not learn that it exists.
async fn own(db: &Db, viewer: &Viewer, round: &ReviewRoundId) -> Result<Own> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let row: Option<OwnRow> = db
        .row(
            "SELECT edition, edition.competency_set.slug AS set, edition.competency_set.organisation.line AS line,
                signed_off != NONE AS over FROM $round WHERE edition.competency_set.id != NONE;",
            vars! { "round" => round.clone() },
        )
        .await?;
    let row = row
        .filter(|row| viewer.may_curate(&row.line))
        .ok_or(AppError::NotFound)?;
    Ok(Own {
        edition: row.edition,
        set: row.set,
        over: row.over,
    })
}

/// The draft of a round that the viewer curates.
pub async fn edition_curated(db: &Db, viewer: &Viewer, round: &ReviewRoundId) -> Result<EditionId> {
    Ok(own(db, viewer, round).await?.edition)
}

impl Own {
    /// The round while it can still be changed.
    fn going(self) -> Result<Self> {
        match self.over {
            true => Err(AppError::Conflict(OVER.into())),
            false => Ok(self),
        }
    }
}

/// What of a verdict is shown, as a selection.
macro_rules! given_fields {
    () => {
        "id, item, number, reviewer, fn::reviewer_name(reviewer) AS name, kind, wording, other, other_words, asked, current, at,
            first_kind, first_wording, first_other_words, first_at"
    };
}
use given_fields;

#[derive(SurrealValue)]
struct GivenRow {
    number: i64,
    reviewer: ReviewerId,
    name: String,
    kind: String,
    wording: String,
    other: Option<NodeId>,
    other_words: String,
    asked: i64,
    current: bool,
    at: Datetime,
    first_kind: Option<String>,
    first_wording: Option<String>,
    first_other_words: Option<String>,
    first_at: Option<Datetime>,
}

impl GivenRow {
    fn given(self, zone: &str) -> Option<Given> {
        Some(Given {
            what: Verdict::parse(&self.kind)?,
            first: self.first_kind.as_deref().and_then(Verdict::parse).map(|what| First {
                what,
                wording: self.first_wording.unwrap_or_default(),
                other_words: self.first_other_words.unwrap_or_default(),
                day: self.first_at.map(|at| crate::time::day(&at, zone)).unwrap_or_default(),
            }),
            reviewer: Some(self.reviewer),
            name: self.name,
            wording: self.wording,
            other: self.other,
            other_words: self.other_words,
            asked: count(self.asked),
            day: crate::time::day(&self.at, zone),
        })
    }
}

/// What of a resolution is read of an item.
#[derive(SurrealValue)]
struct ResolvedRow {
    resolution: Option<String>,
    reason: String,
    by: Option<String>,
    at: Option<Datetime>,
}

impl ResolvedRow {
    fn resolved(self, zone: &str) -> Option<Resolved> {
        Some(Resolved {
            what: Resolution::parse(self.resolution.as_deref()?)?,
            reason: self.reason,
            by: self.by.unwrap_or_default(),
            day: self.at.map(|at| crate::time::day(&at, zone)).unwrap_or_default(),
        })
    }
}
