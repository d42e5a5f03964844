//! What the service of CASE 1.1 answers, taken out of packages.
//!
//! <https://www.imsglobal.org/spec/CASE/v1p1>

use serde_json::{Value, json};
use uuid::Uuid;

use super::case_write::{base, emit};
use super::{ExchangeSet, case_fields::Object};

/// What the service is asked for: the endpoints of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Document,
    Package,
    Item,
    ItemAssociations,
    /// One object that a package holds in a list of its own.
    Listed(&'static str),
    /// One object with those beneath it by their hierarchy codes.
    Tree(&'static str),
}

const LISTED: &[&str] = &["CFAssociations", "CFAssociationGroupings", "CFLicenses", "CFRubrics"];
const TREES: &[&str] = &["CFConcepts", "CFItemTypes", "CFSubjects"];

/// What is found only in the packages that define it.
pub const CATALOGUED: [&str; 7] = [
    "CFAssociations",
    "CFAssociationGroupings",
    "CFConcepts",
    "CFItemTypes",
    "CFLicenses",
    "CFRubrics",
    "CFSubjects",
];

impl Class {
    /// By its word in addresses.
    pub fn parse(word: &str) -> Option<Self> {
        let one_of = |words: &[&'static str]| words.iter().copied().find(|own| *own == word);
        match word {
            "CFDocuments" => Some(Self::Document),
            "CFPackages" => Some(Self::Package),
            "CFItems" => Some(Self::Item),
            "CFItemAssociations" => Some(Self::ItemAssociations),
            _ => one_of(LISTED)
                .map(Self::Listed)
                .or_else(|| one_of(TREES).map(Self::Tree)),
        }
    }
}

/// The objects of a class in a package.
pub fn objects<'a>(package: &'a Value, class: &str) -> &'a [Value] {
    let found = package
        .get(class)
        .or_else(|| package.get("CFDefinitions")?.get(class))
        .and_then(Value::as_array);
    found.map_or(&[], Vec::as_slice)
}

/// The document alone, as it is listed. The set needs no nodes for it.
pub fn document(set: &ExchangeSet, document: Uuid, base_url: &str, last_change: &str) -> Value {
    let mut package = emit(set, document, base_url, last_change);
    alone(package["CFDocument"].take(), document, base_url)
}

/// The object of this identifier in the package of a set; for an item alone
/// the set need hold no other.
pub fn answer(
    class: Class,
    identifier: Uuid,
    set: &ExchangeSet,
    document: Uuid,
    base_url: &str,
    last_change: &str,
) -> Option<Value> {
    let package = emit(set, document, base_url, last_change);
    let own = identifier.to_string();
    let one = |list: &'static str| objects(&package, list).iter().find(|object| names(object, &own));
    let within = || link(&package, "CFDocuments", document, base_url);
    match class {
        Class::Package => Some(package),
        Class::Document => Some(alone(package["CFDocument"].clone(), document, base_url)),
        Class::Item => Some(with(one("CFItems")?, "CFDocumentURI", within())),
        Class::ItemAssociations => {
            let end = |association: &Value, end: &str| association.get(end).is_some_and(|end| names(end, &own));
            let of = |association: &&Value| end(association, "originNodeURI") || end(association, "destinationNodeURI");
            let associations: Vec<&Value> = objects(&package, "CFAssociations").iter().filter(of).collect();
            Some(json!({
                "CFItem": with(one("CFItems")?, "CFDocumentURI", within()),
                "CFAssociations": associations,
            }))
        }
        Class::Listed("CFAssociations") => Some(with(one("CFAssociations")?, "CFDocumentURI", within())),
        Class::Listed(list) => one(list).cloned(),
        Class::Tree(list) => {
            let found = one(list)?;
            let code = hierarchy_code(found);
            let children = objects(&package, list).iter().filter(|other| {
                let rest = hierarchy_code(other).strip_prefix(code);
                !code.is_empty() && rest.is_some_and(|rest| rest.starts_with(|next: char| !next.is_alphanumeric()))
            });
            let all: Vec<&Value> = std::iter::once(found).chain(children).collect();
            Some(json!({ list: all }))
        }
    }
}

fn hierarchy_code(object: &Value) -> &str {
    object.get("hierarchyCode").and_then(Value::as_str).unwrap_or_default()
}

fn names(object: &Value, identifier: &str) -> bool {
    object.get("identifier").and_then(Value::as_str) == Some(identifier)
}

/// Outside its package a document says where that is.
fn alone(document: Value, identifier: Uuid, base_url: &str) -> Value {
    let whole = json!({ "CFDocument": document });
    let package = link(&whole, "CFPackages", identifier, base_url);
    with(&whole["CFDocument"], "CFPackageURI", package)
}

fn link(package: &Value, class: &str, document: Uuid, base_url: &str) -> Value {
    json!({
        "title": package["CFDocument"]["title"],
        "identifier": document.to_string(),
        "uri": format!("{}/{class}/{document}", base(base_url)),
    })
}

fn with(object: &Value, key: &str, value: Value) -> Value {
    let mut object: Object = object.as_object().cloned().unwrap_or_default();
    object.insert(key.into(), value);
    Value::Object(object)
}
