use leptos::prelude::*;

use super::model::Directory;
use crate::error::Result;

/// One page of the colleagues, narrowed down.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_people(
    #[server(default)] organisation: String,
    #[server(default)] role: String,
    #[server(default)] q: String,
    #[server(default)] find: String,
    #[server(default)] page: Option<u32>,
) -> Result<Directory> {
    let (viewer, _) = crate::state::signed_in()?;
    let narrowing = super::model::Narrowing::of(&organisation, &role, &q).finding(&find);
    super::store::people(&crate::state::db(), &viewer, narrowing, page.unwrap_or(1)).await
}
