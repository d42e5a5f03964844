//! What the browser may ask of invitations. Making an account out of one is
//! among what people's accounts do.

use leptos::prelude::*;

use super::model::Invitations;
use crate::error::Result;
use crate::id::{InvitationId, OrganisationId};

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_invitations(slug: String, #[server(default)] page: Option<u32>) -> Result<Invitations> {
    let state = crate::state::state();
    let made = crate::people::cookies::held(MADE);
    let found = super::store::list(&state.db, &crate::state::viewer(), &slug, page.unwrap_or(1), made).await?;
    let join_at = format!("{}/join/", state.site.public_url);
    Ok(Invitations {
        made: found
            .made
            .map(|token| format!("{join_at}{}", crate::paths::segment(&token))),
        mail: state.outbox.is_open(),
        ..found
    })
}

/// Makes an invitation link and shows it on the page of the invitations; with
/// an address, it goes there by letter instead. The same form sent twice makes
/// one.
#[server]
pub async fn invite(
    #[server(default)] key: String,
    organisation: OrganisationId,
    #[server(default)] roles: Vec<String>,
    #[server(default)] uses: Option<u32>,
    #[server(default)] days: Option<u32>,
    #[server(default)] email: String,
) -> Result<()> {
    use super::model::Terms;
    use crate::error::AppError;
    use crate::groups::model::FormKey;

    let (viewer, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    let own = crate::organisations::store::administered(&state.db, &viewer, &organisation).await?;
    let terms = Terms::parse(&roles, uses, days, &email)?;
    let form = FormKey::parse(&key).map_err(|message| AppError::field("", message))?;
    let token = super::inviting::token(&state, &person, &organisation, &terms, &form);
    let page = format!("/organisations/{}/invitations", own.slug);
    if terms.email.is_none() {
        super::store::invite(&state.db, &viewer, &organisation, &terms, &token).await?;
        crate::people::cookies::lend_link(MADE, &token);
        leptos_axum::redirect(&page);
        return Ok(());
    }
    super::inviting::by_letter(&state, &viewer, &person, &organisation, &terms, &token).await?;
    leptos_axum::redirect(&format!("{page}?notice=sent"));
    Ok(())
}

/// The cookie that holds a link's token for the browser that made it.
#[cfg(feature = "ssr")]
const MADE: &str = "carrel-invitation";

/// Ends an invitation before its time.
#[server]
pub async fn withdraw_invitation(organisation: OrganisationId, invitation: InvitationId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::withdraw(&crate::state::db(), &viewer, &organisation, &invitation).await
}

/// Takes up an invitation with the account that one has.
#[server]
pub async fn join_organisation(token: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let slug = super::store::join(&crate::state::db(), &viewer, &token).await?;
    leptos_axum::redirect(&format!("/organisations/{slug}?notice=joined"));
    Ok(())
}

/// The addresses of these server functions, for tests.
pub fn invite_path() -> &'static str {
    <Invite as server_fn::ServerFn>::PATH
}

pub fn join_organisation_path() -> &'static str {
    <JoinOrganisation as server_fn::ServerFn>::PATH
}
