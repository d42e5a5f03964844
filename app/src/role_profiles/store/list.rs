//! The role profiles of a set, as the studio lists them.

use surrealdb_types::SurrealValue;

use super::{InForceRow, SetRow, count, head};
use crate::competencies::store::{curated, sees_all};
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::role_profiles::model::{ProfileLine, ProfilesPage};
use crate::vars;
use crate::viewer::Viewer;

/// Role profiles on one page.
const PAGE: u32 = 30;

#[derive(SurrealValue)]
struct LineRow {
    slug: String,
    title: String,
    description: String,
    organisation: String,
    line: Vec<OrganisationId>,
    statements: i64,
    number: i64,
    retired: bool,
}

/// Those of what of the set is in force, then those of what was: what the viewer may
/// change, and what is open to them.
pub async fn profiles_page(db: &Db, viewer: &Viewer, slug: &str, page: u32) -> Result<ProfilesPage> {
    let page = page.clamp(1, 10_000);
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             LET $editions = (SELECT id, number, partial ?? false AS partial FROM edition WHERE competency_set = $set AND state = 'published'
                ORDER BY partial, number DESC LIMIT 200);
             SELECT slug, title, organisation.line AS line, (SELECT VALUE id FROM edition
                WHERE competency_set = $parent.id AND state IN ['published', 'retired'] LIMIT 1) != [] AS public FROM $set;
             SELECT id, number FROM $editions;
             LET $homes = fn::homes($me);
             LET $past = (SELECT VALUE id FROM edition WHERE competency_set = $set AND state = 'retired');
             LET $found = (SELECT slug, title, description, organisation.name AS organisation, organisation.line AS line, statements,
                edition.number AS number, edition NOT IN $editions.id AS retired FROM role_profile WHERE edition IN array::concat($editions.id, $past)
                    AND ($all OR organisation.line CONTAINSANY $mine OR fn::profile_open(id, $homes)));
             array::len($found);
             SELECT * FROM $found ORDER BY retired, title, slug LIMIT $limit START $start;",
            vars! {
                "slug" => slug.to_owned(), "me" => viewer.id().cloned(), "mine" => curated(viewer), "all" => sees_all(viewer),
                "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE),
            },
        )
        .await?;
    let (set, edition) = (answers.row::<SetRow>(2)?, answers.row::<InForceRow>(3)?);
    let set = head(viewer, set, edition.as_ref())?;
    let found = count(answers.row::<i64>(7)?.unwrap_or(0));
    let line = |row: LineRow| ProfileLine {
        may_edit: viewer.may_curate(&row.line),
        slug: row.slug,
        title: row.title,
        description: row.description,
        organisation: row.organisation,
        statements: count(row.statements),
        number: count(row.number),
        retired: row.retired,
    };
    Ok(ProfilesPage {
        set,
        profiles: answers.rows::<LineRow>(8)?.into_iter().map(line).collect(),
        page,
        pages: found.div_ceil(PAGE).max(1),
    })
}
