//! What the browser may ask of new passwords.

use leptos::prelude::*;

use crate::error::Result;

/// Whether a link can be asked for by mail.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_forgotten() -> Result<bool> {
    Ok(crate::state::state().outbox.is_open())
}

/// Sends a link to a new password. The answer is the same whether there is an
/// account or not.
#[server]
pub async fn ask_for_new_password(email: String) -> Result<()> {
    use crate::error::AppError;
    use crate::people::attempts::{self, Attempt};
    use crate::people::model::Email;
    use crate::state::ClientAddress;

    let state = crate::state::state();
    if !state.outbox.is_open() {
        return Err(AppError::Conflict(
            "No mail is sent from here. Ask an administrator of your organisation for a link.".into(),
        ));
    }
    let email = Email::held(&email).map_err(|message| AppError::field("email", message))?;
    let attempt = Attempt::to_ask(&state.pepper, &email, &ClientAddress::of_request());
    attempts::begin(&state.db, &attempt).await?;
    super::asking::by_mail(state, email);
    leptos_axum::redirect("/sign-in/forgotten?notice=sent");
    Ok(())
}

/// Whether a link still works.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_password_link(token: String) -> Result<bool> {
    Ok(super::store::holder(&crate::state::db(), &token).await?.is_some())
}

/// Sets a new password by a link, which is used up, and signs out everywhere.
#[server]
pub async fn set_new_password(token: String, password: String) -> Result<()> {
    use crate::error::AppError;
    use crate::mail::letters;
    use crate::people::passwords::NewPassword;

    let state = crate::state::state();
    let holder = super::store::holder(&state.db, &token)
        .await?
        .ok_or(AppError::NotFound)?;
    let password = NewPassword::parse(&password, &[&holder.name, &holder.email])
        .map_err(|message| AppError::field("password", message))?;
    let hash = state.hasher.hash(password).await?;
    let letters = state.outbox.letters(|| {
        let what = "a new password was set for your account, and every device was signed out.";
        letters::changed(&holder.email, &holder.name, &state.site.public_url, what)
    });
    super::store::set(&state.db, &token, hash, letters).await?;
    state.outbox.ring();
    crate::people::cookies::take();
    leptos_axum::redirect("/sign-in?notice=password-set");
    Ok(())
}

/// The link that this browser's administrator just made, while it works.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_made_link() -> Result<Option<String>> {
    let (viewer, _) = crate::state::signed_in()?;
    if !viewer.administers_somewhere() {
        return Err(crate::error::AppError::Forbidden);
    }
    let state = crate::state::state();
    let Some(token) = crate::people::cookies::held(MADE) else {
        return Ok(None);
    };
    let works = super::store::holder(&state.db, &token).await?.is_some();
    Ok(works.then(|| format!("{}/sign-in/reset/{token}", state.site.public_url)))
}

/// Makes a link to a new password for someone whom the administrator looks
/// after, to be passed on by them.
#[server]
pub async fn make_password_link(email: String) -> Result<()> {
    use crate::error::AppError;
    use crate::mail::letters::RESET_HOURS;
    use crate::people::model::Email;
    use crate::people::{cookies, tokens};

    const NOBODY: &str = "There is no account with this address that you look after alone.";
    let (viewer, person) = crate::state::signed_in()?;
    if !viewer.administers_somewhere() {
        return Err(AppError::Forbidden);
    }
    let db = crate::state::db();
    let email = Email::held(&email).map_err(|message| AppError::field("email", message))?;
    let owner = super::store::owner(&db, &email).await?;
    let owner = owner.filter(|owner| viewer.may_let_in(owner.site_administrator, &owner.lines));
    let owner = owner.ok_or_else(|| AppError::field("email", NOBODY))?;
    let token = tokens::new();
    super::store::make(&db, &owner.id, &token, Some(&person.id), Vec::new()).await?;
    cookies::lend(MADE, &token, RESET_HOURS * 3600);
    leptos_axum::redirect("/admin/password-link");
    Ok(())
}

/// The cookie that holds a link's token for the administrator who made it.
#[cfg(feature = "ssr")]
const MADE: &str = "carrel-link";
