use leptos::prelude::*;

use super::model::{Resource as Item, ResourcesPage};
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

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_resource(slug: String) -> Result<Item> {
    super::store::resource(&crate::state::db(), &slug).await
}
