//! The counts of what was done lately.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Bounds, Class};

/// Counts that are kept before those that are past are thrown away.
const SWEEP: usize = 4_096;

/// Who did something of a class lately; cheap to clone.
///
/// Of each it keeps one moment, at which all that was done would have been done
/// at the allowed pace (the generic cell rate algorithm): a bound may be used up
/// at once, then it fills again evenly.
#[derive(Clone)]
pub struct Counts {
    bounds: Arc<Bounds>,
    kept: Arc<Mutex<HashMap<Key, Instant>>>,
}

type Key = (Class, bool, String);

impl Counts {
    pub fn new(bounds: Bounds) -> Self {
        Self {
            bounds: Arc::new(bounds),
            kept: Arc::default(),
        }
    }

    /// Counts an action of somebody, or of nobody who is signed in, or answers
    /// how long to wait; what is refused is not counted.
    pub fn take(&self, class: Class, person: Option<&str>, address: &str, now: Instant) -> Result<(), Duration> {
        let bound = self.bounds.of(class);
        let window = Duration::from_secs(bound.seconds.into());
        let person = person.map(|person| (person, true, bound.person));
        let address = (!address.is_empty()).then_some((address, false, bound.address));
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= SWEEP {
            kept.retain(|_, until| *until > now);
        }
        let mut then = Vec::with_capacity(2);
        for (who, is_person, most) in person.into_iter().chain(address) {
            let key = (class, is_person, who.to_owned());
            let begun = kept.get(&key).map_or(now, |until| now.max(*until));
            let until = begun + window / most;
            let ahead = until.duration_since(now);
            if ahead > window {
                return Err(ahead - window);
            }
            then.push((key, until));
        }
        kept.extend(then);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Bound;
    use super::*;

    fn counts(person: u32, address: u32) -> Counts {
        let posting = Bound {
            person,
            address,
            seconds: 60,
        };
        Counts::new(Bounds {
            posting,
            ..Bounds::default()
        })
    }

    #[test]
    fn a_bound_is_used_up_and_fills_again() {
        let (counts, now) = (counts(3, 100), Instant::now());
        let post = |at: u64| counts.take(Class::Posting, Some("rosa"), "", now + Duration::from_secs(at));
        for _ in 0..3 {
            assert_eq!(post(0), Ok(()));
        }
        assert_eq!(post(0), Err(Duration::from_secs(20)));
        assert_eq!(post(5), Err(Duration::from_secs(15)), "what is refused is not counted");
        assert_eq!(post(20), Ok(()));
        assert_eq!(post(20), Err(Duration::from_secs(20)));
        assert_eq!((post(300), post(300), post(300)), (Ok(()), Ok(()), Ok(())));
        assert!(post(300).is_err(), "waiting long saves nothing up");
    }

    #[test]
    fn people_addresses_and_classes_do_not_use_up_each_other() {
        let (counts, now) = (counts(1, 2), Instant::now());
        let take = |class, person, address| counts.take(class, person, address, now).is_ok();
        assert!(take(Class::Posting, Some("rosa"), "9.9.9.9"));
        assert!(
            !take(Class::Posting, Some("rosa"), "8.8.8.8"),
            "a person wherever they are"
        );
        assert!(take(Class::Posting, Some("tom"), "9.9.9.9"));
        assert!(
            !take(Class::Posting, Some("mei"), "9.9.9.9"),
            "an address whoever is there"
        );
        assert!(!take(Class::Posting, None, "9.9.9.9"));
        assert!(take(Class::Posting, Some("mei"), "8.8.8.8"));
        assert!(take(Class::Search, Some("rosa"), "9.9.9.9"));
        // Somebody called like an address is not that address.
        assert!(take(Class::Posting, Some("8.8.4.4"), "") && take(Class::Posting, None, "8.8.4.4"));
    }

    #[test]
    fn what_is_past_is_thrown_away() {
        let (counts, now) = (counts(1, 1), Instant::now());
        for number in 0..SWEEP {
            counts.take(Class::Posting, None, &number.to_string(), now).unwrap();
        }
        let later = now + Duration::from_secs(61);
        counts.take(Class::Posting, None, "x", later).unwrap();
        assert_eq!(counts.kept.lock().unwrap().len(), 1);
    }
}
