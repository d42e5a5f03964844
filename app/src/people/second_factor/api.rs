//! What the browser may ask of second factors.

use leptos::prelude::*;

use super::model::{SecondFactor, Waiting};
use crate::error::Result;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_second_factor() -> Result<SecondFactor> {
    let (_, person) = crate::state::signed_in()?;
    super::showing::page(&crate::state::state(), &person).await
}

/// Begins to set one up, after the password was given once more, and by whoever
/// has passkeys one of them.
#[server]
pub async fn begin_second_factor(password: String) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    crate::people::confirming::both(&state, &person, "password", password, "").await?;
    let salt = crate::people::tokens::key(&crate::people::tokens::new());
    super::store::begin(&state.db, &person.id, &salt).await
}

/// Switches it on: the first code shows that the app holds the secret.
#[server]
pub async fn confirm_second_factor(passcode: String) -> Result<()> {
    use super::recovery::NewCodes;
    use super::secret::{self, Secret};
    use super::store;
    use crate::error::AppError;

    const RAN_OUT: &str = "This set-up ran out, or was begun anew elsewhere. Begin it again.";
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    // Again: it may have been begun before there was a passkey.
    super::proof::shown(&state, &person, "").await?;
    let salt = store::setup(&state.db, &person.id).await?;
    let salt = salt.ok_or_else(|| AppError::Conflict(RAN_OUT.into()))?;
    let code: String = passcode.chars().filter(|c| !c.is_whitespace()).take(20).collect();
    let step = Secret::of(&state.pepper, &salt, "")?.step_of(&code, secret::now());
    let step = step.ok_or_else(|| {
        let wrong = "This is not what your app should show now. Type the newest code, and see that the clock of your phone is right.";
        AppError::field("passcode", wrong)
    })?;
    let new = NewCodes::make(&state.pepper, &state.hasher, &person.id).await?;
    store::confirm(&state.db, &person.id, (&salt, &state.pepper.name()), step, &new).await?;
    store::note_shown(&state.db, &person.session).await?;
    let what = "codes of an authenticator app were set up: signing in asks for one from now on.";
    crate::people::devices::tell_owner(&state, &person.id, what).await?;
    new.lend();
    Ok(())
}

/// Makes ten new recovery codes; the old ones are worth nothing any more.
#[server]
pub async fn renew_recovery_codes(password: String, #[server(default)] passcode: String) -> Result<()> {
    use super::recovery::NewCodes;

    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    crate::people::confirming::both(&state, &person, "password", password, &passcode).await?;
    let new = NewCodes::make(&state.pepper, &state.hasher, &person.id).await?;
    super::store::renew(&state.db, &person.id, &new).await?;
    new.lend();
    Ok(())
}

/// The codes are written down: this browser need not show them again.
#[server]
pub async fn put_codes_away() -> Result<()> {
    crate::state::signed_in()?;
    crate::people::cookies::take_away(super::recovery::COOKIE);
    Ok(())
}

/// Switches it off, and signs out everywhere else.
#[server]
pub async fn remove_second_factor(password: String, #[server(default)] passcode: String) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    crate::people::confirming::both(&state, &person, "password", password, &passcode).await?;
    super::store::remove(&state.db, &person.id, Some(&person.session)).await?;
    let what = "codes of an authenticator app are not asked for any more when you sign in.";
    crate::people::devices::tell_owner(&state, &person.id, what).await?;
    crate::people::cookies::take_away(super::recovery::COOKIE);
    Ok(())
}

/// What this browser's sign-in waits for, if it waits.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_pending_sign_in() -> Result<Option<Waiting>> {
    use crate::people::{cookies, signing_in};

    let db = crate::state::db();
    let Some(token) = cookies::held(signing_in::PENDING) else {
        return Ok(None);
    };
    match super::store::waiting(&db, &token).await? {
        Some(person) => super::store::waits_for(&db, &person).await,
        None => Ok(None),
    }
}

/// The second step of signing in.
#[server]
pub async fn prove_sign_in(passcode: String, #[server(default)] next: String) -> Result<()> {
    use crate::error::AppError;
    use crate::people::sessions::Shown;
    use crate::people::{cookies, signing_in};

    let state = crate::state::state();
    let again =
        || AppError::Conflict("This sign-in ran out. Start again with your e-mail address and password.".into());
    let token = cookies::held(signing_in::PENDING).ok_or_else(again)?;
    let person = super::store::waiting(&state.db, &token).await?.ok_or_else(again)?;
    super::proof::take(&state, &person, &passcode).await?;
    super::store::end_sign_in(&state.db, &token)
        .await
        .map_err(|error| match error {
            AppError::NotFound => again(),
            error => error,
        })?;
    cookies::take_away(signing_in::PENDING);
    signing_in::open_with(&state, &person, &next, Shown::Code).await
}
