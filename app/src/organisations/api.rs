use leptos::prelude::*;

use super::model::Organisation;
use crate::error::Result;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_organisation(slug: String, #[server(default)] page: Option<u32>) -> Result<Organisation> {
    let state = crate::state::state();
    let found = super::store::page(&state.db, &crate::state::viewer(), &slug, page.unwrap_or(1)).await?;
    Ok(Organisation {
        join_at: found.may_administer.then(|| format!("{}/join/", state.site.public_url)),
        ..found
    })
}
