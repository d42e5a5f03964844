//! What curators do to a draft.

use uuid::Uuid;

use super::linking::called;
use super::loading::Loaded;
use super::writing::{Planned, change};
use super::{Own, own, own_of};
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{EditionId, NodeId, PersonId};
use crate::outlines::model::{MOST_ENTRIES, Pasted, Way};
use crate::outlines::rules::{self, Outline, Place, Step};
use crate::viewer::Viewer;

/// Where something is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// Last at the top.
    Top,
    /// Last beneath a node.
    Beneath(NodeId),
    /// First beneath a node.
    First(NodeId),
    After(NodeId),
}

impl Spot {
    /// As forms say it: `top`, `beneath-…`, `first-…`, `after-…`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('-') {
            None if text == "top" => Some(Self::Top),
            Some(("beneath", node)) => NodeId::parse(node).map(Self::Beneath),
            Some(("first", node)) => NodeId::parse(node).map(Self::First),
            Some(("after", node)) => NodeId::parse(node).map(Self::After),
            _ => None,
        }
    }

    fn place(&self, loaded: &Loaded) -> Result<Place> {
        let outline = &loaded.outline;
        match self {
            Self::Top => Ok(outline.last_place(None)),
            Self::Beneath(node) => Ok(outline.last_place(Some(outline.index(loaded.identifier(node)?)?))),
            Self::First(node) => Ok(Place {
                parent: Some(loaded.identifier(node)?),
                after: None,
            }),
            Self::After(node) => {
                let after = loaded.identifier(node)?;
                let parent = outline
                    .parent(outline.index(after)?)
                    .map(|parent| outline.nodes[parent].identifier);
                Ok(Place {
                    parent,
                    after: Some(after),
                })
            }
        }
    }
}

/// Where to look after a change: the set, and what stands open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub set: String,
    pub open: Option<NodeId>,
}

pub(crate) fn cut(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}

pub(super) fn quoted(outline: &Outline, at: usize) -> String {
    format!("“{}”", cut(&outline.nodes[at].content.title))
}

pub(super) fn person(viewer: &Viewer) -> Result<&PersonId> {
    viewer.id().ok_or(AppError::SignInNeeded)
}

/// Plans and writes a change; `plan` answers with the identifier of what then
/// stands open.
pub(super) async fn act(
    db: &Db,
    viewer: &Viewer,
    own: Own,
    plan: impl Fn(&Loaded) -> Result<(String, Vec<Step>, Option<Uuid>)>,
) -> Result<Done> {
    let open = change(db, &own, person(viewer)?, |loaded| {
        let (words, steps, open) = plan(loaded)?;
        Ok((
            Planned { words, steps },
            open.and_then(|open| loaded.ids.get(&open).cloned()),
        ))
    });
    let open = open.await?;
    Ok(Done { set: own.set, open })
}

/// As the other changes of a draft, of whatever is planned on its outline: what
/// is done in a few words, and the steps. No steps: nothing is written.
pub async fn on(
    db: &Db,
    viewer: &Viewer,
    edition: &EditionId,
    plan: impl Fn(&Outline) -> Result<(String, Vec<Step>)>,
) -> Result<()> {
    let own = own(db, viewer, edition).await?;
    let planned = act(db, viewer, own, |loaded| {
        let (words, steps) = plan(&loaded.outline)?;
        Ok((words, steps, None))
    });
    planned.await.map(drop)
}

/// Adds lines at a spot of a draft; `key` is the form's own, so that it adds
/// them once.
pub async fn add(
    db: &Db,
    viewer: &Viewer,
    edition: &EditionId,
    spot: &Spot,
    rows: &[Pasted],
    key: Uuid,
) -> Result<Done> {
    add_saying(db, viewer, edition, spot, rows, key, true).await
}

/// The same; what stands there already, or twice among them, is refused unless
/// somebody wants it `again`.
pub async fn add_saying(
    db: &Db,
    viewer: &Viewer,
    edition: &EditionId,
    spot: &Spot,
    rows: &[Pasted],
    key: Uuid,
    again: bool,
) -> Result<Done> {
    let own = own(db, viewer, edition).await?;
    act(db, viewer, own, |loaded| {
        let place = spot.place(loaded)?;
        let words = match rows {
            [one] => format!("Added “{}”", cut(&one.title)),
            _ => format!("Added {} lines", rows.len()),
        };
        if rules::is_done(&loaded.outline, key) {
            return Ok((words, Vec::new(), place.parent));
        }
        if let Some(message) = rules::repeats(&loaded.outline, rows).filter(|_| !again) {
            return Err(AppError::field("again", message));
        }
        Ok((words, vec![rules::paste(place, rows, key)], place.parent))
    })
    .await
}

/// Puts a node elsewhere.
pub async fn place(db: &Db, viewer: &Viewer, node: &NodeId, spot: &Spot) -> Result<Done> {
    let own = own_of(db, viewer, node).await?;
    act(db, viewer, own, |loaded| {
        let (identifier, place) = (loaded.identifier(node)?, spot.place(loaded)?);
        let at = loaded.outline.index(identifier)?;
        if loaded.outline.place(at) == place || place.after == Some(identifier) {
            return Ok((String::new(), Vec::new(), place.parent));
        }
        Ok((
            format!("Moved {}", quoted(&loaded.outline, at)),
            vec![Step::Move { identifier, place }],
            place.parent,
        ))
    })
    .await
}

/// Moves a node one step; where it cannot go further, nothing happens.
pub async fn shift(db: &Db, viewer: &Viewer, node: &NodeId, way: Way) -> Result<Done> {
    let own = own_of(db, viewer, node).await?;
    act(db, viewer, own, |loaded| {
        let identifier = loaded.identifier(node)?;
        let at = loaded.outline.index(identifier)?;
        let Some(place) = loaded.outline.stepped(at, way) else {
            return Ok((String::new(), Vec::new(), loaded.outline.place(at).parent));
        };
        Ok((
            format!("Moved {}", quoted(&loaded.outline, at)),
            vec![Step::Move { identifier, place }],
            place.parent,
        ))
    })
    .await
}

/// Takes a node out, with all beneath it.
pub async fn remove(db: &Db, viewer: &Viewer, node: &NodeId, understood: bool) -> Result<Done> {
    let own = own_of(db, viewer, node).await?;
    if !understood {
        return Err(AppError::field(
            "understood",
            "Tick the box first: all that stands beneath it goes too.",
        ));
    }
    act(db, viewer, own, |loaded| {
        let identifier = loaded.identifier(node)?;
        let at = loaded.outline.index(identifier)?;
        let parent = loaded.outline.place(at).parent;
        Ok((
            format!("Removed {}", quoted(&loaded.outline, at)),
            vec![Step::Remove { identifier }],
            parent,
        ))
    })
    .await
}

/// Makes several of one statement: the first text stays with it.
pub async fn split(db: &Db, viewer: &Viewer, node: &NodeId, texts: &str, key: Uuid) -> Result<Done> {
    let own = own_of(db, viewer, node).await?;
    let texts: Vec<&str> = texts.lines().filter(|text| !text.trim().is_empty()).collect();
    if texts.len() < 2 || texts.len() > MOST_ENTRIES {
        return Err(AppError::field("texts", "Write two statements or more, a line each."));
    }
    let parsed = texts
        .iter()
        .map(|text| rules::title(text))
        .collect::<Result<Vec<_>, _>>();
    let texts = parsed.map_err(|message| AppError::field("texts", message))?;
    act(db, viewer, own, |loaded| {
        let identifier = loaded.identifier(node)?;
        let at = loaded.outline.index(identifier)?;
        let steps = rules::split(&loaded.outline, identifier, &texts, key)?;
        Ok((
            format!("Split {}", quoted(&loaded.outline, at)),
            steps,
            loaded.outline.place(at).parent,
        ))
    })
    .await
}

/// Makes one of several: `node` stays. The others are chosen, or named where they
/// stand `elsewhere` in the draft: codes or words, a semicolon between.
pub async fn merge(
    db: &Db,
    viewer: &Viewer,
    node: &NodeId,
    others: &[NodeId],
    elsewhere: &str,
    title: &str,
) -> Result<Done> {
    let own = own_of(db, viewer, node).await?;
    let mut errors = FieldErrors::default();
    let title = errors.take("title", rules::title(title));
    let named: Vec<&str> = elsewhere
        .split([';', '\n'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let many = others.len() + named.len();
    if many == 0 || many > MOST_ENTRIES {
        errors.add("elsewhere", "Choose what it is made one with, or write its code.");
    }
    errors.check()?;
    let title = title.ok_or(AppError::Internal)?;
    act(db, viewer, own, |loaded| {
        let into = loaded.identifier(node)?;
        let at = loaded.outline.index(into)?;
        let mut others = others
            .iter()
            .map(|other| loaded.identifier(other))
            .collect::<Result<Vec<_>>>()?;
        for name in &named {
            let found = called(&loaded.outline, name).map_err(|message| AppError::field("elsewhere", message))?;
            let identifier = loaded.outline.nodes[found].identifier;
            if !others.contains(&identifier) {
                others.push(identifier);
            }
        }
        let steps = rules::merge(&loaded.outline, into, &others, &title)?;
        Ok((
            format!("Merged {}", quoted(&loaded.outline, at)),
            steps,
            loaded.outline.place(at).parent,
        ))
    })
    .await
}
