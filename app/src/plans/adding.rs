//! What the ways of adding to a plan and of changing it share.

use super::store::{NewAction, add_action, change_action, title_of};
use crate::error::{AppError, Result};
use crate::id::ActionId;
use crate::people::suspension::store::may_post;
use crate::plans::model::What;
use crate::sharing::model::What as Shared;
use crate::sharing::store::shares;
use crate::viewer::Person;

/// Adds an action of the signed-in person, then goes on to `next`.
pub async fn add(new: NewAction, due: &str, next: &str) -> Result<()> {
    let (viewer, person) = crate::state::signed_in()?;
    still_ahead(due, &person)?;
    let db = crate::state::db();
    // Whoever may not post goes on planning for themselves, in words of their own
    // while nobody else reads the plan.
    if viewer.silenced && new.has_words() && shares(&db, &person.id, Shared::Plan).await? {
        may_post(&db, &viewer).await?;
    }
    add_action(&db, &viewer, new, due).await?;
    go_on(next);
    Ok(())
}

/// Changes an action of the signed-in person; whoever may not post rewords nothing
/// that others read.
pub async fn change(action: &ActionId, title: Option<&str>, due: &str) -> Result<()> {
    let (viewer, person) = crate::state::signed_in()?;
    still_ahead_or_kept(due, &person, &What::Action(action.clone())).await?;
    let db = crate::state::db();
    if viewer.silenced && title.is_some() {
        let was = title_of(&db, &person.id, action).await?;
        let says_more = was.is_some_and(|was| title.is_some_and(|title| title.trim() != was));
        if says_more && shares(&db, &person.id, Shared::Plan).await? {
            may_post(&db, &viewer).await?;
        }
    }
    change_action(&db, &person.id, action, title, due).await
}

/// Refuses a date that has passed where the person is.
pub fn still_ahead(due: &str, person: &Person) -> Result<()> {
    super::dates::ahead(due, &crate::time::today(&person.timezone)).map_err(|message| AppError::field("due", message))
}

/// Refuses a date that has passed, unless it stood there before.
pub async fn still_ahead_or_kept(due: &str, person: &Person, what: &What) -> Result<()> {
    match still_ahead(due, person) {
        Err(refused) => {
            let before = super::store::date_of(&crate::state::db(), &person.id, what).await?;
            if before.is_some_and(|before| before == due.trim()) {
                Ok(())
            } else {
                Err(refused)
            }
        }
        fine => fine,
    }
}

/// Sends the browser to an address of this site, if there is one.
pub fn go_on(next: &str) {
    if !next.is_empty() {
        leptos_axum::redirect(&crate::paths::local(next));
    }
}
