//! What stands on the page of what was found.

use surrealdb_types::{RecordId, SurrealValue};

use crate::db::Db;
use crate::error::Result;
use crate::paths::segment;
use crate::search::model::Hit;
use crate::search::words;
use crate::vars;

const HITS: &str = "{
    LET $rows = array::concat(
        (SELECT id, string::trim(string::concat(code, ' ', title)) AS title,
            string::concat(edition.competency_set.title, IF edition.state = 'published' { '' } ELSE { ' · draft' }) AS place,
            ['index', edition.competency_set.slug, <string> edition.number, address] AS path FROM $node),
        (SELECT id, title, organisation.name AS place, ['courses', slug] AS path FROM $course),
        (SELECT id, title, course.title AS place, ['courses', course.slug, slug] AS path FROM $lesson),
        (SELECT id, title, publisher AS place, ['resources', slug] AS path FROM $resource),
        (SELECT id, title, organisation.name AS place, ['programmes', slug] AS path FROM $programme),
        (SELECT id, title, organisation.name AS place, ['groups', slug] AS path FROM $study_group),
        (SELECT id, title, study_group.title AS place, ['groups', study_group.slug, record::id(id)] AS path FROM $thread),
        (SELECT id, name AS title, title AS place, ['people', record::id(id)] AS path FROM $person));
    { wanted: search::analyze('english', $text),
      stems: search::analyze('english', fn::plain_words(array::join($rows.title, ' '))), rows: $rows } };";

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

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    title: String,
    place: Option<String>,
    path: Vec<String>,
}

#[derive(SurrealValue)]
struct Rows {
    wanted: Vec<String>,
    /// Of all titles, one after the other.
    stems: Vec<String>,
    rows: Vec<Row>,
}

/// What was found, to be taken in any order.
pub(super) struct Hits(Vec<(RecordId, Hit)>);

impl Hits {
    /// Those of `subjects`, in their order.
    pub(super) fn take(&mut self, subjects: &[RecordId]) -> Vec<Hit> {
        let mut take = |subject: &RecordId| {
            let at = self.0.iter().position(|(id, _)| id == subject)?;
            Some(self.0.swap_remove(at).1)
        };
        subjects.iter().filter_map(&mut take).collect()
    }
}

pub(super) async fn hits(db: &Db, subjects: Vec<RecordId>, looked_for: &[String]) -> Result<Hits> {
    if subjects.is_empty() {
        return Ok(Hits(Vec::new()));
    }
    let mut vars = vars! { "text" => looked_for.join(" ") };
    for table in TABLES {
        let of_table = subjects.iter().filter(|subject| subject.table.as_str() == table);
        vars.insert(table, of_table.cloned().collect::<Vec<_>>());
    }
    let Rows { wanted, stems, rows } = db.read(HITS, vars).await?;
    let titles: Vec<_> = rows.iter().map(|row| row.title.as_str()).collect();
    let titles = words::marked(&titles, &stems, &wanted);
    let hit = |(row, title): (Row, _)| {
        let path: Vec<_> = row.path.iter().map(|part| segment(part)).collect();
        let hit = Hit {
            href: format!("/{}", path.join("/")),
            title,
            place: row.place.unwrap_or_default(),
        };
        (row.id, hit)
    };
    Ok(Hits(rows.into_iter().zip(titles).map(hit).collect()))
}
