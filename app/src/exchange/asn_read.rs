//! Reads a standards document of the Achievement Standards Network as RDF/JSON:
//! subject → property → list of values. `hasChild` makes the tree.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::case_fields::Object;
use super::case_links::uuid_in_uri;
use super::report::Report;
use super::text::{bounded, cut, line, seen, some, tidy};
use super::tree::{Planted, in_tree_order};
use super::{ExchangeNode, ExchangeReference, ExchangeSet, Format, Parsed, bounds, json as json_text};

const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
pub(super) const ASN: &str = "http://purl.org/ASN/schema/core/";
const TERMS: &str = "http://purl.org/dc/terms/";
const ELEMENTS: &str = "http://purl.org/dc/elements/1.1/";
const HAS_CHILD: &str = "http://purl.org/gem/qualifiers/hasChild";
const CHILD_OF: &str = "http://purl.org/gem/qualifiers/isChildOf";
const EXACT: &str = "http://www.w3.org/2004/02/skos/core#exactMatch";

/// Whether a JSON text is of this format.
pub(super) fn is_asn(text: &str) -> bool {
    text.contains(ASN) && !text.contains("\"CFDocument\"")
}

pub(super) fn read(text: &str, mut report: Report) -> Parsed {
    let set = match json_text::read(text) {
        Ok((Value::Object(graph), _)) => read_graph(&graph, &mut report),
        Ok(_) => {
            report.refuse(
                "file",
                "This speaks of the Achievement Standards Network, but is not RDF/JSON.",
            );
            None
        }
        Err(message) => {
            report.refuse("file", message);
            None
        }
    };
    report.into_parsed(Some(Format::Asn), set)
}

/// One subject of the graph.
struct Subject<'a> {
    uri: &'a str,
    properties: &'a Object,
}

impl<'a> Subject<'a> {
    fn values(&self, property: &str) -> Vec<&'a str> {
        let list = self.properties.get(property).and_then(Value::as_array);
        let values = list.into_iter().flatten();
        values.filter_map(|value| value.get("value")?.as_str()).collect()
    }

    /// The first value of the first of these properties that has one.
    fn first(&self, properties: &[(&str, &str)]) -> String {
        let mut found = properties
            .iter()
            .flat_map(|(space, name)| self.values(&format!("{space}{name}")))
            .map(tidy)
            .filter(|text| !text.is_empty());
        found.next().unwrap_or_default()
    }

    fn is(&self, class: &str) -> bool {
        self.values(TYPE).contains(&format!("{ASN}{class}").as_str())
    }

    fn identifier(&self) -> Uuid {
        identifier(self.uri)
    }
}

/// Addresses of the network are no UUIDs; the same one always gives the same.
fn identifier(uri: &str) -> Uuid {
    uuid_in_uri(uri).unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, uri.as_bytes()))
}

fn read_graph(graph: &Object, report: &mut Report) -> Option<ExchangeSet> {
    let subjects = graph.iter().filter_map(|(uri, value)| {
        Some(Subject {
            uri,
            properties: value.as_object()?,
        })
    });
    let (documents, others): (Vec<_>, Vec<_>) = subjects.partition(|subject| subject.is("StandardDocument"));
    let Some(document) = documents.first() else {
        report.refuse(
            "file",
            "There is no StandardDocument in this file, so the set has no name.",
        );
        return None;
    };
    for further in documents.iter().skip(1) {
        report.skip(place(further.uri), "This is a second document; only the first is read.");
    }
    let mut statements: Vec<Subject> = Vec::new();
    for subject in others {
        if subject.is("Statement") {
            statements.push(subject);
        } else {
            report.lenient(
                "Something that is neither a document nor a statement is left out",
                &place(subject.uri),
            );
        }
    }
    if statements.len() > report.limits.nodes {
        let message = format!(
            "The set has {} statements; at most {} can be imported.",
            statements.len(),
            report.limits.nodes
        );
        report.refuse("file", message);
        statements.truncate(report.limits.nodes);
    }
    let mut set = read_document(document, report);
    let hanging = Hanging::of(document, &statements);
    let mut nodes: Vec<(usize, Planted)> = Vec::new();
    for statement in &statements {
        let Some(mut node) = read_statement(statement, report) else {
            continue;
        };
        let (parent, position) = hanging.place_of(statement, document.uri);
        node.parent = parent.map(identifier);
        let place = place(statement.uri);
        if parent.is_none() && position == usize::MAX {
            report.lenient("A statement has no parent; it stands at the top", &place);
        }
        nodes.push((
            position,
            Planted {
                node,
                place,
                parent_name: parent.unwrap_or_default().to_owned(),
            },
        ));
    }
    nodes.sort_by_key(|(position, _)| *position);
    set.nodes = in_tree_order(nodes.into_iter().map(|(_, planted)| planted).collect(), report);
    let held: HashSet<Uuid> = set.nodes.iter().map(|node| node.identifier).collect();
    set.references = hanging.further;
    if set.references.len() > report.limits.references {
        let message = format!(
            "More than {} statements have a second parent; no more can be kept.",
            report.limits.references
        );
        report.refuse("file", message);
    }
    set.references
        .retain(|one| held.contains(&one.from) && held.contains(&one.to));
    for one in &set.references {
        report.note(
            "file",
            format!(
                "{} has more than one parent; the further one is kept as a reference.",
                one.from
            ),
        );
    }
    Some(set)
}

/// Who stands beneath whom, and where.
struct Hanging<'a> {
    places: HashMap<&'a str, (&'a str, usize)>,
    further: Vec<ExchangeReference>,
}

impl<'a> Hanging<'a> {
    fn of(document: &Subject<'a>, statements: &[Subject<'a>]) -> Self {
        let mut hanging = Self {
            places: HashMap::new(),
            further: Vec::new(),
        };
        for parent in std::iter::once(document).chain(statements) {
            for (position, child) in parent.values(HAS_CHILD).into_iter().enumerate() {
                hanging.hang(child, parent.uri, position);
            }
        }
        for child in statements {
            for parent in child.values(CHILD_OF) {
                hanging.hang(child.uri, parent, usize::MAX);
            }
        }
        hanging
    }

    fn hang(&mut self, child: &'a str, parent: &'a str, position: usize) {
        match self.places.get(child) {
            None => drop(self.places.insert(child, (parent, position))),
            Some((first, _)) if *first == parent => {}
            Some(_) if self.further.len() <= bounds::REFERENCES => self.further.push(ExchangeReference {
                from: identifier(child),
                to: identifier(parent),
                kind: super::case_hierarchy::CHILD_OF.into(),
                extra: Value::Null,
            }),
            Some(_) => {}
        }
    }

    fn place_of(&self, statement: &Subject, document: &str) -> (Option<&'a str>, usize) {
        match self.places.get(statement.uri) {
            // Above all others, so that it is not taken for one without a place.
            Some((parent, position)) if *parent == document => (None, (*position).min(usize::MAX - 1)),
            Some((parent, position)) => (Some(*parent), *position),
            None => (None, usize::MAX),
        }
    }
}

fn read_document(document: &Subject, report: &mut Report) -> ExchangeSet {
    let place = place(document.uri);
    let text = |names: &[(&str, &str)], what: &str, limit: usize, report: &mut Report| {
        bounded(document.first(names), what, limit, &place, report)
    };
    let title = line(&text(
        &[(ELEMENTS, "title"), (TERMS, "title")],
        "title",
        bounds::STATEMENT,
        report,
    ));
    if title.is_empty() {
        report.refuse(place.as_str(), "The document has no title.");
    }
    let names = [
        (ELEMENTS, "creator"),
        (TERMS, "creator"),
        (ELEMENTS, "publisher"),
        (TERMS, "publisher"),
    ];
    let rights = [
        (TERMS, "license"),
        ("http://creativecommons.org/ns#", "license"),
        (TERMS, "rights"),
    ];
    ExchangeSet {
        identifier: document.identifier(),
        title,
        description: text(&[(TERMS, "description")], "description", bounds::DESCRIPTION, report),
        language: some(last_part(&text(
            &[(TERMS, "language"), (ELEMENTS, "language")],
            "language",
            bounds::CODE,
            report,
        ))),
        creator: some(line(&text(&names, "creator", bounds::STATEMENT, report))),
        licence: some(line(&text(&rights, "licence", bounds::STATEMENT, report))),
        extra: kept(document.uri, Map::new(), &[]),
        ..ExchangeSet::default()
    }
}

fn read_statement(statement: &Subject, report: &mut Report) -> Option<ExchangeNode> {
    let place = place(statement.uri);
    let title = statement.first(&[(TERMS, "description"), (TERMS, "title"), (ELEMENTS, "title")]);
    let title = seen(title, &place, report);
    if title.is_empty() {
        report.refuse(place, "The statement has no words (dcterms:description).");
        return None;
    }
    let mut short = |names: &[(&str, &str)], what: &str| {
        some(bounded(
            line(&statement.first(names)),
            what,
            bounds::CODE,
            &place,
            report,
        ))
    };
    let code = short(
        &[
            (ASN, "statementNotation"),
            (ASN, "altStatementNotation"),
            (ASN, "listID"),
        ],
        "code",
    );
    let kind = short(&[(ASN, "statementLabel")], "kind");
    let language = short(&[(TERMS, "language")], "language");
    let levels: Vec<String> = statement
        .values(&format!("{TERMS}educationLevel"))
        .into_iter()
        .map(last_part)
        .collect();
    let mut case = Map::new();
    if !levels.is_empty() {
        case.insert("educationLevel".into(), levels.into());
    }
    if let Some(language) = language {
        case.insert("language".into(), last_part(&language).into());
    }
    let used = [
        "statementNotation",
        "altStatementNotation",
        "listID",
        "statementLabel",
        "comment",
        "identifier",
    ];
    let unused: BTreeMap<&str, &Value> = statement
        .properties
        .iter()
        .filter(|(name, _)| name.strip_prefix(ASN).is_some_and(|own| !used.contains(&own)))
        .map(|(name, value)| (name.as_str(), value))
        .collect();
    for name in unused.keys() {
        report.lenient(&format!("{} is not used", cut(name, 200)), &place);
    }
    let extra = kept(statement.uri, case, &statement.values(EXACT));
    Some(ExchangeNode {
        identifier: statement.identifier(),
        code,
        kind,
        title: bounded(title, "statement", bounds::STATEMENT, &place, report),
        description: bounded(
            statement.first(&[(ASN, "comment")]),
            "comment",
            bounds::DESCRIPTION,
            &place,
            report,
        ),
        extra: if extra.to_string().len() > bounds::EXTRA_BYTES {
            Value::Null
        } else {
            extra
        },
        ..ExchangeNode::default()
    })
}

/// What is kept under CASE's words, so that it goes out in packages.
fn kept(uri: &str, mut case: Object, exact: &[&str]) -> Value {
    let mut extensions = Map::from_iter([("asn:uri".to_owned(), uri.into())]);
    if !exact.is_empty() {
        extensions.insert("asn:exactMatch".into(), exact.into());
    }
    case.insert("extensions".into(), Value::Object(extensions));
    json!({ "case": case })
}

/// `eng` of `http://id.loc.gov/vocabulary/iso639-2/eng`.
fn last_part(uri: &str) -> String {
    let last = uri.trim_end_matches('/').rsplit(['/', '#']).next();
    line(last.unwrap_or(uri))
}

fn place(uri: &str) -> String {
    cut(uri, 200).to_owned()
}

#[cfg(test)]
#[path = "asn_tests.rs"]
mod tests;
