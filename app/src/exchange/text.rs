//! Text as it comes in: line ends, control characters, bounds, HTML.

use std::cmp::Ordering;

use super::report::Report;

/// Elements within elements, at most.
const NESTING: usize = 50;

/// Line ends become `\n`, control characters go (a NUL would stop a database
/// or a terminal), what turns the direction of reading goes, and so does white
/// space at both ends.
pub(super) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| *c != '\u{feff}' && !crate::text::is_turning(*c))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// [`tidy`], on a single line, without what cannot be seen.
pub(super) fn line(text: &str) -> String {
    let shown = |c: &char| c.is_whitespace() || !crate::text::is_hidden(*c);
    let shown: String = tidy(text).chars().filter(shown).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a statement, which is what people tell it by, without characters
/// that cannot be seen; says so where there were some.
pub(super) fn seen(text: String, place: &str, report: &mut Report) -> String {
    let hidden = |c: char| !matches!(c, '\n' | '\t') && crate::text::is_hidden(c);
    if !text.contains(hidden) {
        return text;
    }
    report.lenient("Characters that cannot be seen were taken out of a statement", place);
    text.replace(hidden, "").trim().to_owned()
}

/// `None` for what is empty.
pub(super) fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// The first `limit` characters.
pub(super) fn cut(text: &str, limit: usize) -> &str {
    match text.char_indices().nth(limit) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

/// Refuses text that is too long, and gives what of it the preview shows.
pub(super) fn bounded(text: String, what: &str, limit: usize, place: &str, report: &mut Report) -> String {
    let length = text.chars().count();
    if length <= limit {
        return text;
    }
    report.refuse(
        place,
        format!("The {what} has {length} characters; at most {limit} can be imported."),
    );
    cut(&text, limit).to_owned()
}

/// HTML from outside, made safe (elements and attributes that can run or load
/// code are gone). Says so when something was taken out.
pub(super) fn clean_html(html: &str, place: &str, report: &mut Report) -> String {
    if !html.contains(['<', '&', '>']) {
        return html.to_owned();
    }
    // Deep nesting makes any HTML parser slow; no real description comes near,
    // and a hostile one then stands as text.
    if nesting(html) > NESTING {
        report.note(
            place,
            "The HTML of the description is nested too deeply; it is shown as plain text.",
        );
        return ammonia::clean_text(html);
    }
    let cleaned = ammonia::clean(html).trim().to_owned();
    if opened_tags(&cleaned) < opened_tags(html) || names_code(html) {
        report.lenient(
            "HTML that is not safe or not supported was taken out of a description",
            place,
        );
    }
    cleaned
}

/// How deep elements stand within each other, at most. Elements that end by
/// themselves do not count, and an end tag counts where it fits: a parser may
/// ignore the others.
fn nesting(html: &str) -> usize {
    let mut open: Vec<String> = Vec::new();
    let mut deepest = 0;
    for tag in html.split('<').skip(1) {
        let (name, ends) = tag.strip_prefix('/').map_or((tag, false), |name| (name, true));
        let letters = name.chars().take_while(char::is_ascii_alphanumeric);
        let name = letters.collect::<String>().to_ascii_lowercase();
        match name.as_str() {
            "" | "br" | "hr" | "img" | "p" | "li" => {}
            _ if !ends => open.push(name),
            _ if open.last() == Some(&name) => drop(open.pop()),
            _ => {}
        }
        deepest = deepest.max(open.len());
    }
    deepest
}

fn opened_tags(html: &str) -> usize {
    let bytes = html.as_bytes();
    bytes
        .windows(2)
        .filter(|pair| pair[0] == b'<' && pair[1].is_ascii_alphabetic())
        .count()
}

fn names_code(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    ["javascript:", " on", "\non", "style="].iter().any(|sign| {
        html.match_indices(sign).any(|(at, _)| {
            // Only inside a tag: the last bracket before it opens one.
            html[..at]
                .rfind(['<', '>'])
                .is_some_and(|open| html[open..].starts_with('<'))
        })
    })
}

/// Escapes text for an HTML element's content.
pub(super) fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Undoes [`escape_html`] after an HTML serialiser has been over it.
pub(super) fn unescape_html(text: &str) -> String {
    text.replace("&nbsp;", "\u{a0}")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Orders `1.9` before `1.10`: runs of digits compare as numbers of any size.
pub(super) fn natural(left: &str, right: &str) -> Ordering {
    let (mut a, mut b) = (left, right);
    while !a.is_empty() && !b.is_empty() {
        let (run_a, run_b) = (digits(a), digits(b));
        let order = if run_a > 0 && run_b > 0 {
            let number_a = a[..run_a].trim_start_matches('0');
            let number_b = b[..run_b].trim_start_matches('0');
            (number_a.len(), number_a).cmp(&(number_b.len(), number_b))
        } else {
            a.chars().next().cmp(&b.chars().next())
        };
        if order != Ordering::Equal {
            return order;
        }
        a = &a[step(a, run_a, run_b)..];
        b = &b[step(b, run_b, run_a)..];
    }
    // Only an empty rest or leading zeros differ by now.
    a.len().cmp(&b.len()).then_with(|| left.cmp(right))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn step(text: &str, own: usize, other: usize) -> usize {
    if own > 0 && other > 0 {
        own
    } else {
        text.chars().next().map_or(0, char::len_utf8)
    }
}

#[cfg(test)]
mod tests {
    use super::super::bounds;
    use super::*;

    #[test]
    fn codes_sort_as_people_count() {
        let mut codes = vec![
            "1.10",
            "a",
            "1.9",
            "1.9.2",
            "10",
            "2",
            "1.09",
            "99999999999999999999999",
        ];
        codes.sort_by(|a, b| natural(a, b));
        assert_eq!(
            codes,
            [
                "1.09",
                "1.9",
                "1.9.2",
                "1.10",
                "2",
                "10",
                "99999999999999999999999",
                "a"
            ]
        );
    }

    #[test]
    fn control_characters_and_odd_line_ends_go() {
        assert_eq!(tidy("\u{feff} a\r\nb\rc\0\u{7}\td "), "a\nb\nc\td");
        assert_eq!(line(" a\n  b\u{a0}"), "a b");
        assert_eq!(line("zero\u{200b}width \u{200b} a\u{2028}b"), "zerowidth a b");
        assert_eq!(cut("äöü", 2), "äö");
    }

    #[test]
    fn a_statement_holds_nothing_that_cannot_be_seen_and_the_report_says_so() {
        let mut report = Report::default();
        let titles = [
            "evil\u{202e}txt.exe",
            "zero\u{200b}width",
            " \u{200b}",
            "two\nlines\tठी\u{200d}",
        ];
        let titles = titles.map(|title| seen(title.to_owned(), "row 2", &mut report));
        assert_eq!(titles, ["eviltxt.exe", "zerowidth", "", "two\nlines\tठी\u{200d}"]);
        assert_eq!(report.into_parsed(None, None).leniencies.len(), 1);
    }

    #[test]
    fn html_is_made_safe_and_cleaning_twice_changes_nothing() {
        let mut report = Report::default();
        let hostile = "<p onclick=\"x()\">Hi<script>alert(1)</script><br />\n<a href=\"javascript:x\">y</a></p>";
        let clean = clean_html(hostile, "row 2", &mut report);
        assert!(!clean.contains("script") && !clean.contains("onclick"), "{clean}");
        assert_eq!(clean_html(&clean, "row 2", &mut Report::default()), clean);
        assert_eq!(report.into_parsed(None, None).leniencies.len(), 1);
        let mut quiet = Report::default();
        assert_eq!(
            clean_html("<p>Keep on. 1 &lt; 2<br /></p>", "row 2", &mut quiet),
            "<p>Keep on. 1 &lt; 2<br></p>"
        );
        assert!(quiet.into_parsed(None, None).leniencies.is_empty());
    }

    #[test]
    fn deeply_nested_html_is_not_even_tried() {
        for tag in ["<b>", "<div>", "<table>", "<a href=x>", "</p><b><p>"] {
            let mut report = Report::default();
            let nested = tag.repeat(bounds::DESCRIPTION / tag.len());
            assert!(clean_html(&nested, "row 2", &mut report).starts_with("&lt;"));
            assert_eq!(report.into_parsed(None, None).problems.len(), 1);
        }
        let long = "<p>a<li>b<br>".repeat(1_000);
        assert!(clean_html(&long, "row 2", &mut Report::default()).starts_with("<p>"));
    }
}
