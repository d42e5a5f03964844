//! The results page; the box in the header leads here.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::search;
use super::model::{Choices, Filters, Found, FoundKind, Hit, Kind, Piece, QUERY_CHARACTERS};
use crate::language::foreign;
use crate::paths::segment;
use crate::ui::field::SelectField;
use crate::ui::form::Form;
use crate::ui::load::{load, loaded};
use crate::ui::{ChipLink, EmptyState, Icon, IconView, Page, Pager};

lazy_page!(SEARCH_PAGE in people => search_page);

fn search_page() -> AnyView {
    let query = use_query_map();
    let page = load(
        move || {
            query.with(|query| {
                let page = query.get("page").and_then(|page| page.parse().ok());
                let word = |name: &str| query.get(name).unwrap_or_default();
                let narrowed = (word("set"), word("organisation"), word("language"));
                (word("q"), word("kind"), narrowed, page)
            })
        },
        |(q, kind, (set, organisation, language), page)| search(q, kind, set, organisation, language, page),
    );
    loaded(page, |found| view! { <FoundView found/> })
}

/// The same search, of one kind or of all, as narrow.
fn address(query: &str, filters: &Filters, kind: Option<Kind>) -> String {
    let mut address = format!("/search?q={}", segment(query));
    let kind = kind.map(|kind| ("kind", kind.as_str()));
    let chosen = filters.pairs().into_iter().filter(|(_, value)| !value.is_empty());
    for (name, value) in chosen.chain(kind) {
        address.push_str(&format!("&{name}={}", segment(value)));
    }
    address
}

#[component]
fn FoundView(found: Found) -> impl IntoView {
    let Found {
        query,
        replaced,
        only,
        page,
        filters,
        choices,
        people_first,
        mut kinds,
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
        (_, true) if !filters.is_empty() => nothing_so_narrow(address(&query, &Filters::default(), only)),
        (_, true) => nothing(),
        _ => {
            let chips = chips(&query, &filters, only, &kinds);
            kinds.sort_by_key(|kind| !(people_first && kind.kind == Kind::Person));
            let shown = kinds.into_iter().filter(|kind| only.is_none_or(|only| only == kind.kind));
            let shown = shown.map(|kind| of_kind(&query, &filters, kind, only.is_some(), page)).collect_view();
            let empty = only.filter(|only| !chips.1.contains(only)).map(|only| {
                view! { <p>"None of these are "{only.label().to_ascii_lowercase()}"."</p> }
            });
            view! { {chips.0} {empty} {shown} }.into_any()
        }
    };
    view! {
        <Page title=title narrow=true>
            <form class="search-form stack" action="/search" role="search" aria-label="Everything">
                <div class="search search-own">
                    <IconView icon=Icon::Search/>
                    <input type="search" name="q" id="search-own" aria-label="Words to look for" value=query maxlength=QUERY_CHARACTERS.to_string() autocomplete="off"/>
                    {only.map(|only| view! { <input type="hidden" name="kind" value=only.as_str()/> })}
                    <button class="button" type="submit">"Search"</button>
                </div>
                {narrowing(filters, choices)}
            </form>
            {(!replaced.is_empty()).then(|| instead(replaced))}
            {body}
        </Page>
    }
}

/// What may narrow what was found, where there is a choice.
fn narrowing(filters: Filters, choices: Choices) -> Option<AnyView> {
    let fields = [
        choice("set", "Set", "All sets", choices.sets, filters.set),
        choice(
            "organisation",
            "Organisation",
            "All organisations",
            choices.organisations,
            filters.organisation,
        ),
        choice(
            "language",
            "Language",
            "All languages",
            choices.languages,
            filters.language,
        ),
    ];
    fields.iter().any(Option::is_some).then(|| {
        view! { <div class="form-inline">{fields.collect_view()}<button class="button quiet" type="submit">"Narrow down"</button></div> }
            .into_any()
    })
}

/// A list to choose one of or all; what is chosen is among it though nothing
/// of it was found.
fn choice(
    name: &'static str,
    label: &'static str,
    all: &str,
    mut choices: Vec<(String, String)>,
    chosen: String,
) -> Option<AnyView> {
    if !chosen.is_empty() && choices.iter().all(|(value, _)| *value != chosen) {
        choices.push((chosen.clone(), chosen.clone()));
    }
    if choices.len() < 2 && chosen.is_empty() {
        return None;
    }
    choices.insert(0, (String::new(), all.to_owned()));
    Some(view! { <SelectField form=Form::none() name label options=choices value=chosen/> }.into_any())
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

fn nothing_so_narrow(wider: String) -> AnyView {
    view! {
        <EmptyState title="Nothing found so narrow" icon=Icon::Search>
            <p>"Nothing that fits what was chosen holds all of these words."</p>
            <p><a href=wider>"Look everywhere"</a></p>
        </EmptyState>
    }
    .into_any()
}

/// All kinds of which there is something, each a link.
fn chips(query: &str, filters: &Filters, only: Option<Kind>, kinds: &[FoundKind]) -> (AnyView, Vec<Kind>) {
    let there = kinds.iter().map(|kind| kind.kind).collect();
    let links = kinds
        .iter()
        .map(|kind| {
            let label = format!("{} {}", kind.kind.label(), kind.count_label());
            view! { <li><ChipLink href=address(query, filters, Some(kind.kind)) label current=only == Some(kind.kind)/></li> }
        })
        .collect_view();
    let chips = view! {
        <nav aria-label="Kinds of what was found">
            <ul class="cluster" role="list">
                <li><ChipLink href=address(query, filters, None) label="All" current=only.is_none()/></li>
                {links}
            </ul>
        </nav>
    };
    (chips.into_any(), there)
}

fn of_kind(query: &str, filters: &Filters, kind: FoundKind, alone: bool, page: u32) -> impl IntoView + use<> {
    let (pages, shown) = (kind.pages(), kind.hits.len() as u32);
    let base = address(query, filters, Some(kind.kind));
    let more = (alone && kind.more).then(|| {
        view! { <p class="meta">{format!("There are more than these {}. Another word narrows it down.", kind.count)}</p> }
    });
    let all = (!alone && kind.count > shown).then(|| {
        let label = format!("All {} {}", kind.count_label(), kind.kind.label().to_ascii_lowercase());
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
    view! { <li><a href=hit.href lang=foreign(&hit.language)>{marked(hit.title)}</a>{excerpt}{place}</li> }
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
