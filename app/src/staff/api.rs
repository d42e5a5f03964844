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
    super::store::preview(&crate::state::db(), &crate::state::viewer(), &list, page.unwrap_or(1)).await
}
