//! Search in the database. What a viewer may not see is left out by the
//! statement itself, before the best are chosen.

use surrealdb_types::SurrealValue;

use super::model::{Found, FoundGroup, Hit};
use crate::db::Db;
use crate::error::Result;
use crate::id::ThreadId;
use crate::paths::segment;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct NodeRow {
    title: String,
    code: String,
    address: String,
    set_slug: String,
    set_title: String,
    number: i64,
}

impl NodeRow {
    fn into_hit(self) -> Hit {
        Hit {
            href: format!("/index/{}/{}/{}", self.set_slug, self.number, segment(&self.address)),
            title: format!("{} {}", self.code, self.title).trim().to_owned(),
            place: self.set_title,
        }
    }
}

#[derive(SurrealValue)]
struct PlacedRow {
    title: String,
    slug: String,
    place: String,
    place_slug: String,
}

#[derive(SurrealValue)]
struct LinkRow {
    title: String,
    url: String,
    publisher: String,
}

#[derive(SurrealValue)]
struct ThreadRow {
    id: ThreadId,
    title: String,
    place: String,
    place_slug: String,
}

const SEARCH: &str = "
    SELECT title, code, address, edition.competency_set.slug AS set_slug, edition.competency_set.title AS set_title,
        edition.number AS number, search::score(1) AS score, id
        FROM node WHERE title @1@ $query AND edition.state = 'published' ORDER BY score DESC, id LIMIT 10;
    SELECT title, slug, '' AS place, '' AS place_slug, search::score(1) AS score, id
        FROM course WHERE title @1@ $query AND state = 'published' ORDER BY score DESC, id LIMIT 6;
    SELECT title, slug, course.title AS place, course.slug AS place_slug, search::score(1) AS score, id
        FROM lesson WHERE title @1@ $query AND course.state = 'published' ORDER BY score DESC, id LIMIT 6;
    SELECT title, url, publisher, search::score(1) AS score, id
        FROM resource WHERE title @1@ $query ORDER BY score DESC, id LIMIT 6;
    SELECT id, title, study_group.title AS place, study_group.slug AS place_slug, search::score(1) AS score
        FROM thread WHERE title @1@ $query AND (public = true OR study_group IN $groups) ORDER BY score DESC, id LIMIT 8;
    SELECT title, code, address, edition.competency_set.slug AS set_slug, edition.competency_set.title AS set_title,
        edition.number AS number, id
        FROM node WHERE code IN [$query, string::uppercase($query)] AND edition.state = 'published'
        ORDER BY set_title, number DESC, id LIMIT 5;";

pub async fn search(db: &Db, viewer: &Viewer, query: String) -> Result<Found> {
    let groups: Vec<_> = viewer.groups.iter().map(|group| group.id.clone()).collect();
    let mut answers = db
        .run(SEARCH, vars! { "query" => query.clone(), "groups" => groups })
        .await?;
    // Whoever types a code wants what bears it.
    let coded = answers.rows::<NodeRow>(5)?;
    let worded = answers.rows::<NodeRow>(0)?;
    let statements = coded.into_iter().chain(worded).map(NodeRow::into_hit);
    let courses = answers.rows::<PlacedRow>(1)?.into_iter().map(|row| Hit {
        href: format!("/courses/{}", row.slug),
        title: row.title,
        place: row.place,
    });
    let lessons = answers.rows::<PlacedRow>(2)?.into_iter().map(|row| Hit {
        href: format!("/courses/{}/{}", row.place_slug, row.slug),
        title: row.title,
        place: row.place,
    });
    let resources = answers.rows::<LinkRow>(3)?.into_iter().map(|row| Hit {
        href: row.url,
        title: row.title,
        place: row.publisher,
    });
    let threads = answers.rows::<ThreadRow>(4)?.into_iter().map(|row| Hit {
        href: format!("/groups/{}/{}", row.place_slug, row.id),
        title: row.title,
        place: row.place,
    });
    let groups = [
        ("In the index", statements.collect::<Vec<_>>()),
        ("Courses", courses.collect()),
        ("Lessons", lessons.collect()),
        ("Resources", resources.collect()),
        ("Talk", threads.collect()),
    ];
    let groups = groups
        .into_iter()
        .filter(|(_, hits)| !hits.is_empty())
        .map(|(title, hits)| FoundGroup {
            title: title.to_owned(),
            hits,
        })
        .collect();
    Ok(Found { query, groups })
}
