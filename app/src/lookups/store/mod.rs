//! What begins like what is typed, by the entries that search looks through.
//! Where nothing does, what has its stems: “budgeting” finds a budget.

mod writing;

pub use writing::{links, page, readers};

use surrealdb_types::SurrealValue;

use super::model::{Found, LISTED, Suggestion, What};
use crate::courses::store::trains_at;
use crate::db::{Db, Variables};
use crate::error::Result;
use crate::id::{CohortId, EditionId};
use crate::search::{model, words};
use crate::vars;
use crate::viewer::Viewer;

/// Letters of a word that the index knows (migration 0015).
const LETTERS: usize = 12;

/// The subjects that fit and may be seen, at most forty of them. Of what looks
/// like a code those with such a code, wherever they stand among the rest.
macro_rules! fitting {
    ($seen:literal) => {
        concat!(
            "LET $coded = IF $code = '' { [] } ELSE {
                (SELECT VALUE subject FROM search_entry WHERE typed @1@ $typed AND string::starts_with(code, $code) AND ",
            $seen,
            " LIMIT 40) };
             LET $begun = IF $coded != [] { $coded } ELSE {
                (SELECT VALUE subject FROM search_entry WHERE typed @1@ $typed AND ",
            $seen,
            " LIMIT 40) };
             LET $fitting = IF $begun != [] { $begun } ELSE {
                (SELECT VALUE subject FROM search_entry WHERE words @1@ $stems AND ",
            $seen,
            " LIMIT 40) };"
        )
    };
}

const STATEMENTS: &str = concat!(
    "{ ",
    fitting!("scope.state = 'published'"),
    " SELECT record::id(id) AS id, IF code = '' { title } ELSE { code } AS word, code, title,
        edition.competency_set.title AS place, edition.language AS language, position FROM $fitting };"
);

const ELSEWHERE: &str = concat!(
    "{ LET $set = $edition.competency_set; ",
    fitting!("scope.state = 'published' AND scope.competency_set != $set"),
    " SELECT record::id(id) AS id, IF code = '' { title } ELSE { code } AS word, code, title,
        edition.competency_set.title AS place, edition.language AS language, position FROM $fitting };"
);

const WITHIN: &str = concat!(
    "{ ",
    fitting!("scope = $edition AND scope.state = 'published'"),
    " SELECT record::id(id) AS id, IF code = '' { title } ELSE { code } AS word, code, title,
        edition.competency_set.title AS place, edition.language AS language, position FROM $fitting };"
);

const COURSES: &str = concat!(
    "{ LET $own = IF $drafts AND ($everywhere OR $trains != []) {
        (SELECT VALUE id FROM course WHERE state = 'draft' AND ($everywhere OR organisation.line CONTAINSANY $trains))
     } ELSE { [] }; ",
    fitting!("(scope.state = 'published' OR scope IN $own)"),
    " SELECT record::id(id) AS id, slug AS word, '' AS code, title,
        string::concat(organisation.name, IF state = 'published' { '' } ELSE { ' · draft' }) AS place,
        language, 0 AS position FROM $fitting };"
);

const RESOURCES: &str = concat!(
    "{ ",
    fitting!("true"),
    " SELECT record::id(id) AS id, slug AS word, '' AS code, title, publisher AS place, NONE AS language,
        0 AS position FROM $fitting };"
);

const COLLEAGUES: &str = concat!(
    "{ LET $tree = (SELECT VALUE id FROM organisation WHERE $everywhere OR line CONTAINSANY $trains); ",
    fitting!("scope.closed = NONE AND scope.memberships.organisation CONTAINSANY $tree"),
    " SELECT record::id(id) AS id, name AS word, '' AS code, name AS title, title AS place, NONE AS language,
        0 AS position FROM $fitting };"
);

#[derive(SurrealValue)]
struct Row {
    id: String,
    word: String,
    code: String,
    title: String,
    place: Option<String>,
    language: Option<String>,
    position: i64,
}

pub async fn statements(db: &Db, query: &str, most: usize) -> Result<Vec<Suggestion>> {
    found(db, STATEMENTS, '!', query, vars! {}, most).await
}

/// Published statements of other sets than this edition's.
pub async fn statements_elsewhere(db: &Db, edition: &EditionId, query: &str, most: usize) -> Result<Vec<Suggestion>> {
    found(db, ELSEWHERE, '!', query, vars! { "edition" => edition.clone() }, most).await
}

/// Statements of this edition, where it is in force.
pub async fn statements_within(db: &Db, edition: &EditionId, query: &str, most: usize) -> Result<Vec<Suggestion>> {
    found(db, WITHIN, '!', query, vars! { "edition" => edition.clone() }, most).await
}

pub async fn courses(db: &Db, viewer: &Viewer, query: &str, drafts: bool, most: usize) -> Result<Vec<Suggestion>> {
    let mut vars = trains(viewer);
    vars.insert("drafts", drafts);
    found(db, COURSES, '$', query, vars, most).await
}

pub async fn resources(db: &Db, query: &str, most: usize) -> Result<Vec<Suggestion>> {
    found(db, RESOURCES, '&', query, vars! {}, most).await
}

/// Members of the organisations that the viewer trains, or beneath them.
pub async fn colleagues(
    db: &Db,
    viewer: &Viewer,
    cohort: &CohortId,
    query: &str,
    most: usize,
) -> Result<Vec<Suggestion>> {
    crate::programmes::store::may_enrol(db, viewer, cohort).await?;
    found(db, COLLEAGUES, '~', query, trains(viewer), most).await
}

/// What a page lists of a search that came with its address.
pub async fn listed(db: &Db, viewer: &Viewer, what: &str, query: &str) -> Result<Option<Found>> {
    let (Some(what), Some(query)) = (What::parse(what), model::query(query)) else {
        return Ok(None);
    };
    let suggestions = match what {
        What::Statement => statements(db, &query, LISTED).await?,
        What::Course => courses(db, viewer, &query, false, LISTED).await?,
        What::Resource => resources(db, &query, LISTED).await?,
    };
    Ok(Some(Found {
        what,
        query,
        suggestions,
    }))
}

fn trains(viewer: &Viewer) -> Variables {
    vars! {
        "everywhere" => viewer.is_signed_in() && viewer.site_administrator,
        "trains" => trains_at(viewer),
    }
}

/// The best of what fits: what has this very code, what begins with all that
/// was typed, then in the order of its set, then by title.
async fn found(
    db: &Db,
    sql: &'static str,
    sign: char,
    query: &str,
    mut vars: Variables,
    most: usize,
) -> Result<Vec<Suggestion>> {
    let Some((wanted, begun)) = words_of(query) else {
        return Ok(Vec::new());
    };
    vars.insert("typed", format!("{sign} {begun}"));
    let typed = wanted.join(" ");
    vars.insert("stems", format!("{sign} {typed}"));
    vars.insert("code", code_in(&typed));
    let mut rows: Vec<Row> = db.read(sql, vars).await?;
    rows.sort_by_cached_key(|row| {
        let title = words::of_query(&row.title).join(" ");
        (
            words::of_query(&row.code) != wanted,
            !title.starts_with(&typed),
            row.place.clone(),
            row.position,
            title,
            row.id.clone(),
        )
    });
    rows.truncate(most);
    Ok(rows.into_iter().map(Suggestion::from).collect())
}

impl From<Row> for Suggestion {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            word: row.word,
            code: row.code,
            title: row.title,
            place: row.place.unwrap_or_default(),
            language: row.language.unwrap_or_default(),
        }
    }
}

/// The words of what was typed, and their beginnings as the index knows them.
fn words_of(query: &str) -> Option<(Vec<String>, String)> {
    let wanted = words::of_query(&model::query(query)?);
    let begun: Vec<String> = wanted.iter().map(|word| word.chars().take(LETTERS).collect()).collect();
    (!wanted.is_empty()).then(|| (wanted, begun.join(" ")))
}

/// What looks like a code is one; empty where nothing does.
fn code_in(typed: &str) -> String {
    let coded = typed.contains(|c: char| c.is_ascii_digit());
    if coded { typed.to_owned() } else { String::new() }
}
