use leptos::prelude::*;

use super::model::Organisation;
use crate::error::Result;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_organisation(slug: String, #[server(default)] page: Option<u32>) -> Result<Organisation> {
    super::store::page(&crate::state::db(), &crate::state::viewer(), &slug, page.unwrap_or(1)).await
}
