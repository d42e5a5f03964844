//! The installation has another secret: what hangs on the one before it is taken
//! over, so that nobody has to set up anything again.

use surrealdb_types::{Datetime, SurrealValue};

use super::Factor;
use crate::db::Db;
use crate::error::Result;
use crate::id::PersonId;
use crate::people::second_factor::secret;
use crate::people::tokens::Pepper;
use crate::vars;

/// Second factors that are looked at in one go.
const AT_ONCE: i64 = 500;

#[derive(SurrealValue)]
struct Row {
    key: String,
    person: PersonId,
    salt: String,
    sealed: Option<String>,
    made_under: Option<String>,
    recovery_salt: String,
    since: Datetime,
}

/// Takes over all second factors of the key before this one; those of which
/// nothing is known belong to it, or where there is none before it to this one.
/// Answers with how many nobody here can open.
pub async fn take_over(db: &Db, pepper: &Pepper) -> Result<u32> {
    let (mut lost, mut last) = (0, String::new());
    loop {
        let rows: Vec<Row> = db
            .rows(
                "SELECT person, salt, sealed, made_under, recovery_salt, since, record::id(person) AS key FROM second_factor
                    WHERE made_under != $name AND record::id(person) > $last ORDER BY key LIMIT $most;",
                vars! { "name" => pepper.name(), "last" => last.clone(), "most" => AT_ONCE },
            )
            .await?;
        let Some(end) = rows.last() else { return Ok(lost) };
        last = end.key.clone();
        for row in rows {
            lost += u32::from(!take_over_one(db, pepper, row).await?);
        }
    }
}

async fn take_over_one(db: &Db, pepper: &Pepper, row: Row) -> Result<bool> {
    let before = pepper.before().map(|before| before.name());
    let of_before = row.made_under.is_none() || row.made_under == before;
    let nobodys_yet = row.made_under.is_none() && before.is_none();
    let factor = Factor {
        salt: row.salt,
        sealed: row.sealed,
        recovery_salt: row.recovery_salt,
        since: row.since,
        codes_left: 0,
    };
    let sealed = match () {
        () if nobodys_yet => None,
        () if of_before => match secret::taken_over(pepper, &row.person, &factor) {
            Some(sealed) => Some(sealed),
            None => return Ok(false),
        },
        () => return Ok(false),
    };
    db.write(
        "LET $factor = type::record('second_factor', [record::id($person)]);
         UPDATE $factor SET sealed = $sealed, made_under = $name WHERE salt = $salt;",
        vars! { "person" => row.person, "sealed" => sealed, "name" => pepper.name(), "salt" => factor.salt },
    )
    .await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::factor;
    use super::*;
    use crate::people::second_factor::secret::{Secret, now};

    const SALT: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    #[tokio::test]
    async fn a_second_factor_outlives_the_secret_it_was_made_under() {
        let db = Db::for_test().await.unwrap();
        db.write(
            "CREATE person:rosa SET name = 'Rosa', email = 'rosa@x.example', timezone = 'UTC';
             CREATE second_factor:['rosa'] SET person = person:rosa, salt = $salt, last_step = 1, recovery_salt = $salt;",
            vars! { "salt" => SALT },
        )
        .await
        .unwrap();
        let rosa = PersonId::parse("rosa").unwrap();
        let first = Pepper::of(Some("one"));
        let code = Secret::of(&first, SALT, "").unwrap().code(now());
        let fits = async |pepper: &Pepper| {
            let kept = factor(&db, &rosa).await.unwrap().unwrap();
            let secret = Secret::of_factor(pepper, &rosa, &kept);
            secret.is_ok_and(|secret| secret.step_of(&code, now()).is_some())
        };
        assert_eq!(take_over(&db, &first).await.unwrap(), 0);
        assert!(fits(&first).await);
        // Another one, twice over: derived first, then sealed.
        let second = Pepper::of(Some("two"));
        assert_eq!(take_over(&db, &second).await.unwrap(), 1, "nobody named the one before");
        assert!(!fits(&second).await);
        assert_eq!(take_over(&db, &second.clone().after(Some("one"))).await.unwrap(), 0);
        assert!(fits(&second).await && !fits(&first).await);
        let third = Pepper::of(Some("three"));
        assert_eq!(take_over(&db, &third.clone().after(Some("two"))).await.unwrap(), 0);
        assert_eq!(take_over(&db, &third).await.unwrap(), 0);
        assert!(fits(&third).await && !fits(&second).await);
    }
}
