//! Asking for a link.

use super::store;
use crate::error::Result;
use crate::mail::letters;
use crate::people::model::Email;
use crate::people::tokens;
use crate::state::AppState;

/// Sends a link to the account of an address, if there is one. Done apart from
/// the answer, whose time thus tells nobody whether there is.
pub fn by_mail(state: AppState, email: Email) {
    tokio::spawn(async move {
        // What went wrong is in the log; whoever waits asks again.
        let _sent = send(&state, &email).await;
    });
}

async fn send(state: &AppState, email: &Email) -> Result<()> {
    let Some(owner) = store::owner(&state.db, email).await? else {
        return Ok(());
    };
    let token = tokens::new();
    let letters = state
        .outbox
        .letters(|| letters::new_password(&owner.email, &owner.name, &state.site.public_url, &token));
    store::make(&state.db, &owner.id, &token, None, letters).await?;
    state.outbox.ring();
    Ok(())
}
