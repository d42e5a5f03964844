//! Telling open pages that something was posted: within this process by a
//! broadcast channel for each thread that somebody watches.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;

use crate::id::ThreadId;

/// How many posts a slow reader may miss before it has to look again.
const BUFFER: usize = 64;

/// Something new in a thread: the number of its newest post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPost(pub i64);

/// The channels of the threads that are being watched.
#[derive(Clone, Default)]
pub struct Hub(Arc<Mutex<HashMap<ThreadId, broadcast::Sender<NewPost>>>>);

impl Hub {
    /// Hears of new posts in a thread from now on.
    pub fn watch(&self, thread: &ThreadId) -> broadcast::Receiver<NewPost> {
        let mut channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        channels.retain(|_, channel| channel.receiver_count() > 0);
        channels
            .entry(thread.clone())
            .or_insert_with(|| broadcast::channel(BUFFER).0)
            .subscribe()
    }

    /// Tells those who watch; nobody may be there.
    pub fn tell(&self, thread: &ThreadId, post: NewPost) {
        let channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(channel) = channels.get(thread) {
            let _nobody_watches = channel.send(post);
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
}
