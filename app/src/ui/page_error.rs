//! A page that could not be shown: what happened, what was kept, what to do.

use leptos::prelude::*;
use leptos_meta::Meta;

use super::page::PageTitle;
use crate::error::AppError;
use crate::paths::sign_in_from;
use crate::start::{use_session_ended, use_viewer};
use crate::viewer::Viewer;

/// What an error is called.
pub fn heading(error: &AppError) -> &'static str {
    match error {
        AppError::NotFound => "Nothing here",
        AppError::SignInNeeded => "Sign in to see this",
        AppError::Forbidden => "Not yours to change",
        AppError::Invalid(_) | AppError::Conflict(_) => "That did not work",
        AppError::TooMany(_) => "A little slower, please",
        AppError::Busy => "Carrel is very busy",
        AppError::Offline => "No connection",
        AppError::Internal => "Something went wrong",
    }
}

/// An error in place of a page; sets the answer's status on the server.
#[component]
pub fn PageError(error: AppError) -> impl IntoView {
    #[cfg(feature = "ssr")]
    set_status(&error);
    let sign_in = matches!(error, AppError::SignInNeeded);
    // The page may still know someone whom the server no longer does.
    let ended = use_session_ended().get_value() || use_viewer().with_untracked(Viewer::is_signed_in);
    let heading = if sign_in && ended {
        "Your session has ended"
    } else {
        heading(&error)
    };
    let address = super::use_address()();
    let next = sign_in.then(|| sign_in_from(&address));
    let again = (error.passes() || matches!(error, AppError::Conflict(_))).then_some(address);
    view! {
        <PageTitle title=heading.to_owned()/>
        <Meta name="robots" content="noindex"/>
        <div class="page page-narrow">
            <h1>{heading}</h1>
            <ErrorWays error next again account=sign_in && !ended/>
        </div>
    }
}

/// What an error page says beneath its heading, and the ways on from it.
#[component]
pub fn ErrorWays(
    error: AppError,
    /// Where to sign in and come back, when that helps.
    #[prop(default = None)]
    next: Option<String>,
    /// The address to load anew, when that may help. Where the connection was
    /// lost, `frontend/shell.js` does it as soon as it is back.
    #[prop(default = None)]
    again: Option<String>,
    /// Whether an account would show it.
    #[prop(optional)]
    account: bool,
) -> impl IntoView {
    let (missing, lost) = (matches!(error, AppError::NotFound), matches!(error, AppError::Offline));
    let words = if lost {
        "Carrel could not be reached. This page comes as soon as it can be.".to_owned()
    } else if account {
        "This page is for people with an account, which you get from your organisation.".to_owned()
    } else {
        error.to_string()
    };
    let (href, way) = match account {
        true => ("/join", "Find your organisation"),
        false => ("/", "Go to the home page"),
    };
    view! {
        <p class="lede">{words}</p>
        <p class="button-row">
            {next.map(|next| view! { <a class="button" href=next>"Sign in"</a> })}
            {again.map(|again| view! { <a class="button" href=again rel="external" data-lost=lost.then_some("")>"Try again"</a> })}
            {missing.then(|| view! { <a class="button" href="/search">"Search"</a> })}
            {missing.then(|| view! { <a class="button quiet" href="/index">"Look in the index"</a> })}
            <a class="button quiet" href=href>{way}</a>
        </p>
    }
}

/// Makes the answer one for a page that is not there, for pages that say so
/// in their own words.
#[component]
pub fn Missing() -> impl IntoView {
    #[cfg(feature = "ssr")]
    set_status(&AppError::NotFound);
    view! { <Meta name="robots" content="noindex"/> }
}

#[cfg(feature = "ssr")]
fn set_status(error: &AppError) {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = http::StatusCode::from_u16(error.status())
        // What has moved is not missing.
        && !response.0.read().is_ok_and(|parts| parts.headers.contains_key(http::header::LOCATION))
    {
        response.set_status(status);
    }
}
