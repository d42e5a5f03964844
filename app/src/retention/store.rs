//! What is past its time, in the database.

use super::model::{Kept, Retention};
use crate::db::Db;
use crate::error::Result;
use crate::vars;

/// For how many days each is kept.
pub async fn retention(db: &Db) -> Result<Retention> {
    let words: Vec<String> = Kept::ALL.iter().map(|kept| kept.as_str().to_owned()).collect();
    let days: Vec<i64> = db
        .read("$words.map(|$word| fn::kept_days($word));", vars! { "words" => words })
        .await?;
    let days = days.into_iter().map(|days| u32::try_from(days).unwrap_or(0));
    Ok(Retention {
        days: Kept::ALL.into_iter().zip(days).collect(),
        audit_days: crate::audit::store::days(db).await?,
    })
}

/// Sets for how many days each is kept.
pub async fn keep_for(db: &Db, days: &[(Kept, u32)]) -> Result<()> {
    let words: Vec<String> = days.iter().map(|(kept, _)| kept.as_str().to_owned()).collect();
    let spans: Vec<i64> = days.iter().map(|(_, days)| i64::from(*days)).collect();
    db.write(
        "FOR $n IN 0..array::len($words) {
            LET $span = $spans[$n];
            IF fn::kept_days($words[$n]) != $span {
                UPSERT type::record('retention', $words[$n]) SET days = $span RETURN NONE;
            };
         };",
        vars! { "words" => words, "spans" => spans },
    )
    .await
    .map(drop)
}

/// What forgets, each in a transaction of its own: first what the site chooses,
/// then what is of no use to anybody (`model::FIXED`). Some of it is forgotten
/// as well when the next of its kind is made.
const SWEEPS: [&str; 17] = [
    "LET $days = fn::kept_days('looks'); DELETE look WHERE at < time::now() - duration::from_days($days) RETURN NONE;",
    "LET $days = fn::kept_days('sharings');
     DELETE sharing WHERE (ended ?? until) < time::now() - duration::from_days($days) RETURN NONE;",
    "LET $days = fn::kept_days('letters');
     DELETE letter WHERE state = 'given_up' AND created < time::now() - duration::from_days($days) RETURN NONE;",
    "LET $days = fn::kept_days('devices');
     DELETE known_device WHERE last_used < time::now() - duration::from_days($days) RETURN NONE;",
    "LET $days = fn::kept_days('suspensions');
     DELETE suspension WHERE until < time::now() - duration::from_days($days) RETURN NONE;",
    "DELETE session WHERE expires < time::now() OR last_used < time::now() - 14d RETURN NONE;",
    "DELETE sign_in_attempt WHERE since < time::now() - 15m RETURN NONE;",
    "DELETE form_draft WHERE created < time::now() - 1h RETURN NONE;",
    "DELETE password_link WHERE expires < time::now() RETURN NONE;",
    "DELETE address_check WHERE expires < time::now() RETURN NONE;",
    "DELETE newcomer WHERE expires < time::now() RETURN NONE;",
    "DELETE second_factor_setup WHERE created < time::now() - 1h RETURN NONE;
     DELETE pending_sign_in WHERE created < time::now() - 1h RETURN NONE;",
    "DELETE passkey_challenge WHERE created < time::now() - 1h RETURN NONE;
     DELETE provider_visit WHERE created < time::now() - 1h RETURN NONE;",
    "DELETE staff_list WHERE created < time::now() - 1d RETURN NONE;",
    "fn::forget_imports();",
    "DELETE goal WHERE removed != NONE AND removed < time::now() - 30d RETURN NONE;
     DELETE action WHERE removed != NONE AND removed < time::now() - 30d RETURN NONE;",
    "UPDATE reviewer SET email = '' WHERE email != '' AND round.signed_off < time::now() - 90d RETURN NONE;
     DELETE review_link WHERE reviewer.round.signed_off < time::now() - 90d RETURN NONE;",
];

/// Forgets what is past its time. What fails is logged where it happens, and
/// keeps nothing else from being forgotten.
pub async fn sweep(db: &Db) -> Result<()> {
    let mut all = Ok(());
    for sweep in SWEEPS {
        let swept = db.write(sweep, vars! {}).await.map(drop);
        all = all.and(swept);
    }
    all
}
