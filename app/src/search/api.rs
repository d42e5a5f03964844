use leptos::prelude::*;

use super::model::Found;
use crate::error::Result;

/// `kind` is the word of a kind; anything else shows all.
#[server(input = server_fn::codec::GetUrl)]
pub async fn search(
    #[server(default)] q: String,
    #[server(default)] kind: String,
    #[server(default)] page: Option<u32>,
) -> Result<Found> {
    use super::model::Kind;

    match super::model::query(&q) {
        Some(query) => {
            let (state, viewer) = (crate::state::state(), crate::state::viewer());
            let _place = state.pools.searches.place().await?;
            super::store::search(&state.db, &viewer, query, Kind::parse(&kind), page.unwrap_or(1)).await
        }
        None => Ok(Found::default()),
    }
}
