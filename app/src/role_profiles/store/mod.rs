//! Role profiles in the database. Who may change one curates its organisation;
//! those of others are seen where the database says that they are open.

mod changing;
mod levels;
mod list;
mod making;
mod page;
mod tree;

pub use changing::{Words, remove, save_words};
pub use levels::{Sent, save_levels};
pub use list::profiles_page;
pub use making::{NewProfile, make, new_form};
pub use page::profile_page;

use surrealdb_types::SurrealValue;

use super::model::SetHead;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, OrganisationId, RoleProfileId};
use crate::vars;
use crate::viewer::Viewer;

const RETIRED: &str =
    "A newer edition has taken the place of the one that this role profile is of, so it is not changed any more.";

#[derive(SurrealValue)]
struct SetRow {
    slug: String,
    title: String,
    line: Vec<OrganisationId>,
    public: bool,
}

#[derive(SurrealValue)]
struct InForceRow {
    id: EditionId,
    number: i64,
}

/// The set in a few words, and its edition in force: whoever may make role
/// profiles may see them for sets that are published, and their curators for the
/// others too.
fn head(viewer: &Viewer, set: Option<SetRow>, edition: Option<&InForceRow>) -> Result<SetHead> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let set = set
        .filter(|set| set.public || viewer.may_curate(&set.line))
        .ok_or(AppError::NotFound)?;
    if !viewer.may_make_profiles() {
        return Err(AppError::Forbidden);
    }
    Ok(SetHead {
        slug: set.slug,
        title: set.title,
        number: edition.map(|edition| count(edition.number)),
    })
}

/// A role profile that the viewer may change.
#[derive(SurrealValue)]
struct Own {
    id: RoleProfileId,
    slug: String,
    title: String,
    description: String,
    organisation: OrganisationId,
    organisation_name: String,
    line: Vec<OrganisationId>,
    edition: EditionId,
    number: i64,
    state: String,
    language: String,
    levels: Vec<LevelRow>,
    set: String,
    set_title: String,
    revision: i64,
    open: bool,
}

#[derive(SurrealValue)]
struct LevelRow {
    label: String,
    description: String,
}

macro_rules! own_fields {
    () => {
        "id, slug, title, description, organisation, organisation.name AS organisation_name, organisation.line AS line, edition,
            edition.number AS number, edition.state AS state, edition.language AS language, edition.levels AS levels,
            edition.competency_set.slug AS set, edition.competency_set.title AS set_title, revision ?? 0 AS revision, fn::profile_open(id, fn::homes($me)) AS open"
    };
}
pub(super) use own_fields;

impl Own {
    /// Others learn of it only where it is open to them. That of a retired edition
    /// is read by whoever might change it, and changed no more.
    fn seen(found: Option<Self>, viewer: &Viewer) -> Result<Self> {
        if !viewer.is_signed_in() {
            return Err(AppError::SignInNeeded);
        }
        let found = found.ok_or(AppError::NotFound)?;
        match (viewer.may_curate(&found.line), found.state.as_str()) {
            (false, "published" | "retired") if found.open => Err(AppError::Forbidden),
            (false, _) => Err(AppError::NotFound),
            (true, "published" | "retired") => Ok(found),
            (true, _) => Err(AppError::NotFound),
        }
    }

    fn checked(found: Option<Self>, viewer: &Viewer) -> Result<Self> {
        match Self::seen(found, viewer)? {
            found if found.state == "published" => Ok(found),
            _ => Err(AppError::Conflict(RETIRED.into())),
        }
    }

    fn scale(&self) -> u32 {
        u32::try_from(self.levels.len()).unwrap_or(0)
    }
}

async fn own(db: &Db, viewer: &Viewer, profile: &RoleProfileId) -> Result<Own> {
    let found = db
        .row(
            concat!("SELECT ", own_fields!(), " FROM $profile;"),
            vars! { "profile" => profile.clone(), "me" => viewer.id().cloned() },
        )
        .await?;
    Own::checked(found, viewer)
}

/// What a form is told where its organisation has one of that title already.
const TITLE_TAKEN: &str = "title taken";

fn title_taken(error: AppError) -> AppError {
    match error {
        AppError::Conflict(said) if said == TITLE_TAKEN => AppError::field(
            "title",
            "Your organisation has a role profile of this title for the edition already.",
        ),
        other => other,
    }
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
