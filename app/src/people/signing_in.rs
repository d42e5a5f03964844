//! What follows once somebody has shown who they are.

use super::second_factor::store as second_factor;
use super::sessions::Shown;
use super::suspension::model::Barred;
use super::suspension::store as suspension;
use super::{cookies, devices, sessions};
use crate::error::Result;
use crate::id::PersonId;
use crate::paths::{local, segment};
use crate::state::{AppState, header};

/// The cookie of a sign-in that waits for its code.
pub const PENDING: &str = "carrel-sign-in";

/// The password was right, or a provider vouched for them: goes on to `next`,
/// or to the second factor that is asked for too.
pub async fn first_factor_was_right(state: &AppState, person: &PersonId, next: &str) -> Result<()> {
    suspension::not_barred(&state.db, person, Barred::SigningIn).await?;
    if second_factor::waits_for(&state.db, person).await?.is_none() {
        return open(state, person, next).await;
    }
    let token = second_factor::begin_sign_in(&state.db, person).await?;
    cookies::lend(PENDING, &token, second_factor::PENDING_SECONDS);
    leptos_axum::redirect(&format!("/sign-in/code?next={}", segment(&local(next))));
    Ok(())
}

/// Opens a session in this browser, in place of the one that it held, and goes
/// on to `next`, unless its owner is suspended.
pub async fn open(state: &AppState, person: &PersonId, next: &str) -> Result<()> {
    open_with(state, person, next, Shown::FirstFactor).await
}

/// The same for whoever has shown more.
pub async fn open_with(state: &AppState, person: &PersonId, next: &str, shown: Shown) -> Result<()> {
    suspension::not_barred(&state.db, person, Barred::SigningIn).await?;
    let agent = header(http::header::USER_AGENT).unwrap_or_default();
    let before = crate::state::viewer().person.map(|person| person.session);
    let token = sessions::open_with(&state.db, person, &agent, shown, before.as_ref()).await?;
    cookies::give(&token);
    devices::met(state, person, &agent).await?;
    leptos_axum::redirect(&local(next));
    Ok(())
}
