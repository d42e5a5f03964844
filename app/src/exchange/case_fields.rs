//! Single fields of CASE objects, taken out as they are interpreted: what is
//! left of an object is what Carrel does not use and keeps.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::case_links::{as_uuid, uuid_in_uri};
use super::report::Report;
use super::text::{bounded, clean_html};
use super::{TextFormat, bounds};

pub(super) type Object = Map<String, Value>;

/// Before the names of Carrel's own extensions.
pub(super) const OWN: &str = "carrel:";

/// Written as the creator where none is known, since CASE requires one.
pub(super) const NO_CREATOR: &str = "Unknown";

/// Notes or a description, within bounds, and safe where it is HTML.
pub(super) fn described(text: String, format: TextFormat, place: &str, report: &mut Report) -> String {
    let text = bounded(text, "description", bounds::DESCRIPTION, place, report);
    if format == TextFormat::Html {
        clean_html(&text, place, report)
    } else {
        text
    }
}

pub(super) fn identifier(object: &Object) -> Option<Uuid> {
    let own = object.get("identifier").and_then(as_uuid);
    own.or_else(|| uuid_in_uri(object.get("uri")?.as_str()?))
}

pub(super) fn format_of(object: &mut Object) -> TextFormat {
    let given = own_extension(object, "descriptionFormat").unwrap_or_default();
    serde_json::from_value(given).unwrap_or_default()
}

pub(super) fn take(object: &mut Object, key: &str) -> String {
    match object.remove(key) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    }
}

/// Takes one of Carrel's own extensions, and the extensions with it when that
/// was the last one.
pub(super) fn own_extension(object: &mut Object, name: &str) -> Option<Value> {
    let extensions = object.get_mut("extensions")?.as_object_mut()?;
    let found = extensions.remove(&format!("{}{name}", OWN));
    if extensions.is_empty() {
        object.remove("extensions");
    }
    found
}

pub(super) fn keep(extra: &mut Object, key: &str, value: Value) {
    let empty = match &value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    if !empty {
        extra.insert(key.into(), value);
    }
}

pub(super) fn extra(case: Object, moodle: Option<Value>) -> Value {
    let mut extra = Object::new();
    keep(&mut extra, "case", Value::Object(case));
    keep(
        &mut extra,
        "moodle",
        moodle.filter(Value::is_object).unwrap_or_default(),
    );
    if extra.is_empty() {
        Value::Null
    } else {
        Value::Object(extra)
    }
}
