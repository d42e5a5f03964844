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
    let kept = set.extra.pointer("/case/associations").and_then(Value::as_array);
    let origin = |association: &Value| {
        let end = |key: &str| association.get(key).and_then(target);
        let title = association.pointer("/destinationNodeURI/title").and_then(Value::as_str);
        let kind = association.get("associationType").and_then(Value::as_str)?;
        let told = KINDS.contains(&kind) && kind != super::case_hierarchy::CHILD_OF;
        told.then_some(ExchangeOrigin {
            from: end("originNodeURI")?,
            to: end("destinationNodeURI")?,
            title: title.unwrap_or_default().to_owned(),
            kind: kind.to_owned(),
            by_hand: false,
        })
    };
    kept.into_iter().flatten().filter_map(origin).collect()
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
}
