//! The cohorts of the demonstration library.

use std::collections::BTreeMap;

use jiff::{ToSpan, Zoned};
use serde::Deserialize;

use super::store::{self, SeedCohort};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{CohortId, OrganisationId, PersonId};

const COHORTS: &str = include_str!("../../demo/cohorts.toml");

#[derive(Deserialize)]
struct File {
    cohorts: Vec<DemoCohort>,
}

#[derive(Deserialize)]
struct DemoCohort {
    title: String,
    course: String,
    group: String,
    starts_days_ago: i64,
    ends_in_days: i64,
    timezone: String,
    opened_by: String,
    people: Vec<DemoParticipant>,
}

#[derive(Deserialize)]
struct DemoParticipant {
    email: String,
    done: i64,
}

/// Opens the cohorts, after people and courses are there; answers with the
/// slug of the study group that each is to have.
pub async fn demo(
    db: &Db,
    organisation: &OrganisationId,
    people: &BTreeMap<String, PersonId>,
) -> Result<BTreeMap<String, CohortId>> {
    let wrong = |error: &dyn std::fmt::Display| AppError::internal("cohorts.toml", error);
    let file: File = toml::from_str(COHORTS).map_err(|error| wrong(&error))?;
    let person = |email: &str| {
        let found = people.get(email).cloned();
        found.ok_or_else(|| wrong(&format!("{email} is nobody here")))
    };
    let mut groups = BTreeMap::new();
    for cohort in file.cohorts {
        let today = Zoned::now()
            .in_tz(&cohort.timezone)
            .map_err(|error| wrong(&error))?
            .date();
        let participants = cohort
            .people
            .iter()
            .map(|one| Ok((person(&one.email)?, one.done)))
            .collect::<Result<Vec<_>>>()?;
        let id = store::seed_cohort(
            db,
            organisation,
            SeedCohort {
                title: cohort.title,
                course: cohort.course,
                starts: today.saturating_sub(cohort.starts_days_ago.days()).to_string(),
                ends: today.saturating_add(cohort.ends_in_days.days()).to_string(),
                timezone: cohort.timezone,
                opened_by: person(&cohort.opened_by)?,
                participants,
            },
        )
        .await?;
        groups.insert(cohort.group, id);
    }
    Ok(groups)
}
