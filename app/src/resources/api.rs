use leptos::prelude::*;

use super::model::ResourcesPage;
use crate::error::Result;

/// `kind` is the word of a kind; anything else shows all.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_resources(
    #[server(default)] kind: String,
    #[server(default)] page: Option<u32>,
) -> Result<ResourcesPage> {
    use super::model::Kind;

    super::store::page(&crate::state::db(), Kind::parse(&kind), page.unwrap_or(1)).await
}
