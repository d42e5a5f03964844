//! Deciding about an update of the source: it is taken over, or left, and never
//! asked about again.

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::reading::{Both, both};
use crate::competencies::model::EditionState;
use crate::db::Db;
use crate::derivations::model::Update;
use crate::derivations::rules::{Choice, Offered, offers, steps, taken_after_all, touched};
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, SetId};
use crate::outlines::rules::Outline;
use crate::outlines::store::{act_on, cut};
use crate::vars;
use crate::viewer::Viewer;

/// What somebody says about an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    Leave,
    Take(Choice),
}

const CHANGED: &str = "This was changed or decided in the meantime. Look at it again.";
const NO_DRAFT: &str = "There is no draft of this set. Open one first, then take over what the source changed.";

/// Decides about the update of a node of the source, as it was looked at.
pub async fn decide(db: &Db, viewer: &Viewer, set: &str, node: Uuid, looked: &str, decision: &Decision) -> Result<()> {
    let both = both(db, viewer, set).await?;
    let (offer, touched) = {
        let beside = both.beside(&both.own.loaded.outline);
        let offer = offered(&both, &both.own.loaded.outline, node).filter(|offer| offer.print() == looked);
        let offer = offer.ok_or_else(|| AppError::Conflict(CHANGED.into()))?;
        let touched = touched(&beside, &offer);
        (offer, touched)
    };
    if let Decision::Take(choice) = decision {
        if both.own.state != EditionState::Draft {
            return Err(AppError::Conflict(NO_DRAFT.into()));
        }
        if offer.hindered.is_some() {
            let message = "It cannot be taken over as it stands. Put right first what hinders it.";
            return Err(AppError::Conflict(message.into()));
        }
        act_on(db, viewer, &both.own.id, |draft| {
            // Somebody else may have written since: what was looked at has to be there still.
            let now = offered(&both, draft, node).filter(|now| now.print() == looked);
            let now = now.ok_or_else(|| AppError::Conflict(CHANGED.into()))?;
            let steps = steps(&both.beside(draft), &now, choice)?;
            Ok((words(&both, &now), steps))
        })
        .await?;
    }
    let leaves = *decision == Decision::Leave;
    let touched = if leaves { vec![offer.own] } else { touched };
    remember(db, &both, &offer, &touched).await?;
    settle(db, viewer, set).await
}

/// The update of a node of the source, or its taking over after all.
fn offered(both: &Both, draft: &Outline, node: Uuid) -> Option<Offered> {
    let beside = both.beside(draft);
    let waiting = offers(&beside).into_iter().find(|offer| offer.source == node);
    waiting.or_else(|| taken_after_all(&beside, node))
}

fn words(both: &Both, offer: &Offered) -> String {
    let of = |outline: &Outline, identifier: Uuid| {
        let node = outline.nodes.iter().find(|node| node.identifier == identifier);
        node.map(|node| cut(&node.content.title)).unwrap_or_default()
    };
    match offer.update {
        Update::Changed => format!(
            "Took over what the source says of “{}”",
            of(&both.own.loaded.outline, offer.own)
        ),
        Update::New => format!(
            "Took over “{}” from the source",
            of(&both.newest.loaded.outline, offer.source)
        ),
        Update::Gone => format!(
            "Removed “{}” as the source did",
            of(&both.own.loaded.outline, offer.own)
        ),
    }
}

#[derive(SurrealValue)]
struct Remembered {
    derived: SetId,
    identifier: String,
    source: Option<NodeId>,
    gone: Option<EditionId>,
}

/// Writes down what was decided, one record a node.
async fn remember(db: &Db, both: &Both, offer: &Offered, touched: &[Uuid]) -> Result<()> {
    let row = |own: &Uuid| Remembered {
        derived: both.set.clone(),
        identifier: own.to_string(),
        source: both.newest.id_of(offer.source),
        gone: (offer.update == Update::Gone).then(|| both.newest.id.clone()),
    };
    let rows: Vec<Remembered> = touched.iter().map(row).collect();
    db.write(
        "FOR $row IN $rows {
            LET $link = type::record('derived_node', [record::id($row.derived), $row.identifier]);
            IF $row.gone != NONE { UPDATE $link SET gone = $row.gone RETURN NONE }
            ELSE { UPSERT $link SET derived = $row.derived, identifier = $row.identifier, source = $row.source, gone = NONE RETURN NONE };
         };",
        vars! { "rows" => rows },
    )
    .await
    .map(drop)
}

/// Once nothing waits, all is compared with the newest edition of the source.
async fn settle(db: &Db, viewer: &Viewer, set: &str) -> Result<()> {
    let both = both(db, viewer, set).await?;
    if both.newest.number <= both.source.compared || !offers(&both.beside(&both.own.loaded.outline)).is_empty() {
        return Ok(());
    }
    db.write(
        "UPDATE type::record('derivation', record::id($set)) SET edition = $edition RETURN NONE;",
        vars! { "set" => both.set, "edition" => both.newest.id },
    )
    .await
    .map(drop)
}
