//! One edition of a set.

use surrealdb_types::SurrealValue;

use super::{EditionRow, LevelRow, count};
use crate::competencies::model::{OUTLINE, OutlineNode, RoleProfileCard, SetPage, pruned};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, OrganisationId};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct SetRow {
    slug: String,
    title: String,
    description_html: String,
    language: String,
    creator: String,
    licence: String,
    owner: String,
    line: Vec<OrganisationId>,
}

#[derive(SurrealValue)]
struct ShownRow {
    id: EditionId,
    number: i64,
    levels: Vec<LevelRow>,
}

#[derive(SurrealValue)]
pub(super) struct OutlineRow {
    depth: i64,
    code: String,
    title: String,
    address: String,
}

impl From<OutlineRow> for OutlineNode {
    fn from(row: OutlineRow) -> Self {
        Self {
            depth: count(row.depth),
            code: row.code,
            title: row.title,
            address: row.address,
            badge: String::new(),
        }
    }
}

#[derive(SurrealValue)]
struct RoleProfileRow {
    slug: String,
    title: String,
    description: String,
    statements: i64,
}

/// The edition of that number, or the latest published one (for curators of a
/// set without one: the latest of all). What only curators may see is not
/// found by others.
pub async fn set_page(db: &Db, viewer: &Viewer, slug: &str, number: Option<u32>) -> Result<SetPage> {
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             LET $editions = (SELECT id, number, state, levels, statements, competencies, created, published
                FROM edition WHERE competency_set = $set ORDER BY number DESC LIMIT 200);
             LET $shown = IF $number != NONE { $editions[WHERE number = $number][0] }
                ELSE { $editions[WHERE state = 'published'][0] ?? $editions[WHERE state = 'retired'][0] ?? $editions[0] };
             LET $edition = $shown.id;
             SELECT slug, title, description_html, language, creator, licence, organisation.name AS owner,
                organisation.line AS line FROM $set;
             $editions;
             $shown;
             SELECT position, depth, code, title, address FROM node WHERE edition = $edition ORDER BY position LIMIT 10000;
             SELECT slug, title, description, statements FROM role_profile WHERE edition = $edition ORDER BY title, slug LIMIT 100;",
            vars! { "slug" => slug.to_owned(), "number" => number.map(i64::from) },
        )
        .await?;
    let set = answers.row::<SetRow>(4)?.ok_or(AppError::NotFound)?;
    let editions = answers.rows::<EditionRow>(5)?;
    let shown = answers.row::<ShownRow>(6)?.ok_or(AppError::NotFound)?;
    let nodes = answers.rows::<OutlineRow>(7)?;
    let role_profiles = answers.rows::<RoleProfileRow>(8)?;
    let may_curate = viewer.may_curate(&set.line);
    let public = editions
        .iter()
        .filter(|edition| may_curate || edition.state().is_public());
    let editions: Vec<_> = public.map(|edition| edition.card(viewer.timezone())).collect();
    let card = editions.iter().find(|edition| edition.number == count(shown.number));
    let card = card.cloned().ok_or(AppError::NotFound)?;
    Ok(SetPage {
        edition: shown.id,
        slug: set.slug,
        title: set.title,
        description_html: set.description_html,
        language: set.language,
        owner: set.owner,
        creator: set.creator,
        licence: set.licence,
        shown: card,
        editions,
        levels: shown.levels.into_iter().map(Into::into).collect(),
        outline: pruned(nodes.into_iter().map(Into::into).collect(), OUTLINE),
        role_profiles: role_profiles
            .into_iter()
            .map(|row| RoleProfileCard {
                slug: row.slug,
                title: row.title,
                description: row.description,
                statements: count(row.statements),
            })
            .collect(),
        may_curate,
    })
}
