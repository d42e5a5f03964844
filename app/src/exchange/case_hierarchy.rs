//! CASE associations sorted into the tree (isChildOf), references within the
//! set, and what leads out of it. CASE 1.1 §CFAssociation: only isChildOf makes
//! the hierarchy, its origin is the child, and items at the top are children of
//! the CFDocument.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};
use uuid::Uuid;

use super::ExchangeReference;
use super::case_classes::ASSOCIATION;
use super::case_links::{association_type, target};
use super::case_shape::place;
use super::report::Report;
use super::text::natural;
use super::tree::Planted;

pub(super) const CHILD_OF: &str = "isChildOf";

/// Where a node hangs: its parent (none: the document) and its place there.
struct Hanging {
    parent: Option<Uuid>,
    sequence: Option<i64>,
    extra: Value,
}

pub(super) struct Hierarchy {
    /// The document, also by the UUID of its address where the two differ.
    document: [Option<Uuid>; 2],
    known: HashSet<Uuid>,
    hanging: HashMap<Uuid, Hanging>,
    /// The first parent that is not in the package, by child.
    absent: HashMap<Uuid, Uuid>,
    seen: HashSet<(Uuid, Uuid, String)>,
    pub references: Vec<ExchangeReference>,
    /// Associations with an end outside the set, whole.
    pub outside: Vec<Value>,
}

impl Hierarchy {
    pub fn new(document: Uuid, alias: Option<Uuid>, known: HashSet<Uuid>) -> Self {
        Self {
            document: [Some(document), alias],
            known,
            hanging: HashMap::new(),
            absent: HashMap::new(),
            seen: HashSet::new(),
            references: Vec::new(),
            outside: Vec::new(),
        }
    }

    pub fn add(&mut self, mut association: Map<String, Value>, report: &mut Report) {
        let place = place(&ASSOCIATION, &association);
        let end = |key: &str| association.get(key).and_then(target);
        let (Some(from), Some(to)) = (end("originNodeURI"), end("destinationNodeURI")) else {
            report.skip(place, "The association does not say what it connects; it is left out.");
            return;
        };
        let Some(given) = association.get("associationType").and_then(Value::as_str) else {
            report.skip(place, "The association has no type; it is left out.");
            return;
        };
        let kind = association_type(given);
        if kind != given {
            report.lenient("An association type is not spelt as in CASE 1.1", &place);
            association.insert("associationType".into(), kind.as_str().into());
        }
        let top = self.document.contains(&Some(to));
        let inside = self.known.contains(&from) && (top || self.known.contains(&to));
        if !self.seen.insert((from, to, kind.clone())) {
            report.lenient("An association is repeated", &place);
        } else if kind == CHILD_OF && inside && !self.hanging.contains_key(&from) {
            let sequence = association.get("sequenceNumber").and_then(Value::as_i64);
            let parent = (!top).then_some(to);
            let hanging = Hanging {
                parent,
                sequence,
                extra: leftover(association, true),
            };
            self.hanging.insert(from, hanging);
        } else if inside && !top {
            if kind == CHILD_OF {
                report.note(
                    place,
                    "The item has more than one parent; the further one is kept as a reference.",
                );
            }
            self.refer(
                ExchangeReference {
                    from,
                    to,
                    kind,
                    extra: leftover(association, false),
                },
                report,
            );
        } else {
            if kind == CHILD_OF && self.known.contains(&from) && !top {
                self.absent.entry(from).or_insert(to);
            }
            report.lenient(
                "An association leads out of the set; it is kept for the way back",
                &place,
            );
            self.outside.push(Value::Object(association));
        }
    }

    fn refer(&mut self, reference: ExchangeReference, report: &mut Report) {
        if self.references.len() < report.limits.references {
            self.references.push(reference);
        } else {
            report.refuse(
                "file",
                format!("The set has more than {} associations.", report.limits.references),
            );
        }
    }

    /// Hangs every node below its parent, siblings in order: by sequence
    /// number, then enumeration, then code as people count, then as in the file.
    pub fn place(&mut self, nodes: Vec<(Planted, String)>, report: &mut Report) -> Vec<Planted> {
        let mut sorted: Vec<(Option<i64>, String, Planted)> = Vec::with_capacity(nodes.len());
        for (mut planted, enumeration) in nodes {
            let own = planted.node.identifier;
            let mut sequence = None;
            if let Some(hanging) = self.hanging.remove(&own) {
                planted.node.parent = hanging.parent;
                sequence = hanging.sequence;
                keep_association(&mut planted.node.extra, hanging.extra);
            } else if let Some(absent) = self.absent.get(&own) {
                planted.node.parent = Some(*absent);
            } else {
                report.lenient("An item has no parent; it stands at the top", &planted.place);
            }
            planted.parent_name = planted.node.parent.map(|id| id.to_string()).unwrap_or_default();
            sorted.push((sequence, enumeration, planted));
        }
        sorted.sort_by(|(sequence_a, enumeration_a, a), (sequence_b, enumeration_b, b)| {
            last_if_none(sequence_a.as_ref(), sequence_b.as_ref(), Ord::cmp)
                .then_with(|| by_code(enumeration_a, enumeration_b))
                .then_with(|| {
                    let code = |planted: &Planted| planted.node.code.clone().unwrap_or_default();
                    by_code(&code(a), &code(b))
                })
        });
        sorted.into_iter().map(|(_, _, planted)| planted).collect()
    }
}

/// What an association says beyond its ends and its type. Its identifier and
/// address are made anew when it is written.
fn leftover(mut association: Map<String, Value>, in_tree: bool) -> Value {
    for key in [
        "identifier",
        "uri",
        "associationType",
        "originNodeURI",
        "destinationNodeURI",
    ] {
        association.remove(key);
    }
    if in_tree {
        association.remove("sequenceNumber");
    }
    if association.is_empty() {
        Value::Null
    } else {
        Value::Object(association)
    }
}

fn keep_association(extra: &mut Value, association: Value) {
    if association.is_null() {
        return;
    }
    if !extra.is_object() {
        *extra = Value::Object(Map::new());
    }
    if !extra["case"].is_object() {
        extra["case"] = Value::Object(Map::new());
    }
    extra["case"]["CFAssociation"] = association;
}

fn by_code(a: &str, b: &str) -> Ordering {
    let given = |code: &str| !code.is_empty();
    last_if_none(Some(a).filter(|a| given(a)), Some(b).filter(|b| given(b)), |a, b| {
        natural(a, b)
    })
}

fn last_if_none<T>(a: Option<T>, b: Option<T>, order: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => order(&a, &b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
