//! Publishing a draft: its map is confirmed, the edition before it retires, and
//! what was made against that one begins to follow.

use super::carry_over;
use super::map::confirm_all;
use super::reading::{Two, two};
use crate::competencies::store::{After, publish_draft, publish_draft_after, publishable};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::EditionId;
use crate::outlines::pasting::some_of;
use crate::reviews::store::{Said, changed_since};
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

/// As [`publish_saying`], where nothing is said of what was changed after its
/// review.
pub async fn publish(db: &Db, viewer: &Viewer, edition: &EditionId) -> Result<Published> {
    publish_saying(db, viewer, edition, &Said::default()).await
}

/// Publishes a draft. Publishing what is published changes nothing. What was
/// changed after its review goes out only where it is `said`.
pub async fn publish_saying(db: &Db, viewer: &Viewer, edition: &EditionId, said: &Said) -> Result<Published> {
    let (set, number, draft) = publishable(db, viewer, edition).await?;
    if draft && !said.repeated {
        no_code_twice(db, edition).await?;
    }
    let word = match draft {
        true => said.of(&changed_since(db, edition).await?, viewer, |_| true)?,
        false => None,
    };
    let two = match draft {
        true => two(db, edition, true).await?,
        false => None,
    };
    let after = match two {
        Some(two) => {
            let (two, map) = two.mapped().await?;
            if map.waiting() > 0 {
                return Err(AppError::Conflict(unconfirmed(map.waiting())));
            }
            if !two.in_place {
                confirm_all(db, edition, &two, &map).await?;
            }
            Some(after(two))
        }
        None => None,
    };
    let carries = after.is_some();
    let published = publish_draft_after(db, edition, after, word).await?;
    Ok(Published {
        set,
        number,
        carries: published && carries,
    })
}

/// Refuses what has codes that stand more than once.
async fn no_code_twice(db: &Db, edition: &EditionId) -> Result<()> {
    let codes: Vec<String> = db
        .rows(
            "SELECT VALUE code FROM (SELECT code, count() AS many FROM node WHERE edition = $edition AND code != '' GROUP BY code)
                WHERE many > 1;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    refuse_repeated(&codes)
}

/// Refuses what goes out with these codes, which stand in it more than once.
pub(super) fn refuse_repeated(codes: &[String]) -> Result<()> {
    if codes.is_empty() {
        return Ok(());
    }
    let message = format!(
        "These codes stand more than once: {}. Whoever follows such a code finds the first statement only. Change them in the studio, or tick this.",
        some_of(codes)
    );
    Err(AppError::field("repeated", message))
}

/// Publishes a draft by the map as it is suggested, decisions of curators among
/// it, and carries over: for the command line, where nobody can look. Answers
/// whether it was a draft.
pub async fn publish_as_suggested(db: &Db, edition: &EditionId) -> Result<bool> {
    let Some(two) = two(db, edition, true).await? else {
        return publish_draft(db, edition).await;
    };
    if !is_draft(db, edition).await? {
        return Ok(false);
    }
    let (two, map) = two.mapped().await?;
    confirm_all(db, edition, &two, &map).await?;
    let after = after(two);
    let published = publish_draft_after(db, edition, Some(after), None).await?;
    carry_over(db, edition).await;
    Ok(published)
}

/// The editions that a whole one comes after: all that were in force.
fn after(two: Two) -> After {
    After {
        nodes: i64::try_from(two.old.nodes.len()).unwrap_or(i64::MAX),
        bases: two.bases.into_iter().map(|base| base.id).collect(),
        print: two.print,
    }
}

async fn is_draft(db: &Db, edition: &EditionId) -> Result<bool> {
    let draft = "SELECT VALUE state = 'draft' FROM $edition;";
    let draft: Option<bool> = db.row(draft, vars! { "edition" => edition.clone() }).await?;
    draft.ok_or(AppError::NotFound)
}

pub(super) fn unconfirmed(waiting: usize) -> String {
    let rows = if waiting == 1 {
        "1 statement".to_owned()
    } else {
        format!("{waiting} statements")
    };
    format!(
        "The map from the edition before is not confirmed yet: {rows} to look at. It decides what becomes of people’s ratings and plans."
    )
}
