//! The steps that take an update over.

use uuid::Uuid;

use super::Beside;
use super::offering::Offered;
use crate::derivations::model::{FIELDS, Update};
use crate::error::{AppError, Result};
use crate::outlines::model::EntryForm;
use crate::outlines::rules::{Content, Fields, Link, Node, Step, entry, entry_fields, entry_form};

/// What becomes of texts that were changed on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Nobody said, which is enough where nothing was adapted.
    Unsaid,
    /// What is none of the answers.
    Unknown,
    Theirs,
    Mine,
    /// As they are written in a form, in the order of [`FIELDS`].
    Written(Box<[String; 10]>),
}

/// The steps that take an offer over.
pub fn steps(beside: &Beside, offer: &Offered, choice: &Choice) -> Result<Vec<Step>> {
    if *choice == Choice::Unknown {
        return Err(AppError::field("choice", "Choose one of the three."));
    }
    match offer.update {
        Update::Changed => changed(beside, offer, choice),
        Update::New => added(beside, offer),
        Update::Gone => Ok(vec![Step::Remove { identifier: offer.own }]),
    }
}

/// The nodes of the derived set that a decision is about.
pub fn touched(beside: &Beside, offer: &Offered) -> Vec<Uuid> {
    if offer.update != Update::Gone || offer.hindered.is_some() {
        return vec![offer.own];
    }
    let Some(at) = beside.in_draft.get(&offer.own).copied() else {
        return vec![offer.own];
    };
    let block = at..beside.draft.end(at);
    block.map(|at| beside.draft.nodes[at].identifier).collect()
}

fn missing() -> AppError {
    AppError::Conflict("This was changed in the meantime. Look at it again.".into())
}

fn changed(beside: &Beside, offer: &Offered, choice: &Choice) -> Result<Vec<Step>> {
    let theirs = beside.in_newest.get(&offer.source).ok_or_else(missing)?;
    let mine = beside.in_draft.get(&offer.own).ok_or_else(missing)?;
    let theirs = &beside.newest.nodes[*theirs].content;
    let mine = &beside.draft.nodes[*mine].content;
    let their_fields = entry_fields(theirs, true);
    if *choice == Choice::Unsaid && offer.texts.iter().any(|text| text.clashes()) {
        return Err(AppError::field(
            "choice",
            "You adapted this too. Say whose words count.",
        ));
    }
    let written = match choice {
        Choice::Written(written) => Some(entry(&form(mine, offer, written))?),
        _ => None,
    };
    let mut fields = Fields::new();
    for text in &offer.texts {
        let name = FIELDS[text.field].0;
        let from = match (text.clashes(), choice) {
            (true, Choice::Mine) => continue,
            (true, Choice::Written(_)) => written.as_ref(),
            _ => Some(&their_fields),
        };
        let Some(value) = from.and_then(|fields| fields.get(name)) else {
            continue;
        };
        fields.insert(name.to_owned(), value.clone());
        let as_theirs = value == &their_fields[name];
        if name == "description" && as_theirs && theirs.description_format != mine.description_format {
            fields.insert(
                "description_format".to_owned(),
                theirs.description_format.clone().into(),
            );
        }
    }
    let mut steps = Vec::new();
    if !fields.is_empty() {
        steps.push(Step::Set {
            identifier: offer.own,
            fields,
            expects: None,
        });
    }
    if let Some(place) = offer.place {
        steps.push(Step::Move {
            identifier: offer.own,
            place,
        });
    }
    Ok(steps)
}

/// The node's form with what was written where both changed it.
fn form(mine: &Content, offer: &Offered, written: &[String; 10]) -> EntryForm {
    let mut form = entry_form(mine, true);
    for text in offer.texts.iter().filter(|text| text.clashes()) {
        let all = [
            &mut form.title,
            &mut form.description,
            &mut form.knowledge,
            &mut form.skills,
            &mut form.attitudes,
            &mut form.behaviours,
            &mut form.notes,
            &mut form.topics,
            &mut form.sources,
            &mut form.levels,
        ];
        for (at, own) in all.into_iter().enumerate().filter(|(at, _)| *at == text.field) {
            own.clone_from(&written[at]);
        }
    }
    form
}

fn added(beside: &Beside, offer: &Offered) -> Result<Vec<Step>> {
    let at = *beside.in_newest.get(&offer.source).ok_or_else(missing)?;
    let place = offer.place.ok_or_else(|| {
        AppError::Conflict("What it stands beneath in the source is not in the draft yet. Take that over first.".into())
    })?;
    let source = &beside.newest.nodes[at];
    let here = |source: Uuid| {
        if source == offer.source {
            return Some(offer.own);
        }
        beside.counterpart(source).map(|at| beside.draft.nodes[at].identifier)
    };
    let touching = beside
        .newest
        .links
        .iter()
        .filter(|link| link.from == offer.source || link.to == offer.source);
    let links = touching.filter_map(|link| {
        Some(Link {
            from: here(link.from)?,
            to: here(link.to)?,
            kind: link.kind.clone(),
            extra: link.extra.clone(),
        })
    });
    let node = Node {
        identifier: offer.own,
        depth: 0,
        content: Content {
            came_from: Vec::new(),
            by_hand: false,
            ..source.content.clone()
        },
    };
    Ok(vec![Step::Add {
        place,
        nodes: vec![node],
        links: links.collect(),
    }])
}
