//! What the field may ask for while somebody types.

use leptos::prelude::*;

use crate::error::Result;
use crate::lookups::model::Suggestion;

/// Organisations for which the viewer may write what `purpose` says.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_places(purpose: String, #[server(default)] q: String) -> Result<Vec<Suggestion>> {
    use super::model::Purpose;

    let purpose = Purpose::parse(&purpose).ok_or(crate::error::AppError::NotFound)?;
    let (viewer, _) = crate::state::signed_in()?;
    let state = crate::state::state();
    let _place = state.pools.searches.place().await?;
    super::store::found(&state.db, &viewer, purpose, &q, crate::lookups::model::OFFERED).await
}
