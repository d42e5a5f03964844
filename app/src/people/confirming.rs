//! Showing once more that it is oneself: the password, and the second factor
//! where there is one, asked of someone who is signed in.

use super::attempts::{self, Attempt};
use super::model::Email;
use super::second_factor::model::FactorAsked;
use super::{second_factor, sessions, store};
use crate::audit::model::Act;
use crate::audit::store as audit;
use crate::error::{AppError, Result};
use crate::state::AppState;
use crate::viewer::Person;

/// Refuses what needs to be sure of who is there, where that was not shown
/// within the last [`sessions::SURE_MINUTES`].
pub async fn recently(state: &AppState, person: &Person) -> Result<()> {
    const AGAIN: &str = "You signed in a while ago. Show that it is you once more, then try again.";
    match sessions::is_sure(&state.db, &person.session).await? {
        true => Ok(()),
        false => Err(AppError::Conflict(AGAIN.into())),
    }
}

/// Takes the password, refused at `field`, and a factor of whoever has one: a
/// code or a passkey, unless either was lately shown in this session.
pub async fn both(state: &AppState, person: &Person, field: &str, typed: String, passcode: &str) -> Result<()> {
    password(state, person, field, typed).await?;
    second_factor::proof::shown(state, person, passcode).await
}

/// Refuses to add or take away a way into the account where nobody has lately
/// shown that it is theirs, with a factor of whoever has one. There is no form
/// that could ask: signing in does.
pub async fn by_signing_in(state: &AppState, person: &Person) -> Result<()> {
    const FIRST: &str = "Sign out and in again first, with your second factor or passkey if you have one: what signs you in is changed within a quarter of an hour of that.";
    let held = second_factor::store::held(&state.db, person).await?;
    match held.asked() == FactorAsked::Nothing && sessions::is_sure(&state.db, &person.session).await? {
        true => Ok(()),
        false => Err(AppError::Conflict(FIRST.into())),
    }
}

/// Refuses at `field` what is not the person's password.
async fn password(state: &AppState, person: &Person, field: &str, typed: String) -> Result<()> {
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
        audit::note(&state.db, Act::ConfirmFailed, Some(&person.id), "", None).await?;
        return Err(AppError::field(field, "This is not your password."));
    }
    attempts::succeeded(&state.db, &attempt).await
}
