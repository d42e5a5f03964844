//! What the browser may ask of one's own evidence. Nobody names a person here: it
//! is always the one who is signed in.

use leptos::prelude::*;

use super::model::EvidencePage;
use crate::error::Result;
use crate::id::{EvidenceId, NodeId};

/// A page of one's evidence; `statement` names the one that it is for, or none.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_evidence(
    #[server(default)] statement: String,
    #[server(default)] page: Option<u32>,
) -> Result<EvidencePage> {
    use crate::error::AppError;

    let (_, person) = crate::state::signed_in()?;
    let statement = match statement.as_str() {
        "" => None,
        key => Some(NodeId::parse(key).ok_or(AppError::NotFound)?),
    };
    super::store::page(&crate::state::db(), &person, statement.as_ref(), page.unwrap_or(1)).await
}

/// Puts down evidence for a statement; `key` is the same when the form is sent
/// twice.
#[server]
pub async fn add_evidence(
    node: NodeId,
    title: String,
    #[server(default)] body: String,
    #[server(default)] address: String,
    #[server(default)] day: String,
    #[server(default)] key: String,
) -> Result<()> {
    let (viewer, person) = crate::state::signed_in()?;
    let db = crate::state::db();
    let today = crate::time::today(&person.timezone);
    let written = super::rules::written(&title, &body, &address, &day, &today)?;
    super::store::may_say(&db, &viewer, &person.id).await?;
    super::store::add(&db, &person.id, &node, &key, &written).await
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
    let written = super::rules::written(&title, &body, &address, &day, &today)?;
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
