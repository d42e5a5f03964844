//! The competency index in the database.

mod branch;
mod dropping;
mod editions;
mod finding;
mod imports;
mod learning;
mod list;
mod looked_for;
mod moved;
mod node_page;
mod node_query;
mod origins;
mod part;
mod parts;
mod profiles;
mod provider;
mod reading;
mod records;
mod remarks;
mod set_page;
mod standing;
mod writing;

pub use branch::branch;
pub use dropping::drop_draft;
pub use editions::{
    After, free_slug, node_by_code, publish_draft, publish_draft_after, publishable, published_edition,
};
pub(crate) use finding::find;
pub use finding::find_missing;
pub(crate) use imports::{ImportedRow, imported};
pub use imports::{StagedFile, finished, keep_columns, keep_file, keep_replaced, language_of, replaced, staged};
pub use list::list;
pub use moved::moved;
pub use node_page::{node_page, node_pages};
pub(crate) use origins::{published_among, words as link_words};
pub use part::{Counts, Part, abandon_part, begin_part, publish_part};
pub use parts::discard_left;
pub use profiles::{RoleProfileToWrite, add_role_profile};
pub use provider::{catalogue_missing, documents, found, holding};
pub use reading::{Stored, edition_of, latest, set_of_nodes, set_of_title, sets_named, stored_node, stored_set};
pub use records::node_key;
pub use remarks::remarks;
pub use set_page::{set_page, set_page_where};
pub(crate) use writing::TOO_LARGE;
pub use writing::{Target, Writing, fits_a_draft, remove_draft, save};

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{EditionCard, EditionState, Level};
use crate::id::OrganisationId;
use crate::viewer::{Role, Viewer};

#[derive(Clone, SurrealValue)]
struct LevelRow {
    label: String,
    description: String,
}

impl From<LevelRow> for Level {
    fn from(row: LevelRow) -> Self {
        Self {
            label: row.label,
            description: row.description,
        }
    }
}

#[derive(Clone, SurrealValue)]
struct EditionRow {
    number: i64,
    state: String,
    statements: i64,
    competencies: i64,
    created: Datetime,
    published: Option<Datetime>,
    partial: Option<bool>,
    /// Where it is asked for.
    covered: Option<i64>,
}

impl EditionRow {
    fn state(&self) -> EditionState {
        EditionState::parse(&self.state).unwrap_or(EditionState::Draft)
    }

    fn card(&self, zone: &str) -> EditionCard {
        EditionCard {
            number: count(self.number),
            state: self.state(),
            statements: count(self.statements),
            competencies: count(self.competencies),
            partial: self.partial.unwrap_or(false),
            covered: self.covered.map(count),
            day: crate::time::day(self.published.as_ref().unwrap_or(&self.created), zone),
        }
    }
}

/// A number of the database as the pages count.
fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// The organisations whose drafts the viewer may see, with all beneath them.
pub(crate) fn curated(viewer: &Viewer) -> Vec<OrganisationId> {
    let here = |role: &Role| matches!(role, Role::Curator | Role::OrganisationAdministrator);
    viewer
        .memberships
        .iter()
        .filter(|membership| viewer.is_signed_in() && membership.roles.iter().any(here))
        .map(|membership| membership.organisation.clone())
        .collect()
}

/// Whether the viewer may see every organisation's drafts.
pub(crate) fn sees_all(viewer: &Viewer) -> bool {
    viewer.may_administer(&[])
}
