//! What the browser may ask of the competency index.

use leptos::prelude::*;

use super::model::{ImportForm, NodePage, Preview, SetList, SetPage};
use crate::error::Result;
use crate::id::{EditionId, ImportId};

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_sets(#[server(default)] page: Option<u32>) -> Result<SetList> {
    super::store::list(&crate::state::db(), &crate::state::viewer(), page.unwrap_or(1)).await
}

/// An edition by its number, as it stands in the address; none: the latest.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_set(set: String, #[server(default)] edition: Option<String>) -> Result<SetPage> {
    let number = edition.map(|edition| parse_number(&edition)).transpose()?;
    super::store::set_page(&crate::state::db(), &crate::state::viewer(), &set, number).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_node(set: String, edition: String, code: String) -> Result<NodePage> {
    let number = parse_number(&edition)?;
    super::store::node_page(&crate::state::db(), &crate::state::viewer(), &set, number, &code).await
}

#[cfg(feature = "ssr")]
fn parse_number(edition: &str) -> Result<u32> {
    let plain = edition.bytes().all(|byte| byte.is_ascii_digit()) && !edition.starts_with('0');
    edition
        .parse()
        .ok()
        .filter(|_| plain)
        .ok_or(crate::error::AppError::NotFound)
}

/// Publishes a draft edition; from then on it never changes.
#[server]
pub async fn publish_edition(edition: EditionId, #[server(default)] understood: bool) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    if !understood {
        let message = "Tick the box first: a published edition can never change.";
        return Err(crate::error::AppError::field("understood", message));
    }
    let (set, number) = super::store::publish(&crate::state::db(), &viewer, &edition).await?;
    let href = super::model::edition_href(&set, number);
    leptos_axum::redirect(&format!("{href}?notice=published"));
    Ok(())
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_import_form() -> Result<ImportForm> {
    super::import::form(&crate::state::viewer())
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_import(import: ImportId) -> Result<Preview> {
    super::import::preview(&crate::state::db(), &crate::state::viewer(), &import).await
}

/// Writes an upload whose plan was looked at.
#[server]
pub async fn confirm_import(import: ImportId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let applied = super::import::confirm(&crate::state::db(), &viewer, &import).await?;
    let href = super::model::edition_href(&applied.set, applied.number);
    let notice = if applied.written { "imported" } else { "unchanged" };
    leptos_axum::redirect(&format!("{href}?notice={notice}"));
    Ok(())
}
