//! What stands on the page of what was found.

use surrealdb_types::{RecordId, SurrealValue};

use super::choices::{ChoiceRows, bind, choices};
use super::ranked::{Entry, Ranked};
use crate::db::Db;
use crate::error::Result;
use crate::groups::model::page_of;
use crate::paths::segment;
use crate::search::model::{Choices, Hit, Piece};
use crate::search::words;
use crate::vars;

const HITS: &str = concat!(
    "{
    LET $rows = array::concat(
        (SELECT id, string::trim(string::concat(code, ' ', title)) AS title,
            string::concat(edition.competency_set.title, IF edition.state = 'published' { '' } ELSE { ' · draft' }) AS place,
            edition.language AS language, ['index', edition.competency_set.slug, <string> edition.number, address] AS path FROM $node),
        (SELECT id, title, organisation.name AS place, language, ['courses', slug] AS path FROM $course),
        (SELECT id, title, course.title AS place, course.language AS language, ['courses', course.slug, slug] AS path FROM $lesson),
        (SELECT id, title, publisher AS place, ['resources', slug] AS path FROM $resource),
        (SELECT id, title, organisation.name AS place, ['programmes', slug] AS path FROM $programme),
        (SELECT id, title, organisation.name AS place, ['groups', slug] AS path FROM $study_group),
        (SELECT id, title, study_group.title AS place, ['groups', study_group.slug, record::id(id)] AS path FROM $thread),
        (SELECT id, name AS title, title AS place, ['people', record::id(id)] AS path FROM $person));
    LET $summaries = array::concat($course_text, $resource_text, $programme_text, $study_group_text);
    LET $rendered = array::concat($lesson_text, $post_text);
    LET $texts = array::concat(
        (SELECT id, fn::node_text({ description_html: description_html, knowledge: knowledge, skills: skills,
            attitudes: attitudes, behaviours: behaviours, notes: notes }) AS text FROM $node_text),
        (SELECT id, summary AS text FROM $summaries),
        (SELECT id, fn::plain_text(html) AS text FROM $rendered));
    ",
    choices!(),
    "
    { choices: { sets: $sets, organisations: $organisations, languages: $languages },
      wanted: search::analyze('english', $text),
      stems: search::analyze('english', fn::plain_words(array::join($rows.title, ' '))), rows: $rows,
      texts: array::map($texts, |$one| { id: $one.id, text: fn::looked_through($one.text),
        stems: search::analyze('english', fn::plain_words(fn::looked_through($one.text))) }) } };"
);

const TABLES: [&str; 8] = [
    "node",
    "course",
    "lesson",
    "resource",
    "programme",
    "study_group",
    "thread",
    "person",
];

/// What has a text of its own, and the names that those are bound by.
const TEXTS: [(&str, &str); 7] = [
    ("node", "node_text"),
    ("course", "course_text"),
    ("lesson", "lesson_text"),
    ("resource", "resource_text"),
    ("programme", "programme_text"),
    ("study_group", "study_group_text"),
    ("post", "post_text"),
];

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    title: String,
    place: Option<String>,
    path: Vec<String>,
    language: Option<String>,
}

#[derive(SurrealValue)]
struct TextRow {
    id: RecordId,
    text: String,
    /// Of its words, in order.
    stems: Vec<String>,
}

#[derive(SurrealValue)]
struct Rows {
    choices: ChoiceRows,
    wanted: Vec<String>,
    /// Of all titles, one after the other.
    stems: Vec<String>,
    rows: Vec<Row>,
    texts: Vec<TextRow>,
}

/// What was found, to be taken in any order.
#[derive(Default)]
pub(super) struct Hits {
    hits: Vec<(RecordId, Hit)>,
    excerpts: Vec<(RecordId, Vec<Piece>)>,
    /// What may narrow all of it.
    pub choices: Choices,
}

impl Hits {
    /// Those of `entries`, in their order.
    pub(super) fn take(&mut self, entries: &[Entry]) -> Vec<Hit> {
        entries.iter().filter_map(|entry| self.take_one(entry)).collect()
    }

    fn take_one(&mut self, entry: &Entry) -> Option<Hit> {
        let at = self.hits.iter().position(|(id, _)| *id == entry.subject)?;
        let mut hit = self.hits.swap_remove(at).1;
        if let Some(text) = &entry.text {
            let excerpt = self.excerpts.iter().position(|(id, _)| *id == text.source);
            hit.excerpt = excerpt.map_or_else(Vec::new, |at| self.excerpts.swap_remove(at).1);
            if let Some(number) = text.number {
                hit.href = format!("{}?page={}#post-{number}", hit.href, page_of(number));
            }
        }
        Some(hit)
    }
}

/// Those of `entries` that are shown, and the choices of all that was `ranked`.
pub(super) async fn hits(db: &Db, entries: &[Entry], ranked: &[Ranked], looked_for: &[String]) -> Result<Hits> {
    if ranked.iter().all(|kind| kind.entries.is_empty()) {
        return Ok(Hits::default());
    }
    let mut vars = vars! { "text" => looked_for.join(" ") };
    bind(&mut vars, ranked);
    for table in TABLES {
        let subjects = entries.iter().map(|entry| &entry.subject);
        vars.insert(table, of_table(subjects, table));
    }
    for (table, name) in TEXTS {
        let sources = entries.iter().filter_map(|entry| Some(&entry.text.as_ref()?.source));
        vars.insert(name, of_table(sources, table));
    }
    let Rows {
        choices,
        wanted,
        stems,
        rows,
        texts,
    } = db.read(HITS, vars).await?;
    let titles: Vec<_> = rows.iter().map(|row| row.title.as_str()).collect();
    let titles = words::marked(&titles, &stems, &wanted);
    let hit = |(row, title): (Row, _)| {
        let path: Vec<_> = row.path.iter().map(|part| segment(part)).collect();
        let hit = Hit {
            href: format!("/{}", path.join("/")),
            title,
            excerpt: Vec::new(),
            place: row.place.unwrap_or_default(),
            language: row.language.unwrap_or_default(),
        };
        (row.id, hit)
    };
    let excerpt = |row: TextRow| {
        let pieces = words::marked(&[&row.text], &row.stems, &wanted).concat();
        (row.id, words::excerpt(&pieces))
    };
    Ok(Hits {
        hits: rows.into_iter().zip(titles).map(hit).collect(),
        excerpts: texts.into_iter().map(excerpt).collect(),
        choices: choices.into(),
    })
}

pub(super) fn of_table<'a>(all: impl Iterator<Item = &'a RecordId>, table: &str) -> Vec<RecordId> {
    all.filter(|id| id.table.as_str() == table).cloned().collect()
}
