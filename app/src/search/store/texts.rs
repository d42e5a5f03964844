//! The texts that search looks through, where no event writes them: of editions
//! that were published or retired, and of what was there before texts were found;
//! and the entries of titles that were there before titles were asked for whole.

use surrealdb_types::{RecordId, SurrealValue};

use crate::db::Db;
use crate::error::Result;
use crate::vars;

/// Statements of one step each, after which `$due` says how far it has come or
/// is gone. They end with whether there is more; few enough rows for one
/// transaction, of which each may have 20,000 characters (`fn::looked_through`).
const EDITION: &str = "
    LET $head = (SELECT edition, position FROM ONLY $due);
    LET $nodes = IF $head = NONE { [] } ELSE {
        fn::few_enough((SELECT id, edition, kind, position, description_html, knowledge, skills, attitudes, behaviours, notes
            FROM node WHERE edition = $head.edition AND position >= $head.position ORDER BY position LIMIT 500))
    };
    IF $nodes = [] { DELETE $due RETURN NONE }
    ELSE {
        fn::node_texts($nodes);
        UPDATE $due SET position = array::last($nodes).position + 1 RETURN NONE;
    };
    $nodes != [];";

/// Posts go by their keys, since there are so many: `[thread key, number]`.
const POSTS: &str = "
    LET $head = (SELECT done FROM ONLY $due);
    LET $key = IF $head.done = NONE { ['', 0] } ELSE { record::id($head.done) };
    LET $thread = $key[0];
    LET $number = $key[1] + 1;
    LET $rows = IF $head = NONE { [] } ELSE {
        (SELECT id, thread, study_group, number, html FROM post:[$thread, $number]..[$end, 0] LIMIT 100)
    };
    IF $rows = [] { DELETE $due RETURN NONE }
    ELSE {
        FOR $row IN $rows { fn::post_text($row) };
        UPDATE $due SET done = array::last($rows).id RETURN NONE;
    };
    $rows != [];";

/// Entries of titles, which know what is `titled` once they are written. Nothing
/// stands between a key and the same with a space.
const ENTRIES: &str = "
    LET $head = (SELECT done FROM ONLY $due);
    LET $key = IF $head.done = NONE { ['', ''] } ELSE { record::id($head.done) };
    LET $table = $key[0];
    LET $after = string::concat($key[1], ' ');
    LET $rows = IF $head = NONE { [] } ELSE { (SELECT VALUE id FROM search_entry:[$table, $after]..[$end, ''] LIMIT 500) };
    IF $rows = [] { DELETE $due RETURN NONE }
    ELSE {
        UPDATE $rows RETURN NONE;
        UPDATE $due SET done = array::last($rows) RETURN NONE;
    };
    $rows != [];";

macro_rules! rows {
    ($table:literal, $fields:literal, $write:literal) => {
        concat!(
            "LET $head = (SELECT done FROM ONLY $due);
             LET $rows = IF $head = NONE { [] } ELSE {
                (SELECT id, ",
            $fields,
            " FROM ",
            $table,
            " WHERE $head.done = NONE OR id > $head.done ORDER BY id LIMIT 100)
             };
             IF $rows = [] { DELETE $due RETURN NONE }
             ELSE {
                FOR $row IN $rows { ",
            $write,
            "($row) };
                UPDATE $due SET done = array::last($rows).id RETURN NONE;
             };
             $rows != [];"
        )
    };
}

const COURSES: &str = rows!("course", "state, summary", "fn::course_text");
const LESSONS: &str = rows!("lesson", "course, html", "fn::lesson_text");
const RESOURCES: &str = rows!("resource", "summary", "fn::resource_text");
const PROGRAMMES: &str = rows!("programme", "organisation, summary", "fn::programme_text");
const GROUPS: &str = rows!("study_group", "public, summary", "fn::group_text");

/// Greater than every key.
const END: &str = "~";

#[derive(SurrealValue)]
struct DueRow {
    id: RecordId,
    of: String,
}

impl DueRow {
    /// The statements of a step and which of them says whether there is more.
    fn step(&self) -> Option<(&'static str, usize)> {
        Some(match self.of.as_str() {
            "edition" => (EDITION, 3),
            "post" => (POSTS, 6),
            "search_entry" => (ENTRIES, 6),
            "course" => (COURSES, 3),
            "lesson" => (LESSONS, 3),
            "resource" => (RESOURCES, 3),
            "programme" => (PROGRAMMES, 3),
            "study_group" => (GROUPS, 3),
            _ => return None,
        })
    }
}

/// Writes the texts that are due; answers of how many editions and tables. It
/// may be left at any moment and goes on from there.
pub async fn write_due(db: &Db) -> Result<usize> {
    let due: Vec<DueRow> = db.rows("SELECT id, of FROM texts_due;", vars! {}).await?;
    for one in &due {
        let Some((step, more)) = one.step() else { continue };
        loop {
            let vars = vars! { "due" => one.id.clone(), "end" => END };
            if db.write(step, vars).await?.row::<bool>(more)? != Some(true) {
                break;
            }
        }
    }
    Ok(due.len())
}
