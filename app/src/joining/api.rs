//! What the browser may ask of joining.

use leptos::prelude::*;

use super::model::{Door, Requests};
use crate::error::Result;
use crate::id::{OrganisationId, PersonId};

/// An organisation that can be joined, as whoever would join sees it.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_door(slug: String) -> Result<Door> {
    let (state, viewer) = (crate::state::state(), crate::state::viewer());
    let mail = state.outbox.is_open();
    if viewer.is_signed_in() {
        let door = super::store::door(&state.db, &viewer, &slug).await?;
        Ok(Door { mail, ..door })
    } else {
        super::newcomers::store::door(&state.db, &slug, mail).await
    }
}

/// Joins where one's address is enough; else asks to.
#[server]
pub async fn ask_to_join(organisation: OrganisationId, #[server(default)] message: String) -> Result<()> {
    use super::model::Standing;
    use crate::error::AppError;

    let (viewer, _) = crate::state::signed_in()?;
    let message = super::model::parse_message(&message).map_err(|problem| AppError::field("message", problem))?;
    let state = crate::state::state();
    // The words are read by whoever decides; without any, one may still ask.
    if !message.is_empty() {
        crate::people::suspension::store::may_post(&state.db, &viewer).await?;
    }
    let letters = super::telling::of_request(&state, &organisation).await?;
    let (slug, standing) = super::store::ask(&state.db, &viewer, &organisation, &message, letters).await?;
    state.outbox.ring();
    match standing {
        Standing::Member => leptos_axum::redirect(&format!("/organisations/{slug}?notice=joined")),
        _ => leptos_axum::redirect(&format!("/organisations/{slug}/join?notice=asked")),
    }
    Ok(())
}

/// Takes one's own request back.
#[server]
pub async fn withdraw_request(organisation: OrganisationId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::withdraw(&crate::state::db(), &person.id, &organisation).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_requests(slug: String, #[server(default)] page: Option<u32>) -> Result<Requests> {
    let state = crate::state::state();
    let found = super::store::requests(&state.db, &crate::state::viewer(), &slug, page.unwrap_or(1)).await?;
    Ok(Requests {
        join_at: format!("{}/organisations/{}/join", state.site.public_url, found.slug),
        ..found
    })
}

/// Says who may join without an invitation.
#[server]
pub async fn save_joining(
    organisation: OrganisationId,
    #[server(default)] takes_requests: bool,
    #[server(default)] domains: String,
) -> Result<()> {
    use crate::error::AppError;

    let (viewer, _) = crate::state::signed_in()?;
    let domains = super::model::Domains::parse(&domains).map_err(|problem| AppError::field("domains", problem))?;
    super::store::save(&crate::state::db(), &viewer, &organisation, takes_requests, &domains).await
}

/// Takes in somebody who asks, as a learner.
#[server]
pub async fn accept_request(organisation: OrganisationId, person: PersonId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let state = crate::state::state();
    let letters = super::telling::of_answer(&state, &organisation, &person, true).await?;
    super::store::accept(&state.db, &viewer, &organisation, &person, letters).await?;
    state.outbox.ring();
    Ok(())
}

#[server]
pub async fn decline_request(organisation: OrganisationId, person: PersonId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let state = crate::state::state();
    let letters = super::telling::of_answer(&state, &organisation, &person, false).await?;
    super::store::decline(&state.db, &viewer, &organisation, &person, letters).await?;
    state.outbox.ring();
    Ok(())
}
