//! Invitations that go by letter.

use super::model::Terms;
use super::store;
use crate::error::{AppError, Result};
use crate::id::OrganisationId;
use crate::mail::letters;
use crate::state::AppState;
use crate::viewer::{Person, Viewer};

/// Invites whoever reads letters to the address of the terms.
pub async fn by_letter(
    state: &AppState,
    viewer: &Viewer,
    by: &Person,
    organisation: &OrganisationId,
    terms: &Terms,
) -> Result<()> {
    const NO_MAIL: &str = "No mail is sent from here. Leave this empty and pass the link on yourself.";
    let email = terms.email.as_ref().filter(|_| state.outbox.is_open());
    let to = email.ok_or_else(|| AppError::field("email", NO_MAIL))?.as_str();
    let site = state.site.public_url.as_str();
    store::invite_by(&state.db, viewer, organisation, terms, |name, token| {
        vec![letters::invitation(
            to,
            &by.name,
            name,
            &terms.roles,
            site,
            token,
            terms.days,
        )]
    })
    .await?;
    state.outbox.ring();
    Ok(())
}
