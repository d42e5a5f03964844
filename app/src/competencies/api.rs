//! What the browser may ask of the competency index.

use leptos::prelude::*;

use super::model::{ImportForm, NodePage, OutlineNode, Preview, SetList, SetPage};
use crate::error::Result;
use crate::id::{EditionId, ImportId};

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_sets(#[server(default)] page: Option<u32>) -> Result<SetList> {
    super::store::list(&crate::state::db(), &crate::state::viewer(), page.unwrap_or(1)).await
}

/// An edition by its number, as it stands in the address; none: the latest.
/// Of its nodes those that are looked for, with all above them. What jobs need
/// of it and what was derived from it have pages of their own.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_set(
    set: String,
    #[server(default)] edition: Option<String>,
    #[server(default)] q: String,
    #[server(default)] kind: String,
    #[server(default)] topic: String,
    #[server(default)] learning: bool,
    #[server(default)] level: Option<u32>,
    #[server(default)] page: Option<u32>,
    #[server(default)] profiles: Option<u32>,
    #[server(default)] derived: Option<u32>,
) -> Result<SetPage> {
    let number = edition.map(|edition| parse_number(&edition)).transpose()?;
    let looking = super::model::Looking::new(&q, &kind, &topic, learning, level);
    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    let pages = [page, profiles, derived].map(|page| page.unwrap_or(1));
    let page = super::store::set_page_where(&db, &viewer, &set, number, looking, pages).await?;
    let site = crate::state::state().site.public_url.clone();
    Ok(SetPage { site, ..page })
}

/// What stands beneath a node, for whoever opens it where it stands: its first
/// page, with a line that leads to the next.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_branch(set: String, edition: String, code: String) -> Result<Vec<OutlineNode>> {
    let number = parse_number(&edition)?;
    super::store::branch(&crate::state::db(), &crate::state::viewer(), &set, number, &code).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_node(
    set: String,
    edition: String,
    code: String,
    #[server(default)] learning: Option<u32>,
    #[server(default)] talk: Option<u32>,
    #[server(default)] beneath: Option<u32>,
) -> Result<NodePage> {
    let number = parse_number(&edition)?;
    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    let pages = [learning, talk, beneath].map(|page| page.unwrap_or(1));
    let page = match super::store::node_pages(&db, &viewer, &set, number, &code, pages).await {
        Err(crate::error::AppError::NotFound) => {
            if let Some(href) = super::store::moved(&db, &viewer, &set, number, &code).await? {
                crate::state::moved(&href);
            }
            return Err(crate::error::AppError::NotFound);
        }
        page => page?,
    };
    let site = crate::state::state().site.public_url.clone();
    Ok(NodePage { site, ..page })
}

#[cfg(feature = "parsers")]
pub(crate) fn parse_number(edition: &str) -> Result<u32> {
    let plain = edition.bytes().all(|byte| byte.is_ascii_digit()) && !edition.starts_with('0');
    edition
        .parse()
        .ok()
        .filter(|_| plain)
        .ok_or(crate::error::AppError::NotFound)
}

/// Publishes a draft edition; from then on it never changes. What was changed
/// after its review goes out with `unreviewed` and a reason; `looked` is the
/// print of what was listed as changed.
#[server]
pub async fn publish_edition(
    edition: EditionId,
    #[server(default)] understood: bool,
    #[server(default)] unreviewed: bool,
    #[server(default)] reason: String,
    #[server(default)] looked: String,
    #[server(default)] repeated: bool,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    if !understood {
        let message = "Tick the box first: a published edition can never change.";
        return Err(crate::error::AppError::field("understood", message));
    }
    let db = crate::state::db();
    let said = crate::reviews::store::Said {
        ticked: unreviewed,
        reason,
        looked,
        repeated,
    };
    let published = crate::editions::store::publish_saying(&db, &viewer, &edition, &said).await?;
    if published.carries {
        // Many people may have rated the edition before: nobody waits for it. What
        // is cut off is done when the server starts again.
        tokio::spawn(async move { crate::editions::store::carry_over(&db, &edition).await });
    }
    let href = super::model::edition_href(&published.set, published.number);
    leptos_axum::redirect(&format!("{href}?notice=published"));
    Ok(())
}

/// The most of one file that this site takes in.
#[cfg(feature = "ssr")]
fn limits() -> crate::exchange::Limits {
    crate::state::state().site.imports
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_import_form(
    #[server(default)] organisation: String,
    #[server(default)] find: String,
    #[server(default)] q: String,
) -> Result<ImportForm> {
    let wanted = crate::organisations::choosing::model::Wanted::of(&organisation, &find, &q);
    let form = super::import::form(&crate::state::db(), &crate::state::viewer(), &wanted).await?;
    let megabytes = u32::try_from(limits().megabytes()).unwrap_or(u32::MAX);
    Ok(ImportForm { megabytes, ..form })
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_import(import: ImportId) -> Result<Preview> {
    super::import::preview(&crate::state::db(), &crate::state::viewer(), &import, limits()).await
}

/// Takes a set from a public address; its plan comes before anything is written.
#[server]
pub async fn fetch_import(organisation: String, #[server(default)] title: String, address: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let db = crate::state::db();
    let import = super::import::fetch(&db, &viewer, &organisation, &title, &address, limits()).await?;
    leptos_axum::redirect(&format!("/studio/import/{import}"));
    Ok(())
}

/// Says what the columns of an uploaded table are, from left to right.
#[server]
pub async fn match_columns(
    import: ImportId,
    #[server(default)] columns: Vec<String>,
    #[server(default)] header: Option<u32>,
    #[server(default)] was: Option<u32>,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::import::match_columns(&crate::state::db(), &viewer, &import, columns, header, was).await?;
    leptos_axum::redirect(&format!("/studio/import/{import}"));
    Ok(())
}

/// How long one waits for an import, well within the time of a request, before
/// its page says that it is being written.
#[cfg(feature = "ssr")]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(15);

/// Writes an upload whose plan was looked at. A large one goes on being written
/// when the request ends.
#[server]
pub async fn confirm_import(import: ImportId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let (db, limits, own) = (crate::state::db(), limits(), import.clone());
    let writing = tokio::spawn(async move { super::import::confirm(&db, &viewer, &own, limits).await });
    let Ok(written) = tokio::time::timeout(PATIENCE, writing).await else {
        leptos_axum::redirect(&format!("/studio/import/{import}?notice=writing"));
        return Ok(());
    };
    let applied = written.map_err(|error| crate::error::AppError::internal("import", error))??;
    let href = super::model::edition_href(&applied.set, applied.number);
    let notice = if applied.written { "imported" } else { "unchanged" };
    leptos_axum::redirect(&format!("{href}?notice={notice}&import={import}"));
    Ok(())
}

/// Takes a confirmed upload back; its plan is shown again.
#[server]
pub async fn undo_import(import: ImportId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::import::undo(&crate::state::db(), &viewer, &import).await?;
    leptos_axum::redirect(&format!("/studio/import/{import}?notice=undone"));
    Ok(())
}
