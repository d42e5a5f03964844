use leptos::prelude::*;

use super::model::CopyStatus;
use crate::error::Result;

/// One's newest copy, where it is at.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_copy() -> Result<Option<CopyStatus>> {
    let (_, person) = crate::state::signed_in()?;
    super::store::newest(&crate::state::db(), &person).await
}

/// Begins a copy of everything about oneself, unless one was begun within the
/// hour; it is made while one does something else.
#[server]
pub async fn make_copy() -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    if let Some(copy) = super::store::begin(&state.db, &person).await? {
        super::Making::new(&state, &person, copy).start();
    }
    leptos_axum::redirect("/me/settings#copy");
    Ok(())
}

/// Its address, for what is open before what.
pub fn make_copy_path() -> &'static str {
    <MakeCopy as server_fn::ServerFn>::PATH
}
