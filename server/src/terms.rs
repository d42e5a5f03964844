//! Whoever has not accepted the terms of use that hold is asked to before
//! anything else.

use app::error::AppError;
use app::paths::segment;
use app::viewer::Viewer;
use axum::Json;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::drafts::Refused;

/// Leads to the terms, whence one comes back; a form that was sent meanwhile is
/// refused, and kept like any other.
pub async fn asked(request: Request, next: Next) -> Response {
    let viewer = request.extensions().get::<Viewer>();
    let path = request.uri().path();
    if !viewer.is_some_and(|viewer| viewer.terms_due) || app::terms::api::is_open_before(path) {
        return next.run(request).await;
    }
    if path.starts_with("/api/") {
        const CHANGED: &str = "The terms of use here have changed. Load this page anew to read them.";
        let error = AppError::Conflict(CHANGED.into());
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::CONFLICT);
        let mut response = (status, Json(&error)).into_response();
        response.extensions_mut().insert(Refused(error));
        return response;
    }
    if request.method() != Method::GET {
        return Redirect::to("/terms").into_response();
    }
    let back = request.uri().path_and_query().map_or("/", |back| back.as_str());
    Redirect::to(&format!("/terms?next={}", segment(back))).into_response()
}
