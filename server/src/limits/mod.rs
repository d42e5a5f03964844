//! How often somebody may do what costs others something: so much within a
//! time, for each person and for each network address, by class of action.
//! Counted in the process; what may be guessed is counted in the database too
//! (`app/src/people/store/attempts.rs`).

mod bounds;
mod classes;
mod counts;

use std::net::IpAddr;
use std::time::Instant;

use app::error::AppError;
use app::state::ClientAddress;
use app::viewer::Viewer;
use axum::Json;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub use bounds::{Bound, Bounds};
pub use classes::{Class, FUNCTIONS, PATHS};
pub use counts::Counts;

use crate::case;
use crate::drafts::Refused;

/// Refuses what comes too often, and says when it may be tried again.
pub async fn keep(State(counts): State<Counts>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let matched = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let Some(class) = Class::of_request(request.method(), path, matched) else {
        return next.run(request).await;
    };
    let viewer = request.extensions().get::<Viewer>();
    let person = viewer.and_then(Viewer::id).map(|person| person.as_str());
    let address = request.extensions().get::<ClientAddress>();
    let address = address.map_or("", |address| address.0.as_str());
    // This machine is whoever runs it, or a proxy that nobody named.
    let own = address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let address = if own { "" } else { address };
    match counts.take(class, person, address, Instant::now()) {
        Ok(()) => next.run(request).await,
        Err(wait) => {
            let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
            tracing::warn!(class = class.as_str(), "too often");
            refused(seconds, path)
        }
    }
}

fn refused(seconds: u32, path: &str) -> Response {
    let error = AppError::TooMany(seconds);
    let function = path.starts_with("/api/");
    let mut response = match path {
        _ if function => (StatusCode::TOO_MANY_REQUESTS, Json(&error)).into_response(),
        _ if path.starts_with(case::BASE) => case::too_often(&error),
        _ => crate::trouble::too_often(&error),
    };
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    if function {
        response.extensions_mut().insert(Refused(error));
    }
    response
}
