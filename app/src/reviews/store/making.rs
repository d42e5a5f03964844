//! Opening a round, changing what holds for it, and removing one that was
//! opened by mistake.

use super::rests::{WITHIN_A_REQUEST, clear};
use super::{OVER, own};
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{EditionId, NodeId, OrganisationId, ReviewRoundId};
use crate::people::tokens;
use crate::reviews::model::{LONGEST_WORDS, MOST_ITEMS};
use crate::state::AppState;
use crate::vars;
use crate::viewer::{Person, Viewer};
use surrealdb_types::SurrealValue;

/// What holds for a whole round, as its forms say it.
pub struct NewRound {
    title: String,
    words: String,
    due: String,
    due_at: String,
    blind: bool,
    remind_days: i64,
}

impl NewRound {
    /// The due day is one that is still to come.
    pub fn parse(
        title: &str,
        words: &str,
        due: &str,
        blind: bool,
        remind_days: Option<u32>,
        zone: &str,
    ) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let title = crate::text::line(title, "A title", 200).and_then(|title| match title.is_empty() {
            true => Err("Give the round a title.".to_owned()),
            false => Ok(title),
        });
        let title = errors.take("title", title);
        let words = errors.take("words", long(words, LONGEST_WORDS));
        let due = errors.take("due", due_day(due, zone));
        let remind_days = remind_days.unwrap_or(3);
        if remind_days > 30 {
            errors.add("remind_days", "At most 30 days before the last one.");
        }
        errors.check()?;
        let (Some(title), Some(words), Some(due)) = (title, words, due) else {
            return Err(AppError::Internal);
        };
        Ok(Self {
            due_at: crate::time::day_edge(&due, 1, zone).ok_or(AppError::Internal)?,
            title,
            words,
            due,
            blind,
            remind_days: i64::from(remind_days),
        })
    }
}

/// A text of several lines, bounded; may be empty.
pub(super) fn long(raw: &str, most: u32) -> Result<String, String> {
    let text = raw.replace("\r\n", "\n").trim().to_owned();
    let hidden = |c: char| c != '\n' && c != '\t' && crate::text::is_hidden(c);
    if text.chars().any(hidden) {
        Err(crate::text::HIDDEN.into())
    } else if text.chars().count() > most as usize {
        Err(format!("At most {most} characters."))
    } else {
        Ok(text)
    }
}

/// Today or later, within two years.
fn due_day(raw: &str, zone: &str) -> Result<String, String> {
    use jiff::ToSpan;

    const DAY: &str = "Enter a day such as 2027-01-15.";
    let day = crate::time::parse_day(raw).ok_or(DAY)?;
    let today = crate::time::parse_day(&crate::time::today(zone)).ok_or(DAY)?;
    match day {
        day if day < today => Err("This day has passed. Choose today or a day after it.".into()),
        day if day > today.saturating_add(2.years()) => Err("Choose a day within two years.".into()),
        day => Ok(day.to_string()),
    }
}

#[derive(SurrealValue)]
struct DraftRow {
    set: String,
    state: String,
    line: Vec<OrganisationId>,
}

/// A draft that the viewer may have reviewed; others do not learn that it exists.
async fn draft(db: &Db, viewer: &Viewer, edition: &EditionId) -> Result<DraftRow> {
    let draft: Option<DraftRow> = db
        .row(
            "SELECT competency_set.slug AS set, state, competency_set.organisation.line AS line FROM $edition;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    draft
        .filter(|draft| viewer.may_curate(&draft.line))
        .ok_or(AppError::NotFound)
}

/// Whether the viewer may open rounds over an edition: asked before what a form
/// says is looked at.
pub async fn may_open(db: &Db, viewer: &Viewer, edition: &EditionId) -> Result<()> {
    draft(db, viewer, edition).await.map(drop)
}

/// Whether the viewer may change a round, in the same way.
pub async fn may_change(db: &Db, viewer: &Viewer, round: &ReviewRoundId) -> Result<()> {
    own(db, viewer, round).await.map(drop)
}

/// What a round asks about.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    All,
    /// What is chosen, and all beneath it.
    Chosen(&'a [NodeId]),
    /// What was changed after the last round about it was signed off.
    Changed,
}

/// Codes that can be written in the form of a round.
const MOST_CODES: usize = 500;

#[derive(SurrealValue)]
struct CodedRow {
    id: NodeId,
    code: String,
    address: String,
}

/// The nodes of a draft by their codes, one a line or with semicolons between.
pub async fn coded(db: &Db, edition: &EditionId, codes: &str) -> Result<Vec<NodeId>> {
    let wanted: Vec<String> = codes
        .split(['\n', ';'])
        .map(|code| code.trim().to_lowercase())
        .filter(|code| !code.is_empty())
        .collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    if wanted.len() > MOST_CODES {
        return Err(AppError::field("codes", format!("At most {MOST_CODES} codes.")));
    }
    let rows: Vec<CodedRow> = db
        .rows(
            "SELECT id, string::lowercase(code) AS code, string::lowercase(address) AS address FROM node WHERE edition = $edition
                AND (string::lowercase(code) IN $codes OR string::lowercase(address) IN $codes);",
            vars! { "edition" => edition.clone(), "codes" => wanted.clone() },
        )
        .await?;
    let node = |wanted: &String| {
        let mut found = rows.iter().filter(|row| row.code == *wanted || row.address == *wanted);
        let one = found.next().filter(|_| found.next().is_none());
        one.map(|row| row.id.clone()).ok_or_else(|| {
            let shown: String = wanted.chars().take(80).collect();
            AppError::field(
                "codes",
                format!("“{shown}” is not the code of one statement or section of the draft."),
            )
        })
    };
    wanted.iter().map(node).collect()
}

/// Opens a round over statements of a draft. `key` makes a form that is sent twice one. Answers with the
/// set's name in addresses and the round.
pub async fn open(
    db: &Db,
    viewer: &Viewer,
    person: &Person,
    edition: &EditionId,
    key: &str,
    new: &NewRound,
    scope: Scope<'_>,
) -> Result<(String, ReviewRoundId)> {
    let draft = draft(db, viewer, edition).await?;
    let key = tokens::key(&format!("{edition} {key}"));
    let round = ReviewRoundId::parse(&key[..32]).ok_or(AppError::Internal)?;
    if draft.state != "draft" {
        return Err(AppError::Conflict(
            "Only a draft is reviewed; this edition is none any more.".into(),
        ));
    }
    if matches!(scope, Scope::Chosen([])) {
        return Err(AppError::field("nodes", "Choose statements, or ask about all of them."));
    }
    let chosen = match scope {
        Scope::Chosen(chosen) => chosen.to_vec(),
        Scope::All | Scope::Changed => Vec::new(),
    };
    db.write(
        OPEN,
        vars! {
            "round" => round.clone(), "edition" => edition.clone(), "title" => new.title.clone(), "words" => new.words.clone(),
            "words_html" => crate::markdown::render(&new.words), "due" => new.due.clone(), "due_at" => new.due_at.clone(),
            "blind" => new.blind, "remind_days" => new.remind_days, "me" => person.id.clone(), "all" => matches!(scope, Scope::All),
            "chosen" => chosen, "changed" => matches!(scope, Scope::Changed), "most" => i64::try_from(MOST_ITEMS).unwrap_or(0),
        },
    )
    .await?;
    Ok((draft.set, round))
}

const OPEN: &str = "
    IF !record::exists($round) {
        IF record::exists(type::record('review_rest', record::id($round))) { THROW 'This round was called off a moment ago. Open the page again for a new one.' };
        IF $edition.state != 'draft' { THROW 'Only a draft is reviewed; this edition is none any more.' };
        LET $since = IF $changed { array::map(fn::unreviewed($edition), |$one| $one.node) } ELSE { [] };
        LET $asked = array::concat($chosen, $since);
        LET $nodes = (SELECT id, code, title, position FROM node WHERE edition = $edition AND kind = 'statement'
            AND ($all OR id IN $asked OR above CONTAINSANY $chosen) ORDER BY position);
        LET $many = array::len($nodes);
        IF $many = 0 { THROW 'There is no statement in what was chosen, so there is nothing to review.' };
        IF $many > $most { THROW 'These are more statements than one round can ask about. Choose some of the sections.' };
        CREATE $round SET edition = $edition, title = $title, words = $words, words_html = $words_html, due = $due,
            due_at = type::datetime($due_at), blind = $blind, remind_days = $remind_days, items = $many, opened_by = $me, secret = <string> rand::uuid::v4(),
            scope = IF $all { [] } ELSE IF $changed { $nodes.map(|$one| $one.id) } ELSE { $chosen } RETURN NONE;
        FOR $at IN 0..$many {
            LET $node = $nodes[$at];
            CREATE type::record('review_item', [record::id($round), $at + 1]) SET round = $round, number = $at + 1,
                node = $node.id, code = $node.code, title = $node.title, seen = [fn::shown_print($node.id)],
                seen_rest = [fn::shown_rest($node.id)] RETURN NONE;
        };
        UPDATE $edition SET rounds = (rounds ?? 0) + 1 RETURN NONE;
    };";

/// Asks in a round about what was added to the draft since it began, in reading
/// order after the rest. Answers with how many statements these are.
pub async fn ask_added(state: &AppState, viewer: &Viewer, round: &ReviewRoundId) -> Result<u32> {
    own(&state.db, viewer, round).await?.going()?;
    let mut answers = state
        .db
        .write(
            ADDED,
            vars! { "round" => round.clone(), "over" => OVER, "most" => i64::try_from(MOST_ITEMS).unwrap_or(0), "words" => ADDED_WORDS },
        )
        .await?;
    let many = super::count(answers.row::<i64>(8)?.unwrap_or(0));
    if many > 0 {
        let what = match many {
            1 => "A statement was added to the draft.".to_owned(),
            many => format!("{many} statements were added to the draft."),
        };
        super::reminding::tell(state, round, &what, "").await?;
    }
    Ok(many)
}

const ADDED_WORDS: &str = "It was added to the draft after the round began.";

const ADDED: &str = "
    IF $round.signed_off != NONE { THROW $over };
    LET $nodes = fn::unasked($round);
    LET $many = array::len($nodes);
    LET $before = $round.items;
    IF $before + $many > $most { THROW 'These are more statements than one round can ask about. Open another round for them.' };
    FOR $at IN 0..$many {
        LET $node = $nodes[$at];
        CREATE type::record('review_item', [record::id($round), $before + $at + 1]) SET round = $round, number = $before + $at + 1,
            node = $node.id, code = $node.code, title = $node.title, ask_words = $words, seen = [fn::shown_print($node.id)],
            seen_rest = [fn::shown_rest($node.id)] RETURN NONE;
    };
    IF $many > 0 { UPDATE $round SET items += $many, asked_again += 1 RETURN NONE };
    IF $many > 0 { UPDATE reviewer SET finished = NONE WHERE round = $round RETURN NONE };
    SELECT VALUE $many FROM $round;";

/// Changes what holds for a round that is not signed off.
pub async fn change(db: &Db, viewer: &Viewer, round: &ReviewRoundId, new: &NewRound) -> Result<String> {
    let own = own(db, viewer, round).await?.going()?;
    db.write(
        "IF $round.signed_off != NONE { THROW $over };
         UPDATE $round SET reminded = IF due = $due { reminded } ELSE { NONE }, title = $title, words = $words, words_html = $words_html,
            due = $due, due_at = type::datetime($due_at), blind = $blind, remind_days = $remind_days RETURN NONE;",
        vars! {
            "round" => round.clone(), "over" => OVER, "title" => new.title.clone(), "words" => new.words.clone(),
            "words_html" => crate::markdown::render(&new.words), "due" => new.due.clone(), "due_at" => new.due_at.clone(),
            "blind" => new.blind, "remind_days" => new.remind_days,
        },
    )
    .await?;
    Ok(own.set)
}

/// Removes a round in which nobody has said anything. Answers with the set's
/// name in addresses.
pub async fn remove(db: &Db, viewer: &Viewer, round: &ReviewRoundId) -> Result<String> {
    away(db, viewer, round, false).await
}

/// Calls a round off that goes on, with all that was said in it.
pub async fn call_off(db: &Db, viewer: &Viewer, round: &ReviewRoundId) -> Result<String> {
    away(db, viewer, round, true).await
}

async fn away(db: &Db, viewer: &Viewer, round: &ReviewRoundId, called_off: bool) -> Result<String> {
    let own = own(db, viewer, round).await?.going()?;
    db.write(
        "IF $round.signed_off != NONE { THROW $over };
         IF !$called_off AND (SELECT VALUE id FROM review_item WHERE round = $round AND (given > 0 OR comments > 0 OR asked > 1 OR resolution != NONE) LIMIT 1) != [] {
            THROW 'Something was said in this round already, so it stays. Resolve what is left and sign it off, or tick the box that calls it off.'
         };
         DELETE $round RETURN NONE;",
        vars! { "round" => round.clone(), "over" => OVER, "called_off" => called_off },
    )
    .await?;
    clear(db, round, WITHIN_A_REQUEST).await;
    Ok(own.set)
}
