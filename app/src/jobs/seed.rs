//! The demonstration's job descriptions: one in use, one that is still written.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::model::{PROFILE, State, Texts};
use super::store::{NewJob, Sent, make, save_words, set_state};
use crate::db::Db;
use crate::derivations::seed::acting;
use crate::error::{AppError, Result};
use crate::id::{JobId, OrganisationId, PersonId};
use crate::viewer::Role;

const JOBS: &str = include_str!("../../demo/jobs.toml");

/// Who writes them: the area manager.
const MANAGER: &str = "helen@riverside.example";

#[derive(Deserialize)]
struct Jobs {
    jobs: Vec<DemoJob>,
}

#[derive(Deserialize)]
struct DemoJob {
    key: String,
    title: String,
    /// The role profile that it is built from.
    from: String,
    organisation: String,
    in_use: bool,
    #[serde(flatten)]
    texts: Texts,
}

/// Writes them, after people and the index are there.
pub async fn demo(
    db: &Db,
    organisations: &BTreeMap<String, OrganisationId>,
    people: &BTreeMap<String, PersonId>,
) -> Result<()> {
    let source: Jobs = toml::from_str(JOBS).map_err(|error| AppError::internal("jobs.toml", error))?;
    for one in source.jobs {
        let organisation = organisations.get(&one.organisation).ok_or(AppError::NotFound)?;
        let manager = people.get(MANAGER).cloned().ok_or(AppError::NotFound)?;
        let manager = acting(manager, organisation, &one.organisation, Role::Manager);
        let job = JobId::parse(&one.key).ok_or(AppError::Internal)?;
        let new = NewJob {
            organisation: organisation.to_string(),
            title: one.title.clone(),
            from: format!("{PROFILE}{}", one.from),
        };
        make(db, &manager, &job, &new).await?;
        let sent = Sent {
            title: one.title,
            texts: one.texts,
            base: 0,
            over: false,
        };
        save_words(db, &manager, &job, &sent).await?;
        if one.in_use {
            set_state(db, &manager, &job, State::InUse).await?;
        }
    }
    Ok(())
}
