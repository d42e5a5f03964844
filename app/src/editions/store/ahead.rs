//! Publishing sections of a draft ahead of the rest
//! (docs/decisions/0019-sections-ahead.md).

use std::collections::{HashMap, HashSet};

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::map::write_ahead;
use super::publishing::{refuse_repeated, unconfirmed};
use super::reading::{Two, two};
use crate::competencies::store::{Part, abandon_part, begin_part, publish_part, publishable, stored_set};
use crate::db::Db;
use crate::editions::ahead::{Ahead, Refused, ahead, covered};
use crate::editions::store::Published;
use crate::error::{AppError, Result};
use crate::exchange::ExchangeSet;
use crate::id::{EditionId, NodeId};
use crate::outlines::pasting::repeated;
use crate::reviews::store::{Said, changed_since};
use crate::vars;
use crate::viewer::Viewer;

/// Publishes sections of a draft: an edition that holds nothing else takes the
/// draft's number, and the draft goes on as the one after it. Answers with the
/// edition beside what it led to.
pub async fn publish_sections(
    db: &Db,
    viewer: &Viewer,
    draft: &EditionId,
    sections: &[String],
    said: &Said,
) -> Result<(EditionId, Published)> {
    let (set, number, open) = publishable(db, viewer, draft).await?;
    if !open {
        let message = "This edition is published already, so there is nothing of it to publish ahead.";
        return Err(AppError::Conflict(message.into()));
    }
    let revision = revision(db, draft).await?;
    let stored = stored_set(db, draft).await?.set;
    let chosen = chosen(&stored, sections)?;
    if !said.repeated {
        refuse_repeated(&repeated_among(&stored, &chosen))?;
    }
    let going: HashSet<String> = chosen
        .iter()
        .map(|at| stored.nodes[*at].identifier.to_string())
        .collect();
    let word = said.of(&changed_since(db, draft).await?, viewer, |line| line.goes_with(&going))?;
    let mapped = match two(db, draft, false).await? {
        Some(two) => {
            let (two, map) = two.mapped().await?;
            let ahead = ahead(&two.old.nodes, &two.new.nodes, &map, &chosen);
            let ahead = ahead.map_err(|refused| refusal(&two, &refused))?;
            Some((two, ahead))
        }
        None => None,
    };
    let edition = EditionId::random();
    let part = Part {
        draft: draft.clone(),
        edition: edition.clone(),
        revision,
        number,
        retires: mapped
            .as_ref()
            .map(|(two, ahead)| retired(two, ahead))
            .unwrap_or_default(),
        bases: mapped
            .as_ref()
            .map(|(two, _)| two.bases.iter().map(|base| base.id.clone()).collect())
            .unwrap_or_default(),
        rows: mapped.as_ref().map_or(0, |(_, ahead)| ahead.old.len()),
        word,
    };
    let carries = !part.bases.is_empty();
    let counts = begin_part(db, &edition, only(stored, &chosen)).await?;
    let written = async {
        if let Some((two, ahead)) = &mapped {
            write_ahead(db, &edition, two, ahead).await?;
        }
        publish_part(db, part, counts).await
    };
    if let Err(error) = written.await {
        abandon_part(db, &edition).await;
        return Err(error);
    }
    let published = Published { set, number, carries };
    Ok((edition, published))
}

async fn revision(db: &Db, draft: &EditionId) -> Result<i64> {
    #[derive(SurrealValue)]
    struct Row {
        revision: Option<i64>,
    }
    let row: Option<Row> = db
        .row("SELECT revision FROM $draft;", vars! { "draft" => draft.clone() })
        .await?;
    Ok(row.ok_or(AppError::NotFound)?.revision.unwrap_or(0))
}

/// The places of the sections and of all beneath them.
fn chosen(set: &ExchangeSet, sections: &[String]) -> Result<HashSet<usize>> {
    let wanted: HashSet<&str> = sections.iter().map(String::as_str).collect();
    let mut tops: HashMap<Uuid, Uuid> = HashMap::with_capacity(set.nodes.len());
    let mut chosen = HashSet::new();
    let mut found = HashSet::new();
    for (at, node) in set.nodes.iter().enumerate() {
        let top = node
            .parent
            .and_then(|parent| tops.get(&parent).copied())
            .unwrap_or(node.identifier);
        tops.insert(node.identifier, top);
        if wanted.contains(top.to_string().as_str()) {
            chosen.insert(at);
            found.insert(top);
        }
    }
    if found.len() != wanted.len() || found.is_empty() {
        return Err(AppError::field("sections", "Choose at least one of the sections."));
    }
    if chosen.len() == set.nodes.len() {
        let message = "This is all of it. Publish the draft itself, on its own page.";
        return Err(AppError::field("sections", message));
    }
    Ok(chosen)
}

/// Codes that stand more than once among what is chosen; whoever follows one finds
/// only what is published with it.
fn repeated_among(set: &ExchangeSet, chosen: &HashSet<usize>) -> Vec<String> {
    let going = set.nodes.iter().enumerate().filter(|(at, _)| chosen.contains(at));
    repeated(going.filter_map(|(_, node)| node.code.as_deref()))
}

fn refusal(two: &Two, refused: &Refused) -> AppError {
    match refused {
        Refused::Waiting(waiting) => AppError::Conflict(unconfirmed(*waiting)),
        Refused::Elsewhere(at) => AppError::field(
            "sections",
            format!(
                "“{}” goes on in another section by the map, while these hold another statement under its identifier. Choose that section too.",
                two.old.named[*at].words()
            ),
        ),
    }
}

/// The editions that go on wholly into these sections.
fn retired(two: &Two, ahead: &Ahead) -> Vec<EditionId> {
    let rows: HashSet<&NodeId> = ahead.old.iter().map(|at| &two.old.ids[*at]).collect();
    let editions = two
        .bases
        .iter()
        .zip(&two.whole)
        .map(|(base, nodes)| (&base.id, nodes.as_slice()));
    covered(editions, &rows).into_iter().cloned().collect()
}

/// The set with nothing but the chosen nodes.
fn only(mut set: ExchangeSet, chosen: &HashSet<usize>) -> ExchangeSet {
    let nodes = std::mem::take(&mut set.nodes).into_iter().enumerate();
    set.nodes = nodes
        .filter(|(at, _)| chosen.contains(at))
        .map(|(_, node)| node)
        .collect();
    let names: HashSet<Uuid> = set.nodes.iter().map(|node| node.identifier).collect();
    set.references
        .retain(|reference| names.contains(&reference.from) && names.contains(&reference.to));
    set
}
