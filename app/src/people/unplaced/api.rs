use leptos::prelude::*;

use super::model::Unplaced;
use crate::error::Result;
use crate::id::PersonId;

/// One page of the people of no organisation, and one of them.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_unplaced(
    #[server(default)] q: String,
    #[server(default)] page: Option<u32>,
    #[server(default)] person: Option<PersonId>,
) -> Result<Unplaced> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::page(&crate::state::db(), &viewer, &q, page.unwrap_or(1), person.as_ref()).await
}
