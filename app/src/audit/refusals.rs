//! Who was refused what, and who was caught at getting around a check. Each is
//! in the server's log at once; the audit log gets them gathered, so that
//! nobody floods it: so many entries each time, however often somebody tries.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::model::Act;
use super::store;
use crate::db::{Acting, Db};
use crate::error::Result;
use crate::id::PersonId;

/// Different refusals of one person, or of one network of people nobody knows,
/// that are told apart at once; and of all.
const MOST_OF_ONE: usize = 10;
const MOST: usize = 100;

/// A refusal, told apart from others by these.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Refusal {
    /// Whether a forged request was caught; else access was refused.
    pub forged: bool,
    pub by: Option<PersonId>,
    /// The beginning of the network address.
    pub network: String,
    /// Method and pattern of the address: never what was asked for.
    pub route: String,
}

impl Refusal {
    fn is_by_the_same(&self, other: &Self) -> bool {
        self.by == other.by && (self.by.is_some() || self.network == other.network)
    }
}

#[derive(Default)]
struct Gathered {
    times: HashMap<Refusal, u32>,
    /// Those that are not told apart any more.
    more: u32,
}

/// What was refused since it was written down last; cheap to clone.
#[derive(Clone, Default)]
pub struct Refusals(Arc<Mutex<Gathered>>);

impl Refusals {
    /// Takes note of one, until [`Refusals::write_down`].
    pub fn note(&self, refusal: Refusal) {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(times) = gathered.times.get_mut(&refusal) {
            *times = times.saturating_add(1);
            return;
        }
        let same = gathered
            .times
            .keys()
            .filter(|other| other.is_by_the_same(&refusal))
            .count();
        if same >= MOST_OF_ONE || gathered.times.len() >= MOST {
            gathered.more = gathered.more.saturating_add(1);
        } else {
            gathered.times.insert(refusal, 1);
        }
    }

    /// Writes what was gathered to the audit log; answers with how many entries
    /// that made.
    pub async fn write_down(&self, db: &Db) -> Result<usize> {
        let Gathered { times, more } = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut all: Vec<(Refusal, u32)> = times.into_iter().collect();
        all.sort();
        let entries = all.len() + usize::from(more > 0);
        for (refusal, times) in all {
            let act = if refusal.forged {
                Act::ForgedRefused
            } else {
                Act::AccessRefused
            };
            let about = match times {
                1 => refusal.route,
                times => format!("{}, {times} times", refusal.route),
            };
            let acting = Acting {
                by: refusal.by,
                session: None,
                network: refusal.network,
            };
            store::note(&db.acting(acting), act, None, &about, None).await?;
        }
        if more > 0 {
            store::note(
                db,
                Act::AccessRefused,
                None,
                &format!("{more} more, in the server’s log"),
                None,
            )
            .await?;
        }
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vars;

    fn refusal(by: Option<&str>, network: &str, route: &str) -> Refusal {
        Refusal {
            forged: by.is_none(),
            by: by.and_then(PersonId::parse),
            network: network.into(),
            route: route.into(),
        }
    }

    #[tokio::test]
    async fn refusals_are_gathered_and_do_not_flood_the_log() {
        let db = Db::for_test().await.unwrap();
        let refusals = Refusals::default();
        assert_eq!(refusals.write_down(&db).await.unwrap(), 0);
        for _ in 0..5_000 {
            refusals.note(refusal(Some("rosa"), "203.0.113.0/24", "GET /admin/audit"));
        }
        for number in 0..5_000 {
            let network = format!("198.51.{}.0/24", number % 250);
            refusals.note(refusal(None, &network, &format!("POST /{number}")));
        }
        assert_eq!(refusals.write_down(&db).await.unwrap(), MOST + 1);
        let noted: Vec<String> = db
            .rows(
                "SELECT VALUE string::concat(act, ' ', IF by = NONE { 'nobody' } ELSE { record::id(by) }, ' ', about, ' ', network) FROM audit_entry
                    WHERE by != NONE OR network = '';",
                vars! {},
            )
            .await
            .unwrap();
        assert_eq!(
            noted,
            [
                "access_refused rosa GET /admin/audit, 5000 times 203.0.113.0/24",
                "access_refused nobody 4901 more, in the server’s log ",
            ]
        );
        let count: i64 = db
            .read(
                "count((SELECT VALUE id FROM audit_entry WHERE act = 'forged_refused'));",
                vars! {},
            )
            .await
            .unwrap();
        assert_eq!(count, 99);
        assert_eq!(refusals.write_down(&db).await.unwrap(), 0, "once");
    }

    #[tokio::test]
    async fn one_person_leaves_room_for_others() {
        let db = Db::for_test().await.unwrap();
        let refusals = Refusals::default();
        for number in 0..500 {
            refusals.note(refusal(Some("rosa"), &number.to_string(), &format!("GET /{number}")));
        }
        refusals.note(refusal(Some("tomas"), "", "GET /admin"));
        assert_eq!(refusals.write_down(&db).await.unwrap(), MOST_OF_ONE + 2);
        let tomas: i64 = db
            .read(
                "count((SELECT VALUE id FROM audit_entry WHERE by = person:tomas));",
                vars! {},
            )
            .await
            .unwrap();
        assert_eq!(tomas, 1);
    }
}
