//! What the browser may ask of cohorts and of the studio.

use leptos::prelude::*;

use super::model::{Cohort, CohortDraft, CohortsPage, NewCohortForm, StudioPage};
use crate::error::Result;
use crate::id::{CohortId, CourseId, OrganisationId, PersonId};

/// `show` is the word of a shelf, or nothing for the beginning of each.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_studio(#[server(default)] show: String, #[server(default)] page: Option<u32>) -> Result<StudioPage> {
    use super::model::Shelf;

    super::store::studio(
        &crate::state::db(),
        &crate::state::viewer(),
        Shelf::parse(&show),
        page.unwrap_or(1),
    )
    .await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_cohort(
    cohort: CohortId,
    #[server(default)] page: Option<u32>,
    #[server(default)] query: String,
) -> Result<Cohort> {
    super::store::cohort(
        &crate::state::db(),
        &crate::state::viewer(),
        &cohort,
        page.unwrap_or(1),
        &query,
    )
    .await
}

/// Cohorts of an organisation that are not over and that the viewer may see.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_running_cohorts(slug: String, #[server(default)] page: Option<u32>) -> Result<CohortsPage> {
    super::store::running(&crate::state::db(), &crate::state::viewer(), &slug, page.unwrap_or(1)).await
}

/// `course` is the slug of the course to run, if one was asked for; `q` looks
/// for one, and then for a colleague beside those of `with`; where `find` says so
/// for an organisation instead.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_new_cohort(
    #[server(default)] course: String,
    #[server(default)] q: String,
    #[server(default)] with: String,
    #[server(default)] organisation: String,
    #[server(default)] find: String,
) -> Result<NewCohortForm> {
    use crate::organisations::choosing::model::{FIND, Wanted};

    let with = super::model::parse_helpers(&with);
    let wanted = Wanted::of(&organisation, &find, &q);
    let q = if find == FIND { String::new() } else { q };
    super::store::new_cohort_form(
        &crate::state::db(),
        &crate::state::viewer(),
        &course,
        &q,
        &with,
        &wanted,
    )
    .await
}

/// Opens a cohort with its study group.
#[server]
pub async fn open_cohort(
    key: CohortId,
    organisation: OrganisationId,
    course: CourseId,
    title: String,
    starts: String,
    ends: String,
    timezone: String,
    #[server(default)] facilitators: Vec<PersonId>,
) -> Result<()> {
    use super::rules::CohortFields;

    let (viewer, _) = crate::state::signed_in()?;
    let fields = CohortFields::parse(&title, &starts, &ends, &timezone)?;
    let db = crate::state::db();
    super::store::open_cohort(&db, &viewer, &key, &organisation, &course, &fields, &facilitators).await?;
    leptos_axum::redirect(&format!("/cohorts/{key}?notice=opened"));
    Ok(())
}

/// `q` looks for a colleague beside those of `with`.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_cohort_draft(
    cohort: CohortId,
    #[server(default)] q: String,
    #[server(default)] with: String,
) -> Result<CohortDraft> {
    let with = super::model::parse_helpers(&with);
    super::store::cohort_draft(&crate::state::db(), &crate::state::viewer(), &cohort, &q, &with).await
}

#[server]
pub async fn save_cohort(
    cohort: CohortId,
    title: String,
    starts: String,
    ends: String,
    timezone: String,
    #[server(default)] facilitators: Vec<PersonId>,
) -> Result<()> {
    use super::rules::CohortFields;

    let (viewer, _) = crate::state::signed_in()?;
    let fields = CohortFields::parse(&title, &starts, &ends, &timezone)?;
    super::store::save_cohort(&crate::state::db(), &viewer, &cohort, &fields, &facilitators).await?;
    leptos_axum::redirect(&format!("/cohorts/{cohort}?notice=changed"));
    Ok(())
}

/// Deletes a cohort that nobody has to do with.
#[server]
pub async fn delete_cohort(cohort: CohortId, #[server(default)] confirm: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::delete_cohort(&crate::state::db(), &viewer, &cohort, &confirm).await?;
    leptos_axum::redirect("/studio?notice=cohort-deleted");
    Ok(())
}

#[server]
pub async fn enrol(cohort: CohortId, person: PersonId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::enrol(&crate::state::db(), &viewer, &cohort, &person).await
}

#[server]
pub async fn enrol_by_email(cohort: CohortId, email: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let person = super::store::enrol_by_email(&crate::state::db(), &viewer, &cohort, &email).await?;
    leptos_axum::redirect(&format!("/cohorts/{cohort}?enrolled={person}"));
    Ok(())
}

#[server]
pub async fn remove_from_cohort(cohort: CohortId, person: PersonId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::remove(&crate::state::db(), &viewer, &cohort, &person).await
}
