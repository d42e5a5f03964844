//! The directory in the database.

use surrealdb_types::SurrealValue;

use super::model::{Colleague, Directory, FoundPlaces, Narrowing, PAGE};
use crate::db::Db;
use crate::error::Result;
use crate::id::{OrganisationId, PersonId};
use crate::vars;
use crate::viewer::{Role, Viewer};

/// So many organisations are offered in one list to narrow down to; where there
/// are more, one looks for a part of the name.
pub(super) const OFFERED: usize = 100;
/// So many are listed of those that have it.
pub(super) const LISTED: usize = 20;

#[derive(SurrealValue)]
struct Found {
    count: i64,
    people: Vec<PersonRow>,
    near: Vec<OrganisationId>,
    organisations: Vec<PlaceRow>,
    found: Vec<PlaceRow>,
}

#[derive(SurrealValue)]
struct PersonRow {
    id: PersonId,
    name: String,
    title: String,
    memberships: Vec<MembershipRow>,
}

#[derive(SurrealValue)]
struct MembershipRow {
    organisation: OrganisationId,
    slug: String,
    name: String,
}

#[derive(SurrealValue)]
struct PlaceRow {
    slug: String,
    name: String,
}

/// Everyone of the organisations in question is looked at once, side by side in
/// their index, and only those of the page are read.
pub(super) const PEOPLE: &str = "{
    LET $lines = array::flatten((SELECT VALUE line FROM $workplaces));
    LET $near = IF $everywhere { (SELECT VALUE id FROM organisation) }
        ELSE { array::union($lines, (SELECT VALUE id FROM organisation WHERE line CONTAINSANY $workplaces)) };
    LET $within = IF $slug = '' { NONE } ELSE { (SELECT VALUE id FROM organisation WHERE slug = $slug)[0] };
    LET $places = IF $slug = '' AND ($role = NONE OR $everywhere) { $near }
        ELSE { (SELECT VALUE id FROM $near WHERE ($slug = '' OR line CONTAINS $within)
            AND ($role = NONE OR $everywhere OR line CONTAINSANY $administers)) };
    LET $part = fn::part_of_name($words);
    LET $sought = fn::part_of_name($find);
    LET $all = (SELECT person, person_key FROM membership WHERE organisation IN $places
        AND ($role = NONE OR roles CONTAINS $role) AND ($words = '' OR person_key CONTAINS $part)
        GROUP BY person, person_key ORDER BY person_key, person);
    LET $page = array::slice($all.person, $start, $start + $limit);
    {
        count: array::len($all),
        people: (SELECT id, name, title, memberships FROM $page),
        near: $near,
        organisations: IF array::len($near) <= $offered { (SELECT slug, name FROM $near ORDER BY name, slug) }
            ELSE { (SELECT slug, name FROM $near WHERE slug = $slug) },
        found: IF $find = '' OR array::len($near) <= $offered { [] }
            ELSE { (SELECT slug, name FROM $near WHERE string::slug(name) CONTAINS $sought ORDER BY name, slug LIMIT $listed) },
    }
};";

/// Colleagues by name: people of the organisations on the viewer's own lines,
/// above and beneath; all people for those who look after the site. By role
/// only where the viewer looks after the organisation.
pub async fn people(db: &Db, viewer: &Viewer, narrowing: Narrowing, page: u32) -> Result<Directory> {
    let may_see_roles = viewer.site_administrator || viewer.has_role_somewhere(Role::OrganisationAdministrator);
    let narrowing = Narrowing {
        role: narrowing.role.filter(|_| may_see_roles),
        ..narrowing
    };
    let page = page.clamp(1, 10_000);
    let administers = viewer.organisations_as(Role::OrganisationAdministrator);
    let found: Found = db
        .read(
            PEOPLE,
            vars! {
                "everywhere" => viewer.is_signed_in() && viewer.site_administrator,
                "workplaces" => viewer.memberships.iter().map(|place| place.organisation.clone()).collect::<Vec<_>>(),
                "administers" => administers.map(|place| place.organisation.clone()).collect::<Vec<_>>(),
                "slug" => narrowing.organisation.clone(), "role" => narrowing.role.map(Role::as_str),
                "words" => narrowing.words.clone(), "limit" => i64::from(PAGE),
                "start" => i64::from((page - 1) * PAGE), "offered" => i64::try_from(OFFERED).unwrap_or(0),
                "find" => narrowing.find.clone(), "listed" => i64::try_from(LISTED + 1).unwrap_or(1),
            },
        )
        .await?;
    let count = u32::try_from(found.count).unwrap_or(0);
    let pair = |place: PlaceRow| (place.slug, place.name);
    let many = found.near.len() > OFFERED;
    let places = many.then(|| FoundPlaces {
        more: found.found.len() > LISTED,
        places: found.found.into_iter().take(LISTED).map(pair).collect(),
    });
    let near: std::collections::HashSet<OrganisationId> = found.near.into_iter().collect();
    let people = found.people.into_iter().map(|row| Colleague {
        id: row.id,
        name: row.name,
        title: row.title,
        organisations: row
            .memberships
            .into_iter()
            .filter(|place| near.contains(&place.organisation))
            .map(|place| (place.slug, place.name))
            .collect(),
    });
    Ok(Directory {
        people: people.collect(),
        count,
        page,
        pages: count.div_ceil(PAGE).max(1),
        organisations: found.organisations.into_iter().map(pair).collect(),
        found: places,
        narrowing,
        may_see_roles,
    })
}
