//! Invitations that go by letter, and the token of those that one form makes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::model::Terms;
use super::store;
use crate::error::{AppError, Result};
use crate::groups::model::FormKey;
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
    token: &str,
) -> Result<()> {
    const NO_MAIL: &str = "No mail is sent from here. Leave this empty and pass the link on yourself.";
    let email = terms.email.as_ref().filter(|_| state.outbox.is_open());
    let to = email.ok_or_else(|| AppError::field("email", NO_MAIL))?.as_str();
    let site = state.site.public_url.as_str();
    store::invite_by(&state.db, viewer, organisation, terms, token, |name| {
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

/// The token of the link that a form makes: the same however often the same is
/// sent, and known to nobody who only knows the form. What is offered otherwise is
/// another link: nobody is shown the one that went to somebody else by letter.
pub fn token(state: &AppState, by: &Person, organisation: &OrganisationId, terms: &Terms, form: &FormKey) -> String {
    let email = terms.email.as_ref().map_or("", |email| email.as_str());
    let roles: Vec<&str> = terms.roles.iter().map(|role| role.as_str()).collect();
    let (roles, uses, days) = (roles.join(","), terms.uses, terms.days);
    let what = format!(
        "invitation {} {organisation} {} {roles} {uses} {days} {email}",
        by.id,
        form.as_str()
    );
    URL_SAFE_NO_PAD.encode(state.pepper.derive(&what))
}
