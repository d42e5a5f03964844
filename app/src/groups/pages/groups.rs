use crate::ui::lazy_page;
use leptos::prelude::*;

use super::{counted, page, query};
use crate::groups::api::load_groups;
use crate::groups::model::{GroupCard, GroupList};
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, Count, EmptyState, Icon, Notice, Page, Pager, Tone};

lazy_page!(
    /// The groups there are, the viewer's own first.
    GROUPS in learning => groups
);

fn groups() -> AnyView {
    let page = load(page(), load_groups);
    loaded(page, |list| view! { <GroupsView list/> })
}

#[component]
fn GroupsView(list: GroupList) -> impl IntoView {
    let left = query("notice")().as_deref() == Some("left");
    let nothing = list.mine.is_empty() && list.public.is_empty();
    let mine = (!list.mine.is_empty()).then(|| {
        let rows = list.mine.into_iter().map(|card| view! { <GroupRow card/> }).collect_view();
        view! { <section class="section"><h2>"My groups"</h2><ul class="rows rows-ruled" role="list">{rows}</ul></section> }
    });
    let public = (!list.public.is_empty()).then(|| {
        let rows = list
            .public
            .into_iter()
            .map(|card| view! { <GroupRow card/> })
            .collect_view();
        view! {
            <section class="section">
                <h2>"Public groups"</h2>
                <ul class="rows rows-ruled" role="list">{rows}</ul>
                <Pager page=list.page pages=list.pages base="/groups"/>
            </section>
        }
    });
    view! {
        <Page title="Study groups" lede="People who work through something together.".to_owned()>
            {left.then(|| view! { <Notice tone=Tone::Accent><p>"You have left the group."</p></Notice> })}
            {mine}
            {public}
            {nothing.then(|| view! {
                <EmptyState title="No study groups yet" icon=Icon::Groups>
                    <p>"Groups that everyone may read stand here, and those that you belong to. A trainer opens one with a cohort."</p>
                </EmptyState>
            })}
        </Page>
    }
    .into_any()
}

#[component]
fn GroupRow(card: GroupCard) -> impl IntoView {
    let size = format!(
        "{} · {}",
        counted(card.members, "member"),
        counted(card.threads, "thread")
    );
    view! {
        <li class="row">
            <div class="row-main">
                <h3 class="row-title"><a href=format!("/groups/{}", card.slug)>{card.title}</a></h3>
                <p class="lede">{card.summary}</p>
                <p class="meta">{size}</p>
            </div>
            <div class="row-end cluster">
                {(!card.public).then(|| view! { <Chip label="Members only"/> })}
                <Count count=card.unread/>
            </div>
        </li>
    }
    .into_any()
}
