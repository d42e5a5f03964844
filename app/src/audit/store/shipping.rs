//! The audit log in the server's log too, for the operator to ship to another
//! system: what the database loses, or somebody takes out of it, is still there.

use surrealdb_types::{Datetime, SurrealValue};

use crate::db::Db;
use crate::error::Result;
use crate::id::{AuditId, OrganisationId, PersonId};
use crate::vars;

const PAGE: i64 = 500;

#[derive(SurrealValue)]
struct Window {
    since: Datetime,
    until: Datetime,
}

/// An entry as it is shipped: with keys of people and places, and no names but
/// those that it is about.
#[derive(SurrealValue)]
pub struct Shipped {
    pub id: AuditId,
    pub at: Datetime,
    pub act: String,
    pub by: Option<PersonId>,
    pub whom: Option<PersonId>,
    pub about: String,
    pub organisation: Option<OrganisationId>,
    pub network: String,
}

/// Hands over what was noted since the last time, in order; the first time,
/// what is noted from then on. What is younger than ten seconds waits: a longer
/// transaction may still end with an older entry.
pub async fn ship(db: &Db, mut to: impl FnMut(&Shipped)) -> Result<usize> {
    let window: Window = db
        .read(
            "{ LET $until = time::now() - 10s; { since: shipping:audit.until ?? $until, until: $until } };",
            vars! {},
        )
        .await?;
    let mut shipped = 0;
    loop {
        let entries: Vec<Shipped> = db
            .rows(
                "SELECT id, at, act, by, whom, about, line[0] AS organisation, network FROM audit_entry
                    WHERE at >= $since AND at < $until ORDER BY at, id LIMIT $page START $start;",
                vars! {
                    "since" => window.since, "until" => window.until, "page" => PAGE,
                    "start" => i64::try_from(shipped).unwrap_or(i64::MAX),
                },
            )
            .await?;
        entries.iter().for_each(&mut to);
        shipped += entries.len();
        if entries.is_empty() {
            break;
        }
    }
    db.write(
        "UPSERT shipping:audit SET until = $until;",
        vars! { "until" => window.until },
    )
    .await?;
    Ok(shipped)
}

/// Writes an entry to the server's log.
pub fn log(entry: &Shipped) {
    let key = |person: &Option<PersonId>| {
        person
            .as_ref()
            .map(|person| person.as_str().to_owned())
            .unwrap_or_default()
    };
    let organisation = entry
        .organisation
        .as_ref()
        .map(|place| place.as_str())
        .unwrap_or_default();
    tracing::info!(
        target: "carrel::audit",
        entry = entry.id.as_str(),
        at = crate::time::iso(&entry.at).as_str(),
        act = entry.act.as_str(),
        by = key(&entry.by).as_str(),
        whom = key(&entry.whom).as_str(),
        about = entry.about.as_str(),
        organisation,
        network = entry.network.as_str(),
        "audit"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_entry_is_shipped_once_in_order() {
        let db = Db::for_test().await.unwrap();
        let mut seen = Vec::new();
        assert_eq!(ship(&db, |entry| seen.push(entry.about.clone())).await.unwrap(), 0);
        db.write(
            "UPDATE shipping:audit SET until = time::now() - 1h;
             FOR $n IN 0..1203 {
                CREATE audit_entry SET act = 'signed_in', at = time::now() - 30m, about = <string> $n;
             };
             CREATE audit_entry SET act = 'signed_in', at = time::now() - 2h, about = 'before';
             CREATE audit_entry SET act = 'signed_in', about = 'now';",
            vars! {},
        )
        .await
        .unwrap();
        assert_eq!(ship(&db, |entry| seen.push(entry.about.clone())).await.unwrap(), 1_203);
        assert_eq!(ship(&db, |entry| seen.push(entry.about.clone())).await.unwrap(), 0);
        let mut once: Vec<usize> = seen.iter().map(|about| about.parse().unwrap()).collect();
        once.sort_unstable();
        assert_eq!(once, (0..1_203).collect::<Vec<_>>());
    }
}
