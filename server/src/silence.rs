//! Whoever may not post for a time sends nothing that others read.

use app::error::AppError;
use app::people::suspension::store::may_post;
use app::people::suspension::words;
use app::state::AppState;
use app::viewer::Viewer;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::drafts::Refused;

/// Refuses them with the reason, before what they ask for is looked at; what
/// they typed is kept like that of any form that is refused.
pub async fn asked(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let viewer = request.extensions().get::<Viewer>();
    let silenced = viewer.filter(|viewer| viewer.silenced && words::are_read_by_others(request.uri().path()));
    let Some(viewer) = silenced.cloned() else {
        return next.run(request).await;
    };
    match may_post(&state.db, &viewer).await {
        Ok(()) => next.run(request).await,
        Err(error) => refused(error),
    }
}

/// An answer of a server function that says why.
pub fn refused(error: AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::CONFLICT);
    let mut response = (status, Json(&error)).into_response();
    response.extensions_mut().insert(Refused(error));
    response
}
