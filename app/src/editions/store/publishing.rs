//! Publishing a draft: its map is confirmed, the edition before it retires, and
//! what was made against that one begins to follow.

use super::map::confirm_all;
use super::reading::two;
use super::{base_of, carry_over};
use crate::competencies::store::{After, publish_draft, publish_draft_after, publishable};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::EditionId;
use crate::vars;
use crate::viewer::Viewer;

/// What publishing led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub set: String,
    pub number: u32,
    /// Whether something has to be carried over now.
    pub carries: bool,
}

/// Publishes a draft. Publishing what is published changes nothing.
pub async fn publish(db: &Db, viewer: &Viewer, edition: &EditionId) -> Result<Published> {
    let (set, number, draft) = publishable(db, viewer, edition).await?;
    let base = base_of(db, edition).await?.filter(|_| draft);
    let after = match base {
        Some(base) => {
            let (two, map) = two(db, &base.id, edition, true).await?.mapped().await?;
            if map.waiting() > 0 {
                return Err(AppError::Conflict(unconfirmed(map.waiting())));
            }
            Some(After {
                base: base.id,
                print: two.print,
                nodes: i64::try_from(two.old.nodes.len()).unwrap_or(i64::MAX),
            })
        }
        None => None,
    };
    let carries = after.is_some();
    let published = publish_draft_after(db, edition, after).await?;
    Ok(Published {
        set,
        number,
        carries: published && carries,
    })
}

/// Publishes a draft by the map as it is suggested, decisions of curators among
/// it, and carries over: for the command line, where nobody can look. Answers
/// whether it was a draft.
pub async fn publish_as_suggested(db: &Db, edition: &EditionId) -> Result<bool> {
    let Some(base) = base_of(db, edition).await? else {
        return publish_draft(db, edition).await;
    };
    if !is_draft(db, edition).await? {
        return Ok(false);
    }
    let (two, map) = two(db, &base.id, edition, true).await?.mapped().await?;
    confirm_all(db, edition, &two, &map).await?;
    let after = After {
        base: base.id,
        print: two.print,
        nodes: i64::try_from(two.old.nodes.len()).unwrap_or(i64::MAX),
    };
    let published = publish_draft_after(db, edition, Some(after)).await?;
    carry_over(db, edition).await;
    Ok(published)
}

async fn is_draft(db: &Db, edition: &EditionId) -> Result<bool> {
    let draft = "SELECT VALUE state = 'draft' FROM $edition;";
    let draft: Option<bool> = db.row(draft, vars! { "edition" => edition.clone() }).await?;
    draft.ok_or(AppError::NotFound)
}

fn unconfirmed(waiting: usize) -> String {
    let rows = if waiting == 1 {
        "1 statement".to_owned()
    } else {
        format!("{waiting} statements")
    };
    format!(
        "The map from the edition before is not confirmed yet: {rows} to look at. It decides what becomes of people’s ratings and plans."
    )
}
