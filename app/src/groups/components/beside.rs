//! The talk beside a lesson: its threads with their latest posts, replies in
//! place, and starting another.

use leptos::prelude::*;

use super::beside_live::{Live, use_live};
use super::{NewTalk, PostItem, Posts, Quoted, ReplyForm, StartForm};
use crate::error::Result;
use crate::groups::api::{JoinGroup, Reply, StartThread};
use crate::groups::model::{About, BesideGroup, BesideTalk, BesideThread};
use crate::id::{CourseId, LessonId};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Chip, Disclosure, EmptyState, Tone};

#[component]
pub fn TalkBeside(
    talk: BesideTalk,
    lesson: LessonId,
    course: CourseId,
    #[prop(into)] lesson_title: String,
    /// The lesson's own address, to return to without JavaScript.
    #[prop(into)]
    address: String,
) -> impl IntoView {
    let start = ServerAction::<StartThread>::new();
    let join = ServerAction::<JoinGroup>::new();
    let about = About {
        kind: "lesson".into(),
        id: lesson.to_string(),
        label: lesson_title,
    };
    let live = use_live(talk, lesson, course);
    let Live {
        talk, foot, news, said, ..
    } = live;
    Effect::new(move |before: Option<(usize, usize)>| {
        let now = (start.version().get(), join.version().get());
        if before.is_some_and(|before| before != now) {
            // What was refused stays in its form.
            let refused = failed(start.value().get_untracked()) || failed(join.value().get_untracked());
            if !refused {
                live.changed(before.is_some_and(|before| before.0 != now.0));
            }
        }
        now
    });
    let waiting = Signal::derive(move || {
        let (news, talk) = (news.read(), talk.read());
        news.as_ref().map_or(0, |fresh| talk.unknown(fresh).count())
    });
    let back = address.clone();
    view! {
        <section class="stack" id="talk" aria-labelledby="talk-title">
            <h2 id="talk-title">"Talk beside this lesson"</h2>
            <GroupNames talk/>
            <p class="meta" role="status">{move || said.get()}</p>
            <NewTalk count=waiting show=Callback::new(move |()| live.show())/>
            <ForEnumerate
                each=move || talk.get().threads
                key=|thread| (thread.id.clone(), thread.member)
                children=move |number, thread| {
                    // Each form has its own key; all come from the one of the page.
                    let (key, preview) = talk.with_untracked(|talk| {
                        (talk.form_key.clone(), talk.preview_of(&[thread.id.as_str()]))
                    });
                    let form_key = format!("{key}-{}", number.get_untracked());
                    view! { <TalkThread thread live form_key preview address=back.clone()/> }
                }
            />
            {move || view! { <Foot talk=foot.get() start join about=about.clone() address=address.clone()/> }}
        </section>
    }
    .into_any()
}

fn failed<T>(value: Option<Result<T>>) -> bool {
    matches!(value, Some(Err(_)))
}

/// In which groups, and that nothing was said there yet.
#[component]
fn GroupNames(talk: RwSignal<BesideTalk>) -> impl IntoView {
    move || {
        talk.with(|talk| {
            let names = talk
                .groups
                .iter()
                .map(|group| view! { <li><a href=format!("/groups/{}", group.slug)>{group.title.clone()}</a></li> })
                .collect_view();
            let somewhere = !talk.groups.is_empty();
            let nobody = talk.threads.is_empty() && somewhere;
            view! {
                {somewhere.then(|| view! { <ul class="cluster meta" role="list">{names}</ul> })}
                {nobody.then(|| view! { <p class="meta">"Nobody has said anything about this lesson yet."</p> })}
            }
            .into_any()
        })
    }
}

/// Starting a thread for members, for others how to become one.
#[component]
fn Foot(
    talk: BesideTalk,
    start: ServerAction<StartThread>,
    join: ServerAction<JoinGroup>,
    about: About,
    address: String,
) -> impl IntoView {
    let is_refused = Form::of(start).error().get_untracked().is_some();
    let mine: Vec<_> = talk
        .groups
        .iter()
        .filter(|group| group.member)
        .map(|group| (group.id.clone(), group.title.clone()))
        .collect();
    if mine.is_empty() {
        return view! { <Invitation groups=talk.groups signed_in=talk.signed_in join address/> }.into_any();
    }
    let keys: Vec<&str> = mine.iter().map(|(group, _)| group.as_str()).collect();
    let preview = talk.preview_of(&keys);
    view! {
        <Disclosure summary="Start a thread" id="ask" open=is_refused>
            <StartForm action=start groups=mine form_key=talk.form_key about=Some(about) with_quote=true back=Some(address) preview/>
        </Disclosure>
    }
    .into_any()
}

#[component]
fn TalkThread(
    thread: BesideThread,
    live: Live,
    form_key: String,
    preview: Option<String>,
    address: String,
) -> impl IntoView {
    let arrivals = live.arrivals_of(&thread);
    let prefix = format!("{}-", thread.id);
    let href = format!("/groups/{}/{}", thread.group_slug, thread.id);
    let shown = u32::try_from(thread.posts.len()).unwrap_or(0);
    let unread = if thread.member {
        thread.total.saturating_sub(thread.last_read)
    } else {
        0
    };
    let earlier = thread.total.saturating_sub(shown);
    let label = (unread > 0).then(|| format!("{unread} new"));
    let id = format!("talk-{}", thread.id);
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    let passage = format!("#passage-{}", thread.id);
    let refused = Form::matching(ServerAction::<Reply>::new(), &[("thread", thread.id.as_str())]);
    let is_refused = refused.error().get_untracked().is_some();
    view! {
        <article class="stack" id=id aria-labelledby=labelled_by>
            <h3 class="row-title" id=heading><a href=href.clone()>{thread.title}</a></h3>
            {(!thread.quote.is_empty()).then(|| view! { <Quoted quote=thread.quote gone=thread.gone href=Some(passage)/> })}
            {label.clone().map(|label| view! { <Chip label tone=Tone::Highlight/> })}
            {(earlier > 0).then(|| view! { <p class="meta"><a href=href>{format!("{earlier} earlier")}</a></p> })}
            <div class="posts">
                <Posts posts=thread.posts last_read=thread.last_read unread=label prefix=prefix.clone()/>
                <ForEnumerate
                    each=move || arrivals.posts.get()
                    key=|post| post.number
                    children=move |_, post| view! { <PostItem post prefix=prefix.clone()/> }
                />
            </div>
            <p class="visually-hidden" role="status">{move || arrivals.sentence()}</p>
            {thread.member.then(|| view! {
                <Disclosure summary="Reply" open=is_refused>
                    <ReplyForm thread=thread.id form_key arrivals back=Some(address) preview small=true/>
                </Disclosure>
            })}
        </article>
    }
    .into_any()
}

/// For those who are in none of the groups.
#[component]
fn Invitation(
    groups: Vec<BesideGroup>,
    signed_in: bool,
    join: ServerAction<JoinGroup>,
    address: String,
) -> impl IntoView {
    if groups.is_empty() {
        return view! {
            <EmptyState title="No study group yet">
                <p>"When a study group works through this course, what it says about this lesson stands here."</p>
            </EmptyState>
        }
        .into_any();
    }
    if !signed_in {
        let href = format!("/sign-in?next={}", crate::paths::segment(&address));
        return view! { <p id="ask"><a class="button quiet" href=href>"Sign in to join the talk"</a></p> }.into_any();
    }
    let form = Form::of(join);
    let rows = groups
        .into_iter()
        .map(|group| {
            view! {
                <ActionForm action=join>
                    <input type="hidden" name="group" value=group.id.to_string()/>
                    <button class="button quiet" type="submit">{format!("Join {}", group.title)}</button>
                </ActionForm>
            }
        })
        .collect_view();
    view! { <div class="stack" id="ask"><FormErrors form/><p>"Join the group to take part."</p>{rows}</div> }.into_any()
}
