use leptos::prelude::*;

use super::model::Found;
use crate::error::Result;

/// `kind` is the word of a kind; anything else shows all. What narrows it is the
/// word of a set's and of an organisation's address, and a language's tag.
#[server(input = server_fn::codec::GetUrl)]
pub async fn search(
    #[server(default)] q: String,
    #[server(default)] kind: String,
    #[server(default)] set: String,
    #[server(default)] organisation: String,
    #[server(default)] language: String,
    #[server(default)] page: Option<u32>,
) -> Result<Found> {
    use super::model::{Filters, Kind};

    let filters = Filters::parse(&set, &organisation, &language);
    match super::model::query(&q) {
        Some(query) => {
            let (state, viewer) = (crate::state::state(), crate::state::viewer());
            let _place = state.pools.searches.place().await?;
            let (only, page) = (Kind::parse(&kind), page.unwrap_or(1));
            super::store::search(&state.db, &viewer, query, only, filters, page).await
        }
        None => Ok(Found::default()),
    }
}
