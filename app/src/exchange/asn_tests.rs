//! Documents of the Achievement Standards Network, read.

use super::super::{case, compare, parse};
use super::*;

fn uri(number: u32) -> String {
    format!("http://asn.jesandco.org/resources/S{number}")
}

fn values(of: &[String]) -> Value {
    of.iter().map(|uri| json!({ "type": "uri", "value": uri })).collect()
}

fn statement(words: &str, children: &[u32]) -> Value {
    let children: Vec<String> = children.iter().map(|number| uri(*number)).collect();
    json!({
        TYPE: [{ "type": "uri", "value": format!("{ASN}Statement") }],
        "http://purl.org/dc/terms/description": [{ "type": "literal", "value": words, "lang": "en-US" }],
        HAS_CHILD: values(&children),
    })
}

fn graph() -> Value {
    let mut document = statement("What it is.", &[2, 1]);
    document[TYPE][0]["value"] = format!("{ASN}StandardDocument").into();
    document["http://purl.org/dc/elements/1.1/title"] = json!([{ "type": "literal", "value": "Library skills" }]);
    let mut noted = statement("Counts", &[]);
    noted[format!("{ASN}statementNotation")] = json!([{ "type": "literal", "value": "L.1" }]);
    noted[format!("{ASN}statementLabel")] = json!([{ "type": "literal", "value": "Skill" }]);
    noted["http://purl.org/dc/terms/educationLevel"] =
        values(&["http://purl.org/ASN/scheme/ASNEducationLevel/9".into()]);
    noted[EXACT] = values(&["urn:x".into()]);
    let mut late = statement("Late", &[]);
    late[CHILD_OF] = values(&[uri(2)]);
    json!({
        "http://asn.jesandco.org/resources/D1": document,
        uri(1): statement("One", &[3]), uri(2): statement("Two", &[4]), uri(3): noted, uri(4): statement("Four", &[]), uri(5): late,
    })
}

fn read(graph: &Value) -> Parsed {
    parse("asn.json", graph.to_string().as_bytes())
}

#[test]
fn a_tree_of_children_is_read_in_its_order() {
    let parsed = read(&graph());
    assert_eq!((parsed.format, &parsed.problems), (Some(Format::Asn), &vec![]));
    let set = parsed.set.unwrap();
    let titles: Vec<&str> = set.nodes.iter().map(|node| node.title.as_str()).collect();
    assert_eq!(titles, ["Two", "Four", "Late", "One", "Counts"]);
    let last = &set.nodes[4];
    assert_eq!(
        (last.code.as_deref(), last.kind.as_deref()),
        (Some("L.1"), Some("Skill"))
    );
    assert_eq!(last.parent, Some(identifier(&uri(1))));
    assert_eq!(last.extra["case"]["educationLevel"], json!(["9"]));
    assert_eq!(
        (set.title.as_str(), set.description.as_str()),
        ("Library skills", "What it is.")
    );
    // It goes out as CASE and comes back the same.
    let package = case::emit(&set, set.identifier, "https://x.example", "2026-05-04T09:30:00Z");
    let again = parse("x.json", package.to_string().as_bytes()).set.unwrap();
    assert!(compare(&set, &again).is_empty(), "{:?}", compare(&set, &again));
}

#[test]
fn circles_orphans_and_other_things_are_named() {
    let mut broken = graph();
    broken[uri(3)][HAS_CHILD] = values(&[uri(1)]);
    broken[uri(6)] = statement("Alone", &[]);
    broken[uri(7)] = json!({ TYPE: [{ "value": "urn:other" }] });
    broken[uri(8)] = statement(" ", &[]);
    let parsed = read(&broken);
    assert_eq!(
        parsed
            .problems
            .iter()
            .filter(|one| one.message.contains("no words"))
            .count(),
        1
    );
    assert!(parsed.leniencies.iter().any(|one| one.message.contains("no parent")));
    assert!(parsed.leniencies.iter().any(|one| one.message.contains("neither")));
    let set = parsed.set.unwrap();
    // One is beneath the document and beneath its own child: the first counts.
    assert_eq!((set.nodes.len(), set.references.len()), (6, 1));
    for value in [json!({ "x": ASN }), json!([ASN]), json!({ uri(1): { TYPE: ASN } })] {
        assert!(read(&value).refused(), "{value}");
    }
}
