//! Brings what was read into the shape of its class, and completes what is
//! written. Both go by the table of classes, so that neither forgets a key.

use serde_json::{Map, Number, Value, json};
use uuid::Uuid;

use super::case_classes::{Class, Kind};
use super::case_links::{as_uuid, end, link};
use super::report::Report;
use super::text::{cut, tidy};

use Kind::{Date, End, Extension, Identifier, Integer, Link, Links, Many, Text, Texts};

/// Brings an object into the shape of its class. Everything that had to be
/// understood rather than read is counted as a leniency; keys the class does
/// not know move to its extensions. Change times are not kept: what is written
/// carries the time it was published at.
pub(super) fn normalise(class: &Class, value: Value, report: &mut Report) -> Map<String, Value> {
    let Value::Object(given) = value else { return Map::new() };
    let place = place(class, &given);
    let mut shaped = Map::new();
    let mut unknown = Map::new();
    let extensible = class.keys.iter().any(|(_, kind)| matches!(kind, Extension));
    for key in class.required.iter().filter(|key| !given.contains_key(**key)) {
        report.lenient(&format!("{}.{key} is missing", class.name), &place);
    }
    for (key, value) in given {
        let name = format!("{}.{}", class.name, cut(&key, 100));
        if value.is_null() {
            report.lenient(&format!("{name} is null instead of left out"), &place);
        } else if let Some((_, kind)) = class.keys.iter().find(|(known, _)| *known == key) {
            if let Some(value) = accept(*kind, value, &key, &place, class, report) {
                shaped.insert(key, value);
            }
        } else if matches!(key.as_str(), "CFDocumentURI" | "CFPackageURI") {
            let message = format!(
                "Items name their document or package again, which a package says once ({key}); it is read all the same"
            );
            report.lenient(&message, &place);
        } else if key != "lastChangeDateTime" {
            let fate = if extensible { "kept as an extension" } else { "left out" };
            report.lenient(&format!("{name} is not part of CASE 1.1; {fate}"), &place);
            unknown.insert(key, value);
        }
    }
    if extensible && !unknown.is_empty() {
        let own = shaped.entry("extensions").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(own) = own {
            for (key, value) in unknown {
                own.entry(key).or_insert(value);
            }
        }
    }
    shaped
}

/// `CFItem <identifier>`, as problems name it.
pub(super) fn place(class: &Class, object: &Map<String, Value>) -> String {
    let own = ["identifier", "uri", "title"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str());
    format!("{} {}", class.name, cut(own.unwrap_or("without identifier"), 200))
}

fn accept(kind: Kind, value: Value, key: &str, place: &str, class: &Class, report: &mut Report) -> Option<Value> {
    let name = class.name;
    let mut lenient = |what: &str| report.lenient(&format!("{name}.{key} {what}"), place);
    let accepted = match (kind, value) {
        (Text, Value::String(text)) => Some(Value::String(tidy(&text))),
        (Text, Value::Array(list)) => {
            lenient("is a list instead of a text");
            let texts: Vec<String> = list.iter().filter_map(scalar_text).collect();
            (!texts.is_empty()).then(|| Value::String(texts.join("; ")))
        }
        (Text, Value::Object(link)) => {
            lenient("is an object instead of a text");
            link.get("title")
                .or_else(|| link.get("uri"))
                .and_then(scalar_text)
                .map(Value::String)
        }
        (Text, other) => {
            lenient("is not a text");
            scalar_text(&other).map(Value::String)
        }
        (Texts, Value::Array(list)) => {
            let texts = list.iter().filter_map(scalar_text).map(Value::String);
            Some(Value::Array(texts.collect()))
        }
        (Texts, other) => {
            lenient("is a text instead of a list");
            scalar_text(&other).map(|text| Value::Array(vec![Value::String(text)]))
        }
        (Integer, value) if value.is_i64() => Some(value),
        (Integer, value) => number(&value).map(|number| {
            lenient("is not a whole number");
            // Saturates: an order is all that it is used for.
            Value::from(number as i64)
        }),
        (Kind::Number, value) if value.is_number() => Some(value),
        (Kind::Number, value) => number(&value).and_then(Number::from_f64).map(Value::Number),
        (Date, value) => date(&value).map(|date| {
            if value.as_str() != Some(date.as_str()) {
                lenient("is a date with a time");
            }
            Value::String(date)
        }),
        (Identifier, value) => match as_uuid(&value) {
            Some(uuid) => {
                let uuid = uuid.to_string();
                if value.as_str() != Some(uuid.as_str()) {
                    lenient("is not in lower case");
                }
                Some(Value::String(uuid))
            }
            // Kept to name the object by, where it is the object's own.
            None => Some(value).filter(|value| key == "identifier" && value.is_string()),
        },
        (Link | End, value) => {
            let whole = ["title", "identifier", "uri"]
                .iter()
                .all(|key| value.get(key).is_some_and(Value::is_string));
            if !whole {
                lenient("is not a full link (title, identifier, uri)");
            }
            if matches!(kind, End) { end(&value) } else { link(&value) }
        }
        (Links, Value::Array(list)) => Some(Value::Array(list.iter().filter_map(link).collect())),
        (Links, other) => {
            lenient("is one link instead of a list");
            link(&other).map(|link| Value::Array(vec![link]))
        }
        (Extension, Value::Object(map)) => Some(Value::Object(map)),
        (Extension, other) => {
            lenient("is not an object");
            Some(Value::Object(Map::from_iter([("value".to_owned(), other)])))
        }
        (Many(inner), value) => {
            let all = many(inner, key, value, place, report);
            return Some(Value::Array(
                all.into_iter()
                    .map(|one| Value::Object(normalise(inner, one, report)))
                    .collect(),
            ));
        }
    };
    if accepted.is_none() {
        report.lenient(&format!("{name}.{key} could not be read and is left out"), place);
    }
    accepted
}

/// A list of objects, with the wrappers found in real packages taken off:
/// `{"CFItems": [..]}` within `CFItems`, `{"CFItem": {..}}` within a list.
pub(super) fn many(class: &Class, key: &str, value: Value, place: &str, report: &mut Report) -> Vec<Value> {
    let list = match value {
        Value::Array(list) => list,
        Value::Object(mut wrapper) => {
            report.lenient(&format!("{key} is wrapped or stands alone"), place);
            match wrapper.remove(key) {
                Some(Value::Array(list)) => list,
                Some(other) => vec![other],
                // Some name the one within the many.
                None => match wrapper.remove(class.name) {
                    Some(Value::Array(list)) => list,
                    Some(other) => vec![json!({ class.name: other })],
                    None => vec![Value::Object(wrapper)],
                },
            }
        }
        Value::Null => {
            report.lenient(&format!("{key} is null instead of left out"), place);
            Vec::new()
        }
        other => vec![other],
    };
    let mut objects = Vec::with_capacity(list.len());
    for (at, one) in list.into_iter().enumerate() {
        match one {
            Value::Object(mut wrapper)
                if wrapper.len() == 1 && wrapper.get(class.name).is_some_and(Value::is_object) =>
            {
                report.lenient(&format!("{} is wrapped", class.name), place);
                objects.extend(wrapper.remove(class.name));
            }
            Value::Object(map) => objects.push(Value::Object(map)),
            _ => report.refuse(
                format!("{key}, entry {}", at + 1),
                format!("This is not a {} (a JSON object).", class.name),
            ),
        }
    }
    objects
}

/// Adds what the class requires and the object lacks, so that what was kept
/// from elsewhere is valid when it is written again.
pub(super) fn complete(class: &Class, object: &mut Map<String, Value>, seed: &Uuid, base: &str, last_change: &str) {
    let title = object
        .get("title")
        .and_then(Value::as_str)
        .unwrap_or(class.name)
        .to_owned();
    let identifier = object.get("identifier").and_then(as_uuid).unwrap_or_else(|| {
        let content = Value::Object(object.clone()).to_string();
        Uuid::new_v5(seed, format!("{}:{content}", class.name).as_bytes())
    });
    object.insert("identifier".into(), identifier.to_string().into());
    let plural = class
        .name
        .replace("CFRubricCriterionLevel", "CFRubric")
        .replace("CFRubricCriterion", "CFRubric");
    object
        .entry("uri")
        .or_insert_with(|| format!("{base}/{plural}s/{identifier}").into());
    for key in class.required {
        let value = if *key == "hierarchyCode" { "1" } else { title.as_str() };
        object.entry(*key).or_insert_with(|| value.into());
    }
    object.insert("lastChangeDateTime".into(), last_change.into());
    for (key, kind) in class.keys {
        if let (Many(inner), Some(Value::Array(list))) = (kind, object.get_mut(*key)) {
            for one in list.iter_mut().filter_map(Value::as_object_mut) {
                complete(inner, one, &identifier, base, last_change);
            }
        }
    }
}

fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(tidy(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    number.filter(|number: &f64| number.is_finite())
}

/// The day of a date or date-time, when it is one.
fn date(value: &Value) -> Option<String> {
    let day = value.as_str()?.trim().get(..10)?;
    let mut parts = day.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, of_month) = (parts.next()??, parts.next()??, parts.next()??);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    };
    let shape = day
        .bytes()
        .enumerate()
        .all(|(at, byte)| (byte == b'-') == (at == 4 || at == 7));
    (shape && (1..=12).contains(&month) && (1..=days).contains(&of_month)).then(|| day.to_owned())
}
