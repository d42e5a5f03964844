//! What the browser may ask of editions, and of what they change for somebody.

use leptos::prelude::*;

use super::model::{ChangesPage, EditionsPage, MyChanges};
use crate::error::Result;
use crate::id::{EditionId, NodeId};

/// The editions of a set, for its curators. Of the draft's map what is of this
/// kind, or what waits; without it all.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_editions(
    set: String,
    #[server(default)] kind: String,
    #[server(default)] page: Option<u32>,
) -> Result<EditionsPage> {
    use super::model::{Kind, WAITING};

    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    let only = Kind::parse(&kind);
    super::store::editions_page(&db, &viewer, &set, only, kind == WAITING, page.unwrap_or(1)).await
}

/// Opens a draft from the last published edition, or finds the one there is.
#[server]
pub async fn open_draft(set: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::open_draft(&crate::state::db(), &viewer, &set).await?;
    leptos_axum::redirect(&format!("{}?notice=opened", super::model::editions_href(&set)));
    Ok(())
}

/// Confirms rows of a draft's map as they were looked at.
#[server]
pub async fn confirm_mappings(edition: EditionId, #[server(default)] looked: Vec<String>) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::confirm(&crate::state::db(), &viewer, &edition, &looked).await
}

/// Confirms all that is the same in both editions.
#[server]
pub async fn confirm_same(edition: EditionId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::confirm_same(&crate::state::db(), &viewer, &edition).await
}

/// Says what levels of the editions before are called on the draft's scale.
#[server]
pub async fn name_levels(
    edition: EditionId,
    #[server(default)] was: Vec<String>,
    #[server(default)] levels: Vec<String>,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::name_levels(&crate::state::db(), &viewer, &edition, &was, &levels).await
}

/// Says what a statement becomes: codes of the draft, with semicolons between.
#[server]
pub async fn change_mapping(
    edition: EditionId,
    identifier: String,
    #[server(default)] becomes: String,
    #[server(default)] means_same: bool,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::change(
        &crate::state::db(),
        &viewer,
        &edition,
        &identifier,
        &becomes,
        means_same,
    )
    .await
}

/// Publishes sections of a draft ahead of the rest: from then on they never
/// change. What was changed in them after its review goes out with `unreviewed`
/// and a reason; `looked` is the print of what was listed as changed.
#[server]
pub async fn publish_sections(
    edition: EditionId,
    #[server(default)] sections: Vec<String>,
    #[server(default)] understood: bool,
    #[server(default)] unreviewed: bool,
    #[server(default)] reason: String,
    #[server(default)] looked: String,
    #[server(default)] repeated: bool,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    if !understood {
        let message = "Tick the box first: what is published can never change.";
        return Err(crate::error::AppError::field("understood", message));
    }
    let db = crate::state::db();
    let said = crate::reviews::store::Said {
        ticked: unreviewed,
        reason,
        looked,
        repeated,
    };
    let (edition, published) = super::store::publish_sections(&db, &viewer, &edition, &sections, &said).await?;
    if published.carries {
        tokio::spawn(async move { super::store::carry_over(&db, &edition).await });
    }
    let href = crate::competencies::model::edition_href(&published.set, published.number);
    leptos_axum::redirect(&format!("{href}?notice=published"));
    Ok(())
}

/// Retires a published edition with none in its place; readers see the reason.
#[server]
pub async fn retire_edition(
    edition: EditionId,
    #[server(default)] understood: bool,
    #[server(default)] reason: String,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let set = super::store::withdraw(&crate::state::db(), &viewer, &edition, understood, &reason).await?;
    leptos_axum::redirect(&format!("{}?notice=retired", super::model::editions_href(&set)));
    Ok(())
}

/// Throws a draft away that was never published, with all that hangs on it.
#[server]
pub async fn drop_draft(edition: EditionId, #[server(default)] understood: bool) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let left = super::store::throw_away(&crate::state::db(), &viewer, &edition, understood).await?;
    let href = left.map_or_else(
        || "/studio?show=sets".to_owned(),
        |set| format!("{}?notice=dropped", super::model::editions_href(&set)),
    );
    leptos_axum::redirect(&href);
    Ok(())
}

/// What changed in an edition from the one before; of one kind, or of one
/// statement, when that is asked for.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_changes(
    set: String,
    edition: String,
    #[server(default)] kind: String,
    #[server(default)] node: String,
    #[server(default)] page: Option<u32>,
) -> Result<ChangesPage> {
    let number = crate::competencies::api::parse_number(&edition)?;
    let narrow = super::store::Narrow {
        kind: super::model::Kind::parse(&kind),
        node,
        page: page.unwrap_or(1),
    };
    super::store::changes(&crate::state::db(), &crate::state::viewer(), &set, number, &narrow).await
}

/// What new editions ask of the one who is signed in.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_my_changes(#[server(default)] page: Option<u32>) -> Result<MyChanges> {
    let (_, person) = crate::state::signed_in()?;
    super::store::my_changes(&crate::state::db(), &person, page.unwrap_or(1)).await
}

/// Says that what was carried over still holds, of `others` on the page too, or that
/// one has seen that a statement is gone.
#[server]
pub async fn confirm_change(
    node: NodeId,
    #[server(default)] seen: bool,
    #[server(default)] others: Vec<NodeId>,
) -> Result<()> {
    use super::store::Answer;

    let (_, person) = crate::state::signed_in()?;
    let answer = if seen { Answer::Seen } else { Answer::Confirm };
    let others = others.iter().take(super::model::ASKED_AT_ONCE);
    for node in std::iter::once(&node).chain(others) {
        super::store::answer(&crate::state::db(), &person.id, node, &answer).await?;
    }
    Ok(())
}

/// Says how one stands with a part of what was split, or with what was merged.
#[server]
pub async fn choose_change(
    node: NodeId,
    #[server(default)] level: String,
    #[server(default)] goal: bool,
) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    let answer = super::store::Answer::Choose { level, goal };
    super::store::answer(&crate::state::db(), &person.id, &node, &answer).await
}
