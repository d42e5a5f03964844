//! Organisations to join, in the database.

use surrealdb_types::SurrealValue;

use super::model::{Doors, LONGEST, OpenDoor, PAGE};
use crate::db::Db;
use crate::error::Result;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct Found {
    count: i64,
    open: Vec<DoorRow>,
}

#[derive(SurrealValue)]
struct DoorRow {
    slug: String,
    name: String,
    place: String,
    opens_to: String,
}

pub(super) const DOORS: &str = "{
    LET $part = fn::part_of_name($words);
    LET $all = (SELECT id, name FROM organisation WITH INDEX organisation_opens_to WHERE opens_to IN $ways
        AND ($words = '' OR string::slug(name) CONTAINS $part OR string::slug(place) CONTAINS $part) ORDER BY name, id);
    LET $page = array::slice($all.id, $start, $start + $limit);
    {
        count: array::len($all),
        open: (SELECT slug, name, place, opens_to FROM $page),
    }
};";

/// One page of the organisations at whose door the viewer may ask. Those that only
/// take addresses of theirs stand there for newcomers, where letters are sent to
/// confirm one: whoever has an account finds such a door only with an address that
/// opens it.
pub async fn doors(db: &Db, viewer: &Viewer, mail: bool, words: &str, page: u32) -> Result<Doors> {
    let ways = match mail && !viewer.is_signed_in() {
        true => vec!["requests", "addresses"],
        false => vec!["requests"],
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: String = words.chars().take(LONGEST as usize).collect();
    let page = page.clamp(1, 10_000);
    let found: Found = db
        .read(
            DOORS,
            vars! {
                "ways" => ways, "words" => words.clone(), "limit" => i64::from(PAGE),
                "start" => i64::from((page - 1) * PAGE),
            },
        )
        .await?;
    let count = u32::try_from(found.count).unwrap_or(0);
    let open = found.open.into_iter().map(|row| OpenDoor {
        by_request: row.opens_to == "requests",
        slug: row.slug,
        name: row.name,
        place: row.place,
    });
    Ok(Doors {
        open: open.collect(),
        count,
        page,
        pages: count.div_ceil(PAGE).max(1),
        words,
    })
}
