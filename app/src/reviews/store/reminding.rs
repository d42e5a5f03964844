//! Reminding those who are not done: by hand, and some days before the last one;
//! and telling all what is asked anew.

use super::own;
use super::people::{address, round_words};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{ReviewRoundId, ReviewerId};
use crate::mail::{Letter, letters};
use crate::people::tokens;
use crate::state::AppState;
use crate::vars;
use crate::viewer::Viewer;
use surrealdb_types::SurrealValue;

/// Nobody is reminded twice within so many hours.
const APART: i64 = 12;

#[derive(SurrealValue)]
struct SlowRow {
    id: ReviewerId,
    name: String,
    email: String,
    by_link: bool,
}

/// Who is not done, can be written to, and was not reminded just now.
async fn slow(db: &Db, round: &ReviewRoundId) -> Result<Vec<SlowRow>> {
    db.rows(
        "SELECT id, invited, fn::reviewer_name(id) AS name, IF person != NONE { person.email } ELSE { email } AS email, person = NONE AS by_link
            FROM reviewer WHERE round = $round AND fn::reviews_still(id) AND finished = NONE AND given < round.items
                AND (person = NONE OR person.closed = NONE) AND (person != NONE OR email != '')
                AND (reminded = NONE OR reminded < time::now() - duration::from_hours($apart)) ORDER BY invited, id LIMIT 200;",
        vars! { "round" => round.clone(), "apart" => APART },
    )
    .await
}

/// Nobody is written to about what is asked anew twice within so many minutes:
/// the round itself shows all of it.
const TOLD_APART: i64 = 30;

/// Writes to all who still review in a round that something is asked of them anew; each
/// private link in a letter is a new one beside those from before.
pub(super) async fn tell(state: &AppState, round: &ReviewRoundId, what: &str, why: &str) -> Result<()> {
    if !state.outbox.is_open() {
        return Ok(());
    }
    let db = &state.db;
    let whom: Vec<SlowRow> = db
        .rows(
            "SELECT id, invited, fn::reviewer_name(id) AS name, IF person != NONE { person.email } ELSE { email } AS email, person = NONE AS by_link
                FROM reviewer WHERE round = $round AND fn::reviews_still(id) AND (person = NONE OR person.closed = NONE)
                    AND (person != NONE OR email != '') AND (told = NONE OR told < time::now() - duration::from_mins($apart))
                ORDER BY invited, id LIMIT 200;",
            vars! { "round" => round.clone(), "apart" => TOLD_APART },
        )
        .await?;
    if whom.is_empty() {
        return Ok(());
    }
    let words = round_words(db, round).await?;
    let site = state.site.public_url.as_str();
    let mut new = Vec::new();
    let mut letters: Vec<Letter> = Vec::new();
    for one in &whom {
        let token = one.by_link.then(tokens::new);
        let href = address(site, round, token.as_deref());
        letters.push(letters::review_anew(
            &one.email,
            &one.name,
            &words,
            site,
            (&href, what, why),
        ));
        new.extend(token.map(|token| (one.id.clone(), tokens::key(&token))));
    }
    let (whose, links): (Vec<ReviewerId>, Vec<String>) = new.into_iter().unzip();
    let ids: Vec<ReviewerId> = whom.into_iter().map(|one| one.id).collect();
    db.write(
        "FOR $one IN $ids { UPDATE $one SET told = time::now() RETURN NONE };
         FOR $at IN 0..array::len($whose) { CREATE type::record('review_link', $links[$at]) SET reviewer = $whose[$at] RETURN NONE };
         INSERT INTO letter $letters RETURN NONE;",
        vars! { "ids" => ids, "whose" => whose, "links" => links, "letters" => letters },
    )
    .await?;
    state.outbox.ring();
    Ok(())
}

/// Writes to everyone who is not done; each private link in a letter is a new
/// one beside those from before. Answers how many were written to.
async fn write_to(state: &AppState, round: &ReviewRoundId, by_itself: bool) -> Result<usize> {
    let db = &state.db;
    let slow = slow(db, round).await?;
    let words = round_words(db, round).await?;
    let site = state.site.public_url.as_str();
    let mut new = Vec::new();
    let mut letters: Vec<Letter> = Vec::new();
    for one in &slow {
        let token = one.by_link.then(tokens::new);
        let href = address(site, round, token.as_deref());
        letters.push(letters::review_reminder(&one.email, &one.name, &words, site, &href));
        new.extend(token.map(|token| (one.id.clone(), tokens::key(&token))));
    }
    let (whose, links): (Vec<ReviewerId>, Vec<String>) = new.into_iter().unzip();
    let ids: Vec<ReviewerId> = slow.iter().map(|one| one.id.clone()).collect();
    db.write(
        "IF (SELECT VALUE id FROM reviewer WHERE id IN $ids AND reminded > time::now() - duration::from_hours($apart) LIMIT 1) != [] {
            THROW 'They were reminded just now.'
         };
         FOR $one IN $ids { UPDATE $one SET reminded = time::now() RETURN NONE };
         FOR $at IN 0..array::len($whose) { CREATE type::record('review_link', $links[$at]) SET reviewer = $whose[$at] RETURN NONE };
         IF $by_itself { UPDATE $round SET reminded = time::now() RETURN NONE };
         IF $letters != [] { INSERT INTO letter $letters RETURN NONE };",
        vars! {
            "round" => round.clone(), "ids" => ids, "whose" => whose, "links" => links, "letters" => letters,
            "apart" => APART, "by_itself" => by_itself,
        },
    )
    .await?;
    state.outbox.ring();
    Ok(slow.len())
}

/// Reminds those of a round who are not done. Answers with the set's name in
/// addresses and how many there were.
pub async fn remind(state: &AppState, viewer: &Viewer, round: &ReviewRoundId) -> Result<(String, usize)> {
    let own = own(&state.db, viewer, round).await?.going()?;
    if !state.outbox.is_open() {
        return Err(AppError::Conflict(
            "No mail is sent from here. Make new links and pass them on yourself.".into(),
        ));
    }
    Ok((own.set, write_to(state, round, false).await?))
}

/// Reminds in every round whose last day is near, once a round. Answers how many
/// people were written to.
pub async fn remind_due(state: &AppState) -> Result<usize> {
    if !state.outbox.is_open() {
        return Ok(0);
    }
    let rounds: Vec<ReviewRoundId> = state
        .db
        .rows(
            "SELECT VALUE id FROM review_round WHERE signed_off = NONE AND reminded = NONE AND remind_days > 0
                AND due_at > time::now() AND due_at - duration::from_days(remind_days + 1) < time::now() LIMIT 500;",
            vars! {},
        )
        .await?;
    let mut written = 0;
    for round in rounds {
        written += write_to(state, &round, true).await?;
    }
    Ok(written)
}
