//! What is sent to server functions is read whole before the request takes a
//! place among those that are worked on: whoever sends slowly waits alone.

use std::net::IpAddr;
use std::time::Duration;

use app::places::Places;
use app::state::ClientAddress;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::config::Config;
use crate::trouble;

/// How long a body may be on its way, however it comes.
const LONGEST: u64 = 15;

/// How many of one address may be on their way at once.
const UNFINISHED: usize = 32;

#[derive(Clone)]
pub struct Bodies {
    /// The largest, in bytes.
    most: usize,
    wait: Duration,
    unfinished: Places,
}

impl Bodies {
    pub fn of(config: &Config) -> Self {
        Self {
            most: config.body_limit * 1024,
            wait: Duration::from_secs(config.timeout.min(LONGEST)),
            unfinished: Places::default(),
        }
    }

    /// How many one address may have on their way. This machine is whoever runs
    /// it, or a proxy that nobody named.
    fn most_of(address: &str) -> usize {
        let own = address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if own || address.is_empty() {
            usize::MAX
        } else {
            UNFINISHED
        }
    }
}

/// Reads the body of a server function.
pub async fn gather(State(bodies): State<Bodies>, request: Request, next: Next) -> Response {
    let declared = request.headers().get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    // What says that it is too large is refused unread, further in.
    let refused = declared.is_some_and(|length| length > bodies.most);
    if !request.uri().path().starts_with("/api/") || refused || request.body().is_end_stream() {
        return next.run(request).await;
    }
    let address = request.extensions().get::<ClientAddress>();
    let address = address.map_or("", |address| address.0.as_str());
    let Some(place) = bodies.unfinished.take(address, Bodies::most_of(address)) else {
        tracing::warn!("too many unfinished requests of one address");
        return trouble::busy();
    };
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(bodies.wait, to_bytes(body, bodies.most)).await;
    drop(place);
    match read {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => trouble::slow(),
    }
}
