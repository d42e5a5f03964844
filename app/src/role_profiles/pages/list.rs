//! The role profiles of a set.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::crumbs;
use crate::competencies::model::{counted, edition_words};
use crate::editions::model::editions_href;
use crate::paths::segment;
use crate::role_profiles::api::load_role_profiles;
use crate::role_profiles::model::{ProfileLine, ProfilesPage, new_profile_href, profile_href, profiles_href};
use crate::ui::load::{load, loaded};
use crate::ui::{ChipTo, EmptyState, Icon, Notice, Page, Pager, Tone, lazy_page};

lazy_page!(
    /// What an organisation's jobs need of a set.
    ROLE_PROFILES in studio => role_profiles
);

const LEDE: &str = "A role profile names the statements that a kind of job needs, each with a level. People choose one, rate themselves and see the gap. Only your organisation and those beneath it see yours; those of the organisation that owns the set are open to everyone.";

fn role_profiles() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = load(
        move || {
            let set = params.with(|params| params.get("set").unwrap_or_default());
            (
                set,
                query.with(|query| query.get("page").and_then(|page| page.parse().ok())),
            )
        },
        |(set, page)| load_role_profiles(set, page),
    );
    loaded(page, |page| view! { <ListView page/> })
}

#[component]
fn ListView(page: ProfilesPage) -> impl IntoView {
    let query = use_query_map();
    let removed = move || query.with(|query| query.get("notice").as_deref() == Some("removed"));
    let set = page.set;
    let new = new_profile_href(&set.slug);
    let body = if set.number.is_none() {
        let action = view! { <a class="button" href=editions_href(&set.slug)>"Drafts and editions"</a> }.into_any();
        view! {
            <EmptyState title="Nothing is published yet" icon=Icon::Index action>
                <p>"Role profiles belong to a published edition, because people rate themselves against it. Publish one first."</p>
            </EmptyState>
        }
        .into_any()
    } else if page.profiles.is_empty() {
        let action = view! { <a class="button" href=new.clone()>"Make a role profile"</a> }.into_any();
        view! {
            <EmptyState title="No role profile yet" icon=Icon::Growth action>
                <p>"Say what a kind of job needs, such as Children’s librarian. Until then people can rate themselves section by section, and see no gaps."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = page
            .profiles
            .into_iter()
            .map(|line| row(&set.slug, line))
            .collect_view();
        view! {
            <p><a class="button" href=new>"Make a role profile"</a></p>
            <ul class="rows rows-ruled" role="list">{rows}</ul>
        }
        .into_any()
    };
    let title = format!("Role profiles of {}", set.title);
    view! {
        <Page title=title lede=LEDE.to_string() crumbs=crumbs(&set)>
            {move || removed().then(|| view! { <Notice tone=Tone::Accent><p>"Removed. What people rated and planned is theirs still."</p></Notice> })}
            {body}
            <Pager page=page.page pages=page.pages base=profiles_href(&set.slug)/>
        </Page>
    }
}

fn row(set: &str, line: ProfileLine) -> AnyView {
    let facts = format!(
        "{} · {} · {}{}",
        line.organisation,
        counted(line.statements, "statement", "statements"),
        edition_words(line.number),
        if line.retired { ", which is retired" } else { "" }
    );
    let title = match line.may_edit {
        true => view! { <a href=profile_href(set, &line.slug)>{line.title.clone()}</a> }.into_any(),
        false => line.title.clone().into_any(),
    };
    let copy = (!line.retired).then(|| format!("{}?copy={}", new_profile_href(set), segment(&line.slug)));
    let copy = copy.map(|href| {
        view! { <div class="row-end"><ChipTo href label="Copy" about=format!(" {}", line.title)/></div> }
    });
    view! {
        <li class="row">
            <div class="row-main">
                <h2 class="row-title">{title}</h2>
                <p>{line.description}</p>
                <p class="meta">{facts}</p>
            </div>
            {copy}
        </li>
    }
    .into_any()
}
