//! What there is elsewhere: books, videos, articles, tools, templates, reports.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{load_resource, load_resources};
use super::model::{Kind, Resource as Item, ResourcesPage};
use crate::courses::components::{AlignedChips, AlignedList};
use crate::courses::marked_up::LearningData;
use crate::courses::rules::minutes_label;
use crate::paths::segment;
use crate::start::use_viewer;
use crate::ui::load::{load, loaded};
use crate::ui::{ChipLink, Crumb, EmptyState, Icon, IconView, Page, Pager};
use crate::viewer::Viewer;

lazy_page!(RESOURCES in reading => resources);
lazy_page!(RESOURCE_PAGE in reading => resource);

fn resources() -> AnyView {
    let query = use_query_map();
    let page = load(
        move || {
            query.with(|query| {
                let page = query.get("page").and_then(|page| page.parse().ok());
                (query.get("kind").unwrap_or_default(), page)
            })
        },
        |(kind, page)| load_resources(kind, page),
    );
    loaded(page, |page| view! { <ResourcesView page/> })
}

fn resource() -> AnyView {
    let params = use_params_map();
    let page = load(
        move || params.with(|params| params.get("resource").unwrap_or_default()),
        load_resource,
    );
    loaded(page, |item| view! { <ResourceView item/> })
}

fn address(kind: Option<Kind>) -> String {
    kind.map_or_else(
        || "/resources".into(),
        |kind| format!("/resources?kind={}", kind.as_str()),
    )
}

#[component]
fn ResourcesView(page: ResourcesPage) -> impl IntoView {
    let chosen = page.kind;
    let kinds = Kind::ALL
        .into_iter()
        .map(|kind| view! { <li><ChipLink href=address(Some(kind)) label=kind.plural() current=chosen == Some(kind)/></li> })
        .collect_view();
    let base = address(chosen);
    let empty = page.resources.is_empty();
    let rows = page
        .resources
        .into_iter()
        .map(|item| view! { <ResourceRow item/> })
        .collect_view();
    view! {
        <Page
            title="Resources"
            lede="Books, articles, tools and films elsewhere on the web that serve statements of the index.".to_string()
        >
            <nav aria-label="Kinds of resources">
                <ul class="cluster" role="list">
                    <li><ChipLink href="/resources" label="All" current=chosen.is_none()/></li>
                    {kinds}
                </ul>
            </nav>
            {if empty {
                view! {
                    <EmptyState title="Nothing of this kind yet" icon=Icon::Resources>
                        <p>"Resources that curators have aligned to statements stand here."</p>
                        <p><a href="/resources">"See all resources"</a></p>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
            }}
            <Pager page=page.page pages=page.pages base=base/>
        </Page>
    }
}

/// What it is, whose, and how long it takes, in a line.
fn facts(item: &Item) -> String {
    let facts = [
        item.kind.map(|kind| kind.label().to_owned()).unwrap_or_default(),
        item.publisher.clone(),
        minutes_label(item.minutes),
    ];
    let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    facts.join(" · ")
}

fn add_to_plan(item: &Item, class: &'static str) -> Option<AnyView> {
    let signed_in = use_viewer().with_untracked(Viewer::is_signed_in);
    signed_in.then(|| {
        let label = format!("Add to plan: “{}”", item.title);
        view! { <a class=class href=format!("/me/plan?add=resource-{}", item.id) aria-label=label>"Add to plan"</a> }
            .into_any()
    })
}

/// The way to where it is, which is named.
fn elsewhere(item: &Item, class: &'static str) -> Option<AnyView> {
    (!item.url.is_empty()).then(|| {
        let words = match host(&item.url) {
            Some(host) => format!("Open at {host} "),
            None => "Open ".to_owned(),
        };
        let label = format!("{}: “{}”", words.trim_end(), item.title);
        view! {
            <a class=class href=item.url.clone() rel="external noopener noreferrer" aria-label=label>{words}<IconView icon=Icon::External/></a>
        }
        .into_any()
    })
}

/// Whose place an address is, without what all are called by.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

#[component]
fn ResourceView(item: Item) -> impl IntoView {
    let (facts, add) = (facts(&item), add_to_plan(&item, "button quiet"));
    let open = elsewhere(&item, "button");
    let url = format!("/resources/{}", segment(&item.slug));
    let (name, description, by) = (item.title.clone(), item.summary.clone(), item.publisher.clone());
    let aligned = item.aligned.clone();
    let serves = (!item.aligned.is_empty()).then(|| {
        view! { <section><h2>"Statements it serves"</h2><AlignedList aligned=item.aligned/></section> }
    });
    view! {
        <Page title=item.title lede=item.summary crumbs=vec![Crumb::new("/resources", "Resources")] narrow=true>
            <LearningData kind="LearningResource" name description url by language=String::new() aligned/>
            <p class="meta">{facts}</p>
            <p class="cluster">{open} {add}</p>
            {serves}
        </Page>
    }
}

#[component]
fn ResourceRow(item: Item) -> impl IntoView {
    let (facts, add) = (facts(&item), add_to_plan(&item, "button quiet small"));
    let open = elsewhere(&item, "button quiet small");
    view! {
        <li class="row">
            <div class="row-main stack-tight">
                <h2 class="row-title"><a href=format!("/resources/{}", segment(&item.slug))>{item.title}</a></h2>
                <p class="meta">{facts}</p>
                <p class="lede">{item.summary}</p>
                <AlignedChips aligned=item.aligned/>
            </div>
            <div class="row-end cluster">{open} {add}</div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_place_is_named_by_its_host() {
        assert_eq!(host("https://www.example.org/a?b#c"), Some("example.org"));
        assert_eq!(host("http://books.example.org:8080"), Some("books.example.org:8080"));
        assert_eq!(host("nowhere"), None);
    }
}
