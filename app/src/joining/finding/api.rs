use leptos::prelude::*;

use super::model::Doors;
use crate::error::Result;

/// One page of the organisations that take people without an invitation, by a part
/// of a name or of a place.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_doors(#[server(default)] q: String, #[server(default)] page: Option<u32>) -> Result<Doors> {
    let (state, viewer) = (crate::state::state(), crate::state::viewer());
    let _place = state.pools.searches.place().await?;
    super::store::doors(&state.db, &viewer, state.outbox.is_open(), &q, page.unwrap_or(1)).await
}
