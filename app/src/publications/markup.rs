//! HTML that an XML parser reads too, and text that XML can hold.

/// Escapes a text for an element or a quoted attribute.
pub fn escaped(text: &str) -> String {
    html_escape::encode_double_quoted_attribute(text).into_owned()
}

/// Without what XML 1.0 §2.2 excludes: control characters but for tab and line
/// feed.
pub fn without_controls(text: &str) -> String {
    text.chars().filter(|c| is_allowed(*c)).collect()
}

fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n') || (c >= ' ' && !matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'))
}

/// Cleaned HTML as XHTML. The cleaner writes elements closed and lower case,
/// and beside XML's own entities only that of the no-break space.
pub fn well_formed(html: &str) -> String {
    without_controls(html)
        .replace("<br>", "<br/>")
        .replace("<hr>", "<hr/>")
        .replace("&nbsp;", "\u{a0}")
}
