//! Telling open pages that something was posted: within this process by a
//! broadcast channel for each thread and each group that somebody watches.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;

use crate::id::{GroupId, ThreadId};

/// How many posts a slow reader may miss before it has to look again.
const BUFFER: usize = 64;

/// Something new in a thread: the number of its newest post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPost(pub i64);

/// Something new in a group, whichever of its threads it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said;

/// The channels of the threads and groups that are being watched.
#[derive(Clone, Default)]
pub struct Hub {
    threads: Channels<ThreadId, NewPost>,
    groups: Channels<GroupId, Said>,
}

impl Hub {
    /// Hears of new posts in a thread from now on.
    pub fn watch(&self, thread: &ThreadId) -> broadcast::Receiver<NewPost> {
        self.threads.watch(thread)
    }

    /// Tells those who watch a thread; nobody may be there.
    pub fn tell(&self, thread: &ThreadId, post: NewPost) {
        self.threads.tell(thread, post);
    }

    /// Hears from now on that something is said in a group.
    pub fn watch_group(&self, group: &GroupId) -> broadcast::Receiver<Said> {
        self.groups.watch(group)
    }

    /// Tells those who watch a group; nobody may be there.
    pub fn tell_group(&self, group: &GroupId) {
        self.groups.tell(group, Said);
    }
}

/// The channels of one kind.
struct Channels<K, T>(Arc<Mutex<HashMap<K, broadcast::Sender<T>>>>);

impl<K, T> Clone for Channels<K, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K, T> Default for Channels<K, T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Clone + Eq + Hash, T: Clone> Channels<K, T> {
    fn watch(&self, key: &K) -> broadcast::Receiver<T> {
        let mut channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        channels.retain(|_, channel| channel.receiver_count() > 0);
        channels
            .entry(key.clone())
            .or_insert_with(|| broadcast::channel(BUFFER).0)
            .subscribe()
    }

    fn tell(&self, key: &K, news: T) {
        let channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(channel) = channels.get(key) {
            let _nobody_watches = channel.send(news);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn those_who_watch_a_thread_hear_of_it_and_of_no_other() {
        let hub = Hub::default();
        let [one, two] = ["one", "two"].map(|key| ThreadId::parse(key).unwrap());
        let mut watching = hub.watch(&one);
        hub.tell(&two, NewPost(1));
        hub.tell(&one, NewPost(2));
        assert_eq!(watching.recv().await.unwrap(), NewPost(2));
        assert!(watching.try_recv().is_err());
    }

    #[tokio::test]
    async fn those_who_watch_a_group_hear_of_it_and_of_no_other() {
        let hub = Hub::default();
        let [one, two] = ["one", "two"].map(|key| GroupId::parse(key).unwrap());
        let mut watching = hub.watch_group(&one);
        hub.tell_group(&two);
        assert!(watching.try_recv().is_err());
        hub.tell_group(&one);
        assert_eq!(watching.recv().await.unwrap(), Said);
    }
}
