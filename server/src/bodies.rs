//! What is sent to server functions is read whole before the request takes a
//! place among those that are worked on: whoever sends slowly waits alone. Files
//! are too large for that: they hold a place, and come at a least rate.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use app::places::Places;
use app::state::ClientAddress;
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::stream::{self, StreamExt};

use crate::config::Config;
use crate::trouble;

/// How long a body may be on its way, however it comes.
const LONGEST: u64 = 15;

/// Bytes of a file that come within each second, at least.
const LEAST_RATE: u32 = 8 * 1024;

/// How long a file may come slower than that, or not at all.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many of one address may be on their way at once.
const UNFINISHED: usize = 32;

#[derive(Clone)]
pub struct Bodies {
    /// The largest, in bytes.
    most: usize,
    wait: Duration,
    patience: Duration,
    unfinished: Places,
}

impl Bodies {
    pub fn of(config: &Config) -> Self {
        Self {
            most: config.body_limit * 1024,
            wait: Duration::from_secs(config.timeout.min(LONGEST)),
            // Before the time of the whole request is over.
            patience: PATIENCE.min(Duration::from_secs(config.timeout) / 2),
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

/// How long a file may still be waited for: what comes adds to it, at the least
/// rate and up to what it began with, and waiting takes from it.
struct Pace {
    most: Duration,
    left: Duration,
}

impl Pace {
    fn new(patience: Duration) -> Self {
        Self {
            most: patience,
            left: patience,
        }
    }

    fn came(&mut self, bytes: usize, waited: Duration) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let earned = Duration::from_secs(1) * bytes / LEAST_RATE;
        self.left = (self.left.saturating_sub(waited) + earned).min(self.most);
    }
}

/// The body, which breaks off and says so where it comes too slowly. Only the
/// time in which it is waited for counts, not that in which it is worked on.
fn paced(body: Body, patience: Duration, slow: Arc<AtomicBool>) -> Body {
    let begin = Some((body.into_data_stream(), Pace::new(patience), slow));
    Body::from_stream(stream::unfold(begin, |state| async move {
        let (mut body, mut pace, slow) = state?;
        let asked = Instant::now();
        match tokio::time::timeout(pace.left, body.next()).await {
            Ok(None) => None,
            Ok(Some(Ok(bytes))) => {
                pace.came(bytes.len(), asked.elapsed());
                Some((Ok(bytes), Some((body, pace, slow))))
            }
            Ok(Some(Err(error))) => Some((Err(io::Error::other(error)), None)),
            Err(_) => {
                slow.store(true, Ordering::Relaxed);
                Some((Err(io::ErrorKind::TimedOut.into()), None))
            }
        }
    }))
}

/// Passes a file on as it comes; one that comes too slowly is given up, and with
/// it its place.
async fn pass(bodies: &Bodies, request: Request, next: Next) -> Response {
    let slow = Arc::new(AtomicBool::new(false));
    let request = request.map(|body| paced(body, bodies.patience, Arc::clone(&slow)));
    let response = next.run(request).await;
    match slow.load(Ordering::Relaxed) {
        true => trouble::slow(),
        false => response,
    }
}

/// Reads the body of a server function, and sees that those of files come.
pub async fn gather(State(bodies): State<Bodies>, request: Request, next: Next) -> Response {
    let declared = request.headers().get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    // What says that it is far too large is refused unread, further in.
    let refused = declared.is_some_and(|length| length > bodies.most.saturating_mul(READ_TO_ITS_END));
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    if !request.uri().path().starts_with("/api/") || refused {
        return pass(&bodies, request, next).await;
    }
    let address = request.extensions().get::<ClientAddress>();
    let address = address.map_or("", |address| address.0.as_str());
    let Some(place) = bodies.unfinished.take(address, Bodies::most_of(address)) else {
        tracing::warn!("too many unfinished requests of one address");
        return trouble::busy();
    };
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(bodies.wait, whole(body, bodies.most)).await;
    drop(place);
    match read {
        Ok(Ok(Some(bytes))) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Ok(None)) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Ok(Err(_)) => StatusCode::BAD_REQUEST.into_response(),
        Err(_) => trouble::slow(),
    }
}

/// How many times what is taken is read to its end, so that the browser gets to
/// see the answer: one that is still sending shows a broken connection.
const READ_TO_ITS_END: usize = 4;

/// The whole body, or nothing where it is larger than `most` bytes.
async fn whole(body: Body, most: usize) -> Result<Option<Vec<u8>>, axum::Error> {
    let mut body = body.into_data_stream();
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(chunk) = body.next().await {
        let chunk = chunk?;
        length = length.saturating_add(chunk.len());
        if length <= most {
            bytes.extend_from_slice(&chunk);
        } else if length > most.saturating_mul(READ_TO_ITS_END) {
            return Ok(None);
        } else {
            bytes = Vec::new();
        }
    }
    Ok((length <= most).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn after(came: &[(usize, Duration)]) -> Duration {
        let mut pace = Pace::new(PATIENCE);
        for (bytes, waited) in came {
            pace.came(*bytes, *waited);
        }
        pace.left
    }

    #[test]
    fn what_comes_at_the_least_rate_is_waited_for_without_end() {
        let rate = LEAST_RATE as usize;
        assert_eq!(after(&[(rate, SECOND); 1_000]), PATIENCE);
        assert_eq!(after(&[(rate * 100, SECOND * 4)]), PATIENCE);
    }

    #[test]
    fn what_dribbles_is_given_up_however_much_came_before() {
        let much = (usize::MAX, Duration::ZERO);
        assert_eq!(after(&[much]), PATIENCE, "nothing is saved up");
        let mut dribble = vec![much];
        dribble.extend([(1, SECOND); 5]);
        assert!(after(&dribble) < Duration::from_millis(10));
        assert_eq!(after(&[(0, PATIENCE * 2)]), Duration::ZERO);
    }
}
