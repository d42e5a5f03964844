//! Organisations in the database.

mod members;
mod tree;

pub use members::{change_roles, leave, member, take_out};
pub use tree::{Administered, administered, administered_by_slug, create_beneath, move_to, save, settings};

use surrealdb_types::SurrealValue;

use super::model::{Kind, MOST_DEEP, Member, Organisation};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{OrganisationId, PersonId};
use crate::vars;
use crate::viewer::{Role, Viewer};

/// Members on one page of an organisation, and organisations beneath it.
const PAGE: u32 = 50;

/// An organisation to make.
pub struct NewOrganisation {
    pub slug: String,
    pub name: String,
    /// `state_library`, `system`, `library` or `branch`.
    pub kind: String,
    pub place: String,
    pub timezone: String,
    pub parent: Option<OrganisationId>,
}

/// Makes an organisation beneath its parent.
pub async fn create(db: &Db, new: NewOrganisation) -> Result<OrganisationId> {
    let id = OrganisationId::random();
    db.write(
        "CREATE $id SET slug = $slug, name = $name, kind = $kind, place = $place, timezone = $timezone, parent = $parent,
            line = array::concat([$id], IF $parent { $parent.line } ELSE { [] });",
        vars! {
            "id" => id.clone(), "slug" => new.slug, "name" => new.name, "kind" => new.kind, "place" => new.place,
            "timezone" => new.timezone, "parent" => new.parent,
        },
    )
    .await?;
    Ok(id)
}

/// The organisation and all above it, nearest first.
pub async fn line(db: &Db, organisation: &OrganisationId) -> Result<Vec<OrganisationId>> {
    let line: Option<Vec<OrganisationId>> = db
        .row(
            "SELECT VALUE line FROM $organisation;",
            vars! { "organisation" => organisation.clone() },
        )
        .await?;
    line.ok_or(AppError::NotFound)
}

/// Whether a migrated database holds no organisation and nobody yet.
pub async fn none(db: &Db) -> Result<bool> {
    let mut answers = db
        .run(
            "SELECT VALUE id FROM organisation LIMIT 1; SELECT VALUE id FROM person LIMIT 1;",
            vars! {},
        )
        .await?;
    Ok(answers.rows::<OrganisationId>(0)?.is_empty() && answers.rows::<PersonId>(1)?.is_empty())
}

/// Two organisations: none or one where there are no more.
pub async fn first_two(db: &Db) -> Result<Vec<OrganisationId>> {
    db.rows("SELECT VALUE id FROM organisation LIMIT 2;", vars! {}).await
}

/// The organisation of a slug.
pub async fn by_slug(db: &Db, slug: &str) -> Result<Option<OrganisationId>> {
    db.row(
        "SELECT VALUE id FROM organisation WHERE slug = $slug;",
        vars! { "slug" => slug.to_owned() },
    )
    .await
}

#[derive(SurrealValue)]
struct OrganisationRow {
    id: OrganisationId,
    slug: String,
    name: String,
    place: String,
    kind: String,
    line: Vec<OrganisationId>,
    above: Vec<PlaceRow>,
    logo: Option<String>,
    asking: i64,
}

#[derive(SurrealValue)]
struct PlaceRow {
    slug: String,
    name: String,
}

#[derive(SurrealValue)]
struct MemberRow {
    person: PersonId,
    name: String,
    title: String,
    roles: Vec<String>,
}

/// Whether one of two organisations, given by their lines, is the other or
/// stands above it.
pub fn on_one_line(one: &[OrganisationId], other: &[OrganisationId]) -> bool {
    let stands_on =
        |lower: &[OrganisationId], upper: &[OrganisationId]| upper.first().is_some_and(|id| lower.contains(id));
    stands_on(one, other) || stands_on(other, one)
}

/// An organisation as one of its members sees it; for others it is not there. Of
/// what stands beneath it they see, and count, what they may open. Of its people,
/// and of that, only those of the pages are read: who closed an account belongs
/// nowhere any more.
pub async fn page(db: &Db, viewer: &Viewer, slug: &str, (page, beneath_page): (u32, u32)) -> Result<Organisation> {
    let (page, beneath_page) = (page.clamp(1, 10_000), beneath_page.clamp(1, 10_000));
    let start = |page: u32| i64::from((page - 1) * PAGE);
    let workplaces: Vec<_> = viewer
        .memberships
        .iter()
        .map(|place| place.organisation.clone())
        .collect();
    let mut answers = db
        .run(
            "LET $organisation = (SELECT VALUE id FROM organisation WHERE slug = $slug)[0];
             LET $mine = (SELECT VALUE organisation.line FROM membership WHERE person = $me LIMIT 100);
             LET $on_my_lines = array::distinct(array::flatten($mine));
             SELECT id, slug, name, place, kind, line, line[1..].{ slug, name } AS above,
                type::record('picture', ['organisation', record::id(id)]).hash AS logo, fn::asking(id) AS asking FROM $organisation;
             SELECT slug, name FROM organisation WHERE parent = $organisation
                AND ($all OR id IN $on_my_lines OR line CONTAINSANY $workplaces) ORDER BY name, slug LIMIT $limit START $skipped;
             count(SELECT VALUE id FROM membership WHERE organisation = $organisation);
             SELECT person, person.name AS name, person.title AS title, roles FROM
                (SELECT person, person_key, roles FROM membership WHERE organisation = $organisation
                    ORDER BY person_key, person LIMIT $limit START $start);
             $mine;
             count(SELECT VALUE id FROM organisation WHERE parent = $organisation
                AND ($all OR id IN $on_my_lines OR line CONTAINSANY $workplaces));",
            vars! {
                "slug" => slug.to_owned(), "me" => viewer.id().cloned(), "limit" => i64::from(PAGE),
                "start" => start(page), "skipped" => start(beneath_page),
                "all" => viewer.is_signed_in() && viewer.site_administrator, "workplaces" => workplaces,
            },
        )
        .await?;
    let row = answers.row::<OrganisationRow>(3)?.ok_or(AppError::NotFound)?;
    // One's own organisations, what stands above them and what beneath.
    let mine: Vec<Vec<OrganisationId>> = answers.rows(7)?;
    let belongs = mine.iter().any(|line| on_one_line(line, &row.line));
    let may_administer = viewer.may_administer(&row.line);
    if !belongs && !may_administer {
        return Err(AppError::NotFound);
    }
    let beneath = answers.rows::<PlaceRow>(4)?;
    let count = answers.row::<i64>(5)?.unwrap_or(0);
    let members = answers.rows::<MemberRow>(6)?;
    let count_beneath = answers.row::<i64>(8)?.unwrap_or(0);
    let pages = |count: i64| u32::try_from(count).unwrap_or(0).div_ceil(PAGE).max(1);
    let pair = |place: PlaceRow| (place.slug, place.name);
    Ok(Organisation {
        slug: row.slug,
        name: row.name,
        place: row.place,
        kind: Kind::parse(&row.kind).unwrap_or(Kind::Library),
        above: row.above.into_iter().map(pair).collect(),
        beneath: beneath.into_iter().map(pair).collect(),
        beneath_page,
        beneath_pages: pages(count_beneath),
        members: members
            .into_iter()
            .map(|member| Member {
                id: member.person,
                name: member.name,
                title: member.title,
                roles: if may_administer {
                    member.roles.iter().filter_map(|role| Role::parse(role)).collect()
                } else {
                    Vec::new()
                },
            })
            .collect(),
        page,
        pages: pages(count),
        may_administer,
        may_add: may_administer && row.line.len() < MOST_DEEP,
        may_see_progress: viewer.may_see_progress(&row.line),
        asking: if may_administer {
            u32::try_from(row.asking).unwrap_or(0)
        } else {
            0
        },
        logo: row.logo.map(|hash| crate::profiles::model::logo_href(&row.id, &hash)),
        belongs: viewer.membership(&row.id).is_some(),
        id: row.id,
    })
}
