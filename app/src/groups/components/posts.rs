//! Posts in their order, with the line before what is new.

use leptos::prelude::*;

use crate::groups::model::PostView;
use crate::ui::{Post, Said, write_unread_line};

const FACILITATOR: &str = "facilitator";

/// One post. Its anchor is its number, after `prefix` where a page shows
/// several threads.
#[component]
pub fn PostItem(post: PostView, #[prop(optional, into)] prefix: String) -> impl IntoView {
    view! {
        <Post
            author=post.author
            when_iso=post.iso
            when_label=post.label
            badge=post.facilitator.then(|| FACILITATOR.to_owned())
            html=post.html
            you=post.you
            id=format!("{prefix}post-{}", post.number)
        />
    }
}

/// Posts as the page was loaded; `unread` is said before the first that is
/// beyond `last_read`.
#[component]
pub fn Posts(
    posts: Vec<PostView>,
    #[prop(optional)] last_read: u32,
    #[prop(default = None)] unread: Option<String>,
    #[prop(optional, into)] prefix: String,
) -> impl IntoView {
    let first_new = posts.iter().map(|post| post.number).find(|number| *number > last_read);
    let mut html = String::with_capacity(posts.iter().map(|post| post.html.len() + 640).sum());
    for post in &posts {
        if let Some(label) = unread.as_deref().filter(|_| first_new == Some(post.number)) {
            write_unread_line(label, &format!("{prefix}first-new"), &mut html);
        }
        Said {
            author: &post.author,
            when_iso: &post.iso,
            when_label: &post.label,
            badge: post.facilitator.then_some(FACILITATOR),
            html: &post.html,
            you: post.you,
            id: &format!("{prefix}post-{}", post.number),
        }
        .write(&mut html);
    }
    view! { <div class="posts" inner_html=html></div> }.into_any()
}

/// The words of a lesson that a thread is about, with the way to where they
/// stand.
#[component]
pub fn Quoted(
    quote: String,
    /// The lesson no longer has them.
    gone: bool,
    /// Their anchor, on the lesson's page.
    #[prop(default = None)]
    href: Option<String>,
) -> impl IntoView {
    let words = match href.filter(|_| !gone) {
        Some(href) => view! { <a class="quiet-link" rel="external" href=href>{quote}</a> }.into_any(),
        None => quote.into_any(),
    };
    view! {
        <blockquote class="quote">{words}</blockquote>
        {gone.then(|| view! { <p class="meta">"The lesson has changed since: these words are no longer in it."</p> })}
    }
    .into_any()
}
