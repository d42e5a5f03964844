//! Splitting a statement, making one of several, adding many at once.

use std::collections::HashSet;

use serde_json::{Value, json};
use uuid::Uuid;

use super::outline::{Abroad, Content, Link, Node, Outline, Place};
use super::step::{Fields, Step};
use crate::competencies::import::shape::{format_of, rendered};
use crate::error::{AppError, Result};
use crate::outlines::model::Pasted;
use crate::outlines::pasting::{repeated, some_of};

/// The identifier of what a form adds: the same when it is sent again.
fn keyed(key: Uuid, at: usize) -> Uuid {
    Uuid::new_v5(&key, at.to_string().as_bytes())
}

/// Whether the form with this key has added what it adds.
pub fn is_done(outline: &Outline, key: Uuid) -> bool {
    let first = keyed(key, 0);
    outline.nodes.iter().any(|node| node.identifier == first)
}

/// What of these lines stands in the outline already or twice among them, in words
/// for whoever adds them; nothing where each is new.
pub fn repeats(outline: &Outline, rows: &[Pasted]) -> Option<String> {
    let numbered = outline.frame.numbered;
    let code = |code: &str| if numbered { String::new() } else { code.to_owned() };
    let there: HashSet<(String, &str)> = outline
        .nodes
        .iter()
        .map(|node| (code(&node.content.code), node.content.title.as_str()))
        .collect();
    if rows
        .iter()
        .all(|row| there.contains(&(code(&row.code), row.title.as_str())))
    {
        return Some("All of this stands in the draft already. Tick this to add it once more.".into());
    }
    if numbered {
        return None;
    }
    let new: HashSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    let held = outline.nodes.iter().map(|node| node.content.code.as_str());
    let held: HashSet<&str> = held.filter(|code| new.contains(code)).collect();
    let codes = held.into_iter().chain(rows.iter().map(|row| row.code.as_str()));
    let mut codes = repeated(codes);
    codes.sort();
    (!codes.is_empty()).then(|| {
        format!(
            "These codes would stand more than once: {}. Whoever follows such a code finds the first line only. Change them, or tick this to add them so.",
            some_of(&codes)
        )
    })
}

/// Splits a node: the first text stays with it, the others become its next
/// siblings, which say where they came from.
pub fn split(outline: &Outline, identifier: Uuid, texts: &[String], key: Uuid) -> Result<Vec<Step>> {
    if is_done(outline, key) {
        return Ok(Vec::new());
    }
    let at = outline.index(identifier)?;
    let [first, others @ ..] = texts else {
        return Err(AppError::Internal);
    };
    let whole = &outline.nodes[at].content;
    let part = |(at, title): (usize, &String)| Node {
        identifier: keyed(key, at),
        depth: 0,
        content: Content {
            title: title.clone(),
            kind_label: whole.kind_label.clone(),
            topics: whole.topics.clone(),
            sources: whole.sources.clone(),
            came_from: vec![identifier.to_string()],
            description_format: "markdown".into(),
            extra: "null".into(),
            ..Content::default()
        },
    };
    let place = Place {
        after: Some(identifier),
        ..outline.place(at)
    };
    Ok(vec![
        set(identifier, &[("title", json!(first))]),
        Step::Add {
            place,
            nodes: others.iter().enumerate().map(part).collect(),
            links: Vec::new(),
        },
    ])
}

/// Makes one node of several, wherever they stand: `into` stays, takes what stands
/// beneath the others and what they say beside their text, and names them.
pub fn merge(outline: &Outline, into: Uuid, others: &[Uuid], title: &str) -> Result<Vec<Step>> {
    let at = outline.index(into)?;
    let within = |one: usize, other: usize| (one..outline.end(one)).contains(&other);
    let mut gone: Vec<usize> = vec![at];
    let mut content = outline.nodes[at].content.clone();
    let mut steps = Vec::new();
    let mut last = outline
        .last_beneath(Some(at))
        .map(|last| outline.nodes[last].identifier);
    for other in others {
        let from = outline.index(*other)?;
        if gone.iter().any(|one| within(*one, from) || within(from, *one)) {
            let message = "What stands beneath another cannot be made one with it.";
            return Err(AppError::field("others", message));
        }
        gone.push(from);
        gather(&mut content, &outline.nodes[from]);
        let beneath = from + 1..outline.end(from);
        let depth = outline.nodes[from].depth + 1;
        for child in beneath.filter(|child| outline.nodes[*child].depth == depth) {
            let identifier = outline.nodes[child].identifier;
            let place = Place {
                parent: Some(into),
                after: last,
            };
            steps.push(Step::Move { identifier, place });
            last = Some(identifier);
        }
        steps.extend(links(outline, *other, into, others));
        let abroad = outline.abroad.iter().filter(|abroad| abroad.from == *other).cloned();
        steps.extend(abroad.map(|abroad| Step::Refer {
            abroad: Abroad { from: into, ..abroad },
        }));
        steps.push(Step::Remove { identifier: *other });
    }
    let fields = [
        ("title", json!(title)),
        ("description", json!(content.description)),
        ("description_format", json!(content.description_format)),
        ("knowledge", json!(content.knowledge)),
        ("skills", json!(content.skills)),
        ("attitudes", json!(content.attitudes)),
        ("behaviours", json!(content.behaviours)),
        ("notes", json!(content.notes)),
        ("topics", json!(content.topics)),
        ("sources", json!(content.sources)),
        ("levels", json!(content.levels)),
        ("came_from", json!(content.came_from)),
    ];
    steps.push(set(into, &fields));
    Ok(steps)
}

fn set(identifier: Uuid, fields: &[(&str, Value)]) -> Step {
    let fields: Fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    Step::Set {
        identifier,
        fields,
        expects: None,
    }
}

fn gather(into: &mut Content, other: &Node) {
    let said = &other.content;
    if into.description.is_empty() {
        into.description_format.clone_from(&said.description_format);
    }
    if said.description_format == into.description_format || said.description.is_empty() {
        join(&mut into.description, &said.description);
    } else {
        // Of two ways to write, what both become is kept.
        let mut both = as_html(into);
        join(&mut both, &as_html(said));
        into.description = both;
        "html".clone_into(&mut into.description_format);
    }
    for (level, words) in said.levels.iter().enumerate() {
        if into.levels.len() <= level {
            into.levels.push(String::new());
        }
        join(&mut into.levels[level], words);
    }
    join(&mut into.notes, &said.notes);
    union(&mut into.knowledge, &said.knowledge);
    union(&mut into.skills, &said.skills);
    union(&mut into.attitudes, &said.attitudes);
    union(&mut into.behaviours, &said.behaviours);
    union(&mut into.topics, &said.topics);
    union(&mut into.sources, &said.sources);
    union(&mut into.came_from, &[other.identifier.to_string()]);
    union(&mut into.came_from, &said.came_from);
}

fn as_html(content: &Content) -> String {
    rendered(&content.description, format_of(&content.description_format))
}

fn join(into: &mut String, text: &str) {
    if !text.is_empty() && into != text {
        let between = if into.is_empty() { "" } else { "\n\n" };
        *into = format!("{into}{between}{text}");
    }
}

fn union<T: Clone + PartialEq>(into: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !into.contains(one) {
            into.push(one.clone());
        }
    }
}

/// What referred to a node that goes refers to the one that stays.
fn links(outline: &Outline, gone: Uuid, into: Uuid, others: &[Uuid]) -> Vec<Step> {
    let away = |end: Uuid| if end == gone { into } else { end };
    let left = |end: &Uuid| *end == gone || !others.contains(end);
    outline
        .links
        .iter()
        .filter(|link| link.from == gone || link.to == gone)
        .filter(|link| left(&link.from) && left(&link.to))
        .map(|link| Link {
            from: away(link.from),
            to: away(link.to),
            ..link.clone()
        })
        .filter(|link| link.from != link.to)
        .map(|link| Step::Link { link })
        .collect()
}

/// Adds what was pasted at a place.
pub fn paste(place: Place, rows: &[Pasted], key: Uuid) -> Step {
    let node = |(at, row): (usize, &Pasted)| Node {
        identifier: keyed(key, at),
        depth: row.depth as usize,
        content: Content {
            title: row.title.clone(),
            code: row.code.clone(),
            kind_label: row.kind.clone(),
            description: row.description.clone(),
            description_format: "markdown".into(),
            knowledge: row.knowledge.clone(),
            skills: row.skills.clone(),
            attitudes: row.attitudes.clone(),
            behaviours: row.behaviours.clone(),
            extra: "null".into(),
            ..Content::default()
        },
    };
    Step::Add {
        place,
        nodes: rows.iter().enumerate().map(node).collect(),
        links: Vec::new(),
    }
}
