//! A statement of a round with all that it says, and what it may be merged with.

use surrealdb_types::SurrealValue;

use super::count;
use crate::competencies::model::{Details, Level, NodeKind, Remarks, Source};
use crate::db::{Answers, Db};
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId};
use crate::lookups::model::Suggestion;
use crate::reviews::model::{LookedFor, Statement};

/// How many answers [`STATEMENT`] gives.
pub(super) const ANSWERS: usize = 10;

/// Asks for a statement of a round by its number: see [`statement`] and
/// [`others`]. Among the others is `$other`, and what the reviewer `$of`, or all of
/// them, would merge it with.
macro_rules! statement_query {
    ($($rest:tt)*) => {
        concat!(
            "LET $item = type::record('review_item', [record::id($round), $number]);
             LET $node = $item.node;
             LET $edition = $round.edition;
             LET $top = $node.above[0];
             SELECT number, code, title, asked, ask_words, round.items AS items, fn::shown_print(node) AS print FROM $item;
             SELECT title, description_html, knowledge, skills, attitudes, behaviours, notes ?? '' AS notes, topics ?? [] AS topics,
                sources ?? [] AS sources, level_descriptions ?? [] AS level_descriptions, above.{ code, title, description_html } AS above FROM $node;
             SELECT language, levels FROM $edition;
             SELECT id, code, title, position FROM node WHERE edition = $edition AND kind = 'statement' AND id != $node
                AND (IF $top = NONE { parent = NONE } ELSE { above CONTAINS $top }) ORDER BY position LIMIT 400;
             SELECT VALUE id FROM node WHERE edition = $edition AND parent = $node.parent AND id != $node LIMIT 400;
             SELECT id, code, title FROM array::distinct(array::concat(IF $other = NONE { [] } ELSE { [$other] },
                (SELECT VALUE other FROM verdict WHERE item = $item AND current = true AND other != NONE
                    AND ($of = NONE OR reviewer = $of)))) WHERE edition = $edition AND kind = 'statement' AND id != $node LIMIT 400;",
            $($rest)*
        )
    };
}
pub(super) use statement_query;

#[derive(SurrealValue)]
struct ItemRow {
    number: i64,
    code: String,
    title: String,
    asked: i64,
    ask_words: String,
    items: i64,
    print: String,
}

#[derive(SurrealValue)]
struct NodeRow {
    title: String,
    description_html: String,
    knowledge: Vec<String>,
    skills: Vec<String>,
    attitudes: Vec<String>,
    behaviours: Vec<String>,
    notes: String,
    topics: Vec<String>,
    sources: Vec<SourceRow>,
    level_descriptions: Vec<String>,
    above: Vec<AboveRow>,
}

#[derive(SurrealValue)]
struct SourceRow {
    title: String,
    credit: String,
    address: String,
}

#[derive(SurrealValue)]
struct AboveRow {
    code: String,
    title: String,
    description_html: String,
}

#[derive(SurrealValue)]
struct EditionRow {
    language: String,
    levels: Vec<LevelRow>,
}

#[derive(SurrealValue)]
struct LevelRow {
    label: String,
    description: String,
}

#[derive(SurrealValue)]
struct OtherRow {
    id: NodeId,
    code: String,
    title: String,
}

/// Code and title in one line.
pub(super) fn named(code: &str, title: &str) -> String {
    format!("{code} {title}").trim().to_owned()
}

/// The statement that was asked for.
pub(super) fn statement(answers: &mut Answers) -> Result<Statement> {
    let item = answers.row::<ItemRow>(4)?.ok_or(AppError::NotFound)?;
    let node = answers.row::<NodeRow>(5)?;
    let edition = answers.row::<EditionRow>(6)?.ok_or(AppError::NotFound)?;
    let mut statement = Statement {
        number: count(item.number),
        of: count(item.items),
        code: item.code,
        asked: item.title,
        language: edition.language,
        times_asked: count(item.asked),
        ask_words: item.ask_words,
        print: item.print,
        ..Statement::default()
    };
    let Some(node) = node else { return Ok(statement) };
    statement.now = Some(node.title);
    statement.above = node
        .above
        .iter()
        .map(|above| named(&above.code, &above.title))
        .collect();
    let said = node
        .above
        .into_iter()
        .filter(|above| !above.description_html.is_empty());
    statement.headings = said
        .map(|above| (named(&above.code, &above.title), above.description_html))
        .collect();
    statement.description_html = node.description_html;
    statement.details = Details {
        knowledge: node.knowledge,
        skills: node.skills,
        attitudes: node.attitudes,
        behaviours: node.behaviours,
    };
    let source = |row: SourceRow| Source {
        title: row.title,
        credit: row.credit,
        address: row.address,
    };
    statement.remarks = Remarks {
        notes: node.notes,
        topics: node.topics,
        sources: node.sources.into_iter().map(source).collect(),
        levels: node.level_descriptions,
    };
    let level = |row: LevelRow| Level {
        label: row.label,
        description: row.description,
    };
    statement.levels = edition.levels.into_iter().map(level).collect();
    Ok(statement)
}

/// What it may be merged with: those beside it first, then the others of its
/// section, then what was chosen from elsewhere.
pub(super) fn others(answers: &mut Answers) -> Result<Vec<(String, String)>> {
    let rows = answers.rows::<OtherRow>(7)?;
    let beside = answers.rows::<NodeId>(8)?;
    let words = |row: OtherRow| (row.id.to_string(), named(&row.code, &row.title));
    let (first, rest): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| beside.contains(&row.id));
    let mut others: Vec<_> = first.into_iter().chain(rest).map(words).collect();
    for chosen in answers.rows::<OtherRow>(9)?.into_iter().map(words) {
        if !others.contains(&chosen) {
            others.push(chosen);
        }
    }
    Ok(others)
}

/// What the address of its page asks for of the whole draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looking {
    pub query: String,
    pub other: Option<NodeId>,
}

/// Statements of a draft that a reviewer or a curator may choose among.
pub async fn statements_of(db: &Db, edition: &EditionId, query: &str, most: usize) -> Result<Vec<Suggestion>> {
    let statement = NodeKind::Statement.as_str();
    crate::outlines::store::lines_found(db, edition, query, |_, _, kind| kind == statement, most).await
}

impl Looking {
    /// What was found and chosen, beside what it may be merged with.
    pub(super) fn found(&self, found: Vec<Suggestion>, others: &[(String, String)]) -> LookedFor {
        let chosen = self.other.as_ref().map(ToString::to_string);
        LookedFor {
            query: crate::search::model::query(&self.query).unwrap_or_default(),
            found,
            chosen: chosen.filter(|chosen| others.iter().any(|(id, _)| id == chosen)),
        }
    }
}
