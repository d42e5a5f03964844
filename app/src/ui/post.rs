use std::fmt::Write;

use super::{Tone, avatar};
use html_escape::{encode_double_quoted_attribute as attribute, encode_text as text};
use leptos::prelude::*;

/// What somebody said: who and when as a heading, then their words.
///
/// Nothing inside ever changes, and a page may hold hundreds: it is written
/// as HTML in one go, and the browser has a single element to take over.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    pub author: &'a str,
    pub when_iso: &'a str,
    pub when_label: &'a str,
    /// The author's part here, such as "facilitator".
    pub badge: Option<&'a str>,
    /// Already cleaned HTML.
    pub html: &'a str,
    /// Said by the one who is looking.
    pub you: bool,
    /// The anchor of this post in its page.
    pub id: &'a str,
}

impl Said<'_> {
    /// The whole of it, as an element.
    pub fn write(&self, out: &mut String) {
        let id = attribute(self.id);
        out.reserve(self.html.len() + 4 * self.author.len() + 640);
        let _ = write!(
            out,
            "<article class=\"post\" id=\"{id}\" aria-labelledby=\"{id}-head\">"
        );
        self.write_within(out);
        out.push_str("</article>");
    }

    fn write_within(&self, out: &mut String) {
        let id = attribute(self.id);
        avatar::write(self.author, out);
        let name = text(if self.you { "You" } else { self.author });
        let _ = write!(
            out,
            "<div class=\"post-main\"><h3 class=\"post-head\" id=\"{id}-head\">{name} "
        );
        if let Some(badge) = self.badge {
            let _ = write!(
                out,
                "<span class=\"{}\">{}</span>",
                Tone::Accent.class("chip"),
                text(badge)
            );
        }
        let _ = write!(
            out,
            "<a href=\"#{id}\"><time datetime=\"{iso}\">{label}</time></a></h3><div class=\"post-body prose\">",
            iso = attribute(self.when_iso),
            label = text(self.when_label),
        );
        out.push_str(self.html);
        out.push_str("</div></div>");
    }
}

/// One post by itself, such as one that has just arrived.
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
    let mut within = String::new();
    Said {
        author: &author,
        when_iso: &when_iso,
        when_label: &when_label,
        badge: badge.as_deref(),
        html: &html,
        you,
        id: &id,
    }
    .write_within(&mut within);
    view! { <article class="post" aria-labelledby=format!("{id}-head") id=id inner_html=within></article> }.into_any()
}

/// The line between what has been read and what has not, such as "12 new
/// since yesterday". Its id is the anchor for "jump to first unread".
pub fn write_unread_line(label: &str, id: &str, out: &mut String) {
    let _ = write!(
        out,
        "<p class=\"unread-line\" id=\"{}\">{}</p>",
        attribute(id),
        text(label)
    );
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
