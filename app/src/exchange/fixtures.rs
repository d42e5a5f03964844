//! Sets and files for the tests of this module.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use uuid::Uuid;

use super::{ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeReference, ExchangeSet, RELATED_TO, TextFormat};

/// A file among the shared test data, or nothing, said so on standard error.
pub fn real_file(test: &str, path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("CARREL_TEST_DATA").map(PathBuf::from);
    let found = folder.and_then(|folder| std::fs::read(folder.join(path)).ok());
    // Once a test: the runner counts these lines.
    static SKIPPED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut skipped = SKIPPED.lock().unwrap_or_else(PoisonError::into_inner);
    if found.is_none() && skipped.insert(test.to_owned()) {
        // In one write: tests run side by side.
        let line = format!("SKIPPED: {test}\n");
        eprint!("{line}");
    }
    found
}

fn node(number: u128, parent: Option<u128>, code: &str, title: &str) -> ExchangeNode {
    ExchangeNode {
        identifier: Uuid::from_u128(number),
        parent: parent.map(Uuid::from_u128),
        code: Some(code.to_owned()).filter(|code| !code.is_empty()),
        kind: Some(if parent.is_none() { "domain" } else { "skill" }.into()),
        title: title.into(),
        ..ExchangeNode::default()
    }
}

/// A set as Carrel itself holds it, with a little of everything.
pub fn native() -> ExchangeSet {
    let base = 0x0b2e_9dd4_2d2c_4c7e_8e6c_0000_0000_0000_u128;
    let mut first = node(base + 1, None, "LM", "Lending & returns");
    first.description = "What happens at the *desk*.\n\n- a list".into();
    let mut second = node(
        base + 2,
        Some(base + 1),
        "LM.1",
        "=Issues, renews and takes back items, whatever they are, for every reader who comes to the desk or writes",
    );
    second.details = ExchangeDetails {
        knowledge: vec!["Loan rules <all>".into(), "Two\nlines".into()],
        behaviours: vec!["Asks, then acts".into()],
        ..ExchangeDetails::default()
    };
    let mut third = node(base + 3, Some(base + 1), "", "Keeps queues short");
    third.description = "<p>Short &amp; <b>friendly</b></p>".into();
    third.description_format = TextFormat::Html;
    let mut fourth = node(base + 4, None, "-2", "Collections");
    fourth.description = "plain <text>".into();
    fourth.description_format = TextFormat::Plain;
    let reference = |from: u128, to: u128, kind: &str| ExchangeReference {
        from: Uuid::from_u128(base + from),
        to: Uuid::from_u128(base + to),
        kind: kind.into(),
        extra: Value::Null,
    };
    let level = |label: &str, description: &str| ExchangeLevel {
        label: label.into(),
        description: description.into(),
    };
    ExchangeSet {
        identifier: Uuid::from_u128(base),
        title: "Library management".into(),
        description: "A set.".into(),
        language: Some("en".into()),
        creator: Some("Carrel".into()),
        licence: Some("CC BY 4.0".into()),
        scale: vec![
            level("None, yet", "Has not met it."),
            level("Some", ""),
            level("Strong", "Teaches it."),
        ],
        nodes: vec![first, second, third, fourth],
        references: vec![
            reference(2, 3, RELATED_TO),
            reference(2, 4, "precedes"),
            reference(3, 4, "isChildOf"),
        ],
        ..ExchangeSet::default()
    }
}

/// Just enough of JSON Schema for the official file: references, types, keys,
/// required keys, lists, enumerations.
fn check(schema: &Value, root: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return check(&root["$defs"][name], root, value, at, wrong);
    }
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("number") => value.is_number(),
        _ => true,
    };
    let listed = schema["enum"].as_array().is_none_or(|list| list.contains(value));
    if !fits || !listed {
        wrong.push(format!("{at}: {value}"));
    }
    for key in schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if value.get(key).is_none() {
            wrong.push(format!("{at}: no {key}"));
        }
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(known) => check(known, root, inner, &format!("{at}.{key}"), wrong),
            None if schema["additionalProperties"] == json!(false) => wrong.push(format!("{at}: {key}?")),
            None => {}
        }
    }
    if let (Some(list), Some(inner)) = (value.as_array(), schema.get("items")) {
        list.iter()
            .for_each(|one| check(inner, root, one, &format!("{at}[]"), wrong));
    }
}

/// That this package is valid against the official schema, where that is at hand.
pub fn assert_valid(test: &str, package: &Value) {
    let Some(bytes) = real_file(test, "case/case-v1p1-cfpackage.json") else {
        return;
    };
    let schema: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    assert!(schema["$defs"].is_object());
    let mut wrong = Vec::new();
    check(&schema, &schema, package, "package", &mut wrong);
    assert_eq!(wrong, Vec::<String>::new());
}
