//! Who is written to about requests, and how. Only addresses that are confirmed
//! get a letter, and only where mail is sent.

use super::store;
use crate::error::Result;
use crate::id::{OrganisationId, PersonId};
use crate::mail::{Letter, letters};
use crate::state::AppState;

/// What administrators are told when somebody asks to join.
pub async fn of_request(state: &AppState, organisation: &OrganisationId) -> Result<Vec<Letter>> {
    if !state.outbox.is_open() {
        return Ok(Vec::new());
    }
    let site = &state.site.public_url;
    let heard = store::administrators(&state.db, organisation).await?;
    let letter =
        |reader: &store::Reader| letters::join_request(&reader.email, &reader.name, &heard.name, site, &heard.slug);
    Ok(heard.readers.iter().map(letter).collect())
}

/// What whoever asked is told of the answer.
pub async fn of_answer(
    state: &AppState,
    organisation: &OrganisationId,
    person: &PersonId,
    accepted: bool,
) -> Result<Vec<Letter>> {
    if !state.outbox.is_open() {
        return Ok(Vec::new());
    }
    let site = &state.site.public_url;
    let asker = store::asker(&state.db, organisation, person).await?;
    let letter = |(name, email): (String, String)| {
        let (place, slug) = (asker.place.as_deref().unwrap_or_default(), asker.slug.as_deref());
        match slug.filter(|_| accepted) {
            Some(slug) => letters::taken_in(&email, &name, place, site, slug),
            None => letters::declined(&email, &name, place, site),
        }
    };
    let reader = asker.name.clone().zip(asker.email.clone());
    Ok(reader.map(letter).into_iter().collect())
}
