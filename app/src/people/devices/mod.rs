//! Browsers that somebody has signed in with: a new one is told of by letter.

pub mod store;

use crate::error::Result;
use crate::id::PersonId;
use crate::mail::letters;
use crate::people::{cookies, sessions, tokens};
use crate::state::AppState;

/// The cookie by which a browser is known again, for 400 days (what browsers
/// keep at most).
const COOKIE: &str = "carrel-device";
const COOKIE_SECONDS: u32 = 400 * 24 * 3600;

/// Tells the owner of an account that it was changed, where their address is
/// confirmed and mail is sent.
pub async fn tell_owner(state: &AppState, person: &PersonId, what: &str) -> Result<()> {
    if state.outbox.is_open()
        && let Some(reader) = store::reader(&state.db, person).await?
    {
        let letter = letters::changed(&reader.email, &reader.name, &state.site.public_url, what);
        crate::mail::store::lay(&state.db, vec![letter]).await?;
        state.outbox.ring();
    }
    Ok(())
}

/// Notes that somebody signs in with this browser, and tells them if it is new
/// where they have others and a confirmed address.
pub async fn met(state: &AppState, person: &PersonId, agent: &str) -> Result<()> {
    let held = cookies::held(COOKIE);
    let token = match held {
        Some(token) => token,
        None => tokens::new(),
    };
    cookies::lend(COOKIE, &token, COOKIE_SECONDS);
    let reader = if state.outbox.is_open() {
        store::reader(&state.db, person).await?
    } else {
        None
    };
    let letters = reader.map(|reader| {
        let at = crate::time::label(&crate::time::in_hours(0), &reader.timezone);
        let device = sessions::device_label(agent);
        letters::new_device(&reader.email, &reader.name, &state.site.public_url, &device, &at)
    });
    store::meet(&state.db, person, &token, letters.into_iter().collect()).await?;
    state.outbox.ring();
    Ok(())
}
