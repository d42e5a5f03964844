//! Packages that are broken, hostile, or too large.

use super::*;

#[test]
fn every_problem_names_its_item() {
    let mut nameless = item(3, " ");
    nameless["abbreviatedStatement"] = "".into();
    let mut odd = item(4, "x");
    odd["identifier"] = "A.1".into();
    let items = vec![
        item(1, "One"),
        item(2, "Two"),
        nameless,
        odd,
        item(1, "Again"),
        item(5, &"x".repeat(2_001)),
        item(6, "Circle"),
        item(7, "Circle"),
        item(8, "Orphan"),
        item(9, "No parent"),
        json!(7),
    ];
    let mut broken = association("isRelatedTo", 1, 2, None);
    broken["originNodeURI"] = json!({});
    let associations = vec![
        association("isChildOf", 1, 0, None),
        association("isChildOf", 2, 1, None),
        association("isChildOf", 2, 5, None),
        association("isChildOf", 5, 0, None),
        association("isChildOf", 6, 7, None),
        association("isChildOf", 7, 6, None),
        association("isChildOf", 8, 88, None),
        broken,
    ];
    let parsed = read(&package(items, associations));
    let refused = places(&parsed, Severity::Refused).join("\n");
    for place in [3, 1, 5, 6, 7, 8].map(|number| format!("CFItem {}", id(number))) {
        assert!(refused.contains(&place), "{place} in {refused}");
    }
    assert!(
        refused.contains("CFItem A.1 (entry 4)") && refused.contains("CFItems, entry 11"),
        "{refused}"
    );
    assert_eq!(places(&parsed, Severity::Skipped).len(), 1);
    assert_eq!(places(&parsed, Severity::Noted).len(), 1);
    assert!(parsed.refused() && parsed.importable().is_none());
    let set = set(parsed);
    assert_eq!(titles(&set), ["One", "Two", &"x".repeat(2_000), "No parent"]);
    assert_eq!(set.references.len(), 1);
}

#[test]
fn json_that_is_no_package_says_what_it_is() {
    for (value, word) in [
        (json!({ "imsx_codeMajor": "failure" }), "error answer"),
        (json!({ "CFDocuments": [] }), "list of CASE documents"),
        (json!({ "CFItems": [] }), "no CFDocument"),
        (item(1, "x"), "single CASE item"),
        (json!([]), "not a CASE package"),
        (json!({}), "not a CASE package"),
    ] {
        let parsed = read(&value);
        assert!(
            parsed.set.is_none() && parsed.problems[0].message.contains(word),
            "{value}"
        );
    }
    for text in ["{\"CFDocument\":", "{\"CFDocument\":{}} tail"] {
        assert!(parse("x.json", text.as_bytes()).refused());
    }
}

#[test]
fn hostile_packages_never_panic() {
    let hostile = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!("x"),
        json!([]),
        json!([[{}], null]),
        json!({}),
        json!({ "title": { "a": 1 } }),
        json!("a\u{0}\u{202e}"),
    ];
    let keys = [
        "CFDocument",
        "CFItems",
        "CFAssociations",
        "CFDefinitions",
        "CFRubrics",
        "extensions",
    ];
    let full = case::emit(&native(), native().identifier, "https://x", NOW);
    for value in &hostile {
        for key in keys {
            let mut broken = full.clone();
            broken[key] = value.clone();
            again(&broken);
        }
        for class in [
            "CFDocument",
            "CFItems/1",
            "CFAssociations/5",
            "CFRubrics/0",
            "CFDefinitions/CFItemTypes/0",
            "CFDefinitions",
        ] {
            let found = full.pointer(&format!("/{class}")).and_then(Value::as_object);
            for key in found.into_iter().flat_map(|object| object.keys()) {
                let mut broken = full.clone();
                if let Some(place) = broken.pointer_mut(&format!("/{class}/{key}")) {
                    *place = value.clone();
                }
                again(&broken);
            }
        }
    }
}

/// Whatever was read can be written, validly, and read again.
fn again(broken: &Value) {
    if let Some(set) = read(broken).set {
        let written = case::emit(&set, set.identifier, "https://x", NOW);
        assert_valid("hostile_packages_never_panic", &written);
        assert!(read(&written).set.is_some());
        assert!(parse("x.csv", moodle_csv::emit(&set).as_bytes()).set.is_some());
    }
}

#[test]
fn html_from_another_system_is_cleaned_in_a_package_too() {
    let mut first = item(1, "One");
    first["notes"] = "<p>x<script>alert(1)</script></p>".into();
    first["extensions"] = json!({ "carrel:descriptionFormat": "html", "carrel:details": { "skills": ["a", 7, ""] } });
    let set = set(read(&package(vec![first], vec![])));
    assert_eq!(set.nodes[0].description, "<p>x</p>");
    assert_eq!(set.nodes[0].details.skills, ["a"]);
    assert_eq!(set.nodes[0].identifier, Uuid::try_parse(&id(1)).unwrap_or_default());
}

#[test]
fn ten_thousand_items_are_read_and_one_more_is_not() {
    let items = |count| (1..=count).map(|number| item(number, "x")).collect::<Vec<_>>();
    let associations = |count| {
        (1..=count)
            .map(|number| association("isChildOf", number, number / 10, Some(1)))
            .collect()
    };
    let parsed = read(&package(items(10_000), associations(10_000)));
    assert!(
        parsed
            .importable()
            .is_some_and(|set| set.nodes.len() == 10_000 && set.counts().depth == 5)
    );
    assert!(read(&package(items(10_001), vec![])).refused());
}
