//! How much of what is costly is done at once, whoever asks for it: the rest
//! waits a little, and then is told that there is no place.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{AppError, Result};

/// How long somebody waits for a place.
const PATIENCE: Duration = Duration::from_secs(5);

/// So many places; cheap to clone.
#[derive(Debug, Clone)]
pub struct Pool {
    places: Arc<Semaphore>,
    patience: Duration,
}

impl Pool {
    fn of(places: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            patience: PATIENCE,
        }
    }

    /// A place, until it is dropped.
    ///
    /// # Errors
    /// Busy where none is free for some seconds.
    pub async fn place(&self) -> Result<OwnedSemaphorePermit> {
        let free = Arc::clone(&self.places).acquire_owned();
        match tokio::time::timeout(self.patience, free).await {
            Ok(Ok(place)) => Ok(place),
            // Nobody closes it.
            Ok(Err(_)) | Err(_) => Err(AppError::Busy),
        }
    }
}

/// The pools of one server. Hashing passwords, making books, copies and pictures
/// have places of their own, beside what they do.
#[derive(Debug, Clone)]
pub struct Pools {
    /// Files that are written while somebody waits: each takes a processor.
    pub exports: Pool,
    /// Searches, also those while somebody types.
    pub searches: Pool,
}

impl Default for Pools {
    fn default() -> Self {
        Self {
            exports: Pool::of(2),
            searches: Pool::of(8),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_finds_no_place_waits_and_is_told() {
        let hasty = Pool {
            patience: Duration::from_millis(20),
            ..Pool::of(2)
        };
        let pool = Pool {
            places: Arc::clone(&hasty.places),
            ..Pool::of(0)
        };
        let (first, second) = (pool.place().await.unwrap(), pool.place().await.unwrap());
        assert_eq!(hasty.place().await.err(), Some(AppError::Busy));
        let waiting = tokio::spawn({
            let pool = pool.clone();
            async move { pool.place().await.map(drop) }
        });
        tokio::time::sleep(Duration::from_millis(20)).await;
        drop(first);
        assert_eq!(waiting.await.unwrap(), Ok(()), "a place that is given back is taken");
        drop(second);
    }
}
