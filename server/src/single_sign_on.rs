//! Going to a provider of single sign-on, and coming back: no pages, since
//! browsers are sent on at once. What goes wrong is said on the page that one
//! came from.

use app::db::Acting;
use app::error::{AppError, Result};
use app::id::ProviderId;
use app::single_sign_on::api::UnlinkAccount;
use app::single_sign_on::visits::{self, Answer, LINKED};
use app::start::FormDraft;
use app::state::{AppState, ClientAddress};
use app::viewer::Viewer;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::server_fn::ServerFn;
use leptos_axum::ResponseOptions;

use crate::exports::refused;

#[derive(serde::Deserialize)]
pub struct Begin {
    #[serde(default)]
    next: String,
    /// Shows that somebody who is signed in links an account.
    link: Option<String>,
}

/// `GET /sign-in/with/{provider}`: off to the provider.
pub async fn begin(
    State(mut state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Extension(address): Extension<ClientAddress>,
    Path(provider): Path<String>,
    Query(Begin { next, link }): Query<Begin>,
    parts: Parts,
) -> Response {
    if is_from_elsewhere(&parts.headers) {
        return Redirect::to("/sign-in").into_response();
    }
    state.db = state.db.acting(Acting::of(&viewer, &address));
    let linking = link.is_some();
    let done = within(&state, parts, || async {
        let id = ProviderId::parse(&provider).ok_or(AppError::NotFound)?;
        let address = visits::begin(&state, &viewer, &id, &next, link.as_deref()).await?;
        leptos_axum::redirect(&address);
        Ok(())
    });
    answer(&state, &viewer, linking, &next, done.await).await
}

/// `GET /sign-in/with/{provider}/answer`: back from there.
pub async fn end(
    State(mut state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Extension(address): Extension<ClientAddress>,
    Path(provider): Path<String>,
    Query(said): Query<Answer>,
    parts: Parts,
) -> Response {
    state.db = state.db.acting(Acting::of(&viewer, &address));
    let linking = viewer.is_signed_in();
    let done = within(&state, parts, || async {
        let id = ProviderId::parse(&provider).ok_or(AppError::NotFound)?;
        visits::end(&state, &viewer, &id, said).await
    });
    answer(&state, &viewer, linking, "", done.await).await
}

/// Whether another site sent the browser here: nobody is signed in because they
/// followed a link.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site.as_bytes() == b"cross-site")
}

/// Runs what asks for the request and adds to the answer, as server functions
/// do.
async fn within<F>(state: &AppState, parts: Parts, work: impl FnOnce() -> F) -> (Result<()>, ResponseOptions)
where
    F: Future<Output = Result<()>>,
{
    let options = ResponseOptions::default();
    let owner = Owner::new();
    let run = owner.with(|| {
        provide_context(state.clone());
        provide_context(parts);
        provide_context(options.clone());
        ScopedFuture::new(work())
    });
    (run.await, options)
}

async fn answer(
    state: &AppState,
    viewer: &Viewer,
    linking: bool,
    next: &str,
    (done, options): (Result<()>, ResponseOptions),
) -> Response {
    let mut response = match done {
        Ok(()) => StatusCode::FOUND.into_response(),
        Err(error @ AppError::NotFound) => return refused(&error),
        Err(error) => back(state, viewer, linking, next, error).await,
    };
    // What was redirected goes on where it should; what was refused keeps its
    // own address.
    let given = std::mem::take(
        &mut options
            .0
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .headers,
    );
    let refused = response.headers().contains_key(header::LOCATION);
    for (name, value) in given
        .iter()
        .filter(|(name, _)| !(refused && **name == header::LOCATION))
    {
        response.headers_mut().append(name, value.clone());
    }
    response
}

/// Back to the page that one came from, which says what went wrong.
async fn back(state: &AppState, viewer: &Viewer, linking: bool, next: &str, error: AppError) -> Response {
    let (page, form) = match linking {
        true => (LINKED, UnlinkAccount::PATH),
        false => ("/sign-in", app::people::api::sign_in_path()),
    };
    let draft = FormDraft {
        form: form.to_owned(),
        fields: [("next".to_owned(), app::paths::local(next))].into(),
        error,
    };
    match app::people::drafts::store(&state.db, viewer.id(), &draft).await {
        Ok(id) => {
            let mut response = Redirect::to(&format!("{page}?draft={id}")).into_response();
            if let Some(cookie) = app::people::drafts::cookie(&id, state.site.is_secure()) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
