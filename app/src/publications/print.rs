//! The form for paper: one HTML file with its styles inside.

use std::fmt::Write;

use super::book::{Book, Entry};
use super::markup::escaped;
use super::model::Paper;
use crate::exchange::ExchangeLevel;

impl Paper {
    fn css(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "letter",
        }
    }

    /// Width and height in twentieths of a point.
    pub fn twips(self) -> (u32, u32) {
        match self {
            Self::A4 => (11_906, 16_838),
            Self::Letter => (12_240, 15_840),
        }
    }
}

const STYLES: &str = include_str!("print.css");

/// The whole file. The styles carry `nonce`, where there is one.
pub fn write(book: &Book, paper: Paper, nonce: &str) -> String {
    let mut html = String::with_capacity(book.entries.len() * 600 + 8_192);
    let title = escaped(&book.title);
    let nonce = if nonce.is_empty() {
        String::new()
    } else {
        format!(" nonce=\"{}\"", escaped(nonce))
    };
    // Writing to a string does not fail.
    let _never_fails = write!(
        html,
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <style{nonce}>@page {{ size: {} }}\n{STYLES}</style></head><body>\n",
        escaped(&book.language),
        paper.css()
    );
    html.push_str(&cover(book));
    html.push_str("<nav aria-labelledby=\"contents\"><h2 id=\"contents\">Contents</h2>");
    html.push_str(&contents(book, |entry| format!("#{}", entry.anchor)));
    html.push_str("</nav>\n<main>");
    html.push_str(&front(book));
    for entry in &book.entries {
        html.push_str(&entry_html(entry, |anchor| format!("#{anchor}")));
    }
    html.push_str(&back(book, |anchor| format!("#{anchor}")));
    html.push_str("</main></body></html>\n");
    html
}

/// Cover and edition notice.
pub fn cover(book: &Book) -> String {
    let line = |(label, text): (&str, &str)| format!("<dt>{label}</dt><dd>{}</dd>", escaped(text));
    format!(
        "<header class=\"cover\"><h1>{}</h1><p class=\"edition\">{}</p><dl>{}<dt>On the web</dt><dd>\
         <a href=\"{address}\">{address}</a></dd></dl></header>\n",
        escaped(&book.title),
        escaped(&book.edition),
        book.imprint().into_iter().map(line).collect::<String>(),
        address = escaped(&book.address),
    )
}

/// The headings as lists in one another. `href` tells where an entry stands.
pub fn contents(book: &Book, href: impl Fn(&Entry) -> String) -> String {
    let mut html = String::new();
    let mut open = 0;
    for entry in book.headings() {
        // A heading stands at most one level below the one before.
        let depth = entry.depth.min(open + 1);
        if depth > open {
            html.push_str("<ol>");
        } else {
            html.push_str("</li>");
            for _ in depth..open {
                html.push_str("</ol></li>");
            }
        }
        open = depth;
        let _never_fails = write!(html, "<li><a href=\"{}\">{}</a>", href(entry), escaped(&entry.label()));
    }
    for _ in 0..open {
        html.push_str("</li></ol>");
    }
    html
}

/// Introduction, how to use the book, and the scale.
pub fn front(book: &Book) -> String {
    let mut html = String::new();
    if !book.introduction.is_empty() {
        let _never_fails = writeln!(html, "<section><h2>Introduction</h2>{}</section>", book.introduction);
    }
    let _never_fails = write!(html, "<section><h2>How to use it</h2>{}", book.how_to_use);
    if !book.levels.is_empty() {
        html.push_str("<dl class=\"levels\">");
        for level in &book.levels {
            let (label, description) = (escaped(&level.label), escaped(&level.description));
            let _never_fails = write!(html, "<dt>{label}</dt><dd>{description}</dd>");
        }
        html.push_str("</dl>");
    }
    html.push_str("</section>\n");
    html
}

/// Index of topics, acknowledgements, and sources.
pub fn back(book: &Book, href: impl Fn(&str) -> String) -> String {
    let mut html = String::new();
    let topics = book.topics();
    if !topics.is_empty() {
        html.push_str("<section><h2>Index of topics</h2><dl>");
        for (topic, entries) in topics {
            let link = |entry: &&Entry| format!("<a href=\"{}\">{}</a>", href(&entry.anchor), escaped(entry.short()));
            let links: Vec<_> = entries.iter().map(link).collect();
            let _never_fails = write!(html, "<dt>{}</dt><dd>{}</dd>", escaped(topic), links.join(", "));
        }
        html.push_str("</dl></section>\n");
    }
    if !book.acknowledgements.is_empty() {
        let _never_fails = writeln!(
            html,
            "<section><h2>Acknowledgements</h2>{}</section>",
            book.acknowledgements
        );
    }
    let sources = book.sources();
    if !sources.is_empty() {
        let items: String = sources
            .iter()
            .map(|source| format!("<li>{}</li>", escaped(source)))
            .collect();
        let _never_fails = writeln!(html, "<section><h2>Sources</h2><ul>{items}</ul></section>");
    }
    html
}

/// One entry with what stands behind it, without what stands beneath.
/// `href` tells where an anchor is.
pub fn entry_html(entry: &Entry, href: impl Fn(&str) -> String) -> String {
    let mut html = String::new();
    let level = (entry.depth + 1).min(6);
    let class = if entry.is_heading { "heading" } else { "statement" };
    let code = match entry.code.as_str() {
        "" => String::new(),
        code => format!("<span class=\"code\">{}</span> ", escaped(code)),
    };
    let _never_fails = write!(
        html,
        "<h{level} id=\"{}\" class=\"{class}\">{code}{}</h{level}>{}",
        entry.anchor,
        escaped(&entry.title),
        entry.text
    );
    for (heading, lines) in entry.details.sections() {
        if lines.is_empty() {
            continue;
        }
        let items: String = lines.iter().map(|line| format!("<li>{}</li>", escaped(line))).collect();
        let _never_fails = write!(html, "<p class=\"kind\">{heading}</p><ul>{items}</ul>");
    }
    if !entry.levels.is_empty() {
        let level = |level: &ExchangeLevel| {
            format!(
                "<dt>{}</dt><dd>{}</dd>",
                escaped(&level.label),
                escaped(&level.description)
            )
        };
        let levels: String = entry.levels.iter().map(level).collect();
        let _never_fails = write!(html, "<p class=\"kind\">What the levels mean here</p><dl>{levels}</dl>");
    }
    if !entry.remarks.notes.is_empty() {
        let _never_fails = write!(html, "<p class=\"notes\">{}</p>", escaped(&entry.remarks.notes));
    }
    for way in &entry.related {
        let link = |(anchor, name): &(String, String)| format!("<a href=\"{}\">{}</a>", href(anchor), escaped(name));
        let links: Vec<_> = way.entries.iter().map(link).collect();
        let (words, links) = (escaped(&way.words), links.join(", "));
        let _never_fails = write!(html, "<p class=\"related\">{words} {links}</p>");
    }
    html.push('\n');
    html
}
