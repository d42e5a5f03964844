//! The board of a round, and one statement of it, for its curators.

use surrealdb_types::{Datetime, SurrealValue};

use super::comments::{CommentRow, comment_fields, for_curator};
use super::signing::unlike_rows;
use super::since::{unreviewed, unreviewed_rows};
use super::statement::{ANSWERS, Looking, others, statement, statement_query, statements_of};
use super::{GivenRow, ResolvedRow, RoundRow, count, given_fields, pages, round_fields};
use crate::db::{Answers, Db};
use crate::error::{AppError, Result};
use crate::id::{NodeId, PersonId, ReviewRoundId, ReviewerId};
use crate::lookups::model::LISTED;
use crate::reviews::model::{Board, BoardItem, BoardLine, MOST_SUGGESTED, PAGE, ReviewerLine};
use crate::reviews::rules::{Counts, Only, Why};
use crate::vars;
use crate::viewer::{Role, Viewer};

#[derive(SurrealValue)]
struct ReviewerRow {
    id: ReviewerId,
    name: String,
    email: String,
    by_link: bool,
    given: i64,
    finished: Option<Datetime>,
    reminded: Option<Datetime>,
    named: bool,
    revoked: Option<Datetime>,
}

impl ReviewerRow {
    fn line(self, zone: &str) -> ReviewerLine {
        let day = |at: Option<Datetime>| at.map(|at| crate::time::day(&at, zone));
        ReviewerLine {
            id: self.id,
            name: self.name,
            email: self.email,
            by_link: self.by_link,
            given: count(self.given),
            finished: day(self.finished),
            reminded: day(self.reminded),
            named: self.named,
            revoked: self.revoked.is_some(),
        }
    }
}

#[derive(SurrealValue)]
struct EmptiedRow {
    id: NodeId,
    code: String,
    title: String,
}

#[derive(SurrealValue)]
struct SuggestedRow {
    person: PersonId,
    name: String,
}

/// How many statements of a round are not reviewed as they stand, by why.
#[derive(SurrealValue)]
struct LackingRow {
    changed: i64,
    silent: i64,
}

#[derive(SurrealValue)]
struct CountsRow {
    unresolved: i64,
    added: i64,
    unreviewed: LackingRow,
    divided: i64,
    silent: i64,
    keepable: i64,
    shown: i64,
    untouched: bool,
}

/// What of an item is read for its line: see [`LineRow`].
macro_rules! line_fields {
    () => {
        "number, node, code, title, node.title AS now, keeps, rewords, merges, drops, comments, asked, resolution, reason,
            resolved_by.name AS by, resolved_at AS at, resolution != NONE AND resolved_print != fn::shown_print(node) AND resolved_print != fn::node_print(node) AS changed,
            signed_unlike"
    };
}

#[derive(SurrealValue)]
struct LineRow {
    number: i64,
    node: NodeId,
    code: String,
    title: String,
    now: Option<String>,
    keeps: i64,
    rewords: i64,
    merges: i64,
    drops: i64,
    comments: i64,
    asked: i64,
    resolution: Option<String>,
    reason: String,
    by: Option<String>,
    at: Option<Datetime>,
    changed: bool,
    signed_unlike: Option<String>,
}

impl LineRow {
    fn line(self, zone: &str) -> BoardLine {
        let resolved = ResolvedRow {
            resolution: self.resolution,
            reason: self.reason,
            by: self.by,
            at: self.at,
        };
        BoardLine {
            number: count(self.number),
            node: self.node,
            code: self.code,
            asked: self.title,
            now: self.now,
            counts: Counts {
                keep: count(self.keeps),
                reword: count(self.rewords),
                merge: count(self.merges),
                drop: count(self.drops),
            },
            comments: count(self.comments),
            times_asked: count(self.asked),
            resolved: resolved.resolved(zone),
            changed_since: self.changed,
            unlike: self.signed_unlike.as_deref().and_then(Why::parse),
            verdicts: Vec::new(),
        }
    }
}

const BOARD: &str = concat!(
    "SELECT ",
    round_fields!(),
    " FROM $round;
     SELECT id, invited, fn::reviewer_name(id) AS name, email, person = NONE AS by_link, given, finished, reminded, named,
        IF revoked = NONE AND fn::reviews_still(id) = false { time::now() } ELSE { revoked } AS revoked
        FROM reviewer WHERE round = $round ORDER BY invited, id LIMIT 400;
     LET $line = $round.edition.competency_set.organisation.line;
     LET $there = (SELECT VALUE person FROM reviewer WHERE round = $round AND person != NONE AND revoked = NONE);
     SELECT person, person.name AS name FROM membership WHERE (organisation IN $line OR organisation.line CONTAINS $line[0]) AND roles CONTAINS $role
        AND person NOT IN $there AND person.closed = NONE AND ($find = '' OR person_key CONTAINS fn::part_of_name($find))
        GROUP BY person, name ORDER BY name, person LIMIT $offered;
     SELECT
        count(SELECT VALUE id FROM review_item WHERE round = $round AND resolution = NONE) AS unresolved,
        array::len(fn::unasked($round)) AS added,
        fn::unreviewed_counts($round) AS unreviewed,
        count(SELECT VALUE id FROM review_item WHERE round = $round AND divided = true) AS divided,
        count(SELECT VALUE id FROM review_item WHERE round = $round AND given = 0) AS silent,
        count(SELECT VALUE id FROM review_item WHERE round = $round AND resolution = NONE AND given > 0 AND keeps = given) AS keepable,
        count(SELECT VALUE id FROM review_item WHERE round = $round AND ($only = '' OR ($only = 'unresolved' AND resolution = NONE)
            OR ($only = 'divided' AND divided = true) OR ($only = 'silent' AND given = 0))) AS shown,
        (SELECT VALUE id FROM review_item WHERE round = $round AND (given > 0 OR comments > 0 OR asked > 1 OR resolution != NONE) LIMIT 1) = [] AS untouched
        FROM $round;
     LET $lines = (SELECT id, ",
    line_fields!(),
    " FROM review_item WHERE round = $round AND ($only = '' OR ($only = 'unresolved' AND resolution = NONE)
        OR ($only = 'divided' AND divided = true) OR ($only = 'silent' AND given = 0)) ORDER BY number LIMIT $limit START $start);
     $lines;
     LET $ids = $lines.map(|$one| $one.id);
     SELECT ",
    given_fields!(),
    " FROM verdict WHERE item IN $ids AND current = true ORDER BY at, id LIMIT 5000;
     ",
    unreviewed!(),
    "
     LET $unlike = IF $round.signed_off != NONE OR (SELECT VALUE id FROM review_item WHERE round = $round AND resolution = NONE LIMIT 1) != [] {
        [] } ELSE { fn::unlike_review($round) };
     $unlike;
     fn::unlike_print($unlike);
     SELECT VALUE { id: id, code: code, title: title } FROM (IF $round.edition.state = 'draft' { fn::emptied($round) } ELSE { [] }) LIMIT 20;"
);

/// The head of a round, if the viewer curates its set; it stands in the address
/// beneath that set.
fn checked(answers: &mut Answers, at: usize, viewer: &Viewer, set: &str) -> Result<crate::reviews::model::Round> {
    let row = answers.row::<RoundRow>(at)?;
    let row = row.filter(|row| row.set == set && viewer.may_curate(&row.line));
    Ok(row.ok_or(AppError::NotFound)?.round(viewer.timezone()))
}

/// A page of the board.
pub async fn board(db: &Db, viewer: &Viewer, set: &str, round: &ReviewRoundId, only: Only, page: u32) -> Result<Board> {
    board_finding(db, viewer, set, round, only, page, "").await
}

/// The same; of those who could review, the ones with `find` in their name.
pub async fn board_finding(
    db: &Db,
    viewer: &Viewer,
    set: &str,
    round: &ReviewRoundId,
    only: Only,
    page: u32,
    find: &str,
) -> Result<Board> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let (zone, page) = (viewer.timezone(), page.clamp(1, 10_000));
    let words: Vec<&str> = find.split_whitespace().collect();
    let find: String = words.join(" ").chars().take(120).collect();
    let mut answers = db
        .run(
            BOARD,
            vars! {
                "round" => round.clone(), "role" => Role::Reviewer.as_str(), "only" => only.as_str(),
                "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE), "find" => find.to_lowercase(),
                "offered" => i64::try_from(MOST_SUGGESTED + 1).unwrap_or(1),
            },
        )
        .await?;
    let round = checked(&mut answers, 0, viewer, set)?;
    let reviewers = answers.rows::<ReviewerRow>(1)?;
    let mut suggested = answers.rows::<SuggestedRow>(4)?;
    let more = suggested.len() > MOST_SUGGESTED;
    suggested.truncate(MOST_SUGGESTED);
    let counts = answers.row::<CountsRow>(5)?.ok_or(AppError::NotFound)?;
    let lines = answers.rows::<LineRow>(7)?;
    let given = answers.rows::<GivenRow>(9)?;
    let unreviewed = unreviewed_rows(&mut answers, 10, zone)?;
    let unlike = unlike_rows(&mut answers, 12)?;
    let emptied = answers.rows::<EmptiedRow>(14)?;
    let mut lines: Vec<BoardLine> = lines.into_iter().map(|row| row.line(zone)).collect();
    for row in given {
        let number = count(row.number);
        let line = lines.iter_mut().find(|line| line.number == number);
        if let (Some(line), Some(given)) = (line, row.given(zone)) {
            line.verdicts.push(given);
        }
    }
    Ok(Board {
        round,
        reviewers: reviewers.into_iter().map(|row| row.line(zone)).collect(),
        suggested: suggested
            .into_iter()
            .map(|row| (row.person.to_string(), row.name))
            .collect(),
        more_suggested: more,
        find,
        unresolved: count(counts.unresolved),
        added: count(counts.added),
        emptied: emptied
            .into_iter()
            .map(|row| (row.id, format!("{} {}", row.code, row.title).trim().to_owned()))
            .collect(),
        changed: count(counts.unreviewed.changed),
        unjudged: count(counts.unreviewed.silent),
        unreviewed,
        unlike,
        divided: count(counts.divided),
        silent: count(counts.silent),
        keepable: count(counts.keepable),
        only,
        lines,
        page,
        pages: pages(counts.shown, PAGE),
        untouched: counts.untouched,
        mail: false,
        link: None,
    })
}

const ITEM: &str = statement_query!(
    "SELECT ", round_fields!(), " FROM $round;
     SELECT ", given_fields!(), " FROM verdict WHERE item = $item ORDER BY at, id LIMIT 1000;
     SELECT ", comment_fields!(), " FROM review_comment WHERE item = $item ORDER BY at, id LIMIT 1000;
     SELECT ", line_fields!(), " FROM $item;
     SELECT VALUE number FROM review_item WHERE round = $round AND resolution = NONE AND number > $number ORDER BY number LIMIT 1;
     SELECT VALUE number FROM review_item WHERE round = $round AND resolution = NONE AND number != $number ORDER BY number LIMIT 1;"
);

/// One statement of a round with all that is said of it.
pub async fn board_item(db: &Db, viewer: &Viewer, set: &str, round: &ReviewRoundId, number: u32) -> Result<BoardItem> {
    board_item_looking(db, viewer, (set, round, number), &Looking::default()).await
}

/// The same with what is looked for to merge it with.
pub async fn board_item_looking(
    db: &Db,
    viewer: &Viewer,
    (set, round, number): (&str, &ReviewRoundId, u32),
    looking: &Looking,
) -> Result<BoardItem> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let zone = viewer.timezone();
    let mut answers = db
        .run(
            ITEM,
            vars! {
                "round" => round.clone(), "number" => i64::from(number), "other" => looking.other.clone(),
                "of" => None::<ReviewerId>,
            },
        )
        .await?;
    let row = answers.row::<RoundRow>(ANSWERS)?;
    let row = row.filter(|row| row.set == set && viewer.may_curate(&row.line));
    let row = row.ok_or(AppError::NotFound)?;
    let found = statements_of(db, &row.edition, &looking.query, LISTED).await?;
    let round = row.round(zone);
    let statement = statement(&mut answers)?;
    let others = others(&mut answers)?;
    let (now, earlier): (Vec<_>, Vec<_>) = answers
        .rows::<GivenRow>(ANSWERS + 1)?
        .into_iter()
        .partition(|row| row.current);
    let comments = answers.rows::<CommentRow>(ANSWERS + 2)?;
    let line = answers.row::<LineRow>(ANSWERS + 3)?.ok_or(AppError::NotFound)?;
    let (onwards, anywhere) = (answers.row::<i64>(ANSWERS + 4)?, answers.row::<i64>(ANSWERS + 5)?);
    let given = |rows: Vec<GivenRow>| rows.into_iter().filter_map(|row| row.given(zone)).collect();
    Ok(BoardItem {
        line: BoardLine {
            verdicts: given(now),
            ..line.line(zone)
        },
        earlier: given(earlier),
        comments: for_curator(comments, viewer),
        next_open: onwards.or(anywhere).map(count),
        key: uuid::Uuid::new_v4().to_string(),
        round,
        statement,
        looked_for: looking.found(found, &others),
        others,
    })
}
