//! The results page; the box in the header leads here.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::search;
use super::model::{Found, FoundKind, Hit, Kind, Piece, QUERY_CHARACTERS};
use crate::paths::segment;
use crate::ui::load::{load, loaded};
use crate::ui::{ChipLink, EmptyState, Icon, IconView, Page, Pager};

lazy_page!(SEARCH_PAGE in index => search_page);

fn search_page() -> AnyView {
    let query = use_query_map();
    let page = load(
        move || {
            query.with(|query| {
                let page = query.get("page").and_then(|page| page.parse().ok());
                (
                    query.get("q").unwrap_or_default(),
                    query.get("kind").unwrap_or_default(),
                    page,
                )
            })
        },
        |(q, kind, page)| search(q, kind, page),
    );
    loaded(page, |found| view! { <FoundView found/> })
}

/// The same search, of one kind or of all.
fn address(query: &str, kind: Option<Kind>) -> String {
    let kind = kind.map_or_else(String::new, |kind| format!("&kind={}", kind.as_str()));
    format!("/search?q={}{kind}", segment(query))
}

#[component]
fn FoundView(found: Found) -> impl IntoView {
    let Found {
        query,
        replaced,
        only,
        page,
        kinds,
    } = found;
    let title = if query.is_empty() {
        "Search".to_owned()
    } else {
        format!("Search: {query}")
    };
    let body = match (query.is_empty(), kinds.is_empty()) {
        (true, _) => view! {
            <p class="lede">"Statements, competencies, courses, lessons, resources, study groups, their talk, and people: whatever you may see, by their titles and by what lessons, posts and descriptions say. A code such as LM 3.4 is found too."</p>
        }
        .into_any(),
        (_, true) => nothing(),
        _ => {
            let chips = chips(&query, only, &kinds);
            let shown = kinds.into_iter().filter(|kind| only.is_none_or(|only| only == kind.kind));
            let shown = shown.map(|kind| of_kind(&query, kind, only.is_some(), page)).collect_view();
            let empty = only.filter(|only| !chips.1.contains(only)).map(|only| {
                view! { <p>"None of these are "{only.label().to_lowercase()}"."</p> }
            });
            view! { {chips.0} {empty} {shown} }.into_any()
        }
    };
    view! {
        <Page title=title narrow=true>
            <form class="search search-own" action="/search" role="search" aria-label="Everything">
                <IconView icon=Icon::Search/>
                <input type="search" name="q" id="search-own" aria-label="Words to look for" value=query maxlength=QUERY_CHARACTERS.to_string() autocomplete="off"/>
                {only.map(|only| view! { <input type="hidden" name="kind" value=only.as_str()/> })}
                <button class="button" type="submit">"Search"</button>
            </form>
            {(!replaced.is_empty()).then(|| instead(replaced))}
            {body}
        </Page>
    }
}

fn instead(replaced: Vec<(String, String)>) -> impl IntoView {
    let words = replaced
        .into_iter()
        .map(|(from, to)| view! { <span>"Nothing holds “"{from}"”. Shown is what holds “"<b>{to}</b>"”. "</span> })
        .collect_view();
    view! { <p class="search-instead" role="status">{words}</p> }
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title="Nothing found" icon=Icon::Search>
            <p>"Nothing that you may see holds all of these words, or words one letter away. Try fewer or other words."</p>
            <p><a href="/index">"Browse the index"</a>" or "<a href="/courses">"the courses"</a></p>
        </EmptyState>
    }
    .into_any()
}

/// All kinds of which there is something, each a link.
fn chips(query: &str, only: Option<Kind>, kinds: &[FoundKind]) -> (AnyView, Vec<Kind>) {
    let there = kinds.iter().map(|kind| kind.kind).collect();
    let links = kinds
        .iter()
        .map(|kind| {
            let label = format!("{} {}", kind.kind.label(), kind.count_label());
            view! { <li><ChipLink href=address(query, Some(kind.kind)) label current=only == Some(kind.kind)/></li> }
        })
        .collect_view();
    let chips = view! {
        <nav aria-label="Kinds of what was found">
            <ul class="cluster" role="list">
                <li><ChipLink href=address(query, None) label="All" current=only.is_none()/></li>
                {links}
            </ul>
        </nav>
    };
    (chips.into_any(), there)
}

fn of_kind(query: &str, kind: FoundKind, alone: bool, page: u32) -> impl IntoView {
    let (pages, shown) = (kind.pages(), kind.hits.len() as u32);
    let base = address(query, Some(kind.kind));
    let more = (alone && kind.more).then(|| {
        view! { <p class="meta">{format!("There are more than these {}. Another word narrows it down.", kind.count)}</p> }
    });
    let all = (!alone && kind.count > shown).then(|| {
        let label = format!("All {} {}", kind.count_label(), kind.kind.label().to_lowercase());
        view! { <p><a href=base.clone()>{label}</a></p> }
    });
    let hits = kind.hits.into_iter().map(hit).collect_view();
    view! {
        <section class="search-kind">
            <h2>{kind.kind.label()}</h2>
            <ul class="rows rows-tight" role="list">{hits}</ul>
            {all}
            {more}
            {alone.then(|| view! { <Pager page=page.min(pages) pages base/> })}
        </section>
    }
}

fn hit(hit: Hit) -> impl IntoView {
    let excerpt = (!hit.excerpt.is_empty()).then(|| view! { <p class="search-excerpt">{marked(hit.excerpt)}</p> });
    let place = (!hit.place.is_empty()).then(|| view! { <p class="meta">{hit.place}</p> });
    view! { <li><a href=hit.href>{marked(hit.title)}</a>{excerpt}{place}</li> }
}

fn marked(pieces: Vec<Piece>) -> impl IntoView {
    pieces
        .into_iter()
        .map(|piece| {
            if piece.marked {
                view! { <mark>{piece.text}</mark> }.into_any()
            } else {
                piece.text.into_any()
            }
        })
        .collect_view()
}
