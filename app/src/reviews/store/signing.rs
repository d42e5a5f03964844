//! Signing a round off, and what of it is not what its reviewers saw.

use surrealdb_types::SurrealValue;

use super::since::Said;
use super::{count, own};
use crate::db::{Answers, Db};
use crate::error::{FieldErrors, Result};
use crate::id::ReviewRoundId;
use crate::reviews::model::{LONGEST_REASON, MOST_CHANGED, Unlike, UnlikeReview};
use crate::reviews::rules::Why;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct UnlikeRow {
    number: i64,
    code: String,
    title: String,
    why: String,
}

/// What would be signed off in other words than were reviewed: the answers that
/// begin at `at` are what `fn::unlike_review` found and its print.
pub(super) fn unlike_rows(answers: &mut Answers, at: usize) -> Result<UnlikeReview> {
    let rows = answers.rows::<UnlikeRow>(at)?;
    let print = answers.row::<String>(at + 1)?.unwrap_or_default();
    let many = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let line = |row: UnlikeRow| {
        Some(Unlike {
            number: count(row.number),
            code: row.code,
            title: row.title,
            why: Why::parse(&row.why)?,
        })
    };
    let lines = rows.into_iter().filter_map(line).take(MOST_CHANGED).collect();
    Ok(UnlikeReview { print, many, lines })
}

async fn unlike(db: &Db, round: &ReviewRoundId) -> Result<UnlikeReview> {
    let mut answers = db
        .run(
            "LET $unlike = IF $round.signed_off != NONE { [] } ELSE { fn::unlike_review($round) };
             $unlike;
             fn::unlike_print($unlike);",
            vars! { "round" => round.clone() },
        )
        .await?;
    unlike_rows(&mut answers, 1)
}

const CHANGED: &str = "What is signed off is not what this form listed any more. Load the page again and look at it.";

/// As [`sign_off_saying`], where nothing is said of what reviewers did not see.
pub async fn sign_off(
    db: &Db,
    viewer: &Viewer,
    round: &ReviewRoundId,
    understood: bool,
    words: &str,
) -> Result<String> {
    let said = Said {
        reason: words.to_owned(),
        ..Said::default()
    };
    sign_off_saying(db, viewer, round, understood, &said).await
}

/// Signs a round off: nothing in it changes from then on, whom the edition
/// thanks neither, and its edition can be published. What is not what was
/// resolved, or what reviewers saw, is signed off only where that is `said`, with
/// words for the record. Signing off again changes nothing.
pub async fn sign_off_saying(
    db: &Db,
    viewer: &Viewer,
    round: &ReviewRoundId,
    understood: bool,
    said: &Said,
) -> Result<String> {
    let own = own(db, viewer, round).await?;
    let unlike = unlike(db, round).await?;
    let mut errors = FieldErrors::default();
    let words = errors.take("words", super::making::long(&said.reason, LONGEST_REASON));
    if !understood {
        errors.add(
            "understood",
            "Tick the box first: nothing in the round changes once it is signed off.",
        );
    }
    if let Some(first) = unlike.lines.first() {
        if !said.ticked {
            errors.add("as_it_stands", unsaid(unlike.many, first));
        } else if said.looked != unlike.print {
            errors.add("as_it_stands", CHANGED);
        } else if words.as_ref().is_some_and(String::is_empty) {
            errors.add("words", "Say in a few words why they are signed off as they stand.");
        }
    }
    errors.check()?;
    db.write(
        SIGN_OFF,
        vars! {
            "round" => round.clone(), "me" => viewer.id().cloned(), "said" => words.unwrap_or_default(), "looked" => unlike.print,
            "changed" => CHANGED,
        },
    )
    .await?;
    Ok(own.set)
}

fn unsaid(many: u32, first: &Unlike) -> String {
    let named = super::statement::named(&first.code, &first.title);
    let what = match many {
        1 => format!("“{named}” is not what was reviewed."),
        many => format!("{many} statements are not what was reviewed, “{named}” among them."),
    };
    format!("{what} Resolve it again or ask again, or tick this and say why in the words for the record.")
}

const SIGN_OFF: &str = "
    IF $round.signed_off = NONE {
        LET $added = array::len(fn::unasked($round));
        IF $added > 0 { THROW 'Statements were added to the draft since the round began. Ask about them too, then sign it off.' };
        LET $left = count(SELECT VALUE id FROM review_item WHERE round = $round AND resolution = NONE);
        LET $words = IF $left = 1 { '1 statement is not resolved yet.' } ELSE { string::concat(<string> $left, ' statements are not resolved yet.') };
        IF $left > 0 { THROW $words };
        LET $unlike = fn::unlike_review($round);
        IF fn::unlike_print($unlike) != $looked { THROW $changed };
        UPDATE $round SET signed_off = time::now(), signed_off_by = $me, sign_off_words = $said RETURN NONE;
        UPDATE review_item SET signed_title = node.title, signed_print = fn::shown_print(node),
            signed_section = node.above[0].identifier ?? node.identifier WHERE round = $round RETURN NONE;
        FOR $one IN $unlike {
            UPDATE type::record('review_item', [record::id($round), $one.number]) SET signed_unlike = $one.why RETURN NONE;
        };
        UPDATE reviewer SET named_as = fn::reviewer_name(id) WHERE round = $round AND named = true AND named_as = '' RETURN NONE;
    };";
