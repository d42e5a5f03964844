//! What providers say of themselves, kept for a while, so that not every visit
//! asks for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::asking::{Metadata, Trouble, discover};
use crate::outside::Outside;

/// For how long it is believed. Keys that a provider takes out are believed for
/// so long at most.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// Providers at once; there are few.
const MOST: usize = 64;

/// What was heard, by issuer, and when; cheap to clone.
#[derive(Clone, Default)]
pub struct Providers(Arc<Mutex<HashMap<String, Kept>>>);

/// What a provider says of itself, and when it was asked.
type Kept = (Instant, Arc<Metadata>);

impl Providers {
    /// What a provider said within the hour, else what it says now.
    pub async fn of(&self, outside: &Outside, issuer: &str) -> Result<Arc<Metadata>, Trouble> {
        match self.kept(issuer) {
            Some(metadata) => Ok(metadata),
            None => self.anew(outside, issuer).await,
        }
    }

    /// What a provider says now, as where it has new keys.
    pub async fn anew(&self, outside: &Outside, issuer: &str) -> Result<Arc<Metadata>, Trouble> {
        let metadata = Arc::new(discover(outside, issuer).await?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (since, _)| since.elapsed() < KEPT);
        if kept.len() < MOST {
            kept.insert(issuer.to_owned(), (Instant::now(), metadata.clone()));
        }
        Ok(metadata)
    }

    fn kept(&self, issuer: &str) -> Option<Arc<Metadata>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, metadata) = kept.get(issuer)?;
        (since.elapsed() < KEPT).then(|| metadata.clone())
    }
}
