//! Whether somebody holds their second factor.

use super::model::{FactorAsked, Passcode};
use super::secret::{self, Secret};
use super::store;
use crate::audit::model::Act;
use crate::audit::store as audit;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::people::attempts::{self, Attempt};
use crate::state::AppState;
use crate::viewer::Person;

const WRONG: &str = "This code does not fit. Each code works once: wait for the next one, and see that the clock of your phone is right.";

const PASSKEY_FIRST: &str =
    "Show one of your passkeys first: load this page anew to do so, and go on within a quarter of an hour.";

/// Refuses whoever has a second factor and shows none: before one is added,
/// revealed or removed. A code that was typed must be right; without one it is
/// enough that a factor was lately shown in this session.
pub async fn shown(state: &AppState, person: &Person, typed: &str) -> Result<()> {
    let held = store::held(&state.db, person).await?;
    match held.asked() {
        _ if !typed.trim().is_empty() => {}
        FactorAsked::Nothing => return Ok(()),
        FactorAsked::Code => {}
        FactorAsked::Passkey => return Err(AppError::Conflict(PASSKEY_FIRST.into())),
    }
    take(state, &person.id, typed).await?;
    store::note_shown(&state.db, &person.session).await
}

/// Takes a code that somebody typed into the field `passcode`, whose second
/// factor is on. Counted before it is looked at.
pub async fn take(state: &AppState, person: &PersonId, typed: &str) -> Result<()> {
    let wrong = |message: &str| AppError::field("passcode", message);
    let passcode = Passcode::parse(typed).map_err(|message| wrong(&message))?;
    let attempt = Attempt::to_prove(&state.pepper, person);
    attempts::begin(&state.db, &attempt).await?;
    if !is_taken(state, person, passcode).await? {
        audit::note(&state.db, Act::CodeFailed, Some(person), "", None).await?;
        return Err(wrong(WRONG));
    }
    attempts::succeeded(&state.db, &attempt).await
}

async fn is_taken(state: &AppState, person: &PersonId, passcode: Passcode) -> Result<bool> {
    let Some(factor) = store::factor(&state.db, person).await? else {
        return Ok(false);
    };
    match passcode {
        Passcode::App(code) => {
            let secret = Secret::of_factor(&state.pepper, person, &factor)?;
            match secret.step_of(&code, secret::now()) {
                Some(step) => store::take_app_code(&state.db, person, step).await,
                None => Ok(false),
            }
        }
        Passcode::Recovery(code) => {
            let digests = state.hasher.digests(vec![code], factor.recovery_salt).await?;
            match digests.first() {
                Some(digest) => store::take_recovery_code(&state.db, person, digest).await,
                None => Ok(false),
            }
        }
    }
}
