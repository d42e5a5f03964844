use leptos::prelude::*;

use super::model::Found;
use crate::error::Result;

#[server(input = server_fn::codec::GetUrl)]
pub async fn search(#[server(default)] q: String) -> Result<Found> {
    match super::model::query(&q) {
        Some(query) => super::store::search(&crate::state::db(), &crate::state::viewer(), query).await,
        None => Ok(Found::default()),
    }
}
