//! Lists of the service of CASE, asked for in every way.

use serde_json::json;

use super::*;

fn asked(pairs: &[(&str, &str)]) -> Result<Query, Ask> {
    let pairs: Vec<(String, String)> = pairs.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
    Query::parse(&pairs)
}

fn titles(pairs: &[(&str, &str)]) -> Vec<String> {
    let documents = ["Rural", "Adult", "Youth"].iter().enumerate();
    let document = |(number, title): (usize, &&str)| json!({ "identifier": number.to_string(), "title": title, "subject": [title, "Libraries"], "language": "en" });
    match asked(pairs).and_then(|query| query.page(documents.map(document).collect())) {
        Ok(page) => page.documents.iter().map(|found| text(found.get("title"))).collect(),
        Err(refusal) => vec![format!("{refusal:?}")],
    }
}

#[test]
fn a_list_is_filtered_sorted_and_cut() {
    assert_eq!(titles(&[]), ["Rural", "Adult", "Youth"]);
    assert_eq!(titles(&[("sort", "title")]), ["Adult", "Rural", "Youth"]);
    assert_eq!(
        titles(&[("sort", "title"), ("orderBy", "desc")]),
        ["Youth", "Rural", "Adult"]
    );
    assert_eq!(titles(&[("sort", "colour")]), ["Rural", "Adult", "Youth"]);
    assert_eq!(titles(&[("limit", "1"), ("offset", "1")]), ["Adult"]);
    assert_eq!(titles(&[("filter", "title~'u'")]), ["Rural", "Adult", "Youth"]);
    assert_eq!(
        titles(&[("filter", "title='Adult' OR title ~ 'yOU' AND language='en'")]),
        ["Adult", "Youth"]
    );
    assert_eq!(titles(&[("filter", "subject='Rural'")]), ["Rural"]);
    assert_eq!(titles(&[("filter", "subject!='Rural'")]), ["Adult", "Youth"]);
    assert_eq!(titles(&[("filter", "title>='Rural'")]), ["Rural", "Youth"]);
}

#[test]
fn pages_say_what_is_around_them() {
    let documents = || {
        (0..25)
            .map(|number| json!({ "title": number.to_string() }))
            .collect::<Vec<_>>()
    };
    let page = asked(&[("limit", "10"), ("offset", "5")])
        .unwrap()
        .page(documents())
        .unwrap();
    assert_eq!(
        (page.total, page.before, page.after, page.last, page.documents.len()),
        (25, Some(0), Some(15), 20, 10)
    );
    assert_eq!(
        asked(&[("limit", "10"), ("offset", "5")]).unwrap().part(),
        Some((5, 10))
    );
    assert_eq!(asked(&[("sort", "title")]).unwrap().part(), None);
    assert_eq!(asked(&[("filter", "title='a'")]).unwrap().part(), None);
    let last = asked(&[("limit", "10"), ("offset", "20")])
        .unwrap()
        .page(documents())
        .unwrap();
    assert_eq!((last.before, last.after, last.documents.len()), (Some(10), None, 5));
    let past = asked(&[("offset", "2147483647")]).unwrap().page(documents());
    assert!(matches!(past, Err(Ask::Nothing(_))));
}

#[test]
fn only_the_fields_asked_for_and_the_required_are_given() {
    let document = || json!({ "identifier": "1", "title": "t", "notes": "n", "language": "en" });
    let keys = |fields: &[(&str, &str)]| {
        let page = asked(fields).unwrap().page(vec![document()]).unwrap();
        page.documents[0]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&[("fields", "language")]), ["identifier", "language", "title"]);
    assert_eq!(keys(&[("fields", "language, notes")]).len(), 4);
    assert_eq!(keys(&[("fields", "language"), ("fields", "notes")]).len(), 4);
    assert_eq!(keys(&[("fields", "language,colour")]).len(), 4);
}

#[test]
fn what_cannot_be_answered_is_refused() {
    for (name, value) in [
        ("limit", "0"),
        ("limit", "x"),
        ("limit", "2147483648"),
        ("offset", "-1"),
        ("limit", ""),
        ("orderBy", "up"),
    ] {
        assert!(
            matches!(asked(&[(name, value)]), Err(Ask::Invalid(_))),
            "{name}={value}"
        );
    }
    assert!(matches!(asked(&[("limit", "1"), ("limit", "2")]), Err(Ask::Invalid(_))));
    assert!(matches!(asked(&[("filter", "colour='red'")]), Err(Ask::Field(_))));
    for filter in [
        "title",
        "title=",
        "title='a",
        "='a'",
        "title='a' XOR title='b'",
        "title='a' AND ",
        "\0\u{fffd}'",
    ] {
        assert!(matches!(asked(&[("filter", filter)]), Err(Ask::Nothing(_))), "{filter}");
    }
    assert!(matches!(titles(&[("filter", "title='Nobody'")]).as_slice(), [one] if one.starts_with("Nothing")));
}
