use std::fmt::Write;

use super::{Tone, avatar};
use html_escape::{encode_double_quoted_attribute as attribute, encode_text as text};
use leptos::prelude::*;

/// What somebody said: who and when as a heading, then their words.
///
/// Nothing inside ever changes, and a page may hold hundreds: it is written
/// as HTML in one go, and the browser has a single element to take over.
#[component]
pub fn Post(
    #[prop(into)] author: String,
    #[prop(into)] when_iso: String,
    #[prop(into)] when_label: String,
    /// The author's part here, such as "facilitator".
    #[prop(default = None, into)]
    badge: Option<String>,
    /// Already cleaned HTML.
    #[prop(into)]
    html: String,
    /// Said by the one who is looking.
    #[prop(optional)]
    you: bool,
    /// The anchor of this post in its page.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let heading = format!("{id}-head");
    let badge = badge.map_or_else(String::new, |badge| {
        format!("<span class=\"{}\">{}</span>", Tone::Accent.class("chip"), text(&badge))
    });
    let mut said = String::with_capacity(html.len() + 4 * author.len() + 512);
    let _ = write!(
        said,
        "{avatar}<div class=\"post-main\"><h3 class=\"post-head\" id=\"{heading}\">{name} {badge}\
         <a href=\"#{id}\"><time datetime=\"{iso}\">{label}</time></a></h3>\
         <div class=\"post-body prose\">{html}</div></div>",
        avatar = avatar::html(&author),
        name = text(if you { "You" } else { &author }),
        heading = attribute(&heading),
        id = attribute(&id),
        iso = attribute(&when_iso),
        label = text(&when_label),
    );
    view! { <article class="post" id=id aria-labelledby=heading inner_html=said></article> }.into_any()
}

/// The line between what has been read and what has not, such as "12 new
/// since yesterday".
#[component]
pub fn UnreadLine(
    #[prop(into)] label: String,
    /// Its anchor, for "jump to first unread".
    #[prop(into, default = "unread".to_string())]
    id: String,
) -> impl IntoView {
    view! { <p class="unread-line" id=id>{label}</p> }.into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn author_and_time_are_the_heading_and_stay_text() {
        let html = view! {
            <Post
                author="<script>"
                when_iso="2026-11-25T09:00:00Z"
                when_label="yesterday"
                badge="</h3>".to_string()
                html="<p>Said <em>so</em>.</p>"
                id="post-1"
            />
        }
        .to_html();
        assert!(html.contains("id=\"post-1-head\""), "{html}");
        assert!(html.contains("<p>Said <em>so</em>.</p>"), "{html}");
        assert!(!html.contains("<script>"), "{html}");
        assert_eq!(html.matches("</h3>").count(), 1, "{html}");
    }
}
