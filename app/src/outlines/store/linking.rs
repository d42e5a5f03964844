//! Cross-references of a draft: to others of its lines, and to statements of other
//! sets.

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::acts::{Done, act, cut, quoted};
use super::loading::{Loaded, uuid};
use super::own_of;
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::exchange::case;
use crate::id::NodeId;
use crate::outlines::model::LINKS;
use crate::outlines::rules::{Abroad, Content, Link, Outline, Step};
use crate::vars;
use crate::viewer::Viewer;

const GONE: &str = "This is not there any more. Look for it again.";

/// What is referred to.
enum Target {
    /// A line of the draft: its code, or all that it says.
    Called(String),
    /// What goes on in the draft under this identifier.
    Own(Uuid),
    Abroad(NodeId, String),
}

#[derive(SurrealValue)]
struct ChosenRow {
    identifier: String,
    title: String,
    state: String,
    own: bool,
}

/// What was chosen: of the same set, whichever edition it was found in, the line of
/// the draft is meant; of another one what is published.
async fn chosen(db: &Db, node: &NodeId, chosen: &NodeId) -> Result<Target> {
    let row: Option<ChosenRow> = db
        .row(
            "SELECT identifier, title, edition.state AS state, (edition.competency_set = $node.edition.competency_set) AS own FROM $chosen;",
            vars! { "node" => node.clone(), "chosen" => chosen.clone() },
        )
        .await?;
    match row {
        Some(row) if row.own => Ok(Target::Own(uuid(&row.identifier)?)),
        Some(row) if row.state == "published" => Ok(Target::Abroad(chosen.clone(), row.title)),
        _ => Err(AppError::field("to", GONE)),
    }
}

/// Refers from a node to what was chosen, else to another of the draft by its code
/// or its words.
pub async fn link(
    db: &Db,
    viewer: &Viewer,
    node: &NodeId,
    (picked, to): (Option<&NodeId>, &str),
    kind: &str,
) -> Result<Done> {
    let own = own_of(db, viewer, node).await?;
    let mut errors = FieldErrors::default();
    if !LINKS.iter().any(|(known, _)| *known == kind) {
        errors.add("kind", "Choose one of the kinds.");
    }
    if picked.is_none() && to.trim().is_empty() {
        errors.add("to", "Write its code, or the whole statement.");
    }
    errors.check()?;
    let target = match picked {
        Some(picked) => chosen(db, node, picked).await?,
        None => Target::Called(to.to_owned()),
    };
    act(db, viewer, own, |loaded| {
        let from = loaded.identifier(node)?;
        let at = loaded.outline.index(from)?;
        let (other, steps) = step_to(&loaded.outline, from, &target, kind)?;
        let words = format!("Referred from {} to {other}", quoted(&loaded.outline, at));
        Ok((words, steps, Some(from)))
    })
    .await
}

/// What is referred to, in a few words, and the step; none where it stands already.
fn step_to(outline: &Outline, from: Uuid, target: &Target, kind: &str) -> Result<(String, Vec<Step>)> {
    let at = match target {
        Target::Called(name) => called(outline, name).map_err(|message| AppError::field("to", message))?,
        Target::Own(identifier) => outline.index(*identifier).map_err(|_| AppError::field("to", GONE))?,
        Target::Abroad(node, title) => {
            let abroad = Abroad {
                from,
                to: node.clone(),
                kind: kind.to_owned(),
            };
            let new = !outline.abroad.contains(&abroad);
            let steps = new.then_some(Step::Refer { abroad });
            return Ok((format!("“{}”", cut(title)), steps.into_iter().collect()));
        }
    };
    let link = Link {
        from,
        to: outline.nodes[at].identifier,
        kind: kind.to_owned(),
        extra: "null".into(),
    };
    if link.to == from {
        return Err(AppError::field("to", "Nothing refers to itself."));
    }
    let steps = (!outline.has(&link)).then_some(Step::Link { link });
    Ok((quoted(outline, at), steps.into_iter().collect()))
}

/// The place of the node with this code or, where none has it, with these words.
pub(super) fn called(outline: &Outline, name: &str) -> Result<usize, &'static str> {
    let wanted = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let by = |text: fn(&Content) -> &str| {
        let nodes = outline.nodes.iter().enumerate();
        let found = nodes.filter(|(_, node)| text(&node.content).to_lowercase() == wanted);
        found.map(|(index, _)| index).collect::<Vec<_>>()
    };
    let coded = by(|content| &content.code);
    let found = match coded.is_empty() {
        true => by(|content| &content.title),
        false => coded,
    };
    match found.as_slice() {
        [] => Err("Nothing in this draft has this code or says just this."),
        [one] => Ok(*one),
        _ => Err("More than one has this code. Write the whole statement."),
    }
}

/// Takes a cross-reference out again, whoever wrote it: a curator, or the package
/// that was imported.
pub async fn unlink(db: &Db, viewer: &Viewer, from: &NodeId, to: &NodeId, kind: &str) -> Result<Done> {
    let own = own_of(db, viewer, from).await?;
    act(db, viewer, own, |loaded| {
        let from = loaded.identifier(from)?;
        let at = loaded.outline.index(from)?;
        let steps = without(loaded, from, to, kind)?;
        let words = format!("Took out a reference of {}", quoted(&loaded.outline, at));
        Ok((words, steps, Some(from)))
    })
    .await
}

fn without(loaded: &Loaded, from: Uuid, to: &NodeId, kind: &str) -> Result<Vec<Step>> {
    let outline = &loaded.outline;
    if let Ok(to) = loaded.identifier(to) {
        let same = |link: &&Link| (link.from, link.to, link.kind.as_str()) == (from, to, kind);
        let link = outline.links.iter().find(same).cloned();
        return Ok(link.map(|link| Step::Unlink { link }).into_iter().collect());
    }
    let same = |own: &&Abroad| (own.from, &own.to, own.kind.as_str()) == (from, to, kind);
    let abroad = outline.abroad.iter().find(same).cloned();
    let mut steps: Vec<Step> = abroad.map(|abroad| Step::Unrefer { abroad }).into_iter().collect();
    // What is published nowhere here goes by its identifier.
    let other = loaded.others.get(to).copied();
    let other = other.or_else(|| Uuid::try_parse(to.as_str()).ok());
    let kept = outline.kept()?;
    if let Some(to) = other
        && case::leading_out(&kept)
            .iter()
            .any(|(own, _)| (own.from, own.to, own.kind.as_str()) == (from, to, kind))
    {
        let kind = kind.to_owned();
        steps.push(Step::Forget { from, to, kind });
    }
    Ok(steps)
}
