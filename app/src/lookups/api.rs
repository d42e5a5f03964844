//! What a field may ask for while somebody types.

use leptos::prelude::*;

use super::model::{Offer, Suggestion};
use crate::error::Result;
use crate::id::{CohortId, GroupId, ThreadId};

/// Published statements whose words begin like those of `q`.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_statements(#[server(default)] q: String) -> Result<Vec<Suggestion>> {
    let state = crate::state::state();
    let _place = state.pools.searches.place().await?;
    super::store::statements(&state.db, &q, super::model::OFFERED).await
}

/// Published courses; with `drafts` also those that the viewer may change.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_courses(#[server(default)] q: String, #[server(default)] drafts: bool) -> Result<Vec<Suggestion>> {
    let (state, viewer) = (crate::state::state(), crate::state::viewer());
    let _place = state.pools.searches.place().await?;
    super::store::courses(&state.db, &viewer, &q, drafts, super::model::OFFERED).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn find_resources(#[server(default)] q: String) -> Result<Vec<Suggestion>> {
    let state = crate::state::state();
    let _place = state.pools.searches.place().await?;
    super::store::resources(&state.db, &q, super::model::OFFERED).await
}

/// People whom the viewer may enrol in a cohort.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_colleagues(cohort: CohortId, #[server(default)] q: String) -> Result<Vec<Suggestion>> {
    let (viewer, _) = crate::state::signed_in()?;
    let state = crate::state::state();
    let _place = state.pools.searches.place().await?;
    super::store::colleagues(&state.db, &viewer, &cohort, &q, super::model::OFFERED).await
}

/// What a text can lead to: published statements, lessons, courses and
/// resources, and threads that the viewer may read.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_links(#[server(default)] q: String) -> Result<Vec<Offer>> {
    let (state, viewer) = (crate::state::state(), crate::state::viewer());
    let _place = state.pools.searches.place().await?;
    super::store::links(&state.db, &viewer, &q).await
}

/// Whom a post of one's own group can name: those who read it as members. The
/// group is that of the thread, where there is one.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_readers(
    #[server(default)] group: Option<GroupId>,
    #[server(default)] thread: Option<ThreadId>,
    #[server(default)] q: String,
) -> Result<Vec<Offer>> {
    let (viewer, _) = crate::state::signed_in()?;
    let state = crate::state::state();
    let _place = state.pools.searches.place().await?;
    super::store::readers(&state.db, &viewer, group, thread, &q).await
}
