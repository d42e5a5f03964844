//! The tree's shape, for those who look after a part of it.

use surrealdb_types::SurrealValue;

use super::on_one_line;
use crate::courses::rules::free_slug;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::OrganisationId;
use crate::organisations::model::{Kind, MOST_DEEP, OrganisationFields, OrganisationSettings, Place};
use crate::vars;
use crate::viewer::{Role, Viewer};

/// Organisations shown of a search for one to move to.
const FOUND: i64 = 20;

/// How often another free name in addresses is looked for.
const SLUG_ATTEMPTS: u32 = 4;

/// An organisation that the viewer looks after.
#[derive(Debug, Clone, SurrealValue)]
pub struct Administered {
    pub id: OrganisationId,
    pub slug: String,
    pub name: String,
    pub line: Vec<OrganisationId>,
    asking: i64,
}

impl Administered {
    /// How many people ask to join it, as far as they are counted.
    pub fn asking(&self) -> u32 {
        u32::try_from(self.asking).unwrap_or(0)
    }
}

/// Reads [`Looked`] of one organisation.
macro_rules! looked {
    ($which:literal) => {
        concat!(
            "{
                organisation: (SELECT id, slug, name, line, fn::asking(id) AS asking FROM ",
            $which,
            ")[0],
                mine: (SELECT VALUE organisation.line FROM membership WHERE person = $me LIMIT 100),
             };"
        )
    };
}

#[derive(SurrealValue)]
struct Looked {
    organisation: Option<Administered>,
    mine: Vec<Vec<OrganisationId>>,
}

/// An organisation that the viewer looks after; for its other people it is
/// forbidden, for those who do not belong it is not there.
pub async fn administered(db: &Db, viewer: &Viewer, organisation: &OrganisationId) -> Result<Administered> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let vars = vars! { "organisation" => organisation.clone(), "me" => me.clone() };
    let looked: Looked = db.read(looked!("$organisation"), vars).await?;
    granted(viewer, looked)
}

/// The same by its name in addresses.
pub async fn administered_by_slug(db: &Db, viewer: &Viewer, slug: &str) -> Result<Administered> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let vars = vars! { "slug" => slug.to_owned(), "me" => me.clone() };
    let looked: Looked = db
        .read(looked!("organisation WHERE slug = $slug LIMIT 1"), vars)
        .await?;
    granted(viewer, looked)
}

fn granted(viewer: &Viewer, looked: Looked) -> Result<Administered> {
    let organisation = looked.organisation.ok_or(AppError::NotFound)?;
    if viewer.may_administer(&organisation.line) {
        Ok(organisation)
    } else if looked.mine.iter().any(|line| on_one_line(line, &organisation.line)) {
        Err(AppError::Forbidden)
    } else {
        Err(AppError::NotFound)
    }
}

#[derive(SurrealValue)]
struct SettingsRow {
    place: String,
    kind: String,
    timezone: String,
    language: String,
    logo: Option<String>,
}

#[derive(SurrealValue)]
struct PlaceRow {
    id: OrganisationId,
    slug: String,
    name: String,
    within: Option<String>,
}

impl From<PlaceRow> for Place {
    fn from(row: PlaceRow) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            within: row.within.unwrap_or_default(),
        }
    }
}

/// Where someone administers, as the statements ask for it.
fn administers_at(viewer: &Viewer) -> Vec<OrganisationId> {
    let places = viewer.organisations_as(Role::OrganisationAdministrator);
    places.map(|place| place.organisation.clone()).collect()
}

/// What the viewer may change of an organisation, with where it could be moved
/// to: organisations they look after whose name holds `find`.
pub async fn settings(db: &Db, viewer: &Viewer, slug: &str, find: &str) -> Result<OrganisationSettings> {
    let own = administered_by_slug(db, viewer, slug).await?;
    let find: String = find.trim().chars().take(120).collect();
    let mut answers = db
        .run(
            "SELECT place, kind, timezone, language, type::record('picture', ['organisation', record::id(id)]).hash AS logo
                FROM $organisation;
             LET $above = $organisation.parent;
             SELECT id, slug, name, parent.name AS within FROM $above;
             IF $find = '' { [] } ELSE {
                (SELECT id, slug, name, parent.name AS within FROM organisation
                    WHERE ($everywhere OR line CONTAINSANY $reach) AND line CONTAINSNOT $organisation
                        AND ($above = NONE OR id != $above) AND string::slug(name) CONTAINS fn::part_of_name($find)
                    ORDER BY name, id LIMIT $limit)
             };",
            vars! {
                "organisation" => own.id.clone(), "find" => find.clone(), "everywhere" => viewer.site_administrator,
                "reach" => administers_at(viewer), "limit" => FOUND,
            },
        )
        .await?;
    let row = answers.row::<SettingsRow>(0)?.ok_or(AppError::NotFound)?;
    let parent = answers.row::<PlaceRow>(2)?;
    let found = answers.rows::<PlaceRow>(3)?;
    Ok(OrganisationSettings {
        may_move: may_move(viewer, &own.line),
        may_top: viewer.site_administrator,
        has_room: own.line.len() < MOST_DEEP,
        place: row.place,
        kind: Kind::parse(&row.kind).unwrap_or(Kind::Library),
        zones: crate::time::zones(&row.timezone),
        timezone: row.timezone,
        language: row.language,
        parent: parent.map(Place::from),
        found: found.into_iter().map(Place::from).collect(),
        find,
        logo: row.logo.map(|hash| crate::profiles::model::logo_href(&own.id, &hash)),
        key: OrganisationId::random(),
        asking: own.asking(),
        id: own.id,
        slug: own.slug,
        name: own.name,
    })
}

/// Whoever puts an organisation elsewhere looks after what it stands beneath;
/// what is at the top belongs to nobody above it.
fn may_move(viewer: &Viewer, line: &[OrganisationId]) -> bool {
    viewer.may_administer(if line.len() > 1 { &line[1..] } else { line })
}

/// The line above an organisation's new place: none at the top, which is for
/// those who look after the whole site.
async fn above(db: &Db, viewer: &Viewer, parent: Option<&OrganisationId>) -> Result<Vec<OrganisationId>> {
    match parent {
        Some(parent) => Ok(administered(db, viewer, parent).await?.line),
        None if viewer.is_signed_in() && viewer.site_administrator => Ok(Vec::new()),
        None if viewer.is_signed_in() => Err(AppError::Forbidden),
        None => Err(AppError::SignInNeeded),
    }
}

/// Makes an organisation beneath another, under an id that the form brought,
/// so that the same form sent twice makes one. The answer is its slug.
pub async fn create_beneath(
    db: &Db,
    viewer: &Viewer,
    key: &OrganisationId,
    parent: Option<&OrganisationId>,
    fields: &OrganisationFields,
) -> Result<String> {
    let above = above(db, viewer, parent).await?;
    if above.len() >= MOST_DEEP {
        return Err(AppError::Conflict(too_deep()));
    }
    let wanted = fields.name.slug();
    for _ in 0..SLUG_ATTEMPTS {
        let slug = free_slug(&wanted, &slugs_like(db, &wanted).await?);
        match create_once(db, key, parent, &above, slug, fields).await {
            Err(AppError::Conflict(message)) if message == "slug taken" => {}
            done => return done,
        }
    }
    Err(AppError::Conflict(CHANGED.into()))
}

const CHANGED: &str = "The tree of organisations was changed meanwhile. Look at it again, then try once more.";

fn too_deep() -> String {
    format!("At most {MOST_DEEP} organisations stand one beneath the other.")
}

async fn slugs_like(db: &Db, wanted: &str) -> Result<Vec<String>> {
    db.rows(
        "SELECT VALUE slug FROM organisation WHERE slug = $slug OR string::starts_with(slug, string::concat($slug, '-'));",
        vars! { "slug" => wanted.to_owned() },
    )
    .await
}

async fn create_once(
    db: &Db,
    key: &OrganisationId,
    parent: Option<&OrganisationId>,
    above: &[OrganisationId],
    slug: String,
    fields: &OrganisationFields,
) -> Result<String> {
    let mut answers = db
        .write(
            "UPSERT organisation_tree:whole SET changes = (changes ?? 0) + 1;
             LET $line = IF $parent = NONE { [] } ELSE { $parent.line };
             IF $line != $above { THROW $changed };
             LET $earlier = (SELECT slug, parent FROM ONLY $key);
             IF $earlier != NONE AND $earlier.parent != $parent { THROW 'not found' };
             IF $earlier = NONE {
                IF (SELECT VALUE id FROM organisation WHERE slug = $slug) != [] { THROW 'slug taken' };
                CREATE $key SET slug = $slug, name = $name, kind = $kind, place = $place, timezone = $timezone,
                    language = $language, parent = $parent, line = array::concat([$key], $above);
             };
             SELECT VALUE slug FROM $key;",
            vars! {
                "key" => key.clone(), "parent" => parent.cloned(), "above" => above.to_vec(), "slug" => slug,
                "name" => fields.name.as_str().to_owned(), "kind" => fields.kind.as_str(),
                "place" => fields.place.clone(), "timezone" => fields.timezone.clone(),
                "language" => fields.language.clone(), "changed" => CHANGED,
            },
        )
        .await?;
    answers.row::<String>(6)?.ok_or(AppError::Internal)
}

/// Changes what an organisation says of itself; its address stays. The answer
/// is its slug.
pub async fn save(
    db: &Db,
    viewer: &Viewer,
    organisation: &OrganisationId,
    fields: &OrganisationFields,
) -> Result<String> {
    let own = administered(db, viewer, organisation).await?;
    db.write(
        "UPDATE $organisation SET name = $name, kind = $kind, place = $place, timezone = $timezone, language = $language;",
        vars! {
            "organisation" => organisation.clone(), "name" => fields.name.as_str().to_owned(),
            "kind" => fields.kind.as_str(), "place" => fields.place.clone(), "timezone" => fields.timezone.clone(),
            "language" => fields.language.clone(),
        },
    )
    .await?;
    Ok(own.slug)
}

/// Puts an organisation, with all beneath it, beneath another. People and
/// content hang on the organisations and keep their places. The answer is its
/// slug.
pub async fn move_to(
    db: &Db,
    viewer: &Viewer,
    organisation: &OrganisationId,
    parent: Option<&OrganisationId>,
) -> Result<String> {
    let own = administered(db, viewer, organisation).await?;
    if !may_move(viewer, &own.line) {
        return Err(AppError::Forbidden);
    }
    let above = above(db, viewer, parent).await?;
    // All that moves is written, and the tree's own record with it: of two
    // moves at once the second sees the first.
    db.write(
        "UPSERT organisation_tree:whole SET changes = (changes ?? 0) + 1;
         LET $now_above = IF $parent = NONE { [] } ELSE { $parent.line };
         IF $organisation.line != $line OR $now_above != $above { THROW $changed };
         IF $above CONTAINS $organisation { THROW 'An organisation cannot stand beneath itself or what is beneath it.' };
         LET $beneath = (SELECT VALUE id FROM organisation WHERE line CONTAINS $organisation);
         LET $deepest = math::max((SELECT VALUE array::len(line) FROM $beneath));
         IF $deepest - array::len($line) + 1 + array::len($above) > $most { THROW $deep };
         UPDATE $organisation SET parent = $parent RETURN NONE;
         UPDATE $beneath SET line = array::concat(array::slice(line, 0, array::len(line) - array::len($line) + 1), $above)
            RETURN NONE;",
        vars! {
            "organisation" => organisation.clone(), "parent" => parent.cloned(), "line" => own.line,
            "above" => above, "most" => MOST_DEEP as i64, "deep" => too_deep(), "changed" => CHANGED,
        },
    )
    .await?;
    Ok(own.slug)
}
