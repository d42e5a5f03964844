//! How many things one asker may have going at once: each is a place that is
//! given back when the thing is done, however it ends.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The places that are taken, by asker.
#[derive(Debug, Clone, Default)]
pub struct Places(Arc<Mutex<HashMap<String, usize>>>);

/// A place; it is free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    of: Places,
    asker: String,
}

impl Places {
    /// A place for an asker who may have `most` at once, if one is free.
    pub fn take(&self, asker: &str, most: usize) -> Option<Place> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = taken.get(asker).copied().unwrap_or(0);
        if mine >= most {
            return None;
        }
        taken.insert(asker.to_owned(), mine + 1);
        Some(Place {
            of: self.clone(),
            asker: asker.to_owned(),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.of.0.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(&self.asker) {
            Some(mine) if *mine > 1 => *mine -= 1,
            _ => drop(taken.remove(&self.asker)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn each_asker_has_so_many_places_and_gets_them_back() {
        let places = Places::default();
        let first = places.take("rosa", 2).unwrap();
        let second = places.take("rosa", 2).unwrap();
        assert!(places.take("rosa", 2).is_none());
        assert!(places.take("mei", 2).is_some(), "others have theirs");
        drop(first);
        let third = places.take("rosa", 2);
        assert!(third.is_some() && places.take("rosa", 2).is_none());
        drop((second, third));
        assert!(places.0.lock().unwrap().is_empty(), "nothing is kept of who is done");
    }
}
