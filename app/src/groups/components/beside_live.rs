//! What the talk beside a lesson hears while it is open, and what of it was read.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Arrivals, Heard, focus_on, refresh_counts, refresh_counts_soon, use_stream};
use crate::groups::api::{load_beside, load_posts_after};
use crate::groups::model::{BesideTalk, BesideThread};
use crate::id::{CourseId, LessonId, ThreadId};
use crate::start::use_viewer;
use crate::viewer::Viewer;

/// Tells `reading.js` that the talk is in the page, which then says when
/// somebody sees it: beside the text, beneath it, or in the sheet on a phone.
const THERE: &str = "talk-there";
const SEEN: &str = "talk-seen";

/// As many groups as a stream tells of.
const MOST_GROUPS: usize = 50;

/// How many threads and posts each group has; no posts before that was heard.
type Known = HashMap<String, [u32; 2]>;

#[derive(Clone, Copy)]
pub(super) struct Live {
    lesson: StoredValue<(LessonId, CourseId)>,
    /// What is shown.
    pub talk: RwSignal<BesideTalk>,
    /// What starting and joining goes by; it stays while others start something,
    /// so that nothing is lost that one writes.
    pub foot: RwSignal<BesideTalk>,
    /// The talk as it is now, where there is more than is shown.
    pub news: RwSignal<Option<BesideTalk>>,
    /// What became of one's own.
    pub said: RwSignal<Option<&'static str>>,
    arrivals: StoredValue<Vec<(ThreadId, Arrivals)>>,
    seen: RwSignal<bool>,
    viewer: RwSignal<Viewer>,
}

/// Keeps the talk beside a lesson live while the page is open.
pub(super) fn use_live(talk: BesideTalk, lesson: LessonId, course: CourseId) -> Live {
    let groups = talk
        .groups
        .iter()
        .map(|group| (group.id.to_string(), [group.threads, 0]));
    let known = StoredValue::new(groups.collect::<Known>());
    let live = Live {
        lesson: StoredValue::new((lesson, course)),
        foot: RwSignal::new(talk.clone()),
        talk: RwSignal::new(talk),
        news: RwSignal::new(None),
        said: RwSignal::new(None),
        arrivals: StoredValue::new(Vec::new()),
        seen: RwSignal::new(false),
        viewer: use_viewer(),
    };
    let address = Memo::new(move |_| live.talk.with(stream_of));
    use_stream(address.into(), move |heard| live.heard(heard, known));
    live.read_what_is_seen();
    live
}

fn stream_of(talk: &BesideTalk) -> String {
    let groups: Vec<&str> = talk
        .groups
        .iter()
        .take(MOST_GROUPS)
        .map(|group| group.id.as_str())
        .collect();
    let mut threads: Vec<&str> = talk.threads.iter().map(|thread| thread.id.as_str()).collect();
    // In whatever order they stand, it is the same stream.
    threads.sort_unstable();
    match groups.is_empty() {
        true => String::new(),
        false => format!("/live/groups/{}?threads={}", groups.join(","), threads.join(",")),
    }
}

impl Live {
    /// The posts that arrive in a thread that is shown.
    pub fn arrivals_of(self, thread: &BesideThread) -> Arrivals {
        let shown = thread.posts.last().map_or(0, |post| post.number);
        let arrivals = Arrivals::new(thread.id.clone(), shown, thread.total, true);
        self.arrivals.update_value(|all| {
            all.retain(|(id, _)| *id != thread.id);
            all.push((thread.id.clone(), arrivals));
        });
        arrivals
    }

    fn heard(self, Heard { of_group, key, numbers }: Heard<'_>, known: StoredValue<Known>) {
        if !of_group {
            let arrivals = self.arrivals.try_get_value().unwrap_or_default();
            if let Some((_, arrivals)) = arrivals.iter().find(|(id, _)| id.as_str() == key) {
                arrivals.heard_of(numbers[0]);
            }
            return;
        }
        let before = known.try_update_value(|known| known.insert(key.to_owned(), numbers));
        let Some([threads, posts]) = before.flatten() else {
            return;
        };
        if threads != numbers[0] {
            spawn_local(async move {
                let Some(fresh) = self.load().await else { return };
                let new = self.talk.try_with_untracked(|talk| talk.unknown(&fresh).count());
                if new.is_some_and(|new| new > 0) {
                    self.news.set(Some(fresh));
                }
            });
        }
        if threads != numbers[0] || (posts > 0 && posts != numbers[1]) {
            refresh_counts_soon(self.viewer);
        }
    }

    async fn load(self) -> Option<BesideTalk> {
        let (lesson, course) = self.lesson.try_get_value()?;
        load_beside(lesson, course).await.ok()
    }

    /// Shows what was offered.
    pub fn show(self) {
        let Some(fresh) = self.news.write().take() else { return };
        let first = self.talk.with_untracked(|talk| talk.unknown(&fresh).next().cloned());
        self.talk.set(fresh);
        if let Some(first) = first {
            focus_on(format!("talk-{first}"));
        }
    }

    /// Shows what one started or joined.
    pub fn changed(self, started: bool) {
        spawn_local(async move {
            let Some(fresh) = self.load().await else { return };
            let Some(own) = self
                .talk
                .try_with_untracked(|talk| talk.unknown(&fresh).next().cloned())
            else {
                return;
            };
            self.news.set(None);
            self.foot.set(fresh.clone());
            self.talk.set(fresh);
            if let Some(own) = own.filter(|_| started) {
                self.said.set(Some("Posted: your discussion stands here now."));
                focus_on(format!("talk-{own}"));
            }
        });
    }

    /// What was seen counts as read, as in the thread's own page
    /// (docs/decisions/0005-reading-marks-on-get.md).
    fn read_what_is_seen(self) {
        Effect::new(move |_| {
            let listener = window_event_listener_untyped(SEEN, move |_| self.seen.set(true));
            on_cleanup(move || listener.remove());
            if let Ok(there) = web_sys::Event::new(THERE) {
                let _heard = document().dispatch_event(&there);
            }
        });
        Effect::new(move |_| {
            let read = self.talk.with(|talk| {
                let unread = talk.threads.iter().filter(|thread| thread.read_by_seeing().is_some());
                unread
                    .map(|thread| (thread.id.clone(), thread.last_read))
                    .collect::<Vec<_>>()
            });
            if !self.seen.get() || read.is_empty() {
                return;
            }
            spawn_local(async move {
                for (thread, after) in read {
                    // Whoever loads what comes after has it read.
                    let _posts = load_posts_after(thread, after).await;
                }
                refresh_counts(self.viewer);
            });
        });
    }
}
