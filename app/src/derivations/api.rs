//! What the browser may ask of derived sets.

use leptos::prelude::*;

use super::model::{DeriveForm, SourcePage};
use crate::error::Result;

/// What the form that derives a set from a published edition needs.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_derive_form(
    set: String,
    edition: String,
    #[server(default)] organisation: String,
    #[server(default)] find: String,
    #[server(default)] q: String,
) -> Result<DeriveForm> {
    let number = crate::competencies::api::parse_number(&edition)?;
    let wanted = crate::organisations::choosing::model::Wanted::of(&organisation, &find, &q);
    super::store::derive_form(&crate::state::db(), &crate::state::viewer(), &set, number, &wanted).await
}

/// Derives a set from a published edition; `key` makes a form that is sent twice
/// one.
#[server]
pub async fn derive_set(
    set: String,
    edition: String,
    key: String,
    organisation: String,
    title: String,
    #[server(default)] name: String,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    crate::competencies::import::may_import(&viewer)?;
    let number = crate::competencies::api::parse_number(&edition)?;
    let key = uuid::Uuid::parse_str(&key)
        .map_err(|_| crate::error::AppError::field("key", "The form could not be read. Load the page again."))?;
    let new = super::store::NewDerived {
        key,
        organisation,
        title,
        name,
    };
    let derived = super::store::derive(&crate::state::db(), &viewer, &set, number, &new).await?;
    leptos_axum::redirect(&format!("{}?notice=derived", super::model::source_href(&derived)));
    Ok(())
}

/// What of a derived set differs from its source, and what the source offers.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_source(
    set: String,
    #[server(default)] show: String,
    #[server(default)] page: Option<u32>,
) -> Result<SourcePage> {
    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    let shown = super::model::Shown::parse(&show);
    super::store::source_page(&db, &viewer, &set, shown, page.unwrap_or(1)).await
}

#[cfg(feature = "ssr")]
fn node_of(node: &str) -> Result<uuid::Uuid> {
    uuid::Uuid::parse_str(node).map_err(|_| crate::error::AppError::NotFound)
}

/// Takes an update over as it was looked at. Of texts that were adapted here too,
/// `choice` says whose count: `theirs`, `mine`, or `written`, as they are here.
#[server]
pub async fn take_update(
    set: String,
    node: String,
    looked: String,
    #[server(default)] choice: String,
    #[server(default)] title: String,
    #[server(default)] description: String,
    #[server(default)] knowledge: String,
    #[server(default)] skills: String,
    #[server(default)] attitudes: String,
    #[server(default)] behaviours: String,
    #[server(default)] notes: String,
    #[server(default)] topics: String,
    #[server(default)] sources: String,
    #[server(default)] levels: String,
) -> Result<()> {
    use super::rules::Choice;

    let (viewer, _) = crate::state::signed_in()?;
    let choice = match choice.as_str() {
        "" => Choice::Unsaid,
        "theirs" => Choice::Theirs,
        "mine" => Choice::Mine,
        "written" => Choice::Written(Box::new([
            title,
            description,
            knowledge,
            skills,
            attitudes,
            behaviours,
            notes,
            topics,
            sources,
            levels,
        ])),
        _ => Choice::Unknown,
    };
    let decision = super::store::Decision::Take(choice);
    let node = node_of(&node)?;
    super::store::decide(&crate::state::db(), &viewer, &set, node, &looked, &decision).await
}

/// Leaves an update: it is not offered again.
#[server]
pub async fn leave_update(set: String, node: String, looked: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let node = node_of(&node)?;
    let decision = super::store::Decision::Leave;
    super::store::decide(&crate::state::db(), &viewer, &set, node, &looked, &decision).await
}
