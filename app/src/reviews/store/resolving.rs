//! What the curator does about each statement. The draft itself is changed by
//! the outline's own steps, which can be taken back there.

use super::{OVER, own};
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{NodeId, ReviewRoundId, ReviewerId};
use crate::outlines;
use crate::reviews::model::LONGEST_REASON;
use crate::reviews::rules::{Resolution, Verdict};
use crate::state::AppState;
use crate::vars;
use crate::viewer::Viewer;
use surrealdb_types::SurrealValue;

/// How a statement is resolved, as a form said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolving {
    what: Resolution,
    reason: String,
    /// What it then says, and what it said when the form was filled.
    wording: String,
    was: String,
    other: Option<NodeId>,
    /// Whether the draft is changed with it.
    apply: bool,
}

fn reason_of(raw: &str) -> Result<String, String> {
    match super::making::long(raw, LONGEST_REASON)? {
        text if text.is_empty() => Err("Say in a few words why.".into()),
        text => Ok(text),
    }
}

impl Resolving {
    pub fn parse(what: &str, reason: &str, wording: &str, was: &str, other: &str, apply: bool) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let chosen = Resolution::parse(what).ok_or_else(|| "Choose what becomes of it.".to_owned());
        let chosen = errors.take("resolution", chosen);
        let reason = errors.take("reason", reason_of(reason));
        let mut new = Self {
            what: chosen.unwrap_or(Resolution::Kept),
            reason: reason.unwrap_or_default(),
            wording: String::new(),
            was: was.to_owned(),
            other: None,
            apply,
        };
        match chosen {
            Some(Resolution::Reworded) => {
                let wording = errors.take("wording", outlines::store::parse_title(wording));
                new.wording = wording.unwrap_or_default();
            }
            Some(Resolution::Merged) if apply => {
                let other = NodeId::parse(other).ok_or_else(|| "Choose what it is merged with.".to_owned());
                new.other = errors.take("other", other);
            }
            _ => {}
        }
        errors.check()?;
        Ok(new)
    }
}

#[derive(SurrealValue)]
struct ItemRow {
    node: NodeId,
    now: Option<String>,
    other: Option<String>,
}

async fn item(db: &Db, round: &ReviewRoundId, number: u32, other: Option<&NodeId>) -> Result<ItemRow> {
    let row: Option<ItemRow> = db
        .row(
            "SELECT node, node.title AS now, $other.title AS other FROM type::record('review_item', [record::id($round), $number]);",
            vars! { "round" => round.clone(), "number" => i64::from(number), "other" => other.cloned() },
        )
        .await?;
    row.ok_or(AppError::NotFound)
}

const RESOLVE: &str = "
    LET $item = type::record('review_item', [record::id($round), $number]);
    IF $round.signed_off != NONE { THROW $over };
    IF !record::exists($item) { THROW 'not found' };
    UPDATE $item SET resolution = $what, reason = $reason, resolved_by = $me, resolved_at = time::now(),
        resolved_print = fn::shown_print(node) RETURN NONE;";

async fn record(
    db: &Db,
    viewer: &Viewer,
    round: &ReviewRoundId,
    number: u32,
    what: Resolution,
    reason: &str,
) -> Result<()> {
    db.write(
        RESOLVE,
        vars! {
            "round" => round.clone(), "number" => i64::from(number), "over" => OVER, "what" => what.as_str(),
            "reason" => reason.to_owned(), "me" => viewer.id().cloned(),
        },
    )
    .await
    .map(drop)
}

/// Resolves a statement; the draft is changed first, so that what was cut off
/// in between is done by sending it again.
pub async fn resolve(db: &Db, viewer: &Viewer, round: &ReviewRoundId, number: u32, new: &Resolving) -> Result<()> {
    own(db, viewer, round).await?.going()?;
    let item = item(db, round, number, new.other.as_ref()).await?;
    let there = item.now.is_some();
    // Who reads it later sees with what, also once that is called otherwise.
    let reason = match (new.what, &item.other) {
        (Resolution::Merged, Some(other)) => format!("With “{}”. {}", outlines::store::cut(other), new.reason),
        _ => new.reason.clone(),
    };
    match new.what {
        Resolution::Reworded if there => {
            outlines::store::rename(db, viewer, &item.node, &new.was, &new.wording)
                .await
                .map_err(at_wording)?;
        }
        Resolution::Reworded => {
            return Err(AppError::field(
                "resolution",
                "It is gone from the draft, so it cannot be reworded.",
            ));
        }
        Resolution::Merged if there && new.apply => {
            let gone = || AppError::field("other", "This is not there any more. Load the page again.");
            let (other, title) = (new.other.as_ref().ok_or_else(gone)?, item.other.ok_or_else(gone)?);
            outlines::store::merge(db, viewer, other, std::slice::from_ref(&item.node), "", &title)
                .await
                .map_err(at_other)?;
        }
        Resolution::Dropped if there && new.apply => {
            outlines::store::remove(db, viewer, &item.node, true).await?;
        }
        _ => {}
    }
    record(db, viewer, round, number, new.what, &reason).await
}

/// The outline's own message, at the field of this form.
fn at_wording(error: AppError) -> AppError {
    match error.at("title") {
        Some(message) => AppError::field("wording", message),
        None => error,
    }
}

fn at_other(error: AppError) -> AppError {
    match error.at("others") {
        Some(message) => AppError::field("other", message),
        None => error,
    }
}

#[derive(SurrealValue)]
struct WordingRow {
    wording: String,
    name: String,
}

/// Accepts the wording that a reviewer suggests: the draft says it from then
/// on. `was` is what stood there when it was looked at.
pub async fn accept(
    db: &Db,
    viewer: &Viewer,
    round: &ReviewRoundId,
    number: u32,
    reviewer: &ReviewerId,
    was: &str,
) -> Result<()> {
    own(db, viewer, round).await?.going()?;
    let found: Option<WordingRow> = db
        .row(
            "SELECT wording, fn::reviewer_name(reviewer) AS name, at FROM verdict
                WHERE item = type::record('review_item', [record::id($round), $number]) AND reviewer = $reviewer
                    AND current = true AND kind = $reword;",
            vars! {
                "round" => round.clone(), "number" => i64::from(number), "reviewer" => reviewer.clone(),
                "reword" => Verdict::Reword.as_str(),
            },
        )
        .await?;
    let found =
        found.ok_or_else(|| AppError::Conflict("This wording is not suggested any more. Look again.".into()))?;
    let new = Resolving {
        what: Resolution::Reworded,
        reason: format!("The wording that {} suggested.", found.name),
        wording: found.wording,
        was: was.to_owned(),
        other: None,
        apply: false,
    };
    let resolved = resolve(db, viewer, round, number, &new).await;
    // There is no field to put it at.
    resolved.map_err(|error| match error.at("wording") {
        Some(message) => AppError::Conflict(format!("The statement was changed in the meantime. {message}")),
        None => error,
    })
}

const ASK_AGAIN: &str = "
    LET $item = type::record('review_item', [record::id($round), $number]);
    IF $round.signed_off != NONE { THROW $over };
    IF !record::exists($item) { THROW 'not found' };
    LET $node = $item.node;
    IF !record::exists($node) { THROW 'It is gone from the draft, so nobody can be asked about it.' };
    LET $now = $item.asked = $asked;
    SELECT code, title, $now AS now FROM $node;
    IF $now {
        FOR $one IN (SELECT VALUE reviewer FROM verdict WHERE item = $item AND current = true) { UPDATE $one SET given -= 1 RETURN NONE };
        UPDATE verdict SET current = false WHERE item = $item AND current = true RETURN NONE;
        UPDATE reviewer SET finished = NONE WHERE round = $round RETURN NONE;
        UPDATE $item SET asked += 1, ask_words = $words, code = $node.code, title = $node.title, seen = [fn::shown_print($node)],
            seen_rest = [fn::shown_rest($node)], resolution = NONE, reason = '',
            resolved_by = NONE, resolved_at = NONE, resolved_print = '', given = 0, divided = false, keeps = 0, rewords = 0, merges = 0,
            drops = 0 RETURN NONE;
        UPDATE $round SET asked_again += 1 RETURN NONE;
    };";

/// Asks all reviewers about a statement once more, by letter where letters are
/// sent: what they said stays, and counts no more. `asked` is how often it had been asked about when the form
/// was shown.
pub async fn ask_again(
    state: &AppState,
    viewer: &Viewer,
    round: &ReviewRoundId,
    number: u32,
    asked: u32,
    words: &str,
) -> Result<()> {
    own(&state.db, viewer, round).await?.going()?;
    let words = reason_of(words).map_err(|message| AppError::field("words", message))?;
    let vars = vars! {
        "round" => round.clone(), "number" => i64::from(number), "asked" => i64::from(asked), "words" => words.clone(), "over" => OVER
    };
    let mut answers = state.db.write(ASK_AGAIN, vars).await?;
    match answers.row::<AskedRow>(6)? {
        Some(asked) if asked.now => {
            let what = format!("\u{201c}{}\u{201d}", format!("{} {}", asked.code, asked.title).trim());
            super::reminding::tell(state, round, &what, &words).await
        }
        _ => Ok(()),
    }
}

#[derive(SurrealValue)]
struct AskedRow {
    code: String,
    title: String,
    now: bool,
}

/// Resolves as kept what is not resolved and everyone would keep. Answers how
/// many there were.
pub async fn keep_agreed(db: &Db, viewer: &Viewer, round: &ReviewRoundId) -> Result<u32> {
    own(db, viewer, round).await?.going()?;
    let mut answers = db
        .write(
            "IF $round.signed_off != NONE { THROW $over };
             LET $agreed = (SELECT VALUE id FROM review_item WHERE round = $round AND resolution = NONE AND given > 0 AND keeps = given);
             FOR $one IN $agreed {
                UPDATE $one SET resolution = 'kept', reason = 'All who gave a verdict would keep it.', resolved_by = $me, resolved_at = time::now(),
                    resolved_print = fn::shown_print(node) RETURN NONE;
             };
             SELECT VALUE array::len($agreed) FROM $round;",
            vars! { "round" => round.clone(), "over" => OVER, "me" => viewer.id().cloned() },
        )
        .await?;
    Ok(super::count(answers.row::<i64>(3)?.unwrap_or(0)))
}
