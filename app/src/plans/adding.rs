//! What the ways of adding to a plan share.

use super::store::{NewAction, add_action};
use crate::error::Result;

/// Adds an action of the signed-in person, then goes on to `next`.
pub async fn add(new: NewAction, due: &str, next: &str) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    add_action(&crate::state::db(), &viewer, new, due).await?;
    go_on(next);
    Ok(())
}

/// Sends the browser to an address of this site, if there is one.
pub fn go_on(next: &str) {
    if !next.is_empty() {
        leptos_axum::redirect(&crate::paths::local(next));
    }
}
