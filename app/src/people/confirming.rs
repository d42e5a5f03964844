//! The password asked for once more of someone who is signed in.

use super::attempts::{self, Attempt};
use super::model::Email;
use super::store;
use crate::error::{AppError, Result};
use crate::state::AppState;
use crate::viewer::Person;

/// Refuses at `field` what is not the person's password.
pub async fn password(state: &AppState, person: &Person, field: &str, typed: String) -> Result<()> {
    let settings = store::settings(&state.db, person).await?;
    let email = Email::held(&settings.email).map_err(|message| AppError::field("", message))?;
    let attempt = Attempt::to_confirm(&state.pepper, &email);
    attempts::begin(&state.db, &attempt).await?;
    let hash = store::credential(&state.db, &email).await?.and_then(|(_, hash)| hash);
    if hash.is_none() {
        const NONE: &str = "You have no password here. Set one first, in your settings under single sign-on.";
        return Err(AppError::field(field, NONE));
    }
    if !state.hasher.verify(typed, hash).await? {
        return Err(AppError::field(field, "This is not your password."));
    }
    attempts::succeeded(&state.db, &attempt).await
}
