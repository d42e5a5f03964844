use leptos::prelude::*;

use super::model::MailState;
use crate::error::Result;
use crate::id::LetterId;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_mail() -> Result<MailState> {
    let person = crate::state::site_administrator()?;
    let state = crate::state::state();
    super::store::state(&state.db, state.outbox.address(), &person.timezone).await
}

/// Sends the site administrator a letter, to see whether mail arrives.
#[server]
pub async fn send_trial_letter() -> Result<()> {
    use crate::error::AppError;

    let person = crate::state::site_administrator()?;
    let state = crate::state::state();
    if !state.outbox.is_open() {
        return Err(AppError::Conflict("No mail is configured here.".into()));
    }
    let to = crate::people::store::settings(&state.db, &person).await?.email;
    let letter = super::letters::trial(&to, &person.name, &state.site.public_url);
    super::store::lay(&state.db, vec![letter]).await?;
    state.outbox.ring();
    leptos_axum::redirect("/admin/mail?notice=trial");
    Ok(())
}

/// Tries a letter again that could not be sent.
#[server]
pub async fn try_letter_again(letter: LetterId) -> Result<()> {
    crate::state::site_administrator()?;
    let state = crate::state::state();
    super::store::again(&state.db, &letter).await?;
    state.outbox.ring();
    Ok(())
}
