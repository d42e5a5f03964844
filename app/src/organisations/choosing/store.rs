//! Organisations to choose from, in the database.

use surrealdb_types::SurrealValue;

use super::model::{Choices, Choosable, LookedFor, OFFERED, Purpose, Wanted};
use crate::db::{Db, Variables};
use crate::error::{AppError, Result};
use crate::id::OrganisationId;
use crate::lookups::model::{LISTED, Suggestion};
use crate::vars;
use crate::viewer::Viewer;

/// The organisations of `$mine` with all beneath, or `$all`, in the order in which
/// a form offers them: the viewer's own first, the highest before those beneath it.
/// Its variables are those of [`variables`].
macro_rules! offered_places {
    () => {
        "{
            LET $within_reach = (SELECT id, name, timezone, parent, IF id IN $mine { array::len(line) } ELSE { 99 } AS near
                FROM organisation WHERE $all OR line CONTAINSANY $mine);
            LET $are_many = array::len($within_reach) > $most_places;
            {
                count: array::len($within_reach),
                places: (SELECT id, name, timezone, parent.name AS within, near FROM $within_reach ORDER BY near, name, id LIMIT $most_places),
                chosen: IF $are_many {
                    (SELECT id, name, timezone, parent.name AS within FROM $within_reach WHERE id = $chosen_place)
                } ELSE { [] },
                found: IF $are_many AND $place_words != '' {
                    (SELECT id, name, timezone, parent.name AS within FROM $within_reach
                        WHERE string::slug(name) CONTAINS fn::part_of_name($place_words) ORDER BY name, id LIMIT $listed_places)
                } ELSE { [] },
            }
        }"
    };
}
pub(crate) use offered_places;

#[derive(SurrealValue)]
pub struct Row {
    count: i64,
    places: Vec<PlaceRow>,
    chosen: Vec<PlaceRow>,
    found: Vec<PlaceRow>,
}

#[derive(SurrealValue)]
struct PlaceRow {
    id: OrganisationId,
    name: String,
    timezone: String,
    within: Option<String>,
}

/// What `offered_places!` asks with.
pub fn variables(viewer: &Viewer, purpose: Purpose, wanted: &Wanted) -> Variables {
    vars! {
        "all" => viewer.is_signed_in() && viewer.site_administrator, "mine" => purpose.places(viewer),
        "most_places" => i64::try_from(OFFERED).unwrap_or(0), "chosen_place" => wanted.chosen.clone(),
        "place_words" => wanted.find.clone(), "listed_places" => i64::try_from(LISTED + 1).unwrap_or(1),
    }
}

/// What a form offers to whoever may do such a thing anywhere.
pub async fn choices(db: &Db, viewer: &Viewer, purpose: Purpose, wanted: &Wanted) -> Result<Choices> {
    check(viewer, purpose)?;
    let row: Row = db
        .read(concat!(offered_places!(), ";"), variables(viewer, purpose, wanted))
        .await?;
    Ok(row.choices(wanted))
}

/// Those with a part of a name, while one types it.
pub async fn found(db: &Db, viewer: &Viewer, purpose: Purpose, words: &str, most: usize) -> Result<Vec<Suggestion>> {
    check(viewer, purpose)?;
    let words = Wanted::of("", super::model::FIND, words).find;
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<PlaceRow> = db
        .rows(
            "SELECT id, name, timezone, parent.name AS within FROM organisation
                WHERE ($all OR line CONTAINSANY $mine) AND string::slug(name) CONTAINS fn::part_of_name($words) ORDER BY name, id LIMIT $most;",
            vars! {
                "all" => viewer.site_administrator, "mine" => purpose.places(viewer), "words" => words,
                "most" => i64::try_from(most).unwrap_or(0),
            },
        )
        .await?;
    Ok(rows.into_iter().map(|row| Choosable::from(row).suggestion()).collect())
}

fn check(viewer: &Viewer, purpose: Purpose) -> Result<()> {
    match (viewer.is_signed_in(), purpose.allows(viewer)) {
        (false, _) => Err(AppError::SignInNeeded),
        (_, false) => Err(AppError::Forbidden),
        _ => Ok(()),
    }
}

impl Row {
    pub fn choices(self, wanted: &Wanted) -> Choices {
        let count = u32::try_from(self.count).unwrap_or(0);
        let many = self.count > i64::try_from(OFFERED).unwrap_or(0);
        let own = |rows: Vec<PlaceRow>| rows.into_iter().map(Choosable::from);
        let mut places: Vec<Choosable> = own(self.chosen).collect();
        let chosen = places.first().map(|place| place.id.clone());
        places.extend(own(self.places).filter(|place| Some(&place.id) != chosen.as_ref()));
        let looked_for = many.then(|| LookedFor {
            count,
            query: wanted.find.clone(),
            more: self.found.len() > LISTED,
            found: own(self.found).take(LISTED).collect(),
        });
        Choices { places, looked_for }
    }
}

impl From<PlaceRow> for Choosable {
    fn from(row: PlaceRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            timezone: row.timezone,
            within: row.within.unwrap_or_default(),
        }
    }
}

/// The organisation that a form names, where the viewer may write competency sets,
/// or what belongs to them, for it.
pub async fn owner(db: &Db, viewer: &Viewer, organisation: &str) -> Result<Option<OrganisationId>> {
    owned(db, organisation, |line| viewer.may_curate(line)).await
}

/// The same where the viewer may write job descriptions for it.
pub async fn employer(db: &Db, viewer: &Viewer, organisation: &str) -> Result<Option<OrganisationId>> {
    owned(db, organisation, |line| viewer.may_write_jobs(line)).await
}

async fn owned(
    db: &Db,
    organisation: &str,
    may: impl FnOnce(&[OrganisationId]) -> bool,
) -> Result<Option<OrganisationId>> {
    let Some(id) = OrganisationId::parse(organisation) else {
        return Ok(None);
    };
    match crate::organisations::store::line(db, &id).await {
        Ok(line) => Ok(Some(id).filter(|_| may(&line))),
        Err(AppError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
