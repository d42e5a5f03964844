//! The job descriptions that somebody may see.

use surrealdb_types::SurrealValue;

use super::{count, reach};
use crate::db::Db;
use crate::error::Result;
use crate::id::JobId;
use crate::jobs::model::{JobLine, JobsPage, PAGE, State};
use crate::viewer::Viewer;

/// Organisations that the list can be narrowed to.
const MOST_PLACES: i64 = 50;

#[derive(SurrealValue)]
struct LineRow {
    id: JobId,
    title: String,
    organisation_name: String,
    state: String,
    statements: i64,
    waiting: i64,
}

#[derive(SurrealValue)]
struct PlaceRow {
    slug: String,
    organisation_name: String,
}

const LIST: &str = "
    LET $homes = fn::homes($me);
    LET $led = (SELECT VALUE id FROM organisation WHERE $all OR line CONTAINSANY $leads);
    LET $within = array::union($led, $homes);
    LET $seen = (SELECT id, title, state, organisation, organisation.slug AS slug, organisation.name AS organisation_name FROM job_description
        WHERE organisation IN $within AND (organisation IN $led OR state = 'in_use'));
    SELECT slug, organisation_name FROM $seen GROUP BY slug, organisation_name ORDER BY organisation_name, slug LIMIT $places;
    LET $shown = (SELECT * FROM $seen WHERE $place = '' OR slug = $place);
    array::len($shown);
    LET $lines = (SELECT * FROM $shown ORDER BY title, organisation_name, id LIMIT $limit START $start);
    SELECT id, title, organisation_name, state, count((SELECT VALUE id FROM duty WHERE job_description = $parent.id)) AS statements,
        count((SELECT VALUE id FROM duty WHERE job_description = $parent.id AND mark != NONE)) AS waiting FROM $lines
        ORDER BY title, organisation_name, id;";

/// A page of those of the organisations that the viewer leads or belongs to; all of
/// them, or those of the organisation of this name in addresses.
pub async fn jobs_page(db: &Db, viewer: &Viewer, place: &str, page: u32) -> Result<JobsPage> {
    let page = page.clamp(1, 10_000);
    let mut vars = reach(viewer);
    vars.insert("place", place.to_owned());
    vars.insert("places", MOST_PLACES);
    vars.insert("limit", i64::from(PAGE));
    vars.insert("start", i64::from((page - 1) * PAGE));
    let mut answers = db.run(LIST, vars).await?;
    let places = answers.rows::<PlaceRow>(4)?.into_iter();
    let found = count(answers.row::<i64>(6)?.unwrap_or(0));
    // What waits is the affair of whoever writes.
    let writes = viewer.writes_jobs();
    let line = |row: LineRow| JobLine {
        id: row.id,
        title: row.title,
        organisation: row.organisation_name,
        state: State::parse(&row.state).unwrap_or(State::Draft),
        statements: count(row.statements),
        waiting: if writes { count(row.waiting) } else { 0 },
    };
    Ok(JobsPage {
        places: places.map(|row| (row.slug, row.organisation_name)).collect(),
        jobs: answers.rows::<LineRow>(8)?.into_iter().map(line).collect(),
        place: place.to_owned(),
        page,
        pages: found.div_ceil(PAGE).max(1),
        may_write: writes,
    })
}
