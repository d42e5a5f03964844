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
