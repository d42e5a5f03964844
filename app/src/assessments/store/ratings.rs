//! What somebody says of themselves where no role profile is chosen to measure it by.

use surrealdb_types::{Datetime, SurrealValue};

use super::profile::{LevelRow, levels, number};
use crate::assessments::gaps::{Rated, Ratings};
use crate::assessments::model::Said;
use crate::db::Db;
use crate::error::Result;
use crate::vars;
use crate::viewer::Person;

/// Ratings on one page.
const PAGE: u32 = 50;

#[derive(SurrealValue)]
struct RatedRow {
    code: String,
    title: String,
    address: String,
    number: i64,
    set_slug: String,
    language: String,
    levels: Vec<LevelRow>,
    level: Option<i64>,
    not_my_work: bool,
    at: Datetime,
}

/// A page of the person's ratings of editions in force, the latest first; nothing where
/// a role profile is chosen, whose gaps say more.
pub async fn ratings(db: &Db, person: &Person, page: u32) -> Result<Ratings> {
    let page = page.clamp(1, 10_000);
    let mut answers = db
        .run(
            "LET $ratings = IF fn::chosen_profiles($me) != [] { [] } ELSE {
                (SELECT VALUE id FROM rating WHERE person = $me AND node.edition.state = 'published') };
             array::len($ratings);
             SELECT node.code AS code, node.title AS title, node.address AS address, node.edition.number AS number,
                node.edition.competency_set.slug AS set_slug, node.edition.language AS language, node.edition.levels AS levels,
                level, not_my_work, at, id FROM $ratings ORDER BY at DESC, id LIMIT $limit START $start;",
            vars! { "me" => person.id.clone(), "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE) },
        )
        .await?;
    let count = number(answers.row::<i64>(1)?.unwrap_or(0));
    let lines = answers.rows::<RatedRow>(2)?.into_iter();
    Ok(Ratings {
        lines: lines.map(|row| rated(row, &person.timezone)).collect(),
        page,
        pages: count.div_ceil(PAGE).max(1),
    })
}

fn rated(row: RatedRow, zone: &str) -> Rated {
    let said = match row.level {
        Some(level) if !row.not_my_work => Said::Level(number(level)),
        _ => Said::NotMyWork,
    };
    let address = crate::paths::segment(&row.address);
    Rated {
        href: format!("/index/{}/{}/{address}", row.set_slug, row.number),
        code: row.code,
        title: row.title,
        language: row.language,
        now: said.label(&levels(row.levels)),
        rated_on: crate::time::day(&row.at, zone),
    }
}
