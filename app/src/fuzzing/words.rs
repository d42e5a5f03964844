//! Texts that are taken apart.

use super::text;
use crate::outlines::model::{LONGEST_CODE, LONGEST_DESCRIPTION, LONGEST_TITLE, MOST_PASTED};
use crate::outlines::pasting;
use crate::search::{model::QUERY_WORDS, words};
use crate::single_sign_on::claims::Claims;
use crate::{plans, programmes, time};

pub(super) fn outline(bytes: &[u8]) {
    let Ok(lines) = pasting::parse(&text(bytes)) else {
        return;
    };
    assert!(lines.len() <= MOST_PASTED);
    let mut allowed = 0;
    for line in lines {
        assert!(line.depth <= allowed, "one step deeper at most");
        allowed = line.depth + 1;
        assert!(!line.title.trim().is_empty() && line.title.chars().count() <= LONGEST_TITLE as usize);
        assert!(line.code.chars().count() <= LONGEST_CODE as usize);
        assert!(line.description.chars().count() <= LONGEST_DESCRIPTION as usize);
        for part in [&line.title, &line.code, &line.kind]
            .into_iter()
            .chain(line.details().into_iter().flatten())
        {
            assert!(!part.chars().any(crate::text::is_hidden), "{part:?}");
        }
    }
}

pub(super) fn search(bytes: &[u8]) {
    let text = text(bytes);
    let found = words::of_query(&text);
    assert!(found.len() <= QUERY_WORDS);
    for word in &found {
        assert!(word.chars().all(char::is_alphanumeric), "{word}");
        let near = words::near(word);
        assert!(near.len() <= 64 * 30 && !near.contains(word));
    }
    // Marking takes a title apart and loses nothing of it.
    let marked = words::marked(&[&text, "other"], &[], &found);
    let whole: String = marked[0].iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(whole, text);
}

/// A day, a further day, a zone: one a line.
pub(super) fn days(bytes: &[u8]) {
    let text = text(bytes);
    let mut lines = text.lines();
    let [first, second] = [(); 2].map(|()| lines.next().unwrap_or_default());
    for day in [first, second] {
        if let Some(date) = time::parse_day(day) {
            // Days are compared and kept as text.
            assert_eq!(date.to_string(), day.trim());
            assert!(time::day_edge(day, 1, second).is_some());
        }
        assert_eq!(
            plans::dates::parse(day).is_ok(),
            day.trim().is_empty() || time::parse_day(day).is_some()
        );
        drop(plans::dates::ahead(day, "2026-11-26"));
        plans::dates::due(Some(day.to_owned()), "2026-11-26");
        assert!(!time::is_zone(day) || !day.contains(".."));
    }
    if let Ok(cohort) = programmes::rules::CohortFields::parse("A title", first, first, second) {
        assert!(cohort.starts == cohort.ends && time::is_zone(&cohort.timezone));
    }
    programmes::rules::dates_label(first, second);
}

pub(super) fn claims(bytes: &[u8]) {
    let Ok(serde_json::Value::Object(all)) = serde_json::from_slice(bytes) else {
        return;
    };
    let names: Vec<String> = all.keys().cloned().collect();
    let mut claims = Claims::new("https://a.example".into(), "subject".into(), all.clone());
    claims.add(all);
    for name in names.iter().map(String::as_str).chain(["groups", "a.b.c", "...", ""]) {
        claims.holds(name, "staff");
    }
    assert!(claims.holds("", "whatever"));
    if let Some(email) = claims.email() {
        assert!(email.as_str().contains('@') && !email.as_str().chars().any(char::is_control));
    }
    assert!(
        claims
            .name()
            .is_none_or(|name| !name.as_str().chars().any(crate::text::is_hidden))
    );
    assert!(claims.timezone().is_none_or(time::is_zone));
    let label = claims.label();
    assert!(label.chars().count() <= 200 && !label.chars().any(crate::text::is_hidden));
    assert!(claims.email_is_verified() == claims.holds("email_verified", "true"));
}
