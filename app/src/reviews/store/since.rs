//! What was changed after its round was signed off or had no verdict in it, and
//! that it goes out so.

use surrealdb_types::{Datetime, SurrealValue};

use super::count;
use crate::db::{Answers, Db};
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{EditionId, PersonId, ReviewRoundId};
use crate::reviews::model::{Changed, ChangedSince, LONGEST_REASON, MOST_CHANGED, Unreviewed, WentOut};
use crate::reviews::rules::Lack;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct ChangedRow {
    round: ReviewRoundId,
    number: i64,
    identifier: Option<String>,
    section: Option<String>,
    code: String,
    why: String,
    was: Option<String>,
    now: Option<String>,
}

impl ChangedRow {
    fn line(self) -> Changed {
        Changed {
            round: self.round,
            number: count(self.number),
            identifier: self.identifier.unwrap_or_default(),
            section: self.section.unwrap_or_default(),
            code: self.code,
            why: Lack::parse(&self.why).unwrap_or(Lack::Changed),
            was: self.was,
            now: self.now,
        }
    }
}

/// What of a draft was not reviewed as it stands, and did not go out so already:
/// the answers that begin at `at` are what `fn::unreviewed_new` found and its print.
fn changed_rows(answers: &mut Answers, at: usize) -> Result<ChangedSince> {
    let rows = answers.rows::<ChangedRow>(at)?;
    let print = answers.row::<String>(at + 1)?.unwrap_or_default();
    let lines: Vec<Changed> = rows.into_iter().map(ChangedRow::line).collect();
    let silent = lines.iter().filter(|line| line.why == Lack::Silent);
    Ok(ChangedSince {
        print,
        many: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        silent: u32::try_from(silent.count()).unwrap_or(u32::MAX),
        lines,
    })
}

#[derive(SurrealValue)]
struct ShortRow {
    many: i64,
    silent: i64,
    print: String,
    lines: Vec<ChangedRow>,
}

/// The same as a page lists it, which is what `fn::unreviewed_short` found: all of it
/// counted, and the first.
pub fn changed_short(answers: &mut Answers, at: usize) -> Result<ChangedSince> {
    let row = answers.row::<ShortRow>(at)?;
    let since = |row: ShortRow| ChangedSince {
        print: row.print,
        many: count(row.many),
        silent: count(row.silent),
        lines: row.lines.into_iter().map(ChangedRow::line).collect(),
    };
    Ok(row.map(since).unwrap_or_default())
}

/// How many lines of it a page lists.
pub fn most_changed() -> i64 {
    i64::try_from(MOST_CHANGED).unwrap_or(i64::MAX)
}

/// All of it, asked by itself.
pub async fn changed_since(db: &Db, edition: &EditionId) -> Result<ChangedSince> {
    let mut answers = db
        .run(
            "LET $changed = IF $edition.rounds = NONE { [] } ELSE { fn::unreviewed_new($edition) };
             $changed;
             fn::unreviewed_print($changed);",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    changed_rows(&mut answers, 1)
}

/// That what was changed goes out unreviewed, as a form said it. `looked` is the
/// print of what it listed.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub ticked: bool,
    pub reason: String,
    pub looked: String,
    /// That codes which stand more than once go out so.
    pub repeated: bool,
}

/// The same, once it is right for what is to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub reason: String,
    pub print: String,
    pub by: Option<PersonId>,
}

impl Said {
    /// Whether it is said, and why, of exactly what is changed now: `goes` tells
    /// which of it is to be published. None: nothing of it is.
    pub fn of(&self, since: &ChangedSince, viewer: &Viewer, goes: impl Fn(&Changed) -> bool) -> Result<Option<Word>> {
        let going: Vec<&Changed> = since.lines.iter().filter(|line| goes(line)).collect();
        let Some(first) = going.first() else { return Ok(None) };
        let mut errors = FieldErrors::default();
        if !self.ticked {
            errors.add("unreviewed", unsaid(&going, first));
        } else if self.looked != since.print {
            errors.add("unreviewed", OTHERS);
        }
        let reason = super::making::long(&self.reason, LONGEST_REASON).and_then(|reason| match reason.is_empty() {
            true if self.ticked => Err("Say in a few words why they go out unreviewed.".to_owned()),
            _ => Ok(reason),
        });
        let reason = errors.take("reason", reason);
        errors.check()?;
        Ok(Some(Word {
            reason: reason.ok_or(AppError::Internal)?,
            print: since.print.clone(),
            by: viewer.id().cloned(),
        }))
    }
}

const OTHERS: &str = "What is changed is not what this form listed any more. Load the page again and look at it.";

fn unsaid(going: &[&Changed], first: &Changed) -> String {
    let silent = going.iter().filter(|line| line.why == Lack::Silent).count();
    let first = going.iter().find(|line| line.why == Lack::Changed).unwrap_or(&first);
    let title = first.now.as_ref().or(first.was.as_ref()).map_or("", String::as_str);
    let named = super::statement::named(&first.code, title);
    let what = match (going.len() - silent, silent) {
        (0, 1) => format!("Nobody gave a verdict on “{named}”."),
        (0, many) => format!("Nobody gave a verdict on {many} statements, “{named}” among them."),
        (1, 0) => format!("“{named}” was changed after its review was signed off."),
        (many, 0) => format!("{many} statements were changed after their review was signed off, “{named}” among them."),
        (1, many) => format!("“{named}” was changed after its review was signed off, and {many} had no verdict."),
        (many, none) => format!(
            "{many} statements were changed after their review was signed off, “{named}” among them, and {none} had no verdict."
        ),
    };
    format!("{what} Ask in a new round, or tick this and say why it goes out unreviewed.")
}

#[derive(SurrealValue)]
struct UnreviewedRow {
    number: i64,
    reason: String,
    by: Option<String>,
    at: Datetime,
    statements: Vec<StatementRow>,
}

#[derive(SurrealValue)]
struct StatementRow {
    number: i64,
    why: Option<String>,
    was: Option<String>,
    now: Option<String>,
}

/// Asks what of a round went out otherwise than reviewed.
macro_rules! unreviewed {
    () => {
        "SELECT edition.number AS number, reason, by.name AS by, at, statements[WHERE round = $round].map(|$one| { number: $one.number, why: $one.why, was: $one.was, now: $one.now }) AS statements
            FROM unreviewed WHERE draft = $round.edition AND statements.round CONTAINS $round ORDER BY at LIMIT 100;"
    };
}
pub(super) use unreviewed;

/// What [`unreviewed`] answers with.
pub(super) fn unreviewed_rows(answers: &mut Answers, at: usize, zone: &str) -> Result<Vec<Unreviewed>> {
    let rows = answers.rows::<UnreviewedRow>(at)?;
    let of = |row: UnreviewedRow| Unreviewed {
        edition: count(row.number),
        reason: row.reason,
        by: row.by.unwrap_or_default(),
        day: crate::time::day(&row.at, zone),
        statements: row
            .statements
            .into_iter()
            .map(|one| WentOut {
                number: count(one.number),
                why: one.why.as_deref().and_then(Lack::parse).unwrap_or(Lack::Changed),
                was: one.was,
                now: one.now,
            })
            .collect(),
    };
    Ok(rows.into_iter().map(of).collect())
}
