//! Live streams: open pages hear of new posts, and stop when the server does.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::error::AppError;
use app::groups::store;
use app::id::{GroupId, ThreadId};
use app::people::sessions;
use app::state::{AppState, ClientAddress};
use app::viewer::Viewer;
use axum::Extension;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, BoxStream, Stream, StreamExt};
use serde::Deserialize;
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
struct Seat {
    streams: Streams,
    reader: String,
}

impl Streams {
    /// A seat for one more stream, unless the reader has all of theirs.
    fn take(&self, reader: String) -> Option<Seat> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(reader.clone()).or_default();
        if *count >= MOST_STREAMS {
            return None;
        }
        *count += 1;
        Some(Seat {
            streams: self.clone(),
            reader,
        })
    }
}

impl Drop for Seat {
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

/// As many groups as a page shows talk of at once.
const MOST_GROUPS: usize = 50;

const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// A reader of some threads and groups: who they are is asked again before each word.
struct Reader {
    state: AppState,
    token: Option<String>,
}

impl Reader {
    async fn viewer(&self) -> Result<Viewer, AppError> {
        let viewer = match &self.token {
            Some(token) => sessions::viewer(&self.state.db, token).await?,
            None => Viewer::visitor(),
        };
        // What is asked of somebody first ends a stream that was open before.
        if viewer.terms_due || viewer.second_factor_first() {
            return Err(AppError::Forbidden);
        }
        Ok(viewer)
    }

    /// Where a thread or a group stands, for those who may read it.
    async fn look(&self, viewer: &Viewer, place: &Place) -> Result<Event, AppError> {
        let db = &self.state.db;
        Ok(match place {
            Place::Thread(thread) => {
                let number = store::newest(db, viewer, thread).await?;
                Event::default().event("post").data(format!("{thread} {number}"))
            }
            Place::Group(group) => {
                let (threads, posts) = store::said(db, viewer, group).await?;
                Event::default()
                    .event("group")
                    .data(format!("{group} {threads} {posts}"))
            }
        })
    }

    /// Where all of them stand, for whoever may read each.
    async fn first(&self, places: &[Place]) -> Result<Vec<Event>, AppError> {
        let viewer = self.viewer().await?;
        let mut first = Vec::with_capacity(places.len());
        for place in places {
            first.push(self.look(&viewer, place).await?);
        }
        Ok(first)
    }

    /// The same of one, as somebody who is looked up anew.
    async fn anew(&self, place: &Place) -> Result<Event, AppError> {
        self.look(&self.viewer().await?, place).await
    }

    /// Hears from now on that something is new there.
    fn watch(&self, place: &Place) -> BoxStream<'static, Place> {
        let (hub, place) = (&self.state.hub, place.clone());
        match &place {
            Place::Thread(thread) => {
                let heard = BroadcastStream::new(hub.watch(thread));
                heard.map(move |_post_or_lag| place.clone()).boxed()
            }
            Place::Group(group) => {
                let heard = BroadcastStream::new(hub.watch_group(group));
                heard.map(move |_said_or_lag| place.clone()).boxed()
            }
        }
    }
}

/// What a stream tells of.
#[derive(Debug, Clone)]
enum Place {
    Thread(ThreadId),
    Group(GroupId),
}

/// Events named `post` with a thread's id and the number of its newest post:
/// at once, so that whoever reconnects catches up, and with each new post.
/// Several threads are separated by commas; each must be open to the viewer.
pub async fn threads(reader: Arriving, Path(threads): Path<String>) -> Response {
    let Some(threads) = keys(&threads, MOST_THREADS, ThreadId::parse) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    reader.told_of(threads.into_iter().map(Place::Thread).collect()).await
}

/// What a page shows of groups beside their news.
#[derive(Debug, Deserialize)]
pub struct Shown {
    #[serde(default)]
    threads: String,
}

/// Events named `group` with a group's id and how many threads and posts it has,
/// like those of [`threads`], which come along for the threads that the page
/// shows: a browser opens few streams at once.
pub async fn groups(reader: Arriving, Path(groups): Path<String>, Query(shown): Query<Shown>) -> Response {
    let threads = match shown.threads.as_str() {
        "" => Some(Vec::new()),
        threads => keys(threads, MOST_THREADS, ThreadId::parse),
    };
    let Some((groups, threads)) = keys(&groups, MOST_GROUPS, GroupId::parse).zip(threads) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let groups = groups.into_iter().map(Place::Group);
    reader
        .told_of(groups.chain(threads.into_iter().map(Place::Thread)).collect())
        .await
}

/// Keys with commas between, each once: what is named again is not told again.
fn keys<T: Clone + Eq + Hash>(list: &str, most: usize, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let keys: Option<Vec<T>> = list.split(',').map(parse).collect();
    let mut keys = keys.filter(|keys| keys.len() <= most)?;
    let mut seen = HashSet::new();
    keys.retain(|key| seen.insert(key.clone()));
    Some(keys)
}

/// Somebody who asks for a stream, and what it needs of the server.
#[derive(FromRequestParts)]
pub struct Arriving {
    state: State<AppState>,
    shutdown: Extension<Shutdown>,
    streams: Extension<Streams>,
    viewer: Extension<Viewer>,
    network: Extension<ClientAddress>,
    headers: HeaderMap,
}

impl Arriving {
    async fn told_of(self, places: Vec<Place>) -> Response {
        let (State(state), Extension(ClientAddress(network))) = (self.state, self.network);
        let whose = self.viewer.id().map_or(network, |person| person.as_str().to_owned());
        let Some(seat) = self.streams.take(whose) else {
            return StatusCode::TOO_MANY_REQUESTS.into_response();
        };
        let token = sessions::token_of(&self.headers, state.site.is_secure());
        let reader = Reader { state, token };
        // Watching begins before the first look, so that no post falls between.
        let watched: Vec<_> = places.iter().map(|place| reader.watch(place)).collect();
        let first = match reader.first(&places).await {
            Ok(first) => first,
            Err(error) => {
                let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                return status.into_response();
            }
        };
        let events = stream::iter(first)
            .chain(news(reader, watched))
            .map(move |event| {
                let _counted_until_the_end = &seat;
                Ok::<_, Infallible>(event)
            })
            .take_until(self.shutdown.0.0.cancelled_owned());
        let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
        let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
        let headers = response.headers_mut();
        headers.insert("cache-control", axum::http::HeaderValue::from_static("no-store"));
        headers.insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
        response
    }
}

/// One event for each new post, until the reader may no longer hear of it.
/// A reader that was too slow hears where the thread stands now.
fn news(reader: Reader, watched: Vec<BoxStream<'static, Place>>) -> impl Stream<Item = Event> {
    let heard = stream::select_all(watched);
    stream::unfold((reader, heard), |(reader, mut heard)| async move {
        let place = heard.next().await?;
        let event = reader.anew(&place).await.ok()?;
        Some((event, (reader, heard)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_told_of_once_and_so_many_are_named() {
        let of = |list: &str| keys(list, 3, GroupId::parse).map(|keys| keys.len());
        assert_eq!(of("a,b,a"), Some(2));
        assert_eq!(of("a,b,c"), Some(3));
        for refused in ["a,a,a,a", "a,B", ""] {
            assert_eq!(of(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_reader_has_so_many_streams_and_gets_them_back() {
        let streams = Streams::default();
        let mut seats: Vec<_> = (0..MOST_STREAMS)
            .map(|_| streams.take("rosa".into()).unwrap())
            .collect();
        assert!(streams.take("rosa".into()).is_none());
        assert!(streams.take("sam".into()).is_some(), "others have their own");
        seats.pop();
        assert!(streams.take("rosa".into()).is_some());
        seats.clear();
        assert!(streams.0.lock().unwrap().is_empty());
    }
}
