use leptos::prelude::*;

use super::model::{Front, Today};
use crate::error::Result;

/// What visitors see first.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_front() -> Result<Front> {
    super::store::front(&crate::state::db()).await
}

/// A member's day.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_today() -> Result<Today> {
    let (viewer, person) = crate::state::signed_in()?;
    super::store::today(&crate::state::db(), &viewer, &person).await
}
