//! What the browser may ask of the audit log.

use leptos::prelude::*;

use super::model::AuditPage;
use crate::error::Result;
use crate::id::AuditId;

/// A page of the log: of an organisation and all beneath it for those who
/// administer it, of the whole site (no organisation named) for those who look
/// after it.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_audit(
    #[server(default)] organisation: String,
    #[server(default)] who: String,
    #[server(default)] act: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] before: Option<AuditId>,
) -> Result<AuditPage> {
    use super::model::Asked;

    let asked = Asked {
        who: who.trim().to_owned(),
        act,
        from,
        to,
    };
    super::store::page(
        &crate::state::db(),
        &crate::state::viewer(),
        &organisation,
        asked,
        before,
    )
    .await
}

/// Sets for how long entries are kept.
#[server]
pub async fn keep_audit(days: u32) -> Result<()> {
    use super::model::RETENTIONS;
    use crate::error::AppError;

    let (viewer, _) = crate::state::signed_in()?;
    if !viewer.may_rule_site() {
        return Err(AppError::NotFound);
    }
    if !RETENTIONS.iter().any(|(known, _)| *known == days) {
        return Err(AppError::field("days", "Choose one from the list."));
    }
    super::store::keep_for(&crate::state::db(), days).await
}
