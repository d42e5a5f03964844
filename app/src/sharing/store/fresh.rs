//! What was lately shared with somebody, until they looked.

use super::{SharingRow, sharings};
use crate::db::Db;
use crate::error::Result;
use crate::home::model::News;
use crate::id::OrganisationId;
use crate::sharing::model::ROLES;
use crate::vars;
use crate::viewer::{Person, Viewer};

/// Sharings of the last two weeks at which the viewer has not looked yet, the latest
/// first, as what is new for them.
pub async fn fresh(db: &Db, viewer: &Viewer, person: &Person) -> Result<Vec<News>> {
    // Whoever holds no such role is asked about by name alone. What is shared with
    // those of other organisations takes no place here.
    const FRESH: &str = concat!(
        "LET $lately = time::now() - 14d;
         LET $new = array::concat((SELECT VALUE id FROM sharing WHERE with_person = $me AND begun > $lately),
            IF $roles = [] { [] } ELSE {
                (SELECT VALUE id FROM (SELECT id, begun FROM sharing WHERE begun > $lately AND role IN $roles
                    AND organisation.line CONTAINSANY $places AND person != $me ORDER BY begun DESC, id LIMIT 500)) });
         LET $looked = IF $new = [] { [] } ELSE {
            (SELECT VALUE record::id(id)[0] FROM look WHERE viewer = $me AND at > $lately
                AND at >= type::record('sharing', record::id(id)[0]).begun) };
         LET $fresh = (SELECT VALUE id FROM $new WHERE record::id(id) NOT IN $looked);
         LET $people = (SELECT VALUE person FROM $fresh);",
        sharings!(
            "person IN $people AND id IN $fresh AND ended = NONE AND until > time::now() ORDER BY begun DESC, id LIMIT 50;"
        )
    );
    let roles = ROLES.into_iter().filter(|role| viewer.has_role_somewhere(*role));
    let roles: Vec<String> = roles.map(|role| role.as_str().to_owned()).collect();
    let places = ROLES.into_iter().flat_map(|role| viewer.organisations_as(role));
    let places: Vec<OrganisationId> = places.map(|place| place.organisation.clone()).collect();
    let vars = vars! { "me" => person.id.clone(), "roles" => roles, "places" => places };
    let rows = db.run(FRESH, vars).await?.rows::<SharingRow>(5)?;
    let rows = rows.into_iter().filter(|row| row.holds_for(viewer));
    Ok(rows.filter_map(|row| news(row, &person.timezone)).take(MOST).collect())
}

/// Lines on Today; all that is shared stands on the page of sharings.
const MOST: usize = 5;

fn news(row: SharingRow, zone: &str) -> Option<News> {
    let what = row.what()?;
    let name = row.name.unwrap_or_default();
    Some(News {
        group: "Shared with you".into(),
        title: format!("{name}: {}", what.words()),
        href: format!("/people/{}/{}", row.person, what.as_str()),
        new: String::new(),
        posts: 0,
        author: name,
        beginning: row.purpose,
        iso: crate::time::iso(&row.begun),
        label: crate::time::ago(&row.begun, zone),
    })
}
