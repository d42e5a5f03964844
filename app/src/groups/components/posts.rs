//! Posts in their order, with the line before what is new.

use leptos::prelude::*;

use crate::groups::model::PostView;
use crate::ui::{Post, UnreadLine};

/// One post. Its anchor is its number, after `prefix` where a page shows
/// several threads.
#[component]
pub fn PostItem(post: PostView, #[prop(optional, into)] prefix: String) -> impl IntoView {
    view! {
        <Post
            author=post.author
            when_iso=post.iso
            when_label=post.label
            badge=post.facilitator.then(|| "facilitator".to_owned())
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
    posts
        .into_iter()
        .map(|post| {
            let line = unread.clone().filter(|_| first_new == Some(post.number));
            let id = format!("{prefix}first-new");
            view! {
                {line.map(|label| view! { <UnreadLine label id/> })}
                <PostItem post prefix=prefix.clone()/>
            }
        })
        .collect_view()
        .into_any()
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
