//! Markdown to harmless HTML: rendered and cleaned when it is written.

pub mod linking;

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html};

use linking::{Links, Named, Piece};

use crate::pictures::model::of_address;
use crate::pictures::shown::Images;

const REL: &str = "noopener noreferrer nofollow";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

/// The same, and our own pictures.
static ILLUSTRATED: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = cleaner();
    builder
        .add_tags(["img"])
        .add_tag_attributes("img", ["alt", "height", "loading", "src", "width"])
        .attribute_filter(|tag, name, value| match (tag, name) {
            ("img", "src") if of_address(value).is_none() => None,
            _ => Some(value.into()),
        });
    builder
});

fn cleaner() -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .tags(HashSet::from([
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
        ]))
        .tag_attributes([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))].into())
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some(REL));
    builder
}

/// How a link to a person begins in what is cleaned.
const PERSON: &str = "<a href=\"/people/";

/// Quotes and lists in one another beyond this are flattened: cleaning takes
/// time with the square of the depth.
const DEEPEST: usize = 32;

/// How much longer than its text HTML may be, beside a page's worth: a table
/// of empty cells, written in a line, would grow a hundredfold.
const GROWTH: usize = 12;
const ALWAYS: usize = 16 * 1024;

/// CommonMark with tables and strikethrough; raw HTML is shown as text, images
/// as links, headings begin at the second level since the page has the first.
/// What would grow beyond all measure is shown as the text that it is.
pub fn render(text: &str) -> String {
    written(text, false)
}

/// The same for lessons, in which our own pictures are shown.
pub fn illustrated(text: &str) -> String {
    written(text, true)
}

fn written(text: &str, shown: bool) -> String {
    bounded(text, shown, |options| {
        rendered(Parser::new_ext(text, options), text.len(), shown)
    })
}

/// The same for posts, with the links that a text only names, and those to bare
/// addresses; not within code, nor within other links.
pub fn render_linked(text: &str, links: &Links) -> String {
    bounded(text, true, |options| {
        let mut events = Vec::new();
        plain_texts(text, options, |event, is_plain| match event {
            Event::Text(words) if is_plain => {
                for piece in linking::pieces(&words, links) {
                    match piece {
                        Piece::Text(words) => events.push(Event::Text(words.to_owned().into())),
                        Piece::Link { href, words } => events.extend(link(href, words)),
                    }
                }
            }
            event => events.push(event),
        });
        rendered(events.into_iter(), text.len(), true)
    })
}

/// What [`render_linked`] needs to know about.
pub fn named(text: &str) -> Named {
    let mut named = Named::default();
    plain_texts(text, PLAIN | Options::ENABLE_TABLES, |event, is_plain| {
        if let Event::Text(words) = event
            && is_plain
        {
            named.add(&words);
        }
    });
    named
}

const PLAIN: Options = Options::ENABLE_STRIKETHROUGH;

/// Goes through a text; says of each event whether it stands in neither code nor
/// a link.
fn plain_texts<'a>(text: &'a str, options: Options, mut each: impl FnMut(Event<'a>, bool)) {
    let mut within = 0_usize;
    for event in TextMergeStream::new(Parser::new_ext(text, options)) {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => within += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => within = within.saturating_sub(1),
            _ => {}
        }
        each(event, within == 0);
    }
}

fn link<'a>(href: String, words: String) -> [Event<'a>; 3] {
    let start = Tag::Link {
        link_type: LinkType::Inline,
        dest_url: href.into(),
        title: "".into(),
        id: "".into(),
    };
    [Event::Start(start), Event::Text(words.into()), Event::End(TagEnd::Link)]
}

/// The HTML of a text within its bounds, clean.
fn bounded(text: &str, shown: bool, rendered: impl Fn(Options) -> String) -> String {
    let most = text.len() * GROWTH + ALWAYS;
    [PLAIN | Options::ENABLE_TABLES, PLAIN]
        .into_iter()
        .map(rendered)
        .find(|html| html.len() <= most)
        .map_or_else(
            || format!("<p>{}</p>", html_escape::encode_text(text)),
            |html| cleaned(if shown { &ILLUSTRATED } else { &CLEANER }, &html),
        )
}

fn rendered<'a>(events: impl Iterator<Item = Event<'a>>, length: usize, shown: bool) -> String {
    let events = events.map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: lowered(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
        event => event,
    });
    let events = Images { events, shown };
    let mut depth = 0_usize;
    let events = events.filter(move |event| match event {
        Event::Start(_) => {
            depth += 1;
            depth <= DEEPEST
        }
        Event::End(_) => {
            depth = depth.saturating_sub(1);
            depth < DEEPEST
        }
        _ => true,
    });
    let mut rendered = String::with_capacity(length * 2);
    html::push_html(&mut rendered, events);
    rendered
}

/// HTML from elsewhere, cleaned by the same rules.
pub fn clean(html: &str) -> String {
    cleaned(&CLEANER, html)
}

fn cleaned(cleaner: &Builder<'_>, html: &str) -> String {
    // A link to where nobody may lead has lost its address; `rel` needs one.
    let without_address = format!("<a rel=\"{REL}\">");
    cleaner.clean(html).to_string().replace(&without_address, "<a>")
}

/// Clean HTML with the names of people that it leads to, and not the links: for
/// readers who may not know more of them (docs/decisions/0023-composer.md).
pub fn names_only(html: &str) -> String {
    let mut left = html;
    let mut text = String::with_capacity(html.len());
    while let Some((before, link)) = left.split_once(PERSON) {
        text.push_str(before);
        // An address holds no quotation mark, `rel` no `>`, and links never stand in one another.
        let rest = link.split_once('"').map_or("", |(_, rest)| rest);
        let rest = rest.split_once('>').map_or("", |(_, rest)| rest);
        let (name, after) = rest.split_once("</a>").unwrap_or((rest, ""));
        text.push_str(name);
        left = after;
    }
    text.push_str(left);
    text
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    if level == HeadingLevel::H1 {
        HeadingLevel::H2
    } else {
        level
    }
}

/// Text without its tags, for a line in a list.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => {
                inside = true;
                text.push(' ');
            }
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first characters of a text, ending at a word.
pub fn beginning(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} …", cut[..end].trim_end_matches([',', '.', ';', ':']))
}

/// The first sentences of a text, whole ones as far as there is one; else as much
/// as [`beginning`] takes.
pub fn whole_sentences(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    last_sentence(text, most).map_or_else(|| beginning(text, most), |end| text[..end].to_owned())
}

/// The first sentences of a text, with an ellipsis where more follows: whole ones as
/// far as they fill half the room, since a cut says little less; else as much as
/// [`beginning`] takes.
pub fn opening(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let end = last_sentence(text, most).filter(|end| text[..*end].chars().count() * 2 >= most);
    end.map_or_else(|| beginning(text, most), |end| format!("{} …", &text[..end]))
}

/// Where the last sentence ends that is whole within so many characters.
fn last_sentence(text: &str, most: usize) -> Option<usize> {
    let cut = text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end]);
    cut.rmatch_indices(['.', '!', '?', '…']).find_map(|(at, mark)| {
        let after = at + mark.len();
        text[after..].starts_with(' ').then_some(after)
    })
}

#[cfg(test)]
mod tests;
