//! The nearest known word. What is known is what the viewer may see: it is
//! asked of the same entries, so no word of somebody else's comes to light.

use surrealdb_types::SurrealValue;

use super::looking;
use super::ranked::{scopes, seen, visible};
use crate::db::Db;
use crate::error::Result;
use crate::search::words;
use crate::vars;
use crate::viewer::Viewer;

/// How many words of one query are put right.
const MOST: usize = 3;

const HOLDS: &str = concat!(
    "{ ",
    scopes!(),
    " array::len((SELECT VALUE id FROM search_entry WHERE words @1@ $word AND ",
    visible!(),
    " LIMIT 1)) > 0 };"
);
/// Of the stems of words those that stand anywhere, whoever may see it.
const KNOWN: &str = "{
    LET $stems = search::analyze('english', $slips);
    LET $words = array::distinct($stems).map(|$stem| type::record('known_word', $stem));
    { stems: $stems, known: (SELECT VALUE record::id(id) FROM $words) } };";
/// Some that hold a word which this one may have been meant to be.
const NEAR: &str = concat!(
    "{ ",
    scopes!(),
    " LET $found = (SELECT VALUE words FROM search_entry WHERE words @1,OR@ $slips AND ",
    visible!(),
    " LIMIT 40);
      { near: search::analyze('english', $slips), found: $found,
        stems: array::flatten($found.map(|$words| search::analyze('english', $words))) } };"
);

#[derive(SurrealValue)]
struct KnownRow {
    /// The stems of the words, in order.
    stems: Vec<String>,
    known: Vec<String>,
}

#[derive(SurrealValue)]
struct NearRow {
    /// The stems of what the word may be, in order.
    near: Vec<String>,
    found: Vec<String>,
    stems: Vec<String>,
}

/// Puts right the words that nothing holds, and answers with what they were
/// and are.
pub(super) async fn replace(db: &Db, viewer: &Viewer, looked_for: &mut [String]) -> Result<Vec<(String, String)>> {
    let mut replaced = Vec::new();
    // Nothing holds all words: of a single one that is known already.
    let alone = looked_for.len() == 1;
    for word in looked_for {
        let near = words::near(word);
        if near.is_empty() || replaced.len() == MOST || (!alone && holds(db, viewer, word).await?) {
            continue;
        }
        if let Some(known) = nearest(db, viewer, known(db, near).await?).await? {
            replaced.push((std::mem::replace(word, known.clone()), known));
        }
    }
    Ok(replaced)
}

/// Those that are words of something: a few of hundreds, so that a point lookup
/// each is all that most of them cost.
async fn known(db: &Db, near: Vec<String>) -> Result<Vec<String>> {
    let row: KnownRow = db.read(KNOWN, vars! { "slips" => near.join(" ") }).await?;
    let pairs = near.into_iter().zip(row.stems);
    let known = pairs.filter(|(_, stem)| row.known.contains(stem));
    Ok(known.map(|(word, _)| word).collect())
}

async fn holds(db: &Db, viewer: &Viewer, word: &str) -> Result<bool> {
    let mut vars = looking(viewer);
    vars.insert("word", word.to_owned());
    db.read(HOLDS, vars).await
}

/// Of all that a word may be the one that stands most often in what was found,
/// as it is written there before what is only its kin.
async fn nearest(db: &Db, viewer: &Viewer, near: Vec<String>) -> Result<Option<String>> {
    if near.is_empty() {
        return Ok(None);
    }
    let mut vars = looking(viewer);
    vars.insert("slips", near.join(" "));
    let row: NearRow = db.read(NEAR, vars).await?;
    let written: Vec<String> = row.found.iter().flat_map(|text| words::of_query(text)).collect();
    let times = |all: &[String], one: &str| all.iter().filter(|other| *other == one).count();
    let rank = |(word, stem): &(String, String)| (times(&written, word), times(&row.stems, stem));
    let known = near.into_iter().zip(row.near).map(|pair| (rank(&pair), pair.0));
    let known = known.filter(|((_, kin), _)| *kin > 0);
    // The first of those that stand equally often: they are in a fixed order.
    let best = known.reduce(|best, next| if next.0 > best.0 { next } else { best });
    Ok(best.map(|(_, word)| word))
}
