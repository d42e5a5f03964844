//! HTML that is shown as it is.

use super::text;
use crate::groups::passages::{Passage, mark, stands};
use crate::id::ThreadId;
use crate::markdown;

/// Elements that may be shown.
const ELEMENTS: [&str; 25] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Longer texts are refused before they are rendered.
const LONGEST: usize = 64 * 1024;

pub(super) fn markdown(bytes: &[u8]) {
    let text = text(bytes);
    if text.len() > LONGEST {
        return;
    }
    let html = markdown::render(&text);
    assert_harmless(&html);
    assert!(
        html.len() <= text.len() * 12 * 2 + 64 * 1024,
        "{} of {}",
        html.len(),
        text.len()
    );
    // Also as another parser would put it right.
    assert_harmless(&markdown::clean(&html));
    let named = markdown::names_only(&html);
    assert_harmless(&named);
    assert!(!named.contains("<a href=\"/people/"), "{named}");
    let shown = markdown::illustrated(&text);
    assert_harmless(&without_pictures(&shown));
    // More than a text may hold is said.
    let _held = crate::pictures::shown::held(&shown);
    let plain = markdown::plain(&html);
    assert!(plain.len() <= html.len());
    let beginning = markdown::beginning(&plain, 80);
    assert!(beginning.chars().count() <= 82, "{beginning}");
    let opening = markdown::opening(&plain, 80);
    assert!(opening.chars().count() <= 82, "{opening}");
}

/// The same without its pictures, which are our own.
fn without_pictures(html: &str) -> String {
    let mut parts = html.split("<img ");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (tag, after) = part.split_once('>').unwrap_or_else(|| panic!("a tag is open: {html}"));
        let address = tag.split("src=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert!(address.and_then(crate::pictures::model::of_address).is_some(), "{html}");
        rest.push_str(after);
    }
    rest
}

pub(super) fn cleaned(bytes: &[u8]) {
    let text = text(bytes);
    // Deeper ones are refused before they come here (exchange).
    if text.len() > LONGEST || text.matches('<').count() > 2_000 {
        return;
    }
    let html = markdown::clean(&text);
    assert_harmless(&html);
    assert_harmless(&markdown::clean(&html));
}

/// The first line is what is looked for in the rest.
pub(super) fn passages(bytes: &[u8]) {
    let text = text(bytes);
    if text.len() > 8 * 1024 {
        return;
    }
    let (quote, html) = text.split_once('\n').unwrap_or((&text, ""));
    let html = markdown::clean(html);
    let thread = ThreadId::parse("thread").expect("an id");
    let passage = |quote| Passage {
        thread: &thread,
        title: quote,
        quote,
    };
    let marked = mark(&html, &[passage(quote), passage("a")]);
    let unmarked = marked.replace("</mark>", "");
    assert!(unmarked.len() >= html.len());
    assert_harmless(
        &marked
            .replace(" class=\"passage\"", "")
            .replace(" id=\"passage-thread\"", ""),
    );
    if !stands(&html, quote) && !stands(&html, "a") {
        assert_eq!(marked, html);
    }
}

/// Nothing runs, loads or leads where it must not: each tag is one of the list,
/// with no attributes but the address of a link and a list's first number.
fn assert_harmless(html: &str) {
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("a tag is open: {html}"));
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        assert!(ELEMENTS.contains(&name.as_str()), "{name} in {html}");
        // Within quotes stands what an attribute says, between them its name.
        let mut parts = tag.split('"');
        let mut names = parts.next().unwrap_or_default().trim_start_matches('/')[name.len()..].to_owned();
        while let Some(value) = parts.next() {
            if names.trim() == "href=" {
                assert_leads_somewhere(value);
            }
            let known = ["href=", "rel=", "start=", "aria-label="].contains(&names.trim());
            assert!(known, "{names} in {html}");
            names = parts.next().unwrap_or_default().to_owned();
        }
        assert!(names.trim().is_empty() || names.trim() == "/", "{names} in {html}");
    }
}

/// Browsers leave out spaces and controls before an address, and tabs and line
/// breaks within it.
fn assert_leads_somewhere(address: &str) {
    let address = html_escape::decode_html_entities(address).into_owned();
    let address: String = address
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    // What begins with anything but a scheme is an address of this site.
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    if let Some((scheme, _)) = address[..end].split_once(':').filter(|(scheme, _)| is_scheme(scheme)) {
        let scheme = scheme.to_ascii_lowercase();
        assert!(["http", "https", "mailto"].contains(&scheme.as_str()), "{address}");
    }
}
