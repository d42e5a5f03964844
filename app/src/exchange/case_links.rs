//! Identifiers and links of CASE, as strictly as they are written and as
//! loosely as they are met.

use serde_json::{Value, json};
use uuid::Uuid;

use super::text::{cut, tidy};
use super::{ExchangeOrigin, ExchangeSet};

/// Any UUID: upper case, braces and `urn:uuid:` too.
pub(super) fn as_uuid(value: &Value) -> Option<Uuid> {
    Uuid::try_parse(value.as_str()?.trim()).ok()
}

/// The UUID that an address ends with, as CASE addresses do.
pub(super) fn uuid_in_uri(uri: &str) -> Option<Uuid> {
    let path = uri.split(['?', '#']).next()?.trim_end_matches('/');
    let last = path.rsplit(['/', ':']).next()?;
    Uuid::try_parse(last).ok()
}

/// What a link points to: its identifier, or the UUID of its address.
pub(super) fn target(link: &Value) -> Option<Uuid> {
    match link {
        Value::String(uri) => as_uuid(link).or_else(|| uuid_in_uri(uri)),
        other => as_uuid(other.get("identifier")?).or_else(|| uuid_in_uri(other.get("uri")?.as_str()?)),
    }
}

/// A complete LinkURI out of an object that lacks something, or of a bare
/// address. An identifier that is missing is derived from the address.
pub(super) fn link(value: &Value) -> Option<Value> {
    let part = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .map(tidy)
            .filter(|text| !text.is_empty())
    };
    let uri = value.as_str().map(tidy).or_else(|| part("uri"));
    let identifier = match (target(value), &uri) {
        (Some(identifier), _) => identifier,
        (None, Some(uri)) if !uri.is_empty() => Uuid::new_v5(&Uuid::NAMESPACE_URL, uri.as_bytes()),
        _ => return None,
    };
    let uri = uri.unwrap_or_else(|| identifier.urn().to_string());
    let title = part("title").unwrap_or_else(|| uri.clone());
    Some(json!({ "title": title, "identifier": identifier.to_string(), "uri": uri }))
}

/// A complete LinkGenURI: a link that may say what kind of thing it points to.
pub(super) fn end(value: &Value) -> Option<Value> {
    let mut link = link(value)?;
    let kind = value.get("targetType").and_then(Value::as_str);
    if let Some(kind) = kind.filter(|kind| *kind == "CASE" || association_type(kind) == **kind) {
        link["targetType"] = kind.into();
    }
    Some(link)
}

/// The kinds of association of CASE 1.1 §CFAssociation.
const KINDS: [&str; 10] = [
    "isChildOf",
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
    "isTranslationOf",
];

/// The association type as CASE spells it. OpenSALT and others write words
/// ("Is Child Of"); a word CASE does not know becomes an `ext:` type.
pub(super) fn association_type(given: &str) -> String {
    let letters = |text: &str| {
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    if let Some(known) = KINDS.iter().find(|known| letters(known) == letters(given)) {
        return (*known).to_owned();
    }
    let own = given.strip_prefix("ext:").unwrap_or(given);
    let own: String = own
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || ".-_".contains(*c))
        .collect();
    match own.as_str() {
        "" => "ext:unnamed".into(),
        own => format!("ext:{}", cut(own, 90)),
    }
}

/// What a package that was read says of nodes of other sets: where it was read
/// from keeps it, this tells it apart.
pub fn outside(set: &ExchangeSet) -> Vec<ExchangeOrigin> {
    let told = kept(&set.extra).filter_map(said);
    told.filter(|origin| KINDS.contains(&origin.kind.as_str())).collect()
}

/// The same of kinds of its own too, each with the address it gives.
pub fn leading_out(extra: &Value) -> Vec<(ExchangeOrigin, String)> {
    let told = kept(extra).filter_map(|association| {
        let address = association.pointer("/destinationNodeURI/uri").and_then(Value::as_str);
        Some((said(association)?, address.unwrap_or_default().to_owned()))
    });
    told.collect()
}

/// The associations that are kept for the way back.
pub(super) fn kept(extra: &Value) -> impl Iterator<Item = &Value> {
    let kept = extra.pointer("/case/associations").and_then(Value::as_array);
    kept.into_iter().flatten()
}

/// What an association refers to; of a parent, nothing.
pub(super) fn said(association: &Value) -> Option<ExchangeOrigin> {
    let end = |key: &str| association.get(key).and_then(target);
    let title = association.pointer("/destinationNodeURI/title").and_then(Value::as_str);
    let kind = association.get("associationType").and_then(Value::as_str)?;
    Some(ExchangeOrigin {
        from: end("originNodeURI")?,
        to: end("destinationNodeURI")?,
        title: title.unwrap_or_default().to_owned(),
        kind: kind.to_owned(),
        by_hand: false,
    })
    .filter(|origin| origin.kind != super::case_hierarchy::CHILD_OF)
}

/// What an association says beside its ends and its kind. Its identifier and
/// address are made anew where it is written.
pub(super) fn leftover(association: &Value) -> Value {
    let known = [
        "identifier",
        "uri",
        "associationType",
        "originNodeURI",
        "destinationNodeURI",
    ];
    let object = association.as_object().into_iter().flatten();
    let beside = object.filter(|(key, _)| !known.contains(&key.as_str()));
    Value::Object(beside.map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// What a package says of other sets just as a curator wrote it is the curator's:
/// so a set that was written here comes back as it went out.
pub fn adopt(set: &mut ExchangeSet, current: &ExchangeSet) {
    let written: std::collections::HashSet<_> = current
        .origins
        .iter()
        .filter(|one| one.by_hand)
        .map(|one| (one.from, one.to, one.kind.as_str()))
        .collect();
    let mut own = Vec::new();
    if let Some(Value::Array(kept)) = set.extra.pointer_mut("/case/associations") {
        kept.retain(|association| {
            let alone = leftover(association).as_object().is_some_and(serde_json::Map::is_empty);
            let known = |one: &ExchangeOrigin| written.contains(&(one.from, one.to, one.kind.as_str()));
            let theirs = said(association).filter(|one| alone && known(one));
            own.extend(theirs.clone());
            theirs.is_none()
        });
    }
    if !own.is_empty() {
        without_nothing(&mut set.extra);
    }
    set.origins
        .extend(own.into_iter().map(|one| ExchangeOrigin { by_hand: true, ..one }));
}

/// Takes out of what is kept of a package what it says of these; answers with that,
/// whole.
pub fn forget(extra: &mut Value, gone: impl Fn(&ExchangeOrigin) -> bool) -> Vec<Value> {
    let mut out = Vec::new();
    if let Some(Value::Array(kept)) = extra.pointer_mut("/case/associations") {
        kept.retain(|association| {
            let goes = said(association).is_some_and(|origin| gone(&origin));
            if goes {
                out.push(association.clone());
            }
            !goes
        });
    }
    if !out.is_empty() {
        without_nothing(extra);
    }
    out
}

/// What is empty is not kept.
fn without_nothing(extra: &mut Value) {
    if let Some(Value::Object(case)) = extra.get_mut("case") {
        let none = case
            .get("associations")
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty);
        if none {
            case.remove("associations");
        }
        if case.is_empty()
            && let Some(extra) = extra.as_object_mut()
        {
            extra.remove("case");
        }
    }
    if extra.as_object().is_some_and(serde_json::Map::is_empty) {
        *extra = Value::Null;
    }
}

/// Puts back what was taken out.
pub fn put_back(extra: &mut Value, associations: Vec<Value>) {
    if !extra.is_object() {
        *extra = json!({});
    }
    let case = &mut extra["case"];
    if !case.is_object() {
        *case = json!({});
    }
    match &mut case["associations"] {
        Value::Array(kept) => kept.extend(associations),
        none => *none = Value::Array(associations),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0b2e9dd4-2d2c-4c7e-8e6c-0d8a7a3f1c11";

    #[test]
    fn links_are_met_in_many_shapes() {
        let upper = ID.to_uppercase();
        for value in [
            json!(ID),
            json!(upper),
            json!(format!("https://x.org/CFItems/{ID}")),
            json!(format!("urn:uuid:{ID}")),
            json!({ "identifier": upper, "uri": "" }),
            json!({ "identifier": "none", "uri": format!("https://x.org/a/{ID}/?v=1") }),
        ] {
            assert_eq!(target(&value).map(|id| id.to_string()).as_deref(), Some(ID), "{value}");
            assert!(link(&value).is_some_and(|link| link["identifier"] == ID && link["uri"].is_string()));
        }
        for value in [json!({}), json!(""), json!(7), json!([]), json!({ "title": "x" })] {
            assert!(link(&value).is_none(), "{value}");
        }
    }

    #[test]
    fn association_types_are_spelt_as_the_standard_does() {
        assert_eq!(association_type("Is Child Of"), "isChildOf");
        assert_eq!(association_type("ext:x.y-z"), "ext:x.y-z");
        assert_eq!(association_type("ext:a b\"<"), "ext:ab");
        assert_eq!(association_type("“”"), "ext:unnamed");
    }

    #[test]
    fn what_a_package_says_of_other_sets_is_taken_out_and_put_back() {
        let association = |to: &str, kind: &str| {
            json!({ "associationType": kind, "originNodeURI": { "identifier": ID },
                "destinationNodeURI": { "identifier": to, "title": "There", "uri": "https://x.org/1" } })
        };
        let other = "0b2e9dd4-2d2c-4c7e-8e6c-0d8a7a3f1c12";
        let first = json!({ "case": { "associations": [association(other, "precedes"), association(other, "ext:own"),
            association(other, "isChildOf")] } });
        let mut extra = first.clone();
        let told = leading_out(&extra);
        let kinds: Vec<&str> = told.iter().map(|(origin, _)| origin.kind.as_str()).collect();
        assert_eq!(
            (kinds.as_slice(), told[0].1.as_str()),
            (&["precedes", "ext:own"][..], "https://x.org/1")
        );
        let gone = forget(&mut extra, |origin| origin.kind == "precedes");
        assert_eq!((gone.len(), leading_out(&extra).len()), (1, 1));
        assert_eq!(
            forget(&mut extra, |origin| origin.kind == "precedes"),
            Vec::<Value>::new()
        );
        put_back(&mut extra, gone);
        assert_eq!(extra["case"]["associations"].as_array().map(Vec::len), Some(3));
        let mut alone = json!({ "case": { "associations": [association(other, "precedes")] } });
        let gone = forget(&mut alone, |_| true);
        assert_eq!(alone, Value::Null, "nothing is kept of nothing");
        put_back(&mut alone, gone);
        assert_eq!(alone["case"]["associations"][0], first["case"]["associations"][0]);
    }
}
