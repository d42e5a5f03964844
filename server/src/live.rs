//! Live streams: open pages hear of new posts, and stop when the server does.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::error::AppError;
use app::groups::store;
use app::id::ThreadId;
use app::people::sessions;
use app::state::{AppState, ClientAddress};
use app::viewer::Viewer;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream, StreamExt};
use tokio_stream::wrappers::BroadcastStream;
use tokio_util::sync::CancellationToken;

/// Told to every open stream, so that a graceful stop need not wait for them.
#[derive(Debug, Clone, Default)]
pub struct Shutdown(pub CancellationToken);

/// Streams that one person may hold open, or all visitors of one network: as
/// many as somebody has tabs.
const MOST_STREAMS: usize = 30;

/// Counts the open streams of each reader.
#[derive(Debug, Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<String, usize>>>);

/// One open stream; it is counted until it is dropped.
#[derive(Debug)]
struct Place {
    streams: Streams,
    reader: String,
}

impl Streams {
    /// A place for one more stream, unless the reader has all of theirs.
    fn take(&self, reader: String) -> Option<Place> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(reader.clone()).or_default();
        if *count >= MOST_STREAMS {
            return None;
        }
        *count += 1;
        Some(Place {
            streams: self.clone(),
            reader,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.reader) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.reader);
            }
        }
    }
}

/// As many threads as a page shows at once.
const MOST_THREADS: usize = 5;

const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// A reader of some threads: who they are is asked again before each word.
struct Reader {
    state: AppState,
    token: Option<String>,
}

impl Reader {
    async fn viewer(&self) -> Result<Viewer, AppError> {
        match &self.token {
            Some(token) => sessions::viewer(&self.state.db, token).await,
            None => Ok(Viewer::visitor()),
        }
    }

    /// Where a thread stands, for those who may read it.
    async fn newest(&self, thread: &ThreadId) -> Result<u32, AppError> {
        let viewer = self.viewer().await?;
        // What is asked of somebody first ends a stream that was open before.
        if viewer.terms_due || viewer.second_factor_first() {
            return Err(AppError::Forbidden);
        }
        store::newest(&self.state.db, &viewer, thread).await
    }
}

/// Events named `post` with a thread's id and the number of its newest post:
/// at once, so that whoever reconnects catches up, and with each new post.
/// Several threads are separated by commas; each must be open to the viewer.
pub async fn threads(
    State(state): State<AppState>,
    Extension(shutdown): Extension<Shutdown>,
    Extension(streams): Extension<Streams>,
    Extension(viewer): Extension<Viewer>,
    Extension(ClientAddress(network)): Extension<ClientAddress>,
    Path(threads): Path<String>,
    headers: HeaderMap,
) -> Response {
    let ids: Option<Vec<ThreadId>> = threads.split(',').map(ThreadId::parse).collect();
    let Some(ids) = ids.filter(|ids| ids.len() <= MOST_THREADS) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let whose = viewer.id().map_or(network, |person| person.as_str().to_owned());
    let Some(place) = streams.take(whose) else {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    };
    let token = sessions::token_of(&headers, state.site.is_secure());
    let reader = Reader { state, token };
    // Watching begins before the first look, so that no post falls between.
    let watched: Vec<_> = ids
        .iter()
        .map(|id| (id.clone(), BroadcastStream::new(reader.state.hub.watch(id))))
        .collect();
    let mut first = Vec::new();
    for id in &ids {
        match reader.newest(id).await {
            Ok(number) => first.push(event(id, number)),
            Err(error) => {
                let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                return status.into_response();
            }
        }
    }
    let events = stream::iter(first)
        .chain(news(reader, watched))
        .map(move |event| {
            let _counted_until_the_end = &place;
            Ok::<_, Infallible>(event)
        })
        .take_until(shutdown.0.cancelled_owned());
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    let headers = response.headers_mut();
    headers.insert("cache-control", axum::http::HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    response
}

/// One event for each new post, until the reader may no longer hear of it.
/// A reader that was too slow hears where the thread stands now.
fn news(
    reader: Reader,
    watched: Vec<(ThreadId, BroadcastStream<app::groups::live::NewPost>)>,
) -> impl Stream<Item = Event> {
    let heard = stream::select_all(
        watched
            .into_iter()
            .map(|(id, posts)| posts.map(move |_post_or_lag| id.clone()).boxed()),
    );
    stream::unfold((reader, heard), |(reader, mut heard)| async move {
        let id = heard.next().await?;
        let number = reader.newest(&id).await.ok()?;
        Some((event(&id, number), (reader, heard)))
    })
}

fn event(thread: &ThreadId, number: u32) -> Event {
    Event::default().event("post").data(format!("{thread} {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_has_so_many_streams_and_gets_them_back() {
        let streams = Streams::default();
        let mut places: Vec<_> = (0..MOST_STREAMS)
            .map(|_| streams.take("rosa".into()).unwrap())
            .collect();
        assert!(streams.take("rosa".into()).is_none());
        assert!(streams.take("sam".into()).is_some(), "others have their own");
        places.pop();
        assert!(streams.take("rosa".into()).is_some());
        places.clear();
        assert!(streams.0.lock().unwrap().is_empty());
    }
}
