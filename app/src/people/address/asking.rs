//! Asking by letter whether an address is somebody's.

use super::store;
use crate::error::Result;
use crate::id::PersonId;
use crate::mail::letters;
use crate::people::model::Email;
use crate::people::tokens;
use crate::state::AppState;

/// Sends a link that confirms an address, to the address itself, and tells the
/// old one where there is another. Without mail, nothing is asked.
pub async fn by_letter(
    state: &AppState,
    person: &PersonId,
    name: &str,
    email: &Email,
    old: Option<&str>,
) -> Result<()> {
    if !state.outbox.is_open() {
        return Ok(());
    }
    let site = &state.site.public_url;
    let token = tokens::new();
    let mut sent = Vec::new();
    // Whoever has an account with it is not written to; the answer is the same.
    if !store::is_taken(&state.db, person, email).await? {
        sent.push(letters::confirm_address(email.as_str(), name, site, &token));
    }
    if let Some(old) = old {
        let what = "somebody asked to change the e-mail address of your account.";
        sent.push(letters::changed(old, name, site, what));
    }
    store::ask(&state.db, person, email, &token, sent).await?;
    state.outbox.ring();
    Ok(())
}
