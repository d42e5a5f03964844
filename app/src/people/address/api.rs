//! What the browser may ask of addresses.

use leptos::prelude::*;

use super::model::Address;
use crate::error::Result;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_address() -> Result<Address> {
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    super::store::address(&state.db, &person, state.outbox.is_open()).await
}

/// Changes one's address: at once where no mail is sent, else when the letter
/// to the new one is answered.
#[server]
pub async fn change_address(email: String, password: String, #[server(default)] passcode: String) -> Result<()> {
    use crate::error::AppError;
    use crate::people::model::Email;
    use crate::people::{attempts, confirming};
    use crate::state::ClientAddress;

    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    let email = Email::parse(&email).map_err(|message| AppError::field("email", message))?;
    confirming::both(&state, &person, "password", password, &passcode).await?;
    let attempt = attempts::Attempt::to_ask(&state.pepper, &email, &ClientAddress::of_request());
    attempts::begin(&state.db, &attempt).await?;
    if state.outbox.is_open() {
        let now = crate::people::store::settings(&state.db, &person).await?.email;
        let old = (now != email.as_str()).then_some(now.as_str());
        super::asking::by_letter(&state, &person.id, &person.name, &email, old).await?;
    } else if !super::store::change(&state.db, &person.id, &email).await? {
        return Err(AppError::field("email", "There is another account with this address."));
    }
    leptos_axum::redirect("/me/settings/address");
    Ok(())
}

/// Sends the letter that confirms one's address once more.
#[server]
pub async fn confirm_own_address() -> Result<()> {
    use crate::error::AppError;
    use crate::people::attempts;
    use crate::people::model::Email;
    use crate::state::ClientAddress;

    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    let email = crate::people::store::settings(&state.db, &person).await?.email;
    let email = Email::held(&email).map_err(|message| AppError::field("", message))?;
    let attempt = attempts::Attempt::to_ask(&state.pepper, &email, &ClientAddress::of_request());
    attempts::begin(&state.db, &attempt).await?;
    super::asking::by_letter(&state, &person.id, &person.name, &email, None).await?;
    leptos_axum::redirect("/me/settings/address");
    Ok(())
}

/// The address that a link confirms, if it does.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_address_check(token: String) -> Result<Option<String>> {
    super::store::asked(&crate::state::db(), &token).await
}

/// Confirms an address by the link of a letter to it.
#[server]
pub async fn confirm_address(token: String) -> Result<()> {
    super::store::confirm(&crate::state::db(), &token).await?;
    let next = if crate::state::viewer().is_signed_in() {
        "/me/settings/address?notice=confirmed"
    } else {
        "/sign-in?notice=address-confirmed"
    };
    leptos_axum::redirect(next);
    Ok(())
}
