//! The results page; the box in the header leads here.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::search;
use super::model::{Found, FoundGroup, QUERY_CHARACTERS};
use crate::ui::field::TextField;
use crate::ui::form::Form;
use crate::ui::load::{load, loaded};
use crate::ui::{EmptyState, Page};

lazy_page!(SEARCH_PAGE in index => search_page);

fn search_page() -> AnyView {
    let query = use_query_map();
    let page = load(move || query.with(|query| query.get("q").unwrap_or_default()), search);
    loaded(page, |found| view! { <FoundView found/> })
}

#[component]
fn FoundView(found: Found) -> impl IntoView {
    let Found { query, groups } = found;
    let nothing = !query.is_empty() && groups.is_empty();
    let title = if query.is_empty() {
        "Search".to_owned()
    } else {
        format!("Search: {query}")
    };
    view! {
        <Page title=title narrow=true>
            <form class="form" action="/search" role="search" aria-label="Everything">
                <TextField form=Form::none() name="q" label="Words to look for" kind="search" value=query maxlength=QUERY_CHARACTERS as u32/>
                <div class="form-actions"><button class="button" type="submit">"Search"</button></div>
            </form>
            {nothing.then(|| view! {
                <EmptyState title="Nothing found">"Try fewer or other words. Search looks at titles and statements."</EmptyState>
            })}
            {groups.into_iter().map(group).collect_view()}
        </Page>
    }
}

fn group(group: FoundGroup) -> impl IntoView {
    let hits = group
        .hits
        .into_iter()
        .map(|hit| view! { <li><a href=hit.href>{hit.title}</a><p class="meta">{hit.place}</p></li> })
        .collect_view();
    view! { <section><h2>{group.title}</h2><ul class="rows">{hits}</ul></section> }
}
