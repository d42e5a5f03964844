use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{counted, page, param, query};
use crate::groups::api::{JoinGroup, LeaveGroup, StartThread, load_group};
use crate::groups::components::{Heard, NewTalk, StartForm, focus_on, refresh_counts_soon, use_stream};
use crate::groups::model::{GroupDetail, ThreadCard};
use crate::id::ThreadId;
use crate::start::use_viewer;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, Crumb, EmptyState, Icon, Moment, Page, Pager, Tone};

lazy_page!(
    /// A group: its threads, and starting another.
    GROUP_PAGE in learning => group_page
);

#[derive(Clone, Copy)]
struct Actions {
    start: ServerAction<StartThread>,
    join: ServerAction<JoinGroup>,
    leave: ServerAction<LeaveGroup>,
}

fn group_page() -> AnyView {
    let actions = Actions {
        start: ServerAction::new(),
        join: ServerAction::new(),
        leave: ServerAction::new(),
    };
    let (group, page, about) = (param("group"), page(), query("about"));
    let group = load(
        move || (group(), page(), about(), actions.join.version().get()),
        |(group, page, about, _)| load_group(group, page, about),
    );
    loaded(group, move |group| view! { <GroupView group actions/> })
}

#[component]
fn GroupView(group: GroupDetail, actions: Actions) -> impl IntoView {
    let side = view! { <Side group=group.clone() actions/> }.into_any();
    let base = format!("/groups/{}", group.slug);
    let Live { threads, news } = use_live(&group);
    let empty = Memo::new(move |_| threads.with(Vec::is_empty));
    let slug = StoredValue::new(group.slug.clone());
    let show = Callback::new(move |()| {
        let Some(fresh) = news.write().take() else { return };
        let first = fresh.first().map(|thread| row_id(&thread.id));
        threads.set(fresh);
        if let Some(first) = first {
            focus_on(first);
        }
    });
    let waiting = Signal::derive(move || {
        let (news, threads) = (news.read(), threads.read());
        news.as_ref().map_or(0, |fresh| unknown(fresh, &threads))
    });
    let pager = view! { <Pager page=group.page pages=group.pages base=base/> };
    let (title, lede) = (group.title.clone(), group.summary.clone());
    view! {
        <Page title lede crumbs=vec![Crumb::new("/groups", "Study groups")] side>
            <section class="section">
                <h2>"Threads"</h2>
                <NewTalk count=waiting show/>
                {move || if empty.get() {
                    view! {
                        <EmptyState title="Nothing said yet" icon=Icon::Groups>
                            <p>"Questions and discussions of this group stand here, the latest first."</p>
                        </EmptyState>
                    }.into_any()
                } else {
                    view! {
                        <ul class="rows rows-ruled" role="list">
                            // A row whose counts moved on is another row.
                            <For each=move || threads.get() key=|thread| (thread.id.clone(), thread.posts, thread.unread)
                                children=move |thread| view! { <ThreadRow thread slug=slug.get_value()/> }/>
                        </ul>
                    }.into_any()
                }}
                {pager}
            </section>
            <TakePart group actions/>
        </Page>
    }
    .into_any()
}

/// The threads of an open page, and what came since that stands above them.
#[derive(Clone, Copy)]
struct Live {
    threads: RwSignal<Vec<ThreadCard>>,
    news: RwSignal<Option<Vec<ThreadCard>>>,
}

/// How many of them the page does not show.
fn unknown(fresh: &[ThreadCard], threads: &[ThreadCard]) -> usize {
    let is_new = |fresh: &&ThreadCard| threads.iter().all(|thread| thread.id != fresh.id);
    fresh.iter().filter(is_new).count()
}

/// Hears what is said in the group, and looks again when somebody comes back to
/// the page: counts move on where they stand, new threads are offered.
fn use_live(group: &GroupDetail) -> Live {
    let live = Live {
        threads: RwSignal::new(group.threads.clone()),
        news: RwSignal::new(None),
    };
    let (slug, page, viewer) = (StoredValue::new(group.slug.clone()), group.page, use_viewer());
    let look = move || {
        spawn_local(async move {
            let Some(slug) = slug.try_get_value() else { return };
            if let Ok(fresh) = load_group(slug, Some(page), None).await {
                live.take(fresh.threads, page);
            }
        });
    };
    let known = StoredValue::new(group.posts);
    let address = format!("/live/groups/{}", group.id);
    use_stream(
        Signal::derive(move || address.clone()),
        move |Heard {
                  numbers: [_, posts], ..
              }| {
            if known.try_get_value().is_some_and(|known| known != posts) {
                known.set_value(posts);
                look();
                refresh_counts_soon(viewer);
            }
        },
    );
    Effect::new(move |_| {
        let back = window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() {
                look();
            }
        });
        on_cleanup(move || back.remove());
    });
    live
}

impl Live {
    fn take(self, fresh: Vec<ThreadCard>, page: u32) {
        let shown = self.threads.try_update(|threads| {
            for thread in threads.iter_mut() {
                if let Some(now) = fresh.iter().find(|now| now.id == thread.id) {
                    thread.clone_from(now);
                }
            }
            unknown(&fresh, threads)
        });
        if page == 1 && shown.is_some_and(|new| new > 0) {
            self.news.set(Some(fresh));
        }
    }
}

fn row_id(thread: &ThreadId) -> String {
    format!("thread-{thread}")
}

#[component]
fn ThreadRow(thread: ThreadCard, slug: String) -> impl IntoView {
    let about = (!thread.about.is_empty()).then(|| format!("on “{}”", thread.about));
    let kind = thread.kind.label();
    view! {
        <li class="row" id=row_id(&thread.id)>
            <div class="row-main">
                <h3 class="row-title"><a href=format!("/groups/{slug}/{}", thread.id)>{thread.title}</a></h3>
                <p class="meta">
                    {kind} " · " {about.map(|about| format!("{about} · "))}
                    {counted(thread.posts, "post")} ", last post " <Moment iso=thread.last_post label=thread.last_post_label/>
                </p>
            </div>
            {(thread.unread > 0).then(|| view! {
                <div class="row-end"><Chip label=format!("{} new", thread.unread) tone=Tone::Highlight/></div>
            })}
        </li>
    }
    .into_any()
}

/// Starting a thread for members; for others how to become one.
#[component]
fn TakePart(group: GroupDetail, actions: Actions) -> impl IntoView {
    if group.member {
        let groups = vec![(group.id.clone(), group.title.clone())];
        let open = group.about.is_some() || group.preview.is_some();
        view! {
            <section class="section" id="start" data-open=open.then_some("")>
                <h2>"Start a thread"</h2>
                <StartForm action=actions.start groups form_key=group.form_key about=group.about preview=group.preview/>
            </section>
        }
        .into_any()
    } else if group.signed_in {
        let form = Form::of(actions.join);
        view! {
            <section class="section">
                <h2>"Take part"</h2>
                <FormErrors form/>
                <p>"Everyone may read here. To ask and to answer, join the group: what was said so far will not count as unread."</p>
                <ActionForm action=actions.join>
                    <input type="hidden" name="group" value=group.id.to_string()/>
                    <button class="button" type="submit">"Join this group"</button>
                </ActionForm>
            </section>
        }
        .into_any()
    } else {
        view! {
            <section class="section">
                <h2>"Take part"</h2>
                <p>"Everyone may read here. "<a href=format!("/sign-in?next=/groups/{}", group.slug)>"Sign in"</a>" to join and to ask."</p>
            </section>
        }
        .into_any()
    }
}

/// Who is here, what it works through, and the way out.
#[component]
fn Side(group: GroupDetail, actions: Actions) -> impl IntoView {
    let form = Form::of(actions.leave);
    let facilitators = group
        .facilitators
        .into_iter()
        .map(|name| view! { <li>{name}</li> })
        .collect_view();
    view! {
        <section class="section">
            <h2>"Facilitators"</h2>
            <ul class="rows rows-tight" role="list">{facilitators}</ul>
        </section>
        <section class="section">
            <h2>"About the group"</h2>
            <p class="meta">
                {if group.public { "Everyone may read. " } else { "For members only. " }}
                {counted(group.members, "member")} {(!group.organisation.is_empty()).then(|| format!(" · {}", group.organisation))}
            </p>
            {group.course.map(|(slug, title)| view! { <p>"Works through "<a href=format!("/courses/{slug}")>{title}</a></p> })}
            {group.member.then(|| view! {
                <ActionForm action=actions.leave>
                    <FormErrors form/>
                    <input type="hidden" name="group" value=group.id.to_string()/>
                    <button class="button quiet small" type="submit">"Leave the group"</button>
                </ActionForm>
            })}
        </section>
    }
    .into_any()
}
