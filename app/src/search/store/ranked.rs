//! What holds the words, ranked, kind by kind.

use surrealdb_types::{RecordId, SurrealValue};

use super::looking;
use super::seen::{few, fits, nowhere, own, scopes, seen, shown, within};
use crate::db::Db;
use crate::error::Result;
use crate::search::model::{Filters, Kind, MOST, MOST_OF_ONE, POSTS_PER_THREAD};
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
    /// What decides who may see it: its edition, course, group and so on.
    pub scope: RecordId,
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

/// Those whose title is just what was typed, however many hold its words.
macro_rules! titled {
    ($kind:literal, $seen:ident) => {
        concat!(
            "(SELECT subject, scope FROM search_entry WHERE titled = $",
            $kind,
            "_whole AND ",
            shown!($seen),
            " LIMIT $",
            $kind,
            "_most)"
        )
    };
}

/// The same, and those whose code it is.
macro_rules! exact {
    ($kind:literal, index) => {
        concat!(
            "array::distinct(array::concat(
                (SELECT subject, scope FROM search_entry WHERE code = $code AND kind = '",
            $kind,
            "' AND ",
            shown!(index),
            " LIMIT $",
            $kind,
            "_most),",
            titled!($kind, index),
            "))"
        )
    };
    ($kind:literal, $seen:ident) => {
        titled!($kind, $seen)
    };
}

/// What holds all words, also once more what is just that. It is cut to one more
/// than is counted, after what may not be seen is out: a word that stands
/// everywhere costs no more than a rare one.
macro_rules! titles {
    ($kind:literal, $seen:ident) => {
        concat!(
            " LET $",
            $kind,
            "_exact = IF $",
            $kind,
            " = NONE { [] } ELSE { ",
            exact!($kind, $seen),
            " };
              LET $",
            $kind,
            "_titles = IF $",
            $kind,
            " = NONE OR ",
            nowhere!($seen),
            " { [] } ELSE { array::concat(
                array::map($",
            $kind,
            "_exact, |$one| { subject: $one.subject, scope: $one.scope, exact: true, score: 0f }),
                (SELECT subject, scope, false AS exact, search::score(1) AS score FROM search_entry WHERE words @1@ $",
            $kind,
            " AND ",
            shown!($seen),
            " LIMIT $",
            $kind,
            "_most + array::len($",
            $kind,
            "_exact))) };"
        )
    };
}

/// Whether titles leave no room for texts.
macro_rules! full {
    ($kind:literal) => {
        concat!(
            "$",
            $kind,
            " = NONE OR array::len($",
            $kind,
            "_titles) - array::len($",
            $kind,
            "_exact) >= $",
            $kind,
            "_most"
        )
    };
}

/// The same of texts, where titles leave room: what everybody may know of. Where
/// few scopes are asked for, each is looked through by its own word instead.
macro_rules! texts {
    ($kind:literal, $seen:ident) => {
        concat!(
            "IF ",
            few!($seen),
            " { [] } ELSE { (SELECT subject, source, scope, number, search::score(1) AS score FROM search_text WHERE words @1@ $",
            $kind,
            "_open AND ",
            shown!($seen),
            " LIMIT $",
            $kind,
            "_texts) }"
        )
    };
}

/// And of each scope that is the viewer's `$own`, so that what they may not see is
/// not read at all: a word may stand in thousands of posts of others. Whether it
/// may be seen is asked outside of the closure, in which the planner takes no
/// index beside an OR.
macro_rules! own_texts {
    ($kind:literal, $sign:literal, $own:literal) => {
        concat!(
            " LET $",
            $kind,
            "_own = IF ",
            full!($kind),
            " { [] } ELSE {
                array::flatten(array::map(array::map(",
            $own,
            ", |$one| string::concat('",
            $sign,
            " ', $one, ' ', $text)),
                    |$looked| (SELECT subject, source, number, scope, search::score(1) AS score FROM search_text
                        WHERE words @1@ $looked LIMIT $",
            $kind,
            "_texts)))
             };"
        )
    };
}
macro_rules! found {
    ($kind:literal, $seen:ident, open) => {
        concat!(
            "{ titles: $",
            $kind,
            "_titles, texts: IF ",
            full!($kind),
            " { [] } ELSE { ",
            texts!($kind, $seen),
            " } }"
        )
    };
    ($kind:literal, $seen:ident, own) => {
        concat!(
            "{ titles: $",
            $kind,
            "_titles, texts: IF ",
            full!($kind),
            " { [] } ELSE { array::concat(",
            texts!($kind, $seen),
            ", (SELECT subject, source, scope, number, score FROM $",
            $kind,
            "_own WHERE ",
            shown!($seen),
            ")) } }"
        )
    };
}

/// What some of the kinds hold, in their order, and the words of the scopes in
/// which they were looked for.
macro_rules! ranked {
    ([$($titles:expr),*], [$($own_texts:expr),*], $own:literal, $first:expr $(, $found:expr)*) => {
        concat!(
            "{ ",
            scopes!(),
            within!(),
            own!(),
            $($titles,)*
            $($own_texts,)*
            " { own: ",
            $own,
            ", kinds: [",
            $first,
            $(",", $found,)*
            "] } };"
        )
    };
}

/// Asked for side by side, each on a core of its own: they cost about the same.
const INDEX: &str = ranked!(
    [
        titles!("statement", index),
        titles!("competency", index),
        titles!("course", courses),
        titles!("lesson", courses)
    ],
    [
        own_texts!("statement", "!", "$own_editions"),
        own_texts!("competency", "#", "$own_editions"),
        own_texts!("course", "$", "$own_courses"),
        own_texts!("lesson", "%", "$own_courses")
    ],
    "array::concat($own_editions, $own_courses)",
    found!("statement", index, own),
    found!("competency", index, own),
    found!("course", courses, own),
    found!("lesson", lessons_said, own)
);
const TALK: &str = ranked!(
    [
        titles!("resource", resources),
        titles!("programme", programmes),
        titles!("group", groups),
        titles!("thread", groups),
        titles!("person", people)
    ],
    [
        own_texts!("group", "+", "$own_groups"),
        own_texts!("thread", "=", "$own_groups")
    ],
    "$own_groups",
    found!("resource", resources, open),
    found!("programme", programmes, open),
    found!("group", groups, own),
    found!("thread", groups, own),
    "{ titles: $person_titles, texts: [] }"
);

#[derive(SurrealValue)]
struct TitleRow {
    subject: RecordId,
    scope: RecordId,
    exact: bool,
    score: f64,
}

#[derive(SurrealValue)]
struct TextRow {
    subject: RecordId,
    source: RecordId,
    scope: RecordId,
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

/// What holds all `words`, and the words of the scopes that are the viewer's own.
/// A title or code that is the `whole` of what was typed comes first.
pub(super) async fn ranked(
    db: &Db,
    viewer: &Viewer,
    words: &[String],
    whole: &[String],
    only: Option<Kind>,
    filters: &Filters,
) -> Result<(Vec<Ranked>, Vec<String>)> {
    if words.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let (text, whole) = (words.join(" "), whole.join(" "));
    let mut vars = looking(viewer);
    for (name, value) in filters.pairs() {
        vars.insert(name, (!value.is_empty()).then(|| value.to_owned()));
    }
    for kind in Kind::ALL {
        let (name, sign) = (kind.as_str(), sign(kind));
        // What no such thing has is not looked for.
        vars.insert(name, filters.fit(kind).then(|| format!("{sign} {text}")));
        vars.insert(format!("{name}_whole"), format!("{sign} {whole}"));
        vars.insert(format!("{name}_open"), format!("{sign} @ {text}"));
        vars.insert(format!("{name}_most"), most(kind, only) as i64 + 1);
        vars.insert(format!("{name}_texts"), most_texts(kind, only) as i64);
    }
    vars.insert("text", text);
    vars.insert("code", whole);
    let (talk, index) = (db.apart(TALK, vars.clone()), db.read(INDEX, vars));
    let (index, talk): (Rows, Rows) = db.at_once(async { futures::try_join!(index, talk) }).await?;
    let ranked = Kind::ALL.into_iter().zip(index.kinds.into_iter().chain(talk.kinds));
    let ranked = ranked.map(|(kind, row)| row.ranked(kind, only)).collect();
    Ok((ranked, [talk.own, index.own].concat()))
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
            scope: row.scope,
            text: None,
        });
        let mut entries: Vec<Entry> = Vec::new();
        for entry in titles.chain(self.texts.into_iter().map(Entry::from)) {
            if entries.iter().all(|known| known.subject != entry.subject) {
                entries.push(entry);
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
            scope: row.scope,
            text: Some(Text {
                source: row.source,
                number: row.number.and_then(|number| u32::try_from(number).ok()),
            }),
        }
    }
}
