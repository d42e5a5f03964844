//! What holds the words, ranked, kind by kind.

use surrealdb_types::{RecordId, SurrealValue};

use super::looking;
use super::seen::{own, scopes, seen};
use crate::db::Db;
use crate::error::Result;
use crate::search::model::{Kind, MOST, MOST_OF_ONE, POSTS_PER_THREAD};
use crate::viewer::Viewer;

/// What of one kind holds the words, the best first: what does in its title,
/// then what does in its text.
pub(super) struct Ranked {
    pub kind: Kind,
    pub entries: Vec<Entry>,
    /// Whether there are more than were ranked.
    pub more: bool,
}

#[derive(Clone)]
pub(super) struct Entry {
    pub subject: RecordId,
    /// Of what was found by its text.
    pub text: Option<Text>,
}

#[derive(Clone)]
pub(super) struct Text {
    /// What says it: the subject itself or a post of it.
    pub source: RecordId,
    /// The number of the post.
    pub number: Option<u32>,
}

/// What holds all words is cut to one more than is counted, after what may not
/// be seen is out: a word that stands everywhere costs no more than a rare one.
macro_rules! titles {
    ($words:literal, $kind:ident) => {
        concat!(
            " LET ",
            $words,
            "_titles = (SELECT subject, code != '' AND code = $code AS exact, search::score(1) AS score FROM search_entry
                WHERE words @1@ ",
            $words,
            " AND ",
            seen!($kind),
            " LIMIT ",
            $words,
            "_most);"
        )
    };
}

/// The same of texts, where titles leave room: what everybody may know of.
macro_rules! texts {
    ($words:literal, $kind:ident) => {
        concat!(
            "(SELECT subject, source, number, search::score(1) AS score FROM search_text WHERE words @1@ ",
            $words,
            "_open AND ",
            seen!($kind),
            " LIMIT ",
            $words,
            "_texts)"
        )
    };
}

/// And of each scope that is the viewer's `$own`, so that what they may not see is
/// not read at all: a word may stand in thousands of posts of others. Whether it
/// may be seen is asked outside of the closure, in which the planner takes no
/// index beside an OR.
macro_rules! own_texts {
    ($words:literal, $sign:literal, $own:literal) => {
        concat!(
            " LET ",
            $words,
            "_own = IF array::len(",
            $words,
            "_titles) >= ",
            $words,
            "_most { [] } ELSE {
                array::flatten(array::map(array::map(",
            $own,
            ", |$one| string::concat('",
            $sign,
            " ', $one, ' ', $code)),
                    |$looked| (SELECT subject, source, number, scope, search::score(1) AS score FROM search_text
                        WHERE words @1@ $looked LIMIT ",
            $words,
            "_texts)))
             };"
        )
    };
}
macro_rules! found {
    ($words:literal, $kind:ident, open) => {
        concat!(
            "{ titles: ",
            $words,
            "_titles, texts: IF array::len(",
            $words,
            "_titles) >= ",
            $words,
            "_most { [] } ELSE { ",
            texts!($words, $kind),
            " } }"
        )
    };
    ($words:literal, $kind:ident, own) => {
        concat!(
            "{ titles: ",
            $words,
            "_titles, texts: IF array::len(",
            $words,
            "_titles) >= ",
            $words,
            "_most { [] } ELSE { array::concat(",
            texts!($words, $kind),
            ", (SELECT subject, source, number, score FROM ",
            $words,
            "_own WHERE ",
            seen!($kind),
            ")) } }"
        )
    };
}

const RANKED: &str = concat!(
    "{ ",
    scopes!(),
    own!(),
    titles!("$statement", index),
    titles!("$competency", index),
    titles!("$course", courses),
    titles!("$lesson", courses),
    titles!("$resource", resources),
    titles!("$programme", programmes),
    titles!("$group", groups),
    titles!("$thread", groups),
    titles!("$person", people),
    own_texts!("$statement", "!", "$own_editions"),
    own_texts!("$competency", "#", "$own_editions"),
    own_texts!("$course", "$", "$own_courses"),
    own_texts!("$lesson", "%", "$own_courses"),
    own_texts!("$group", "+", "$own_groups"),
    own_texts!("$thread", "=", "$own_groups"),
    " { own: array::concat($own_groups, $own_editions, $own_courses), kinds: [",
    found!("$statement", index, own),
    ",",
    found!("$competency", index, own),
    ",",
    found!("$course", courses, own),
    ",",
    found!("$lesson", lessons_said, own),
    ",",
    found!("$resource", resources, open),
    ",",
    found!("$programme", programmes, open),
    ",",
    found!("$group", groups, own),
    ",",
    found!("$thread", groups, own),
    ", { titles: $person_titles, texts: [] }] } };"
);

#[derive(SurrealValue)]
struct TitleRow {
    subject: RecordId,
    exact: bool,
    score: f64,
}

#[derive(SurrealValue)]
struct TextRow {
    subject: RecordId,
    source: RecordId,
    number: Option<i64>,
    score: f64,
}

#[derive(SurrealValue)]
struct KindRow {
    titles: Vec<TitleRow>,
    texts: Vec<TextRow>,
}

#[derive(SurrealValue)]
struct Rows {
    own: Vec<String>,
    kinds: Vec<KindRow>,
}

/// The sign that stands before the words of a kind (see the migration).
fn sign(kind: Kind) -> char {
    match kind {
        Kind::Statement => '!',
        Kind::Competency => '#',
        Kind::Course => '$',
        Kind::Lesson => '%',
        Kind::Resource => '&',
        Kind::Programme => '*',
        Kind::Group => '+',
        Kind::Thread => '=',
        Kind::Person => '~',
    }
}

fn most(kind: Kind, only: Option<Kind>) -> usize {
    if only == Some(kind) { MOST_OF_ONE } else { MOST }
}

/// How many texts of a kind are asked for at once.
fn most_texts(kind: Kind, only: Option<Kind>) -> usize {
    match kind {
        Kind::Thread => most(kind, only) * POSTS_PER_THREAD,
        _ => most(kind, only) + 1,
    }
}

/// What holds all words, and the words of the scopes that are the viewer's own.
pub(super) async fn ranked(
    db: &Db,
    viewer: &Viewer,
    words: &[String],
    only: Option<Kind>,
) -> Result<(Vec<Ranked>, Vec<String>)> {
    if words.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let text = words.join(" ");
    let mut vars = looking(viewer);
    for kind in Kind::ALL {
        let (name, sign) = (kind.as_str(), sign(kind));
        vars.insert(name, format!("{sign} {text}"));
        vars.insert(format!("{name}_open"), format!("{sign} @ {text}"));
        vars.insert(format!("{name}_most"), most(kind, only) as i64 + 1);
        vars.insert(format!("{name}_texts"), most_texts(kind, only) as i64);
    }
    vars.insert("code", text);
    let Rows { own, kinds } = db.read(RANKED, vars).await?;
    let ranked = Kind::ALL.into_iter().zip(kinds);
    Ok((ranked.map(|(kind, row)| row.ranked(kind, only)).collect(), own))
}

impl KindRow {
    /// The best titles, then the best texts of what is not there yet.
    fn ranked(mut self, kind: Kind, only: Option<Kind>) -> Ranked {
        // As many posts as were asked for may be of a few threads.
        let cut = kind == Kind::Thread && self.texts.len() >= most_texts(kind, only);
        self.titles.sort_by(|a, b| {
            let best = b.exact.cmp(&a.exact).then(b.score.total_cmp(&a.score));
            best.then_with(|| a.subject.cmp(&b.subject))
        });
        self.texts.sort_by(|a, b| {
            let best = b.score.total_cmp(&a.score).then_with(|| a.subject.cmp(&b.subject));
            best.then(a.number.cmp(&b.number))
        });
        let titles = self.titles.into_iter().map(|row| Entry {
            subject: row.subject,
            text: None,
        });
        let mut entries: Vec<Entry> = titles.collect();
        for row in self.texts {
            if entries.iter().all(|entry| entry.subject != row.subject) {
                entries.push(row.into());
            }
        }
        let more = cut || entries.len() > most(kind, only);
        entries.truncate(most(kind, only));
        Ranked { kind, entries, more }
    }
}

impl From<TextRow> for Entry {
    fn from(row: TextRow) -> Self {
        Self {
            subject: row.subject,
            text: Some(Text {
                source: row.source,
                number: row.number.and_then(|number| u32::try_from(number).ok()),
            }),
        }
    }
}
