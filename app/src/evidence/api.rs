//! What the browser may ask of one's own evidence. Nobody names a person here: it
//! is always the one who is signed in. What may come with a file is put down at an
//! address of its own (server/src/evidence.rs).

use leptos::prelude::*;

use super::model::EvidencePage;
use crate::error::Result;
use crate::id::EvidenceId;

/// A page of one's evidence; `statement` names the one that it is for, or none.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_evidence(
    #[server(default)] statement: String,
    #[server(default)] page: Option<u32>,
) -> Result<EvidencePage> {
    use crate::error::AppError;
    use crate::id::NodeId;

    let (_, person) = crate::state::signed_in()?;
    let statement = match statement.as_str() {
        "" => None,
        key => Some(NodeId::parse(key).ok_or(AppError::NotFound)?),
    };
    let state = crate::state::state();
    let found = super::store::page(&state.db, &person, statement.as_ref(), page.unwrap_or(1)).await?;
    let megabytes = u32::try_from(state.site.evidence.megabytes()).unwrap_or(u32::MAX);
    super::forward::store::beside(&state.db, &person, EvidencePage { megabytes, ..found }).await
}

/// Changes evidence of one's own.
#[server]
pub async fn change_evidence(
    evidence: EvidenceId,
    title: String,
    #[server(default)] body: String,
    #[server(default)] address: String,
    #[server(default)] day: String,
) -> Result<()> {
    let (viewer, person) = crate::state::signed_in()?;
    let db = crate::state::db();
    let today = crate::time::today(&person.timezone);
    let nothing_else = body.trim().is_empty() && address.trim().is_empty();
    let file = nothing_else && super::store::holds_file(&db, &person.id, &evidence).await?;
    let written = super::rules::written_with([&title, &body, &address, &day], &today, file)?;
    // Whoever may not post rewords nothing that others read.
    if viewer.silenced && super::store::says_else(&db, &person.id, &evidence, &written).await? {
        super::store::may_say(&db, &viewer, &person.id).await?;
    }
    super::store::change(&db, &person.id, &evidence, &written).await
}

#[server]
pub async fn remove_evidence(evidence: EvidenceId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::remove(&crate::state::db(), &person.id, &evidence).await
}

#[server]
pub async fn restore_evidence(evidence: EvidenceId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::restore(&crate::state::db(), &person.id, &evidence).await
}
