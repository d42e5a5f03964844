//! Sends what is in the outbox, again and again until it is taken.

use std::time::Duration;

use super::model::{MOST_TRIES, pause};
use super::outbox::{Letter, Outbox};
use super::smtp::Smtp;
use super::store::{self, DueRow};
use crate::db::Db;
use crate::error::Result;

/// How long a letter waits at most that nobody rang for.
const LOOK: Duration = Duration::from_secs(30);

/// Works until it is dropped.
pub async fn run(db: Db, smtp: Smtp, outbox: Outbox) {
    loop {
        // What went wrong is in the log; the letters are still there.
        if let Ok(0) | Err(_) = round(&db, &smtp).await {
            tokio::select! {
                () = outbox.rung() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

/// Sends what is due; answers with how many letters that were.
pub async fn round(db: &Db, smtp: &Smtp) -> Result<usize> {
    store::tidy(db).await?;
    let due = store::due(db).await?;
    let many = due.len();
    for letter in due {
        if store::take(db, &letter).await? {
            send(db, smtp, letter).await?;
        }
    }
    Ok(many)
}

async fn send(db: &Db, smtp: &Smtp, due: DueRow) -> Result<()> {
    let tries = u32::try_from(due.tries + 1).unwrap_or(MOST_TRIES);
    let letter = Letter {
        id: due.id,
        recipient: due.recipient,
        subject: due.subject,
        body: due.body,
        expires: due.expires,
    };
    match smtp.send(&letter).await {
        Ok(()) => store::sent(db, &letter.id).await,
        Err(refusal) => {
            // The reason may quote the address, so it stays out of the log.
            tracing::warn!(tries, for_good = refusal.for_good, "a letter was not taken");
            if refusal.for_good || tries >= MOST_TRIES {
                store::give_up(db, &letter.id, &refusal.reason).await
            } else {
                store::put_off(db, &letter.id, pause(tries), &refusal.reason).await
            }
        }
    }
}
