//! All sets that the viewer may see.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::competencies::api::load_sets;
use crate::competencies::components::StateChip;
use crate::competencies::model::{EditionCard, EditionState, SetCard, SetList, counted, edition_href, edition_words};
use crate::ui::load::{load, loaded};
use crate::ui::{ChipTo, EmptyState, Icon, Page, Pager};

const LEDE: &str = "What good work in libraries looks like, statement by statement: to rate yourself by, to plan learning with, and to write job descriptions from.";

lazy_page!(INDEX in reading => index);

fn index() -> AnyView {
    let query = use_query_map();
    let page = move || query.with(|query| query.get("page").and_then(|page| page.parse().ok()));
    let sets = load(page, load_sets);
    loaded(sets, |list| view! { <IndexView list/> })
}

#[component]
fn IndexView(list: SetList) -> impl IntoView {
    let may_import = list.may_import;
    let actions = may_import.then(|| view! { <a class="button" href="/studio/import">"Import a set"</a> }.into_any());
    let body = if list.sets.is_empty() {
        let hint = if may_import {
            "Bring one in from a CASE package or a Moodle framework; you see what it holds before anything is written."
        } else {
            "When a library publishes one, everybody can read it here."
        };
        view! {
            <EmptyState title="No competency set is published yet" icon=Icon::Index>
                <p>{hint}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let cards = list.sets.into_iter().map(|set| view! { <SetRow set/> }).collect_view();
        view! { <ul class="rows rows-ruled" role="list">{cards}</ul> }.into_any()
    };
    view! {
        <Page title="Competency index" lede=LEDE.to_string() actions=actions>
            {body}
            <Pager page=list.page pages=list.pages base="/index"/>
        </Page>
    }
}

#[component]
fn SetRow(set: SetCard) -> impl IntoView {
    let first = set.standing().cloned();
    let size = first.as_ref().map(|edition| {
        let competencies =
            (edition.competencies > 0).then(|| counted(edition.competencies, "competency", "competencies") + ", ");
        format!(
            "{}{}",
            competencies.unwrap_or_default(),
            counted(edition.statements, "statement", "statements")
        )
    });
    let about = [
        Some(set.owner),
        first.as_ref().map(|edition| edition_words(edition.number)),
        size,
        first.as_ref().and_then(EditionCard::coverage),
    ];
    let about = about
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let state = first
        .as_ref()
        .map(|edition| edition.state)
        .filter(|state| *state != EditionState::Published);
    // The newest draft, where another edition is the one that counts.
    let draft = set
        .editions
        .first()
        .filter(|newest| !newest.state.is_public() && Some(*newest) != first.as_ref())
        .cloned();
    let slug = set.slug.clone();
    let draft = draft.map(|draft: EditionCard| {
        let label = format!("{}: {}", draft.state.label(), edition_words(draft.number));
        view! { <ChipTo href=edition_href(&slug, draft.number) label/> }
    });
    view! {
        <li class="row">
            <div class="row-main" lang=Some(set.language).filter(|language| !language.is_empty())>
                <h2 class="row-title"><a href=format!("/index/{}", set.slug)>{set.title}</a></h2>
                {(!set.summary.is_empty()).then(|| view! { <p class="lede">{set.summary}</p> })}
                <p class="meta" lang="en">{about}</p>
            </div>
            <div class="row-end cluster">
                {state.map(|state| view! { <StateChip state/> })}
                {draft}
            </div>
        </li>
    }
}
