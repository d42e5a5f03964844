//! What the browser may ask of newcomers.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::OrganisationId;

/// What a letter's link is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    pub organisation: String,
    pub slug: String,
    pub name: String,
    pub email: String,
    /// Whether their address is enough; else somebody decides.
    pub joins: bool,
}

/// Asks to join without an account. The answer is the same whether there is one
/// with the address or not; what comes of it stands in a letter, where mail is
/// sent.
#[server]
pub async fn ask_as_newcomer(
    organisation: OrganisationId,
    name: String,
    email: String,
    password: String,
    #[server(default)] message: String,
) -> Result<()> {
    use super::store::{self, NewNewcomer};
    use crate::error::{AppError, FieldErrors};
    use crate::mail::letters;
    use crate::people::attempts::{self, Attempt};
    use crate::people::model::{Email, PersonName};
    use crate::people::passwords::NewPassword;
    use crate::people::tokens;
    use crate::state::ClientAddress;

    const NOT_THEIRS: &str = "Only addresses of their own let you in here. Use the one that you have at work.";
    let state = crate::state::state();
    let mail = state.outbox.is_open();
    let open = store::open(&state.db, &organisation, mail).await?;
    let mut errors = FieldErrors::default();
    let password = errors.take("password", NewPassword::parse(&password, &[&name, &email]));
    let name = errors.take("name", PersonName::parse(&name));
    let email = errors.take("email", Email::parse(&email));
    let message = errors.take("message", crate::joining::model::parse_message(&message));
    if email.as_ref().is_some_and(|email| !open.takes(email)) {
        errors.add("email", NOT_THEIRS);
    }
    errors.check()?;
    let (Some(password), Some(name), Some(email), Some(message)) = (password, name, email, message) else {
        return Err(AppError::Internal);
    };
    let attempt = Attempt::to_arrive(&state.pepper, &email, &ClientAddress::of_request());
    attempts::begin(&state.db, &attempt).await?;
    let (site, token) = (&state.site.public_url, tokens::new());
    let new = NewNewcomer {
        token: mail.then(|| tokens::key(&token)),
        confirm: state
            .outbox
            .letters(|| letters::newcomer(email.as_str(), name.as_str(), &open.name, site, &token)),
        taken: state
            .outbox
            .letters(|| letters::has_account(email.as_str(), &open.name, site, &open.slug)),
        hash: state.hasher.hash(password).await?,
        name,
        email,
        message,
    };
    store::ask(&state.db, &organisation, new).await?;
    state.outbox.ring();
    let done = if mail { "letter" } else { "kept" };
    leptos_axum::redirect(&format!("/organisations/{}/join?notice={done}", open.slug));
    Ok(())
}

/// What the link of a letter is about, while it works.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_newcomer(token: String) -> Result<Option<Newcomer>> {
    let found = super::store::by_token(&crate::state::db(), &token).await?;
    Ok(found.map(|found| Newcomer {
        joins: found.joins(),
        organisation: found.place,
        slug: found.slug,
        name: found.name,
        email: found.email,
    }))
}

/// Confirms a newcomer's address by the link of a letter to it, and by the password
/// that they chose, so that nobody opens an account that somebody else began.
/// They join where their address is enough; else their request waits.
#[server]
pub async fn confirm_newcomer(token: String, password: String) -> Result<()> {
    use super::store;
    use crate::error::AppError;
    use crate::people::attempts::{self, Attempt};
    use crate::people::model::Email;
    use crate::people::signing_in;
    use crate::state::ClientAddress;

    const WRONG: &str = "This is not the password that was chosen when this address was given.";
    let state = crate::state::state();
    let found = store::by_token(&state.db, &token).await?.ok_or(AppError::NotFound)?;
    let email = Email::held(&found.email).map_err(|message| AppError::field("", message))?;
    let attempt = Attempt::to_sign_in(&state.pepper, &email, &ClientAddress::of_request());
    attempts::begin(&state.db, &attempt).await?;
    if !state.hasher.verify(password, Some(found.hash.clone())).await? {
        return Err(AppError::field("password", WRONG));
    }
    attempts::succeeded(&state.db, &attempt).await?;
    if found.joins() {
        store::join(&state.db, &found.person, &token).await?;
        let next = format!("/organisations/{}?notice=joined", found.slug);
        return signing_in::open(&state, &found.person, &next).await;
    }
    let letters = crate::joining::telling::of_request(&state, &found.organisation).await?;
    store::wait(&state.db, &found.person, &token, letters).await?;
    state.outbox.ring();
    leptos_axum::redirect(&format!("/organisations/{}/join?notice=waits", found.slug));
    Ok(())
}
