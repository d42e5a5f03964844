//! Steps: each answers with the steps that take it back.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::outline::{Abroad, Link, Node, Outline, Place};
use crate::error::{AppError, Result};
use crate::exchange::{ExchangeOrigin, case};
use crate::outlines::model::MOST_ENTRIES;

/// Fields by name, as JSON.
pub type Fields = Map<String, Value>;

const CHANGED: &str = "Somebody changed the same thing since, so this cannot be taken back.";

/// One thing done to an outline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// Nodes with all beneath them, their depths counted from the place.
    Add {
        place: Place,
        nodes: Vec<Node>,
        links: Vec<Link>,
    },
    /// A node with all beneath it and what refers to them.
    Remove {
        identifier: Uuid,
    },
    Move {
        identifier: Uuid,
        place: Place,
    },
    /// Fields of a node; refused where others than `expects` stand there.
    Set {
        identifier: Uuid,
        fields: Fields,
        expects: Option<Fields>,
    },
    /// The same for what holds for the whole.
    Frame {
        fields: Fields,
        expects: Option<Fields>,
    },
    Codes {
        codes: Vec<(Uuid, String)>,
    },
    Link {
        link: Link,
    },
    Unlink {
        link: Link,
    },
    /// Refers to a node of another set.
    Refer {
        abroad: Abroad,
    },
    Unrefer {
        abroad: Abroad,
    },
    /// Takes out what an imported package says of a node of another set.
    Forget {
        from: Uuid,
        to: Uuid,
        kind: String,
    },
    /// Puts it back, as it stood in the package.
    Keep {
        associations: Vec<Value>,
    },
}

/// Takes steps one after the other; answers with those that take all of them
/// back, in their order.
pub fn apply_all(outline: &mut Outline, steps: Vec<Step>) -> Result<Vec<Step>> {
    let mut back = Vec::new();
    for step in steps {
        let mut inverse = outline.apply(step)?;
        inverse.append(&mut back);
        back = inverse;
    }
    Ok(back)
}

impl Outline {
    /// Takes one step; answers with those that take it back. What is refused
    /// may have changed the outline, which is then thrown away.
    pub fn apply(&mut self, step: Step) -> Result<Vec<Step>> {
        let back = match step {
            Step::Add { place, nodes, links } => self.add(place, nodes, links)?,
            Step::Remove { identifier } => self.remove(identifier)?,
            Step::Move { identifier, place } => self.shift(identifier, place)?,
            Step::Set {
                identifier,
                fields,
                expects,
            } => self.set(identifier, fields, expects)?,
            Step::Frame { fields, expects } => self.reframe(fields, expects)?,
            Step::Codes { codes } => self.code(codes)?,
            Step::Link { link } => self.link(link)?,
            Step::Unlink { link } => self.unlink(&link)?,
            Step::Refer { abroad } => self.refer(abroad)?,
            Step::Unrefer { abroad } => self.unrefer(&abroad),
            Step::Forget { from, to, kind } => self.forget(from, to, &kind)?,
            Step::Keep { associations } => self.keep(associations)?,
        };
        self.renumber();
        self.check()?;
        Ok(back)
    }

    fn add(&mut self, place: Place, mut nodes: Vec<Node>, links: Vec<Link>) -> Result<Vec<Step>> {
        let (at, depth) = self.slot(place)?;
        nodes.iter_mut().for_each(|node| node.depth += depth);
        let tops = nodes.iter().filter(|node| node.depth == depth);
        let back = tops
            .map(|node| Step::Remove {
                identifier: node.identifier,
            })
            .collect();
        self.nodes.splice(at..at, nodes);
        let known: std::collections::HashSet<Uuid> = self.nodes.iter().map(|node| node.identifier).collect();
        let whole = links
            .into_iter()
            .filter(|link| known.contains(&link.from) && known.contains(&link.to));
        self.links.extend(whole);
        Ok(back)
    }

    fn remove(&mut self, identifier: Uuid) -> Result<Vec<Step>> {
        let at = self.index(identifier)?;
        let (place, depth, end) = (self.place(at), self.nodes[at].depth, self.end(at));
        let mut nodes: Vec<Node> = self.nodes.drain(at..end).collect();
        nodes.iter_mut().for_each(|node| node.depth -= depth);
        let gone: std::collections::HashSet<Uuid> = nodes.iter().map(|node| node.identifier).collect();
        let touches = |link: &Link| gone.contains(&link.from) || gone.contains(&link.to);
        let (links, left) = std::mem::take(&mut self.links).into_iter().partition(touches);
        self.links = left;
        Ok(vec![Step::Add { place, nodes, links }])
    }

    fn shift(&mut self, identifier: Uuid, mut place: Place) -> Result<Vec<Step>> {
        let at = self.index(identifier)?;
        let (old, depth, end) = (self.place(at), self.nodes[at].depth, self.end(at));
        let own = |other: Uuid| self.nodes[at..end].iter().any(|node| node.identifier == other);
        if place.parent.is_some_and(own) {
            return Err(AppError::Conflict("Nothing can stand beneath itself.".into()));
        }
        if place.after == Some(identifier) {
            place.after = old.after;
        }
        let mut block: Vec<Node> = self.nodes.drain(at..end).collect();
        let (to, deep) = self.slot(place)?;
        block.iter_mut().for_each(|node| node.depth = node.depth - depth + deep);
        self.nodes.splice(to..to, block);
        Ok(vec![Step::Move { identifier, place: old }])
    }

    fn set(&mut self, identifier: Uuid, fields: Fields, expects: Option<Fields>) -> Result<Vec<Step>> {
        let at = self.index(identifier)?;
        let content = &mut self.nodes[at].content;
        let numbered = self.frame.numbered && !content.by_hand;
        let was = overlay(content, &fields, expects, |name| numbered && name == "code")?;
        Ok(vec![Step::Set {
            identifier,
            fields: was,
            expects: Some(fields),
        }])
    }

    fn reframe(&mut self, fields: Fields, expects: Option<Fields>) -> Result<Vec<Step>> {
        let codes: Vec<(Uuid, String)> = self.codes().collect();
        let was = overlay(&mut self.frame, &fields, expects, |_| false)?;
        self.renumber();
        let lost: Vec<_> = codes
            .into_iter()
            .zip(self.codes())
            .filter(|(old, new)| old != new)
            .map(|(old, _)| old)
            .collect();
        let back = Step::Frame {
            fields: was,
            expects: Some(fields),
        };
        Ok(if lost.is_empty() {
            vec![back]
        } else {
            vec![back, Step::Codes { codes: lost }]
        })
    }

    fn codes(&self) -> impl Iterator<Item = (Uuid, String)> {
        self.nodes
            .iter()
            .map(|node| (node.identifier, node.content.code.clone()))
    }

    fn code(&mut self, codes: Vec<(Uuid, String)>) -> Result<Vec<Step>> {
        let mut was = Vec::with_capacity(codes.len());
        let mut places: std::collections::HashMap<Uuid, usize> = self
            .nodes
            .iter()
            .enumerate()
            .map(|(at, node)| (node.identifier, at))
            .collect();
        for (identifier, code) in codes {
            // What was taken out since needs no code.
            if let Some(at) = places.remove(&identifier) {
                let own = &mut self.nodes[at].content.code;
                was.push((identifier, std::mem::replace(own, code)));
            }
        }
        Ok(vec![Step::Codes { codes: was }])
    }

    fn link(&mut self, link: Link) -> Result<Vec<Step>> {
        self.index(link.from)?;
        self.index(link.to)?;
        if link.from == link.to {
            return Err(AppError::Conflict("Nothing refers to itself.".into()));
        }
        if self.has(&link) {
            return Ok(Vec::new());
        }
        if self.links.len() >= crate::exchange::bounds::REFERENCES {
            return Err(AppError::Conflict(
                "A set has no more cross-references than that.".into(),
            ));
        }
        self.links.push(link.clone());
        Ok(vec![Step::Unlink { link }])
    }

    fn unlink(&mut self, link: &Link) -> Result<Vec<Step>> {
        let found = self.links.iter().position(|own| same(own, link));
        Ok(found
            .map(|at| Step::Link {
                link: self.links.remove(at),
            })
            .into_iter()
            .collect())
    }

    fn refer(&mut self, abroad: Abroad) -> Result<Vec<Step>> {
        self.index(abroad.from)?;
        if self.abroad.contains(&abroad) {
            return Ok(Vec::new());
        }
        if self.abroad.iter().filter(|own| own.from == abroad.from).count() >= MOST_ENTRIES {
            let message = format!("A line refers to at most {MOST_ENTRIES} of other sets.");
            return Err(AppError::Conflict(message));
        }
        self.abroad.push(abroad.clone());
        Ok(vec![Step::Unrefer { abroad }])
    }

    fn unrefer(&mut self, abroad: &Abroad) -> Vec<Step> {
        let found = self.abroad.iter().position(|own| own == abroad);
        let back = found.map(|at| Step::Refer {
            abroad: self.abroad.remove(at),
        });
        back.into_iter().collect()
    }

    fn forget(&mut self, from: Uuid, to: Uuid, kind: &str) -> Result<Vec<Step>> {
        let mut kept = self.kept()?;
        let same = |own: &ExchangeOrigin| (own.from, own.to, own.kind.as_str()) == (from, to, kind);
        let associations = case::forget(&mut kept, same);
        if associations.is_empty() {
            return Ok(Vec::new());
        }
        self.kept = kept.to_string();
        Ok(vec![Step::Keep { associations }])
    }

    fn keep(&mut self, associations: Vec<Value>) -> Result<Vec<Step>> {
        let mut alone = Value::Null;
        case::put_back(&mut alone, associations.clone());
        let back = case::leading_out(&alone).into_iter().map(|(own, _)| Step::Forget {
            from: own.from,
            to: own.to,
            kind: own.kind,
        });
        let mut kept = self.kept()?;
        case::put_back(&mut kept, associations);
        self.kept = kept.to_string();
        Ok(back.collect())
    }

    /// What an imported package says beside its nodes.
    pub fn kept(&self) -> Result<Value> {
        if self.kept.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_str(&self.kept).map_err(|error| AppError::internal("what a package says", error))
    }

    /// Whether it is there already, of the same kind.
    pub fn has(&self, link: &Link) -> bool {
        self.links.iter().any(|own| same(own, link))
    }
}

fn same(one: &Link, other: &Link) -> bool {
    (one.from, one.to, &one.kind) == (other.from, other.to, &other.kind)
}

/// Writes fields over something; answers with what stood there. Where other
/// fields are expected there than are, it is refused; `free` ones may differ.
fn overlay<T: Serialize + serde::de::DeserializeOwned>(
    whole: &mut T,
    fields: &Fields,
    expects: Option<Fields>,
    free: impl Fn(&str) -> bool,
) -> Result<Fields> {
    let broken = |error: serde_json::Error| AppError::internal("fields of an outline", error);
    let Value::Object(mut all) = serde_json::to_value(&*whole).map_err(broken)? else {
        return Err(AppError::Internal);
    };
    let unexpected = |(name, value): (&String, &Value)| !free(name) && all.get(name) != Some(value);
    if expects.iter().flatten().any(unexpected) {
        return Err(AppError::Conflict(CHANGED.into()));
    }
    let mut was = Fields::new();
    for (name, value) in fields {
        if let Some(old) = all.insert(name.clone(), value.clone()) {
            was.insert(name.clone(), old);
        }
    }
    *whole = serde_json::from_value(Value::Object(all)).map_err(broken)?;
    Ok(was)
}
