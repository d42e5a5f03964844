//! Beside a statement: where the viewer stands, and the talk about it.

use leptos::prelude::*;

use super::standing::{CameFrom, GoesOn, WhereIAm};
use crate::competencies::model::{
    EditionState, Level, NodeKind, NodePage, ProgrammeUse, Talk, UsedBy, counted, edition_words, level_word, node_href,
};
use crate::editions::model::changes_href;
use crate::paths::segment;
use crate::start::use_viewer;
use crate::ui::{ChipTo, CopyButton, Disclosure, LevelDots, Moment, Pager};
use crate::viewer::Viewer;

#[component]
pub fn Side(node: NodePage) -> impl IntoView {
    let back = node_href(&node.set, node.edition.number, &node.address);
    let here = back.clone();
    let statement = node.kind == NodeKind::Statement;
    let id = node.id.to_string();
    let about = format!("node-{id}");
    let (citation, case) = (node.citation(), node.case_href());
    let open = node.edition.state == EditionState::Published;
    let used =
        (!node.used_by.is_empty()).then(|| view! { <UsedIn used=node.used_by levels=node.levels.clone() open/> });
    let programmes = (!node.programmes.is_empty()).then(|| view! { <TaughtIn programmes=node.programmes/> });
    let onward = node
        .onward
        .map(|onward| view! { <GoesOn onward set=node.set.clone() state=node.edition.state/> });
    let mine = match (node.mine, statement) {
        (Some(mine), true) => view! { <WhereIAm mine levels=node.levels node=id open/> }.into_any(),
        (None, true) if open => view! { <Invitation back/> }.into_any(),
        (Some(_), false) if open => {
            view! { <p><a class="button" href=format!("/me/rate?section={id}")>"Rate myself on all of it"</a></p> }
                .into_any()
        }
        _ => ().into_any(),
    };
    view! {
        {onward}
        {mine}
        {used}
        {programmes}
        <TalkAbout talk=node.talk talks=node.talks start=open.then_some(about)/>
        <Pager page=node.talk_page pages=node.talk_pages base=here name="talk" label="Pages of talk about this"/>
        <CameFrom names=node.came_from set=node.set.clone()/>
        <Across set=node.set number=node.edition.number address=node.address editions=node.editions/>
        <Cite citation case/>
    }
}

/// The same in other editions, and what changed in this one.
#[component]
fn Across(set: String, number: u32, address: String, editions: Vec<(u32, String)>) -> impl IntoView {
    let first = editions.iter().all(|(other, _)| *other >= number);
    let others = editions.len() > 1;
    let changed = (number > 1 && !(first && others)).then(|| {
        let href = format!("{}?node={}", changes_href(&set, number), segment(&address));
        view! { <p><a href=href>"What changed in this edition"</a></p> }
    });
    let links = editions
        .into_iter()
        .filter(|(other, _)| *other != number)
        .map(|(other, address)| view! { <li><a href=node_href(&set, other, &address)>{edition_words(other)}</a></li> })
        .collect_view();
    (others || changed.is_some()).then(|| {
        view! {
            <section>
                <h2>"Across editions"</h2>
                <ul class="rows rows-tight" role="list">{links}</ul>
                {changed}
            </section>
        }
    })
}

/// How to name a statement or a set elsewhere, and where other systems find it.
#[component]
pub fn Cite(citation: String, case: Option<String>) -> impl IntoView {
    view! {
        <section>
            <h2>"Cite this"</h2>
            <p class="wrap" id="citation">{citation}</p>
            <p class="cluster">
                <CopyButton of="citation"/>
                {case.map(|href| view! { <ChipTo href label="As data (CASE)" external=true/> })}
            </p>
        </section>
    }
}

/// Role profiles that stand unfolded, and programmes that are named.
const NAMED: usize = 12;

fn size(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// Which jobs need it.
#[component]
fn UsedIn(mut used: Vec<UsedBy>, levels: Vec<Level>, open: bool) -> impl IntoView {
    let of = u32::try_from(levels.len().saturating_sub(1)).unwrap_or(0);
    // Both pages are one's own: a visitor has none.
    let signed_in = use_viewer().with_untracked(Viewer::is_signed_in);
    let row = |one: UsedBy| {
        let href = match open {
            true => format!("/me?profile={}", segment(&one.slug)),
            false => format!("/me/gaps?profile={}", segment(&one.slug)),
        };
        let title = match signed_in {
            true => view! { <a href=href>{one.title}</a> }.into_any(),
            false => one.title.into_any(),
        };
        view! {
            <li class="split standing">
                <div>{title}<p class="meta">{one.organisation}</p></div>
                <LevelDots level=one.level of label=level_word(&levels, one.level)/>
            </li>
        }
    };
    let more: Vec<UsedBy> = used.drain(used.len().min(NAMED)..).collect();
    let rows = used.into_iter().map(row).collect_view();
    let more = (!more.is_empty()).then(|| {
        let summary = format!("And {}", counted(size(more.len()), "other", "others"));
        let rows = more.into_iter().map(row).collect_view();
        view! { <Disclosure summary><ul class="rows" role="list">{rows}</ul></Disclosure> }
    });
    view! {
        <section>
            <h2>{if open { "Who needs it" } else { "Who needed it" }}</h2>
            <ul class="rows" role="list">{rows}</ul>
            {more}
        </section>
    }
}

/// Which programmes have courses that serve it; they lead to the courses.
#[component]
fn TaughtIn(programmes: Vec<ProgrammeUse>) -> impl IntoView {
    let more = programmes.len() > NAMED;
    let rows = programmes
        .into_iter()
        .take(NAMED)
        .map(|one| {
            let courses = one
                .courses
                .into_iter()
                .map(|(title, href)| view! { <li><a href=href>{title}</a></li> })
                .collect_view();
            view! {
                <li>
                    {one.title}
                    <p class="meta">{format!("{} · with the courses:", one.organisation)}</p>
                    <ul role="list">{courses}</ul>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Programmes with it"</h2>
            <ul class="rows" role="list">{rows}</ul>
            {more.then(|| view! { <p class="meta">"And others."</p> })}
        </section>
    }
}

#[component]
fn Invitation(back: String) -> impl IntoView {
    view! {
        <section class="sheet">
            <h2>"Where are you?"</h2>
            <p>"Sign in to rate yourself on this statement, see what your job needs and plan how to get there."</p>
            <p><a class="button" href=format!("/sign-in?next={}", segment(&back))>"Sign in"</a></p>
        </section>
    }
}

#[component]
fn TalkAbout(
    talk: Vec<Talk>,
    talks: u32,
    /// What a thread about it is said to be about; none of what nobody starts one about.
    start: Option<String>,
) -> impl IntoView {
    let none = talk.is_empty();
    let heading = match talks {
        0 => "Talk about this".to_owned(),
        talks => format!("Talk about this ({talks})"),
    };
    let rows = talk
        .into_iter()
        .map(|thread| {
            let href = format!("/groups/{}/{}", segment(&thread.group), thread.thread);
            let question = if thread.question { " · question" } else { "" };
            let facts = format!(
                "{}{question} · {} · ",
                counted(thread.posts, "post", "posts"),
                thread.group_title
            );
            let before = thread
                .before
                .map(|before| view! { <p class="meta">{before.label()}</p> });
            view! {
                <li>
                    <a href=href>{thread.title}</a>
                    {before}
                    <p class="meta">{facts}<Moment iso=thread.last_post label=thread.last_post_label/></p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{heading}</h2>
            {if none {
                view! { <p class="meta">"Nobody has brought this up yet."</p> }.into_any()
            } else {
                view! { <ul class="rows" role="list">{rows}</ul> }.into_any()
            }}
            {start.map(|about| view! { <BringUp about/> })}
        </section>
    }
}

/// The way to start a thread about it: in one's group, in one of one's groups,
/// or how to be in one.
#[component]
fn BringUp(about: String) -> impl IntoView {
    let (signed_in, groups) = use_viewer().with_untracked(|viewer| (viewer.is_signed_in(), viewer.groups.clone()));
    let href = |slug: &str| format!("/groups/{}?about={about}#start", segment(slug));
    match groups.as_slice() {
        [] if signed_in => view! {
            <p>"Who belongs to a study group can start a thread about this. "<a href="/groups">"Join a study group"</a></p>
        }
        .into_any(),
        [] => view! { <p><a href="/groups">"See the study groups"</a></p> }.into_any(),
        [one] => view! { <p><a class="button quiet" href=href(&one.slug)>"Start a thread"</a></p> }.into_any(),
        many => {
            let rows = many
                .iter()
                .map(|group| view! { <li><a href=href(&group.slug)>{group.title.clone()}</a></li> })
                .collect_view();
            view! {
                <Disclosure summary="Start a thread">
                    <p class="meta">"In which group?"</p>
                    <ul class="rows rows-tight" role="list">{rows}</ul>
                </Disclosure>
            }
            .into_any()
        }
    }
}
