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
    let state = crate::state::state();
    let today = super::store::today(&state.db, &viewer, &person).await?;
    let no_mail = viewer.administers_somewhere() && !state.outbox.is_open();
    Ok(Today { no_mail, ..today })
}
