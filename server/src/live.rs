//! Live streams: open pages hear of new posts, and stop when the server does.

use std::convert::Infallible;
use std::time::Duration;

use app::error::AppError;
use app::groups::store;
use app::id::ThreadId;
use app::people::sessions;
use app::state::AppState;
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
        store::newest(&self.state.db, &self.viewer().await?, thread).await
    }
}

/// Events named `post` with a thread's id and the number of its newest post:
/// at once, so that whoever reconnects catches up, and with each new post.
/// Several threads are separated by commas; each must be open to the viewer.
pub async fn threads(
    State(state): State<AppState>,
    Extension(shutdown): Extension<Shutdown>,
    Path(threads): Path<String>,
    headers: HeaderMap,
) -> Response {
    let ids: Option<Vec<ThreadId>> = threads.split(',').map(ThreadId::parse).collect();
    let Some(ids) = ids.filter(|ids| ids.len() <= MOST_THREADS) else {
        return StatusCode::NOT_FOUND.into_response();
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
        .map(Ok::<_, Infallible>)
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
