//! What a post names, and where that leads, as it is posted.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use super::own;
use crate::db::Db;
use crate::error::Result;
use crate::groups::model::PostBody;
use crate::id::{GroupId, PersonId, ThreadId};
use crate::markdown::linking::{Links, folded};
use crate::paths::segment;
use crate::vars;
use crate::viewer::Viewer;

/// Where something is posted.
#[derive(Debug, Clone)]
pub enum Place {
    Group(GroupId),
    Thread(ThreadId),
}

#[derive(SurrealValue)]
struct MemberRow {
    person: PersonId,
    name: String,
}

const MEMBERS: &str = "{
    LET $place = IF $thread = NONE { $group } ELSE { (SELECT VALUE study_group FROM ONLY $thread) };
    IF $place IN $groups {
        SELECT person, person.name AS name FROM group_membership
            WHERE study_group = $place AND person.closed = NONE AND string::lowercase(person.name) IN $names LIMIT 200
    } ELSE { [] }
};";

/// A post as HTML: `[[…]]` leads to the one page that is called so, `@…` to the
/// one member of the group; what fits nothing, or several, stays as it was
/// written. A text that names nothing asks the database nothing.
pub async fn html(db: &Db, viewer: &Viewer, place: &Place, body: &PostBody) -> Result<String> {
    let named = crate::markdown::named(body.as_str());
    let mut links = Links::default();
    for name in named.pages {
        if let Some(page) = crate::lookups::store::page(db, viewer, &name).await? {
            let words = format!("{} {}", page.code, page.title).trim().to_owned();
            links.pages.insert(name, (page.href, words));
        }
    }
    if !named.people.is_empty() {
        let names = named.people.into_iter().collect();
        links.people = people(db, viewer, place, names).await?;
    }
    Ok(crate::markdown::render_linked(body.as_str(), &links))
}

async fn people(db: &Db, viewer: &Viewer, place: &Place, names: Vec<String>) -> Result<HashMap<String, String>> {
    let (group, thread) = match place.clone() {
        Place::Group(group) => (Some(group), None),
        Place::Thread(thread) => (None, Some(thread)),
    };
    let rows: Vec<MemberRow> = db
        .read(
            MEMBERS,
            vars! { "group" => group, "thread" => thread, "groups" => own(viewer), "names" => names },
        )
        .await?;
    let mut people: HashMap<String, Option<String>> = HashMap::new();
    for row in rows {
        let href = format!("/people/{}", segment(row.person.as_str()));
        people
            .entry(folded(&row.name))
            .and_modify(|one| *one = None)
            .or_insert(Some(href));
    }
    Ok(people
        .into_iter()
        .filter_map(|(name, one)| Some((name, one?)))
        .collect())
}
