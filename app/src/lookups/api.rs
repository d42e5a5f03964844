//! What a field may ask for while somebody types.

use leptos::prelude::*;

use super::model::Suggestion;
use crate::error::Result;
use crate::id::CohortId;

/// Published statements whose words begin like those of `q`.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_statements(#[server(default)] q: String) -> Result<Vec<Suggestion>> {
    super::store::statements(&crate::state::db(), &q, super::model::OFFERED).await
}

/// Published courses; with `drafts` also those that the viewer may change.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_courses(#[server(default)] q: String, #[server(default)] drafts: bool) -> Result<Vec<Suggestion>> {
    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    super::store::courses(&db, &viewer, &q, drafts, super::model::OFFERED).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn find_resources(#[server(default)] q: String) -> Result<Vec<Suggestion>> {
    super::store::resources(&crate::state::db(), &q, super::model::OFFERED).await
}

/// People whom the viewer may enrol in a cohort.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_colleagues(cohort: CohortId, #[server(default)] q: String) -> Result<Vec<Suggestion>> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::colleagues(&crate::state::db(), &viewer, &cohort, &q, super::model::OFFERED).await
}
