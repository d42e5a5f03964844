use crate::ui::lazy_page;
use leptos::prelude::*;

use super::{page, param};
use crate::error::AppError;
use crate::groups::api::load_thread;
use crate::groups::components::{Arrivals, PostItem, Posts, Quoted, ReplyForm, refresh_counts, use_arrivals};
use crate::groups::model::{ThreadDetail, page_of};
use crate::id::ThreadId;
use crate::start::use_viewer;
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, ChipLink, ChipTo, Crumb, Page, Pager, Tone};

lazy_page!(
    /// A thread: what was said, what is new, and replying.
    THREAD_PAGE in learning => thread_page
);

fn thread_page() -> AnyView {
    let (group, thread, page) = (param("group"), param("thread"), page());
    let page = load(
        move || (group(), thread(), page()),
        |(group, thread, page)| async move {
            load_thread(group, ThreadId::parse(&thread).ok_or(AppError::NotFound)?, page).await
        },
    );
    loaded(page, |thread| view! { <ThreadView thread/> })
}

#[component]
fn ThreadView(mut thread: ThreadDetail) -> impl IntoView {
    let shown = thread.posts.last().map_or(0, |post| post.number);
    let total = thread.total;
    let at_end = thread.page == thread.pages;
    let arrivals = use_arrivals(vec![(thread.id.clone(), shown, total, at_end)]);
    let unread = thread.unread();
    keep_counts_fresh(unread);
    let address = format!("/groups/{}/{}", thread.group_slug, thread.id);
    let crumbs = vec![Crumb::new(
        format!("/groups/{}", thread.group_slug),
        thread.group.clone(),
    )];
    let jump = if thread.posts.iter().any(|post| post.number > thread.last_read) {
        "#first-new".to_owned()
    } else {
        format!("{address}?page={}#first-new", page_of(thread.last_read + 1))
    };
    let posts = std::mem::take(&mut thread.posts);
    let about = (!thread.about.is_empty()).then(|| about_chip(&thread));
    let quote = thread.quote.clone();
    let pager = || view! { <Pager page=thread.page pages=thread.pages base=address.clone()/> };
    let (above, beneath) = (pager(), pager());
    let last_read = if thread.member { thread.last_read } else { u32::MAX };
    view! {
        <Page title=thread.title.clone() crumbs narrow=true>
            <p class="cluster">
                <Chip label=thread.kind.label() tone=Tone::Accent/>
                {about}
                {(unread > 0).then(|| view! { <ChipTo href=jump label=format!("{unread} new") tone=Tone::Highlight/> })}
            </p>
            {(!quote.is_empty()).then(|| view! { <Quoted quote gone=thread.gone/> })}
            {(thread.page > 1).then_some(above)}
            <h2 class="visually-hidden">"Posts"</h2>
            <div class="posts">
                <Posts posts last_read unread=thread.unread_label.clone()/>
                {arrivals.first().copied().map(|arrivals| view! { <Arrived arrivals/> })}
            </div>
            {arrivals.first().copied().map(|arrivals| view! { <News arrivals total address=address.clone()/> })}
            {beneath}
            {arrivals.first().copied().map(|arrivals| view! { <TakePart thread=thread.clone() arrivals/> })}
        </Page>
    }
    .into_any()
}

fn about_chip(thread: &ThreadDetail) -> AnyView {
    let label = format!("on “{}”", thread.about);
    match thread.about_href.clone() {
        Some(href) => view! { <ChipLink href label/> }.into_any(),
        None => view! { <Chip label/> }.into_any(),
    }
}

/// The counts beside the page were made before it counted as read.
fn keep_counts_fresh(unread: u32) {
    let viewer = use_viewer();
    Effect::new(move |_| {
        if unread > 0 {
            refresh_counts(viewer);
        }
    });
}

#[component]
fn Arrived(arrivals: Arrivals) -> impl IntoView {
    view! {
        <For each=move || arrivals.posts.get() key=|post| post.number let:post>
            <PostItem post/>
        </For>
    }
    .into_any()
}

/// What arrived, in words; on an earlier page also the way there.
#[component]
fn News(arrivals: Arrivals, total: u32, address: String) -> impl IntoView {
    view! {
        <p class="visually-hidden" role="status">{move || arrivals.sentence()}</p>
        {move || {
            let more = arrivals.elsewhere(total);
            let href = format!("{address}?page={}#post-{}", page_of(total + more), total + more);
            (more > 0).then(|| view! { <p role="status"><a href=href>{format!("{more} new at the end")}</a></p> })
        }}
    }
    .into_any()
}

#[component]
fn TakePart(thread: ThreadDetail, arrivals: Arrivals) -> impl IntoView {
    if thread.member {
        view! { <ReplyForm thread=thread.id form_key=thread.form_key arrivals preview=thread.preview/> }.into_any()
    } else if thread.signed_in {
        view! {
            <p>"Join "<a href=format!("/groups/{}", thread.group_slug)>{thread.group}</a>" to reply."</p>
        }
        .into_any()
    } else {
        let next = format!("/sign-in?next=/groups/{}/{}", thread.group_slug, thread.id);
        view! { <p><a href=next>"Sign in"</a>" to reply. Everyone may read here."</p> }.into_any()
    }
}
