//! What a reviewer sees and says.

use surrealdb_types::SurrealValue;

use super::comments::{CommentRow, comment_fields, for_reviewer};
use super::seat::Seat;
use super::statement::{ANSWERS, Looking, others, statement, statement_query, statements_of};
use super::{GivenRow, OVER, ResolvedRow, RoundRow, count, given_fields, pages, round_fields};
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::NodeId;
use crate::lookups::model::LISTED;
use crate::reviews::model::{Given, PAGE, ReviewItem, ReviewLine, ReviewPage};
use crate::reviews::rules::{Only, Resolution, Verdict, sees_others};
use crate::vars;

#[derive(SurrealValue)]
struct LineRow {
    number: i64,
    code: String,
    title: String,
    asked: i64,
    ask_words: String,
    mine: Option<String>,
    resolution: Option<String>,
}

/// A round as one of its reviewers sees it: all statements, or those that wait.
pub async fn review_page(db: &Db, seat: &Seat, only: Only, page: u32, zone: &str) -> Result<ReviewPage> {
    let page = page.clamp(1, 10_000);
    let waiting = only == Only::Unresolved;
    let mut answers = db
        .run(
            concat!(
                "SELECT ",
                round_fields!(),
                " FROM $round;
                 LET $done = (SELECT VALUE number FROM verdict WHERE reviewer = $me AND current = true);
                 count(SELECT VALUE id FROM review_item WHERE round = $round AND (!$waiting OR (resolution = NONE AND number NOT IN $done)));
                 SELECT number, code, node.title ?? title AS title, asked, ask_words, resolution,
                    type::record('verdict', [record::id($me), number, asked]).kind AS mine FROM review_item
                    WHERE round = $round AND (!$waiting OR (resolution = NONE AND number NOT IN $done))
                    ORDER BY number LIMIT $limit START $start;
                 SELECT VALUE number FROM review_item WHERE round = $round AND resolution = NONE
                    AND number NOT IN $done ORDER BY number LIMIT 1;
                 SELECT number, code, node.title ?? title AS title, asked, ask_words, resolution, NONE AS mine FROM review_item
                    WHERE round = $round AND resolution = NONE AND ask_words != '' AND number NOT IN $done ORDER BY number LIMIT 50;"
            ),
            vars! {
                "round" => seat.round.clone(), "me" => seat.reviewer.clone(), "waiting" => waiting,
                "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE),
            },
        )
        .await?;
    let round = answers.row::<RoundRow>(0)?.ok_or(AppError::NotFound)?;
    let many = answers.row::<i64>(2)?.unwrap_or(0);
    let lines = answers.rows::<LineRow>(3)?;
    let next = answers.row::<i64>(4)?;
    let anew = answers.rows::<LineRow>(5)?;
    Ok(ReviewPage {
        round: round.round(zone),
        me: seat.me(zone),
        only,
        lines: lines.into_iter().map(line).collect(),
        page,
        pages: pages(many, PAGE),
        next_open: next.map(count),
        anew: anew.into_iter().map(line).collect(),
    })
}

fn line(row: LineRow) -> ReviewLine {
    ReviewLine {
        number: count(row.number),
        code: row.code,
        title: row.title,
        mine: row.mine.as_deref().and_then(Verdict::parse),
        again: row.asked > 1,
        ask_words: row.ask_words,
        resolved: row.resolution.as_deref().and_then(Resolution::parse),
    }
}

const ITEM: &str = statement_query!(
    "SELECT ",
    round_fields!(),
    " FROM $round;
     SELECT ",
    given_fields!(),
    " FROM verdict WHERE item = $item AND current = true ORDER BY at, id LIMIT 500;
     SELECT ",
    comment_fields!(),
    " FROM review_comment WHERE item = $item ORDER BY at, id LIMIT 1000;
     SELECT resolution, reason, resolved_by.name AS by, resolved_at AS at FROM $item;"
);

/// One statement as one of its reviewers sees it.
pub async fn review_item(db: &Db, seat: &Seat, number: u32, zone: &str) -> Result<ReviewItem> {
    review_item_looking(db, seat, number, zone, &Looking::default()).await
}

/// The same with what is looked for to merge it with.
pub async fn review_item_looking(
    db: &Db,
    seat: &Seat,
    number: u32,
    zone: &str,
    looking: &Looking,
) -> Result<ReviewItem> {
    let item = db.run(
        ITEM,
        vars! {
            "round" => seat.round.clone(), "number" => i64::from(number), "other" => looking.other.clone(),
            "of" => Some(seat.reviewer.clone()),
        },
    );
    let found = statements_of(db, &seat.edition, &looking.query, LISTED);
    let (mut answers, found) = db.at_once(async { futures::try_join!(item, found) }).await?;
    let statement = statement(&mut answers)?;
    let others = others(&mut answers)?;
    let round = answers.row::<RoundRow>(ANSWERS)?.ok_or(AppError::NotFound)?.round(zone);
    let given = answers.rows::<GivenRow>(ANSWERS + 1)?;
    let comments = answers.rows::<CommentRow>(ANSWERS + 2)?;
    let resolved = answers.row::<ResolvedRow>(ANSWERS + 3)?;
    let given: Vec<Given> = given.into_iter().filter_map(|row| row.given(zone)).collect();
    let (mine, mut theirs): (Vec<_>, Vec<_>) = given
        .into_iter()
        .partition(|given| given.reviewer.as_ref() == Some(&seat.reviewer));
    for one in &mut theirs {
        // Who else reviews is known to each other by name, and by nothing else.
        (one.reviewer, one.first) = (None, None);
    }
    let mine = mine.into_iter().next();
    let all = sees_others(round.blind, mine.is_some());
    Ok(ReviewItem {
        me: seat.me(zone),
        comments: for_reviewer(comments, &seat.reviewer, all, zone),
        theirs: all.then_some(theirs),
        resolved: resolved.and_then(|row| row.resolved(zone)),
        round,
        statement,
        mine,
        looked_for: looking.found(found, &others),
        others,
        key: uuid::Uuid::new_v4().to_string(),
    })
}

/// A verdict as a form said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVerdict {
    what: Verdict,
    wording: String,
    other: Option<NodeId>,
    saw: String,
}

impl NewVerdict {
    /// `was` is the wording that stood there.
    pub fn parse(what: &str, wording: &str, was: &str, other: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let what = errors.take(
            "verdict",
            Verdict::parse(what).ok_or_else(|| "Choose a verdict.".to_owned()),
        );
        let mut new = Self {
            what: what.unwrap_or(Verdict::Keep),
            wording: String::new(),
            other: None,
            saw: String::new(),
        };
        match what {
            Some(Verdict::Reword) => {
                let wording =
                    crate::outlines::store::parse_title(wording).and_then(|wording| match wording == one_line(was) {
                        true => Err("This is what it says already. Write how you would word it.".to_owned()),
                        false => Ok(wording),
                    });
                new.wording = errors.take("wording", wording).unwrap_or_default();
            }
            Some(Verdict::Merge) => {
                let other = NodeId::parse(other).ok_or_else(|| "Choose what it is merged with.".to_owned());
                new.other = errors.take("other", other);
            }
            _ => {}
        }
        errors.check()?;
        Ok(new)
    }

    /// `print` is what the statement said where the verdict was given: refused
    /// where it says something else by now.
    pub fn having_seen(mut self, print: &str) -> Self {
        self.saw = print.trim().to_owned();
        self
    }

    /// Whether others read words of their own in it.
    pub fn has_words(&self) -> bool {
        !self.wording.is_empty()
    }
}

const GIVE: &str = "
    LET $item = type::record('review_item', [record::id($round), $number]);
    IF $round.signed_off != NONE { THROW $over };
    IF !record::exists($item) { THROW 'not found' };
    IF (SELECT VALUE id FROM $reviewer WHERE round = $round AND fn::reviews_still(id)) = [] { THROW 'not found' };
    IF $item.resolution != NONE { THROW 'The curator has resolved this statement already. Say what you think in a comment.' };
    LET $print = fn::shown_print($item.node);
    IF $saw != '' AND $saw != $print { THROW $changed };
    LET $other_node = IF $other = NONE { NONE } ELSE { (SELECT code, title FROM $other WHERE edition = $round.edition AND id != $item.node)[0] };
    IF $other != NONE AND $other_node = NONE { THROW 'What it is to be merged with is not there any more. Load the page again.' };
    LET $verdict = type::record('verdict', [record::id($reviewer), $number, $item.asked]);
    LET $new = !record::exists($verdict);
    LET $other_words = string::trim(string::concat($other_node.code ?? '', ' ', $other_node.title ?? ''));
    LET $before = (SELECT kind, wording, other_words, at, first_kind, first_wording, first_other_words, first_at FROM $verdict)[0];
    LET $shown = !$new AND $round.blind AND ((SELECT VALUE id FROM verdict WHERE item = $item AND current = true AND reviewer != $reviewer LIMIT 1) != []
        OR (SELECT VALUE id FROM review_comment WHERE item = $item AND reviewer != NONE AND reviewer != $reviewer LIMIT 1) != []);
    LET $earlier = IF $new { NONE }
        ELSE IF $before.first_kind != NONE { { kind: $before.first_kind, wording: $before.first_wording, words: $before.first_other_words, at: $before.first_at } }
        ELSE IF $shown { { kind: $before.kind, wording: $before.wording, words: $before.other_words, at: $before.at } } ELSE { NONE };
    LET $first = IF $earlier = NONE OR ($earlier.kind = $kind AND $earlier.wording = $wording AND $earlier.words = $other_words) { NONE } ELSE { $earlier };
    UPSERT $verdict SET item = $item, reviewer = $reviewer, number = $number, asked = $item.asked, current = true, kind = $kind,
        wording = $wording, other = $other, other_words = $other_words, at = time::now(), first_kind = $first.kind,
        first_wording = $first.wording, first_other_words = $first.words, first_at = $first.at, saw = $print,
        saw_rest = fn::shown_rest($item.node) RETURN NONE;
    IF $new { UPDATE $reviewer SET given += 1 RETURN NONE };
    LET $given = (SELECT kind, saw, saw_rest FROM verdict WHERE item = $item AND current = true);
    LET $kinds = $given.map(|$one| $one.kind);
    UPDATE $item SET given = array::len($kinds), seen = array::distinct(array::filter($given.map(|$one| $one.saw), |$saw| $saw != NONE)),
        seen_rest = array::distinct(array::filter($given.map(|$one| $one.saw_rest), |$saw| $saw != NONE)), divided = array::len(array::distinct($kinds)) > 1,
        keeps = array::len(array::filter($kinds, |$kind| $kind = 'keep')), rewords = array::len(array::filter($kinds, |$kind| $kind = 'reword')),
        merges = array::len(array::filter($kinds, |$kind| $kind = 'merge')), drops = array::len(array::filter($kinds, |$kind| $kind = 'drop')) RETURN NONE;
    LET $done = (SELECT VALUE number FROM verdict WHERE reviewer = $reviewer AND current = true);
    SELECT VALUE number FROM review_item WHERE round = $round AND resolution = NONE AND number > $number AND number NOT IN $done ORDER BY number LIMIT 1;
    SELECT VALUE number FROM review_item WHERE round = $round AND resolution = NONE AND number NOT IN $done ORDER BY number LIMIT 1;";

const CHANGED: &str =
    "The statement was changed while you looked at it. Load the page again and look at what it says now.";

/// Gives a verdict; the newest counts, and what it was before others' verdicts
/// were shown is kept. Answers with the next statement that
/// waits for one, from here on and then from the beginning.
pub async fn give(db: &Db, seat: &Seat, number: u32, new: &NewVerdict) -> Result<Option<u32>> {
    let mut answers = db
        .write(
            GIVE,
            vars! {
                "round" => seat.round.clone(), "reviewer" => seat.reviewer.clone(), "number" => i64::from(number), "over" => OVER,
                "kind" => new.what.as_str(), "wording" => new.wording.clone(), "other" => new.other.clone(),
                "saw" => new.saw.clone(), "changed" => CHANGED,
            },
        )
        .await?;
    let (onwards, anywhere) = (answers.row::<i64>(22)?, answers.row::<i64>(23)?);
    Ok(onwards.or(anywhere).map(count))
}

/// Says that one is done, and whether one agrees to be named. Whom an edition
/// thanks is fixed as its round is signed off; one's own name may be taken back.
pub async fn finish(db: &Db, seat: &Seat, done: bool, named: bool, named_as: &str) -> Result<()> {
    let named_as =
        crate::text::line(named_as, "A name", 120).map_err(|message| AppError::field("named_as", message))?;
    // Without one of their own they are named as they are called.
    let shown = if named_as.is_empty() { &seat.name } else { &named_as };
    if named && shown.contains("://") {
        return Err(AppError::field("named_as", crate::people::model::NO_LINK));
    }
    let named_as = if named { named_as } else { String::new() };
    db.write(
        "IF (SELECT VALUE id FROM $reviewer WHERE round = $round AND fn::reviews_still(id)) = [] { THROW 'not found' };
         IF $round.signed_off = NONE { UPDATE $round SET asked_again += 1 RETURN NONE };
         UPDATE $reviewer SET named_as = IF $round.signed_off = NONE { $named_as } ELSE IF $named { named_as } ELSE { '' },
            named = IF $round.signed_off = NONE { $named } ELSE { named AND $named },
            finished = IF $round.signed_off != NONE { finished } ELSE IF $done { finished ?? time::now() } ELSE { NONE } RETURN NONE;",
        vars! {
            "reviewer" => seat.reviewer.clone(), "round" => seat.round.clone(), "done" => done, "named" => named, "named_as" => named_as,
        },
    )
    .await
    .map(drop)
}
