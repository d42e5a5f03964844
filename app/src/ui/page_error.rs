//! A page that could not be shown: what happened, what was kept, what to do.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::error::AppError;

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
    // The page still knows someone whom the server no longer does.
    let ended = sign_in && crate::start::use_viewer().with_untracked(|viewer| viewer.is_signed_in());
    let heading = if ended {
        "Your session has ended"
    } else {
        heading(&error)
    };
    let next = sign_in.then(|| {
        let location = leptos_router::hooks::use_location();
        format!(
            "/sign-in?next={}",
            crate::paths::segment(&location.pathname.get_untracked())
        )
    });
    view! {
        <Title text=heading/>
        <Meta name="robots" content="noindex"/>
        <div class="page page-narrow">
            <h1>{heading}</h1>
            <ErrorWays error next/>
        </div>
    }
}

/// What an error page says beneath its heading, and the ways on from it.
#[component]
pub fn ErrorWays(
    error: AppError,
    /// Where to sign in and come back, when that helps.
    next: Option<String>,
) -> impl IntoView {
    let missing = matches!(error, AppError::NotFound);
    view! {
        <p class="lede">{error.to_string()}</p>
        <p class="button-row">
            {next.map(|next| view! { <a class="button" href=next>"Sign in"</a> })}
            {missing.then(|| view! { <a class="button" href="/search">"Search"</a> })}
            {missing.then(|| view! { <a class="button quiet" href="/index">"Look in the index"</a> })}
            <a class="button quiet" href="/">"Go to the home page"</a>
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
