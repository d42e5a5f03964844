//! CASE packages read, written, and read again.

use serde_json::{Value, json};
use uuid::Uuid;

use super::fixtures::{assert_valid, native};
use super::{ExchangeOrigin, ExchangeSet, Parsed, Severity, case, compare, moodle_csv, parse};

mod broken;

const NOW: &str = "2026-05-04T09:30:00Z";

fn id(number: u32) -> String {
    format!("aaaaaaaa-0000-4000-8000-{number:012}")
}

fn item(number: u32, statement: &str) -> Value {
    json!({ "identifier": id(number), "fullStatement": statement, "uri": "u", "lastChangeDateTime": NOW })
}

fn link(number: u32) -> Value {
    json!({ "title": "t", "identifier": id(number), "uri": "u" })
}

fn association(kind: &str, from: u32, to: u32, sequence: Option<i64>) -> Value {
    let mut association = json!({
        "identifier": id(1_000 + from * 10 + to), "associationType": kind, "uri": "u",
        "originNodeURI": link(from), "destinationNodeURI": link(to), "lastChangeDateTime": NOW,
    });
    if let Some(sequence) = sequence {
        association["sequenceNumber"] = sequence.into();
    }
    association
}

/// A package whose document has the number 0.
fn package(items: Vec<Value>, associations: Vec<Value>) -> Value {
    json!({
        "CFDocument": {
            "identifier": id(0), "uri": "u", "creator": "c", "title": "Set", "lastChangeDateTime": NOW,
        },
        "CFItems": items,
        "CFAssociations": associations,
    })
}

fn read(value: &Value) -> Parsed {
    parse("package.json", value.to_string().as_bytes())
}

fn set(parsed: Parsed) -> ExchangeSet {
    parsed.set.unwrap_or_default()
}

fn titles(set: &ExchangeSet) -> Vec<&str> {
    set.nodes.iter().map(|node| node.title.as_str()).collect()
}

fn places(parsed: &Parsed, severity: Severity) -> Vec<&str> {
    let of = parsed.problems.iter().filter(|problem| problem.severity == severity);
    of.map(|problem| problem.place.as_str()).collect()
}

#[test]
fn what_carrel_writes_opens_again_as_the_same_set() {
    let set = native();
    let written = case::emit(&set, set.identifier, "https://carrel.example/", NOW);
    let parsed = parse("x.json", written.to_string().as_bytes());
    assert_eq!(parsed.leniencies, []);
    assert_eq!(places(&parsed, Severity::Refused), [""; 0]);
    assert_eq!(parsed.set.as_ref(), Some(&set));
    assert!(parsed.importable().is_some_and(|again| compare(&set, again).is_empty()));
    assert_eq!(
        written["CFDocument"]["uri"],
        format!("https://carrel.example/ims/case/v1p1/CFDocuments/{}", set.identifier)
    );
    let notes = written["CFItems"][1]["notes"].as_str().unwrap_or_default();
    assert!(notes.starts_with("**Knowledge**\n\n- Loan rules"), "{notes}");
}

#[test]
fn what_carrel_writes_is_valid() {
    assert_valid(
        "what_carrel_writes_is_valid",
        &case::emit(&native(), native().identifier, "https://x", NOW),
    );
    assert_valid(
        "what_carrel_writes_is_valid",
        &case::emit(&ExchangeSet::default(), Uuid::nil(), "", NOW),
    );
}

#[test]
fn siblings_follow_sequence_then_enumeration_then_code_then_file() {
    let mut items: Vec<_> = (1..=7).map(|number| item(number, &number.to_string())).collect();
    items[2]["humanCodingScheme"] = "A.10".into();
    items[3]["humanCodingScheme"] = "A.9".into();
    items[4]["listEnumeration"] = "2".into();
    let mut associations = vec![
        association("isChildOf", 1, 0, Some(20)),
        association("isChildOf", 2, 0, Some(3)),
    ];
    associations.extend((3..=6).map(|number| association("isChildOf", number, 0, None)));
    associations.push(association("isChildOf", 7, 2, Some(1)));
    let set = set(read(&package(items, associations)));
    assert_eq!(titles(&set), ["2", "7", "1", "5", "4", "3", "6"]);
    assert_eq!(set.nodes[1].parent, Some(set.nodes[0].identifier));
}

#[test]
fn real_packages_are_read_without_complaint_and_leniencies_listed() {
    let mut first = item(1, "One");
    first["identifier"] = id(1).to_uppercase().into();
    first["CFDocumentURI"] = link(0);
    first["educationLevel"] = "09".into();
    first["statusStartDate"] = "2024-02-29T00:00:00+00:00".into();
    first["notes"] = json!(["a", "b"]);
    first["abbreviatedStatement"] = Value::Null;
    first["alignments"] = json!([1]);
    first["CFItemTypeURI"] = json!({ "title": "Standard", "identifier": id(50), "uri": "u" });
    let mut bare = package(
        vec![json!({ "CFItem": first })],
        vec![association("Is Child Of", 1, 0, None)],
    );
    bare["CFDocument"]["subject"] = "Libraries".into();
    bare["CFDocument"]["CFPackageURI"] = link(9);
    bare["CFDocument"]["creator"] = Value::Null;
    bare["CFDefinitions"] = json!({ "CFItemTypes": [{ "identifier": id(50), "uri": "u", "title": "Standard", "hierarchyCode": "1" }], "CFConcepts": null });
    let parsed = read(&json!({ "CFPackage": bare }));
    assert_eq!(parsed.problems, []);
    assert!(parsed.leniencies.len() >= 10, "{:?}", parsed.leniencies);
    let said: Vec<&str> = parsed.leniencies.iter().map(|one| one.message.as_str()).collect();
    for message in [
        "The package is wrapped in CFPackage",
        "CFItem is wrapped",
        "Items name their document or package again, which a package says once (CFDocumentURI); it is read all the same",
        "Items name their document or package again, which a package says once (CFPackageURI); it is read all the same",
        "CFItem.identifier is not in lower case",
        "CFItem.abbreviatedStatement is null instead of left out",
        "CFItem.educationLevel is a text instead of a list",
        "CFItem.notes is a list instead of a text",
        "CFItem.statusStartDate is a date with a time",
        "CFDocument.subject is a text instead of a list",
        "CFDocument.creator is null instead of left out",
        "CFItemType.description is missing",
        "An association type is not spelt as in CASE 1.1",
    ] {
        assert!(said.contains(&message), "{message} in {said:?}");
    }
    let set = parsed.set.unwrap_or_default();
    let node = &set.nodes[0];
    assert_eq!(
        (node.identifier.to_string(), node.description.as_str()),
        (id(1), "a; b")
    );
    assert_eq!(node.kind.as_deref(), Some("Standard"));
    assert_eq!(node.extra["case"]["educationLevel"], json!(["09"]));
    assert_eq!(node.extra["case"]["statusStartDate"], "2024-02-29");
    let written = case::emit(&set, set.identifier, "https://x", NOW);
    assert_valid(
        "real_packages_are_read_without_complaint_and_leniencies_listed",
        &written,
    );
    assert_eq!(written["CFItems"][0]["extensions"]["alignments"], json!([1]));
    assert_eq!(written["CFItems"][0]["CFItemTypeURI"]["identifier"], id(50));
    let again = set_of(&written);
    assert!(compare(&set, &again).unchanged.len() == 1);
    // Nothing is added on a second way round.
    assert_eq!(case::emit(&again, again.identifier, "https://x", NOW), written);
}

fn set_of(written: &Value) -> ExchangeSet {
    let parsed = read(written);
    assert_eq!(parsed.leniencies, []);
    set(parsed)
}

#[test]
fn packages_of_case_1_0_and_of_other_shapes_are_read() {
    let bare = package(
        vec![item(1, "One"), item(2, "Two")],
        vec![association("isChildOf", 2, 1, None)],
    );
    let whole = set(read(&bare));
    let (items, associations) = (&bare["CFItems"], &bare["CFAssociations"]);
    let with = |key: &str, value: Value| {
        let mut other = bare.clone();
        other[key] = value;
        other
    };
    for value in [
        json!([bare]),
        json!({ "CFPackage": bare }),
        with("CFDocument", json!({ "CFDocument": bare["CFDocument"] })),
        with("CFItems", json!({ "CFItems": items })),
        with("CFItems", json!({ "CFItem": items })),
        with("CFItems", json!([{ "CFItem": items[0] }, { "CFItem": items[1] }])),
        with("CFAssociations", json!({ "CFAssociation": associations[0] })),
        with("CFDefinitions", Value::Null),
        with("CFRubrics", json!([])),
    ] {
        let parsed = read(&value);
        assert!(!parsed.refused(), "{value}: {:?}", parsed.problems);
        assert!(compare(&whole, parsed.set.as_ref().unwrap()).is_empty(), "{value}");
    }
    // Version 1.0 has no version of its own and other creators of links.
    let mut old = bare.clone();
    old["CFItems"][0]["CFItemTypeURI"] = json!({ "title": "Skill", "identifier": id(50), "uri": "u" });
    old["CFItems"][0]["conceptKeywordsURI"] =
        json!({ "title": "k", "identifier": "odd", "uri": "https://x.example/k" });
    old["CFDocument"]["licenseURI"] = "https://creativecommons.org/licenses/by/4.0/".into();
    let old = set(read(&old));
    assert_eq!(old.nodes[0].kind.as_deref(), Some("Skill"));
    assert_eq!(
        old.licence.as_deref(),
        Some("https://creativecommons.org/licenses/by/4.0/")
    );
}

#[test]
fn foreign_parts_are_kept_for_the_way_back() {
    let mut value = package(
        vec![item(1, "One"), item(2, "Two")],
        vec![
            association("isChildOf", 1, 0, Some(1)),
            association("isChildOf", 2, 1, Some(1)),
            association("exactMatchOf", 1, 77, None),
            association("isChildOf", 2, 0, Some(9)),
        ],
    );
    value["CFAssociations"][1]["notes"] = "why".into();
    value["CFDocument"]["licenseURI"] =
        json!({ "title": "CC BY 4.0", "identifier": id(60), "uri": "https://creativecommons.org/licenses/by/4.0/" });
    value["CFDocument"]["extensions"] = json!({ "x": 1 });
    value["extensions"] = json!({ "y": 2 });
    value["CFRubrics"] = json!([
        { "identifier": id(70), "uri": "u", "CFRubricCriteria": [{ "identifier": id(71), "uri": "u", "CFItemURI": link(1), "CFRubricCriterionLevels": [{ "quality": "one item" }] }] },
        { "identifier": id(72), "uri": "u", "title": "Ours", "CFRubricCriteria": [{ "CFRubricCriterionLevels": [{ "quality": "Low", "score": "1", "feedback": "f" }, { "quality": "High", "score": 2 }] }] },
    ]);
    let parsed = read(&value);
    let said: Vec<&str> = parsed.leniencies.iter().map(|one| one.message.as_str()).collect();
    for message in [
        "The levels of a rubric are taken as the proficiency scale",
        "A rubric is not used as the scale; it is kept for the way back",
        "An association leads out of the set; it is kept for the way back",
    ] {
        assert!(said.contains(&message), "{message} in {said:?}");
    }
    let set = set(parsed);
    assert_eq!((set.licence.as_deref(), set.scale.len()), (Some("CC BY 4.0"), 2));
    let written = case::emit(&set, set.identifier, "https://x", NOW);
    assert_valid("foreign_parts_are_kept_for_the_way_back", &written);
    let text = written.to_string();
    for kept in [
        id(60),
        id(70),
        id(72),
        id(77),
        "why".into(),
        "\"x\":1".into(),
        "\"y\":2".into(),
        "feedback".into(),
    ] {
        assert!(text.contains(&kept), "{kept}");
    }
    let parsed = read(&written);
    let departures = parsed
        .leniencies
        .iter()
        .filter(|one| !one.message.contains("kept for the way back") && !one.message.contains("taken as the"));
    assert_eq!(departures.count(), 0);
    let again = parsed.set.unwrap_or_default();
    // Kept parts that lacked identifiers have them now; nothing else differs.
    let plan = compare(&set, &again);
    assert_eq!((plan.unchanged.len(), plan.set_fields), (2, vec!["extra".to_owned()]));
    assert_eq!(case::emit(&again, again.identifier, "https://x", NOW), written);
}

#[test]
fn what_curators_wrote_beside_travels_and_stays_valid() {
    let mut first = native();
    first.nodes[1].remarks = super::ExchangeRemarks {
        notes: Some("For trainers.".into()),
        topics: Some(vec!["desks".into(), "loans".into()]),
        sources: Some(vec![super::ExchangeSource {
            title: "A handbook".into(),
            ..super::ExchangeSource::default()
        }]),
        levels: Some(vec![String::new(), "Does so with help".into()]),
        ..super::ExchangeRemarks::default()
    };
    let package = case::emit(&first, first.identifier, "https://carrel.example", NOW);
    assert_valid("remarks", &package);
    assert_eq!(package["CFItems"][1]["conceptKeywords"], json!(["desks", "loans"]));
    let again = set(read(&package));
    assert_eq!(again.nodes[1], first.nodes[1]);
    assert!(compare(&first, &again).is_empty());
}

#[test]
fn what_other_sets_hold_is_written_and_read_back_as_what_leads_there() {
    let mut set = native();
    let own = [set.nodes[1].identifier, set.nodes[2].identifier];
    let other = |kind: &str, from: Uuid, number: u32, title: &str| ExchangeOrigin {
        from,
        to: id(number).parse().unwrap_or_default(),
        title: title.into(),
        kind: kind.into(),
        by_hand: false,
    };
    set.origins = vec![
        other("exactMatchOf", own[0], 901, "As it was"),
        other("isTranslationOf", own[1], 902, "Anders gesagt"),
        // What is not of this set leads nowhere.
        other("isRelatedTo", Uuid::nil(), 903, "Gone"),
    ];
    let written = case::emit(&set, set.identifier, "https://carrel.example", NOW);
    assert_valid("what_other_sets_hold", &written);
    let parsed = parse("x.json", written.to_string().as_bytes());
    let again = parsed.set.clone().unwrap_or_default();
    assert_eq!(case::outside(&again), set.origins[..2]);
    assert_eq!(places(&parsed, Severity::Refused), [""; 0]);
    // Written once more it is the same, also where both are known.
    let twice = case::emit(&again, set.identifier, "https://carrel.example", NOW);
    assert_eq!(twice["CFAssociations"], written["CFAssociations"]);
    let both = ExchangeSet {
        origins: set.origins.clone(),
        ..again
    };
    let thrice = case::emit(&both, set.identifier, "https://carrel.example", NOW);
    assert_eq!(thrice["CFAssociations"], written["CFAssociations"]);
    let uri = &written["CFAssociations"].as_array().and_then(|all| all.last()).cloned();
    let uri = uri.as_ref().map(|one| one["destinationNodeURI"]["uri"].clone());
    assert_eq!(
        uri,
        Some(format!("https://carrel.example/ims/case/v1p1/CFItems/{}", id(902)).into())
    );
}
