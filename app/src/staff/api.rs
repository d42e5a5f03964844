//! What the browser may ask of lists of staff. Sending one in and downloading
//! its links are files (server/src/staff.rs).

use leptos::prelude::*;

use super::model::{StaffForm, StaffPreview};
use crate::error::Result;
use crate::id::StaffListId;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_staff_form(slug: String) -> Result<StaffForm> {
    super::store::form(&crate::state::db(), &crate::state::viewer(), &slug).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_staff_list(list: StaffListId, #[server(default)] page: Option<u32>) -> Result<StaffPreview> {
    let state = crate::state::state();
    let preview = super::store::preview(&state.db, &crate::state::viewer(), &list, page.unwrap_or(1)).await?;
    Ok(StaffPreview {
        mail: state.outbox.is_open(),
        ..preview
    })
}

/// Makes the links of a list and sends each by letter to whom it is for.
#[server]
pub async fn send_staff_links(list: StaffListId, #[server(default)] renew: bool) -> Result<()> {
    use super::store;
    use crate::error::AppError;
    use crate::mail::letters;

    const NO_MAIL: &str = "No mail is sent from here. Download the links and pass them on.";
    let (viewer, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    let slug = store::slug(&state.db, &viewer, &list).await?;
    if !state.outbox.is_open() {
        return Err(AppError::Conflict(NO_MAIL.into()));
    }
    let site = &state.site.public_url;
    store::make_links_with(&state.db, &viewer, &list, "", renew, |place, link| {
        let token = &link.href;
        let letter = letters::invitation(&link.email, &person.name, place, &link.roles, site, token, store::DAYS);
        Some(letter)
    })
    .await?;
    state.outbox.ring();
    leptos_axum::redirect(&format!("/organisations/{slug}/staff/{list}?notice=sent"));
    Ok(())
}
