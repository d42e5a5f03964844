//! Job descriptions in the database. Whoever writes those of an organisation sees
//! its drafts; its people, and those of all beneath it, see what is in use; to
//! others they are not there.

mod changing;
mod duties;
mod list;
mod making;
mod page;

pub use changing::{Sent, remove, save_words, set_state, words_form};
pub use duties::{AskedDuties, add_duty, change_duty, duties_form, found, remove_duty, settle_duty};
pub use list::jobs_page;
pub use making::{NewJob, make, new_form};
pub use page::job_page;

use surrealdb_types::SurrealValue;

use super::model::{EditionHead, State};
use crate::competencies::model::Level;
use crate::db::{Db, Variables};
use crate::error::{AppError, Result};
use crate::id::{EditionId, JobId, OrganisationId};
use crate::organisations::choosing::model::Purpose;
use crate::vars;
use crate::viewer::Viewer;

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

/// Whom a question about what may be seen is asked for: `$me`, `$all`, `$leads`.
fn reach(viewer: &Viewer) -> Variables {
    vars! {
        "me" => viewer.id().cloned(), "all" => viewer.is_signed_in() && viewer.site_administrator,
        "leads" => Purpose::Jobs.places(viewer),
    }
}

/// One that the viewer may change.
#[derive(SurrealValue)]
struct Own {
    title: String,
    state: String,
    organisation_name: String,
    line: Vec<OrganisationId>,
    near: bool,
    edition: EditionId,
    number: i64,
    edition_state: String,
    edition_title: String,
    language: String,
    set: String,
    levels: Vec<LevelRow>,
    worded: i64,
}

macro_rules! own_fields {
    () => {
        "title, state, organisation.name AS organisation_name, organisation.line AS line, organisation IN fn::homes($me) AS near, edition,
            edition.number AS number, edition.state AS edition_state, edition.title AS edition_title, edition.language AS language,
            edition.competency_set.slug AS set, edition.levels AS levels, worded"
    };
}
pub(super) use own_fields;

impl Own {
    /// Others learn of it only where it is in use and theirs to read.
    fn checked(found: Option<Self>, viewer: &Viewer) -> Result<Self> {
        if !viewer.is_signed_in() {
            return Err(AppError::SignInNeeded);
        }
        let found = found.ok_or(AppError::NotFound)?;
        let is_read = found.near && found.state == State::InUse.as_str();
        match (viewer.may_write_jobs(&found.line), is_read) {
            (true, _) => Ok(found),
            (false, true) => Err(AppError::Forbidden),
            (false, false) => Err(AppError::NotFound),
        }
    }

    fn head(&self) -> EditionHead {
        EditionHead {
            set: self.set.clone(),
            title: self.edition_title.clone(),
            number: count(self.number),
            retired: self.edition_state != "published",
            language: self.language.clone(),
        }
    }

    fn scale(&self) -> u32 {
        u32::try_from(self.levels.len()).unwrap_or(0)
    }

    fn state(&self) -> State {
        State::parse(&self.state).unwrap_or(State::Draft)
    }
}

async fn own(db: &Db, viewer: &Viewer, job: &JobId) -> Result<Own> {
    let found = db
        .row(
            concat!("SELECT ", own_fields!(), " FROM $job;"),
            vars! { "job" => job.clone(), "me" => viewer.id().cloned() },
        )
        .await?;
    Own::checked(found, viewer)
}

/// A level that a form says; none of an edition without a scale.
fn level(raw: &str, scale: u32) -> Result<Option<i64>> {
    if scale == 0 {
        return Ok(None);
    }
    let level = crate::assessments::model::parse_level(raw, scale);
    level
        .map(|level| Some(i64::from(level)))
        .map_err(|message| AppError::field("level", message))
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
