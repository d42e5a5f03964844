//! Posts that arrive while a thread is open. They are put beneath what is
//! shown, so that nothing moves that someone reads.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;

use crate::groups::api::load_posts_after;
use crate::groups::model::PostView;
use crate::id::ThreadId;
use crate::start::use_viewer;
use crate::viewer::Viewer;

use super::news::refresh_counts;

/// How long to wait when posts that were heard of could not be loaded.
const AGAIN: Duration = Duration::from_secs(5);

/// What arrived in a thread since the page was loaded.
#[derive(Clone, Copy)]
pub struct Arrivals {
    thread: StoredValue<ThreadId>,
    pub posts: RwSignal<Vec<PostView>>,
    /// The number of the last post that is shown.
    shown: RwSignal<u32>,
    /// The number of the newest post that was heard of.
    newest: RwSignal<u32>,
    loading: StoredValue<bool>,
    viewer: RwSignal<Viewer>,
    /// Off on a page that does not show the end of its thread.
    appends: bool,
}

impl Arrivals {
    pub(super) fn new(thread: ThreadId, shown: u32, total: u32, appends: bool) -> Self {
        Self {
            thread: StoredValue::new(thread),
            posts: RwSignal::new(Vec::new()),
            shown: RwSignal::new(shown),
            newest: RwSignal::new(total),
            loading: StoredValue::new(false),
            viewer: use_viewer(),
            appends,
        }
    }

    /// Shows all posts up to `number`, if they are not there yet.
    pub fn heard_of(self, number: u32) {
        let (Some(shown), Some(newest)) = (self.shown.try_get_untracked(), self.newest.try_get_untracked()) else {
            return;
        };
        if number > newest {
            self.newest.set(number);
        }
        // Also when it was heard of before: loading it may have failed.
        if self.appends && number > shown && !self.loading.get_value() {
            self.loading.set_value(true);
            spawn_local(self.catch_up());
        }
    }

    async fn catch_up(self) {
        while let (Some(shown), Some(newest)) = (self.shown.try_get_untracked(), self.newest.try_get_untracked()) {
            if shown >= newest {
                break;
            }
            let Some(thread) = self.thread.try_get_value() else {
                return;
            };
            let Ok(fresh) = load_posts_after(thread, shown).await else {
                set_timeout(move || self.heard_of(newest), AGAIN);
                break;
            };
            let fresh: Vec<PostView> = fresh.into_iter().filter(|post| post.number > shown).collect();
            let Some(last) = fresh.last().map(|post| post.number) else {
                break;
            };
            if self.shown.try_set(last).is_some() {
                return;
            }
            self.posts.update(|posts| posts.extend(fresh));
            // They count as read by now.
            refresh_counts(self.viewer);
        }
        let _gone = self.loading.try_set_value(false);
    }

    /// How many posts came that this page does not show.
    pub fn elsewhere(self, total: u32) -> u32 {
        if self.appends {
            0
        } else {
            self.newest.get().saturating_sub(total)
        }
    }

    /// The sentence for those who do not see the posts arrive.
    pub fn sentence(self) -> Option<String> {
        self.posts.with(|posts| {
            let others = posts.iter().filter(|post| !post.you).count();
            let last = posts.iter().rev().find(|post| !post.you)?;
            Some(match others {
                1 => format!("A new post by {}.", last.author),
                _ => format!("{others} new posts, the last by {}.", last.author),
            })
        })
    }
}

/// Opens one stream for the threads of a page and closes it with the page.
/// Each is its id, the last post shown, how many there are, and whether new
/// ones are shown at its end.
pub fn use_arrivals(threads: Vec<(ThreadId, u32, u32, bool)>) -> Vec<Arrivals> {
    let arrivals: Vec<Arrivals> = threads
        .iter()
        .map(|(thread, shown, total, appends)| Arrivals::new(thread.clone(), *shown, *total, *appends))
        .collect();
    if arrivals.is_empty() {
        return arrivals;
    }
    let ids: Vec<String> = threads.into_iter().map(|(thread, ..)| thread.to_string()).collect();
    let listeners: Vec<(String, Arrivals)> = ids.iter().cloned().zip(arrivals.iter().copied()).collect();
    let address = format!("/live/threads/{}", ids.join(","));
    use_stream(
        Signal::derive(move || address.clone()),
        move |Heard { key, numbers, .. }| {
            if let Some((_, arrivals)) = listeners.iter().find(|(id, _)| id == key) {
                arrivals.heard_of(numbers[0]);
            }
        },
    );
    arrivals
}

/// What a stream says: of a thread the number of its newest post, of a group how
/// many threads and posts it has.
#[derive(Clone, Copy)]
pub(crate) struct Heard<'a> {
    pub of_group: bool,
    pub key: &'a str,
    pub numbers: [u32; 2],
}

impl<'a> Heard<'a> {
    fn parse(kind: &str, data: &'a str) -> Option<Self> {
        let mut words = data.split(' ');
        let key = words.next()?;
        let mut number = || words.next().map_or(Some(0), |word| word.parse().ok());
        Some(Self {
            of_group: kind == "group",
            key,
            numbers: [number()?, number()?],
        })
    }
}

/// Keeps a stream open at an address, and another when that changes; none where
/// it is empty.
pub(crate) fn use_stream(address: Signal<String>, heard: impl Fn(Heard<'_>) + Clone + 'static) {
    // The stream lives in the effect: on the server, where requests move
    // between threads, there must be nothing that is bound to one.
    Effect::new(move |_| {
        let address = address.get();
        if address.is_empty() {
            return;
        }
        let stream = StoredValue::new_local(Stream::open(&address, heard.clone()));
        on_cleanup(move || {
            let _closed = stream.try_update_value(Option::take);
        });
    });
}

/// An open stream; it closes when dropped.
struct Stream {
    source: web_sys::EventSource,
    _heard: Closure<dyn FnMut(web_sys::MessageEvent)>,
}

impl Stream {
    /// The browser reconnects by itself; the server begins each time with
    /// where all stands, so nothing is missed.
    fn open(address: &str, heard: impl Fn(Heard<'_>) + 'static) -> Option<Self> {
        let source = web_sys::EventSource::new(address).ok()?;
        let heard = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
            let data = event.data().as_string().unwrap_or_default();
            if let Some(said) = Heard::parse(&event.type_(), &data) {
                heard(said);
            }
        });
        for kind in ["post", "group"] {
            source
                .add_event_listener_with_callback(kind, heard.as_ref().unchecked_ref())
                .ok()?;
        }
        Some(Self { source, _heard: heard })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}
