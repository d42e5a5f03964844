//! What is said of a statement, in threads.

use surrealdb_types::{Datetime, SurrealValue};

use super::seat::Seat;
use super::{OVER, own};
use crate::db::{Db, Variables};
use crate::error::{AppError, Result};
use crate::id::{PersonId, ReviewCommentId, ReviewRoundId, ReviewerId};
use crate::people::tokens;
use crate::reviews::model::{Comment, LONGEST_COMMENT};
use crate::vars;
use crate::viewer::Viewer;

/// What of comments is read, in order.
macro_rules! comment_fields {
    () => {
        "id, at, html, reviewer, person, IF reviewer != NONE { fn::reviewer_name(reviewer) } ELSE { person.name ?? '' } AS author,
            IF reply_to = NONE { NONE } ELSE IF reply_to.reviewer != NONE { fn::reviewer_name(reply_to.reviewer) } ELSE { reply_to.person.name } AS reply_to,
            reply_to AS answers, reply_to.reviewer AS to_reviewer"
    };
}
pub(super) use comment_fields;

#[derive(SurrealValue)]
pub(super) struct CommentRow {
    id: ReviewCommentId,
    at: Datetime,
    html: String,
    reviewer: Option<ReviewerId>,
    person: Option<PersonId>,
    author: String,
    reply_to: Option<String>,
    answers: Option<ReviewCommentId>,
    to_reviewer: Option<ReviewerId>,
}

impl CommentRow {
    fn comment(self, zone: &str, mine: bool) -> Comment {
        Comment {
            curator: self.person.is_some(),
            mine,
            author: self.author,
            html: self.html,
            at: crate::time::iso(&self.at),
            at_label: crate::time::label(&self.at, zone),
            reply_to: self.reply_to,
            id: self.id,
        }
    }
}

/// Answers stand behind what they answer, the rest in order of time.
fn threaded(rows: Vec<CommentRow>) -> Vec<CommentRow> {
    let mut threads: Vec<Vec<CommentRow>> = Vec::new();
    for row in rows {
        let thread = row.answers.as_ref().and_then(|answers| {
            threads
                .iter()
                .position(|thread| thread.iter().any(|one| one.id == *answers))
        });
        match thread.and_then(|at| threads.get_mut(at)) {
            Some(thread) => thread.push(row),
            None => threads.push(vec![row]),
        }
    }
    threads.into_iter().flatten().collect()
}

/// All comments, for a curator.
pub(super) fn for_curator(rows: Vec<CommentRow>, viewer: &Viewer) -> Vec<Comment> {
    let mine = |row: &CommentRow| row.person.as_ref().is_some_and(|person| viewer.is(person));
    let rows = threaded(rows);
    rows.into_iter()
        .map(|row| {
            let mine = mine(&row);
            row.comment(viewer.timezone(), mine)
        })
        .collect()
}

/// Those that a reviewer sees: before they see others' verdicts, their own and
/// what curators said to them or to nobody.
pub(super) fn for_reviewer(rows: Vec<CommentRow>, me: &ReviewerId, all: bool, zone: &str) -> Vec<Comment> {
    let is_me = |reviewer: &Option<ReviewerId>| reviewer.as_ref() == Some(me);
    let seen = |row: &CommentRow| {
        let by_curator = row.person.is_some() && (row.to_reviewer.is_none() || is_me(&row.to_reviewer));
        all || is_me(&row.reviewer) || by_curator
    };
    let rows = threaded(rows);
    rows.into_iter()
        .filter(seen)
        .map(|row| {
            let mine = is_me(&row.reviewer);
            row.comment(zone, mine)
        })
        .collect()
}

/// A comment as a form sent it: `key` makes one that is sent twice one.
fn parsed(round: &ReviewRoundId, number: u32, key: &str, body: &str, reply_to: &str) -> Result<Variables> {
    let body = super::making::long(body, LONGEST_COMMENT).and_then(|body| match body.is_empty() {
        true => Err("Write something first.".to_owned()),
        false => Ok(body),
    });
    let body = body.map_err(|message| AppError::field("body", message))?;
    let reply_to = match reply_to {
        "" => None,
        other => Some(ReviewCommentId::parse(other).ok_or(AppError::NotFound)?),
    };
    let id = ReviewCommentId::parse(&tokens::key(&format!("{round} {number} {key}"))).ok_or(AppError::Internal)?;
    Ok(vars! {
        "round" => round.clone(), "number" => i64::from(number), "comment" => id, "html" => crate::markdown::render(&body),
        "body" => body, "reply_to" => reply_to, "over" => OVER,
    })
}

const COMMENT: &str = "
    LET $item = type::record('review_item', [record::id($round), $number]);
    IF $round.signed_off != NONE { THROW $over };
    IF !record::exists($item) { THROW 'not found' };
    IF $reply_to != NONE AND $reply_to.item != $item { THROW 'not found' };
    IF $reviewer != NONE AND (SELECT VALUE id FROM $reviewer WHERE round = $round AND fn::reviews_still(id)) = [] { THROW 'not found' };
    IF !record::exists($comment) {
        CREATE $comment SET item = $item, reviewer = $reviewer, person = $person, reply_to = $reply_to, body = $body, html = $html RETURN NONE;
        UPDATE $item SET comments += 1 RETURN NONE;
    };";

/// Says something of a statement, as one of its reviewers.
pub async fn comment_as_reviewer(
    db: &Db,
    seat: &Seat,
    number: u32,
    key: &str,
    body: &str,
    reply_to: &str,
) -> Result<()> {
    let key = format!("{} {key}", seat.reviewer);
    let mut vars = parsed(&seat.round, number, &key, body, reply_to)?;
    vars.insert("reviewer", seat.reviewer.clone());
    vars.insert("person", None::<PersonId>);
    db.write(COMMENT, vars).await.map(drop)
}

/// Says something of a statement, as a curator.
pub async fn comment_as_curator(
    db: &Db,
    viewer: &Viewer,
    round: &ReviewRoundId,
    number: u32,
    key: &str,
    body: &str,
    reply_to: &str,
) -> Result<()> {
    own(db, viewer, round).await?.going()?;
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let mut vars = parsed(round, number, &format!("{me} {key}"), body, reply_to)?;
    vars.insert("reviewer", None::<ReviewerId>);
    vars.insert("person", Some(me.clone()));
    db.write(COMMENT, vars).await.map(drop)
}
