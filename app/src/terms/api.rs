//! What the browser may ask of the terms of use.

use leptos::prelude::*;

use super::model::TermsPage;
use crate::error::Result;

/// A version of the terms, or the one that holds.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_terms(#[server(default)] version: Option<u32>) -> Result<TermsPage> {
    super::store::page(&crate::state::db(), &crate::state::viewer(), version).await
}

/// Accepts the version that was shown, while it is the one that holds.
#[server]
pub async fn accept_terms(number: u32, #[server(default)] next: String) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::accept(&crate::state::db(), &person.id, number).await?;
    leptos_axum::redirect(&crate::paths::local(&next));
    Ok(())
}

/// Publishes the version after `number`; everyone is asked to accept it.
#[server]
pub async fn publish_terms(number: u32, #[server(default)] body: String) -> Result<()> {
    use super::model::TermsBody;
    use crate::error::AppError;

    let person = crate::state::site_administrator()?;
    let body = TermsBody::parse(&body).map_err(|message| AppError::field("body", message))?;
    super::store::publish(&crate::state::db(), &person.id, number, &body).await?;
    leptos_axum::redirect("/terms");
    Ok(())
}

/// Whether somebody who has not accepted the terms yet may ask for this: to
/// read and accept them, or to leave with what is theirs.
#[cfg(feature = "ssr")]
pub fn is_open_before(path: &str) -> bool {
    use server_fn::ServerFn;

    let functions = [
        LoadTerms::PATH,
        AcceptTerms::PATH,
        crate::people::api::LoadViewer::PATH,
        crate::people::api::LoadSettings::PATH,
        crate::people::api::CloseAccount::PATH,
        crate::people::api::SignOut::PATH,
        crate::copies::api::LoadCopy::PATH,
        crate::copies::api::MakeCopy::PATH,
    ];
    path == "/terms" || path == "/me/settings" || path.starts_with("/me/copies/") || functions.contains(&path)
}
