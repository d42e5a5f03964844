//! The duties of a job description: added, changed, taken out, and settled where a
//! new edition asks something of them.

use surrealdb_types::SurrealValue;

use super::{LevelRow, Own, count, level, own, own_fields};
use crate::competencies::model::{Level, level_word};
use crate::db::{Answers, Db};
use crate::error::{AppError, Result};
use crate::id::{JobId, NodeId};
use crate::jobs::model::{Adding, DutiesForm, DutyLine, LONGEST_TEXT, MOST_DUTIES, Mark, PAGE};
use crate::lookups::model::{LISTED, OFFERED, Suggestion};
use crate::lookups::store::statements_within;
use crate::vars;
use crate::viewer::Viewer;

/// What the page of duties is asked for.
#[derive(Debug, Clone, Default)]
pub struct AskedDuties {
    pub page: u32,
    /// A statement to be added.
    pub add: Option<NodeId>,
    /// A word of statements that are looked for.
    pub query: String,
}

#[derive(SurrealValue)]
struct LineRow {
    node: NodeId,
    level: Option<i64>,
    mark: Option<String>,
    was_title: Option<String>,
    code: String,
    title: String,
    number: i64,
    levels: Vec<LevelRow>,
    current: bool,
    choices: Vec<NodeId>,
}

#[derive(SurrealValue)]
struct NamedRow {
    id: NodeId,
    code: String,
    title: String,
}

#[derive(SurrealValue)]
struct AddingRow {
    id: NodeId,
    code: String,
    title: String,
    there: bool,
}

/// Those that wait to be settled come first.
const LOAD: &str = concat!(
    "SELECT ",
    own_fields!(),
    " FROM $job;
     LET $edition = $job.edition;
     LET $number = $edition.number;
     count((SELECT VALUE id FROM duty WHERE job_description = $job));
     LET $lines = (SELECT node, level, mark, was, mark != NONE AS waits, node.position AS position FROM duty WHERE job_description = $job
        ORDER BY waits DESC, position, node LIMIT $limit START $start);
     LET $rows = (SELECT node, level, mark, waits, position, was.title AS was_title, node.code AS code, node.title AS title,
        node.edition.number AS number, node.edition.levels AS levels, node.edition = $edition AS current,
        IF mark IN ['split', 'merged', 'retired'] { array::complement(fn::onward([node], $number, 25), [node]) } ELSE { [] } AS choices
        FROM $lines);
     SELECT * FROM $rows ORDER BY waits DESC, position, node;
     LET $became = array::distinct(array::flatten($rows.choices));
     SELECT id, code, title, position FROM $became ORDER BY position;
     SELECT id, code, title, record::exists(type::record('duty', [record::id($job), record::id(id)])) AS there
        FROM (IF $add = NONE { [] } ELSE { (SELECT * FROM $add WHERE kind = 'statement' AND edition = $edition AND edition.state = 'published') });"
);

/// A page of them as they are edited.
pub async fn duties_form(db: &Db, viewer: &Viewer, job: &JobId, asked: &AskedDuties) -> Result<DutiesForm> {
    let page = asked.page.clamp(1, 10_000);
    let vars = vars! {
        "job" => job.clone(), "me" => viewer.id().cloned(), "add" => asked.add.clone(), "limit" => i64::from(PAGE),
        "start" => i64::from((page - 1) * PAGE),
    };
    let mut answers = db.run(LOAD, vars).await?;
    let own = Own::checked(answers.row::<Own>(0)?, viewer)?;
    let all = count(answers.row::<i64>(3)?.unwrap_or(0));
    let rows = answers.rows::<LineRow>(6)?;
    let named = answers.rows::<NamedRow>(8)?;
    let adding = answers.row::<AddingRow>(9)?;
    let query = crate::search::model::query(&asked.query).unwrap_or_default();
    let found = match query.is_empty() {
        true => Vec::new(),
        false => statements_within(db, &own.edition, &query, LISTED).await?,
    };
    Ok(DutiesForm {
        id: job.clone(),
        edition: own.head(),
        title: own.title,
        levels: own.levels.into_iter().map(Level::from).collect(),
        duties: rows.into_iter().map(|row| row.line(&named)).collect(),
        count: all,
        page,
        pages: all.div_ceil(PAGE).max(1),
        adding: adding.map(|row| Adding {
            words: words(&row.code, &row.title),
            node: row.id,
            there: row.there,
        }),
        query,
        found,
    })
}

fn words(code: &str, title: &str) -> String {
    format!("{code} {title}").trim().to_owned()
}

impl LineRow {
    fn line(self, named: &[NamedRow]) -> DutyLine {
        let levels: Vec<Level> = self.levels.into_iter().map(Level::from).collect();
        let level = self.level.map(count);
        let choice = |node: &NodeId| {
            let row = named.iter().find(|row| row.id == *node)?;
            Some((row.id.clone(), words(&row.code, &row.title)))
        };
        DutyLine {
            choices: self.choices.iter().filter_map(choice).collect(),
            level_words: level.map_or_else(String::new, |level| level_word(&levels, level)),
            level,
            mark: self.mark.as_deref().and_then(Mark::parse),
            was: self.was_title,
            number: count(self.number),
            current: self.current,
            node: self.node,
            code: self.code,
            title: self.title,
        }
    }
}

/// Statements of its edition, while one types.
pub async fn found(db: &Db, viewer: &Viewer, job: &JobId, query: &str) -> Result<Vec<Suggestion>> {
    let own = own(db, viewer, job).await?;
    statements_within(db, &own.edition, query, OFFERED).await
}

/// Adds a statement of its edition; one that is there already stays as it is.
pub async fn add_duty(db: &Db, viewer: &Viewer, job: &JobId, node: &NodeId, typed: &str) -> Result<()> {
    let own = own(db, viewer, job).await?;
    let level = level(typed, own.scale())?;
    let answers = db
        .write(
            "LET $statement = (SELECT VALUE id FROM $node WHERE kind = 'statement' AND edition = $edition
                AND edition.state = 'published' AND edition = $job.edition)[0];
             LET $duty = type::record('duty', [record::id($job), record::id($node)]);
             IF $statement != NONE AND !record::exists($duty) {
                IF count((SELECT VALUE id FROM duty WHERE job_description = $job)) >= $most {
                    THROW 'A job description holds 300 statements at most. Take some out first.'
                };
                CREATE $duty SET job_description = $job, node = $node, level = $level RETURN NONE;
                UPDATE $job SET changes += 1 RETURN NONE;
             };
             $statement;",
            vars! {
                "job" => job.clone(), "node" => node.clone(), "edition" => own.edition, "level" => level,
                "most" => i64::try_from(MOST_DUTIES).unwrap_or(0),
            },
        )
        .await?;
    there(answers, 3)
}

fn there(mut answers: Answers, statement: usize) -> Result<()> {
    let found = answers.row::<NodeId>(statement)?;
    found.map(drop).ok_or(AppError::NotFound)
}

/// Changes the level of a duty of its edition, unless somebody else chose another
/// meanwhile.
pub async fn change_duty(db: &Db, viewer: &Viewer, job: &JobId, node: &NodeId, typed: &str, was: &str) -> Result<()> {
    let own = own(db, viewer, job).await?;
    let level = level(typed, own.scale())?;
    let was: Option<i64> = was.trim().parse().ok();
    let answers = db
        .write(
            "LET $duty = type::record('duty', [record::id($job), record::id($node)]);
             LET $now = (SELECT node, level FROM $duty WHERE node.edition = $edition)[0];
             IF $now != NONE AND $now.level != $level {
                IF $now.level != $was { THROW 'Meanwhile somebody chose another level here. Look at it, then choose again.' };
                UPDATE $duty SET level = $level RETURN NONE;
                UPDATE $job SET changes += 1 RETURN NONE;
             };
             $now.node;",
            vars! {
                "job" => job.clone(), "node" => node.clone(), "edition" => own.edition, "level" => level, "was" => was,
            },
        )
        .await?;
    there(answers, 3)
}

/// What the statements say where nothing was chosen.
const CHOOSE: &str = "choose";

/// Settles what a new edition asks of a duty. What went on is confirmed; what stayed
/// makes way for what was chosen of what it became, at the same level, and for its
/// own words as a duty of one's own.
pub async fn settle_duty(
    db: &Db,
    viewer: &Viewer,
    job: &JobId,
    node: &NodeId,
    chosen: &[NodeId],
    own_words: bool,
) -> Result<()> {
    let own = own(db, viewer, job).await?;
    db.write(
        "LET $duty = type::record('duty', [record::id($job), record::id($node)]);
         LET $now = (SELECT level, mark, node.title AS title FROM $duty)[0];
         LET $stays = $now.mark IN ['split', 'merged', 'retired'];
         LET $may = IF $stays { array::complement(fn::onward([$node], $number, 25), [$node]) } ELSE { [] };
         LET $taken = array::intersect($chosen, $may);
         IF $now.mark IN ['reworded', 'level'] {
            UPDATE $duty SET mark = NONE, was = NONE RETURN NONE;
            UPDATE $job SET changes += 1 RETURN NONE;
         };
         IF $stays {
            IF $taken = [] AND !$own_words { THROW 'choose' };
            FOR $one IN $taken {
                LET $place = type::record('duty', [record::id($job), record::id($one)]);
                LET $level = fn::level_now($now.level, $node, $one);
                LET $there = $place.level;
                LET $higher = IF $there != NONE AND ($level = NONE OR $there > $level) { $there } ELSE { $level };
                UPSERT $place SET job_description = $job, node = $one, level = $higher RETURN NONE;
            };
            IF $own_words {
                LET $further = IF $job.further = '' { $now.title } ELSE { string::concat($job.further, $between, $now.title) };
                IF string::len($further) > $most { THROW 'There is no room for more duties of your own. Shorten them first.' };
                UPDATE $job SET further = $further, worded += 1 RETURN NONE;
            };
            DELETE $duty RETURN NONE;
            UPDATE $job SET changes += 1 RETURN NONE;
         };",
        vars! {
            "job" => job.clone(), "node" => node.clone(), "number" => own.number, "chosen" => chosen.to_vec(),
            "own_words" => own_words, "between" => "\n", "most" => i64::from(LONGEST_TEXT),
        },
    )
    .await
    .map(drop)
    .map_err(nothing_chosen)
}

fn nothing_chosen(error: AppError) -> AppError {
    match error {
        AppError::Conflict(said) if said == CHOOSE => {
            AppError::field("chosen", "Tick what stands here from now on, or take the duty out.")
        }
        other => other,
    }
}

/// Takes a duty out; one that is not there changes nothing.
pub async fn remove_duty(db: &Db, viewer: &Viewer, job: &JobId, node: &NodeId) -> Result<()> {
    own(db, viewer, job).await?;
    db.write(
        "LET $duty = type::record('duty', [record::id($job), record::id($node)]);
         IF record::exists($duty) {
            DELETE $duty RETURN NONE;
            UPDATE $job SET changes += 1 RETURN NONE;
         };",
        vars! { "job" => job.clone(), "node" => node.clone() },
    )
    .await
    .map(drop)
}
