//! The nearest known word. What is known is what the viewer may see: it is
//! asked of the same entries and texts, so no word of somebody else's comes to
//! light.

use surrealdb_types::SurrealValue;

use super::looking;
use super::seen::{scopes, seen, visible};
use crate::db::Db;
use crate::error::Result;
use crate::search::words;
use crate::vars;
use crate::viewer::Viewer;

/// How many words of one query are put right, and how many that one may have
/// been meant to be are looked for in texts.
const MOST: usize = 3;
const MOST_NEAR: usize = 8;

const HOLDS: &str = concat!(
    "{ ",
    scopes!(),
    " IF array::len((SELECT VALUE id FROM search_entry WHERE words @1@ $word AND ",
    visible!(courses),
    " LIMIT 1)) > 0 { true } ELSE {
        LET $said = array::flatten(array::map($texts,
            |$looked| (SELECT kind, scope FROM search_text WHERE words @1@ $looked LIMIT 3)));
        array::len((SELECT VALUE kind FROM $said WHERE ",
    visible!(lessons_said),
    ")) > 0 } };"
);
/// Of the stems of words those that stand anywhere, whoever may see it.
const KNOWN: &str = "{
    LET $stems = search::analyze('english', $slips);
    LET $words = array::distinct($stems).map(|$stem| type::record('known_word', $stem));
    { stems: $stems, known: (SELECT VALUE record::id(id) FROM $words) } };";
/// Some that hold a word which this one may have been meant to be: titles, and
/// where there is none texts, each with what was looked for in it.
const NEAR: &str = concat!(
    "{ ",
    scopes!(),
    " LET $found = (SELECT VALUE words FROM search_entry WHERE words @1,OR@ $slips AND ",
    visible!(courses),
    " LIMIT 40);
      LET $said = IF $found != [] { [] } ELSE {
        array::flatten(array::map($texts,
            |$looked| (SELECT kind, scope, words, $looked AS looked FROM search_text WHERE words @1@ $looked LIMIT 3)))
      };
      { near: search::analyze('english', $slips), found: $found,
        stems: array::flatten($found.map(|$words| search::analyze('english', $words))),
        texts: (SELECT looked, words FROM $said WHERE ",
    visible!(lessons_said),
    ") } };"
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
    texts: Vec<TextRow>,
}

#[derive(SurrealValue)]
struct TextRow {
    /// Which of the texts that were looked for.
    looked: String,
    words: String,
}

/// How a word is looked for in texts: in those that everybody may know of, and
/// in each that is the viewer's own.
fn in_texts(word: &str, own: &[String]) -> Vec<String> {
    let scopes = std::iter::once("@").chain(own.iter().map(String::as_str));
    scopes.map(|scope| format!("{scope} {word}")).collect()
}

/// Puts right the words that nothing holds, and answers with what they were
/// and are. `own` are the words of the scopes that are the viewer's own.
pub(super) async fn replace(
    db: &Db,
    viewer: &Viewer,
    own: &[String],
    looked_for: &mut [String],
) -> Result<Vec<(String, String)>> {
    let mut replaced = Vec::new();
    // Nothing holds all words: of a single one that is known already.
    let alone = looked_for.len() == 1;
    for word in looked_for {
        let near = words::near(word);
        if near.is_empty() || replaced.len() == MOST || (!alone && holds(db, viewer, own, word).await?) {
            continue;
        }
        if let Some(known) = nearest(db, viewer, own, known(db, near).await?).await? {
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

async fn holds(db: &Db, viewer: &Viewer, own: &[String], word: &str) -> Result<bool> {
    let mut vars = looking(viewer);
    vars.insert("word", word.to_owned());
    vars.insert("texts", in_texts(word, own));
    db.read(HOLDS, vars).await
}

/// Of all that a word may be the one that stands most often in what was found,
/// as it is written there before what is only its kin.
async fn nearest(db: &Db, viewer: &Viewer, own: &[String], near: Vec<String>) -> Result<Option<String>> {
    if near.is_empty() {
        return Ok(None);
    }
    let texts: Vec<_> = near.iter().take(MOST_NEAR).map(|word| in_texts(word, own)).collect();
    let mut vars = looking(viewer);
    vars.insert("slips", near.join(" "));
    vars.insert("texts", texts.concat());
    let row: NearRow = db.read(NEAR, vars).await?;
    let times = |all: &[String], one: &str| all.iter().filter(|other| *other == one).count();
    if !row.texts.is_empty() {
        return Ok(best(near.into_iter().map(|word| {
            let holds = |text: &&TextRow| text.looked.ends_with(&format!(" {word}"));
            let found: Vec<_> = row.texts.iter().filter(holds).collect();
            let written: Vec<String> = found.iter().flat_map(|text| words::of_text(&text.words)).collect();
            ((times(&written, &word), found.len()), word)
        })));
    }
    let written: Vec<String> = row.found.iter().flat_map(|text| words::of_text(text)).collect();
    let rank = |(word, stem): &(String, String)| (times(&written, word), times(&row.stems, stem));
    let known = near.into_iter().zip(row.near).map(|pair| (rank(&pair), pair.0));
    Ok(best(known))
}

/// The first of those that stand equally often, as written and as kin: they are
/// in a fixed order.
fn best(known: impl Iterator<Item = ((usize, usize), String)>) -> Option<String> {
    let known = known.filter(|((_, kin), _)| *kin > 0);
    let best = known.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, word)| word)
}
