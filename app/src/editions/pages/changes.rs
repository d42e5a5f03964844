//! What changed in an edition, word by word, for everyone who may read both.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::difference::Difference;
use super::{KindChip, Narrowing};
use crate::competencies::model::{counted, edition_href, edition_words, node_href};
use crate::editions::api::load_changes;
use crate::editions::model::{Change, ChangeGroup, ChangesPage, Kind, Named, bases_words, changes_href};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, Page, Pager, lazy_page};

lazy_page!(CHANGES in people => changes);

fn changes() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = load(
        move || {
            let part = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
            let asked = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
            (
                part("set"),
                part("edition"),
                asked("kind"),
                asked("node"),
                asked("page").parse().ok(),
            )
        },
        |(set, edition, kind, node, page)| load_changes(set, edition, kind, node, page),
    );
    loaded(page, |page| view! { <ChangesView page/> })
}

/// Where both sides of a change are.
#[derive(Clone)]
struct Place {
    slug: String,
}

#[component]
fn ChangesView(page: ChangesPage) -> impl IntoView {
    let words = edition_words(page.number);
    let crumbs = vec![
        Crumb::new("/index", "Index"),
        Crumb::new(
            edition_href(&page.slug, page.number),
            format!("{}, {words}", page.title),
        ),
    ];
    let title = match &page.node {
        Some(node) => format!("What changed: {node}"),
        None => format!("What changed in the {words}"),
    };
    let language = Some(page.language.clone()).filter(|language| !language.is_empty());
    if page.bases.is_empty() {
        return view! {
            <Page title=title kicker=page.title.clone() crumbs=crumbs>
                <EmptyState title="This is the first edition">"There is nothing before it that it could differ from."</EmptyState>
            </Page>
        }
        .into_any();
    }
    let place = Place {
        slug: page.slug.clone(),
    };
    let lede = summary(&page);
    let (links, list) = narrowing(&page);
    let none = page.groups.is_empty();
    let groups = page
        .groups
        .into_iter()
        .map(|group| view! { <GroupView group place=place.clone()/> })
        .collect_view();
    view! {
        <Page title=title kicker=page.title lede=lede crumbs=crumbs>
            <Narrowing links/>
            <div lang=language>
                {if none {
                    view! { <p lang="en">"Nothing of this changed."</p> }.into_any()
                } else {
                    groups.into_any()
                }}
            </div>
            <Pager page=page.page pages=page.pages base=list/>
        </Page>
    }
    .into_any()
}

fn summary(page: &ChangesPage) -> String {
    let kinds = Kind::ALL.into_iter().filter(|kind| page.counts.of(*kind) > 0);
    let parts: Vec<String> = kinds
        .map(|kind| format!("{} {}", page.counts.of(kind), kind.label().to_ascii_lowercase()))
        .collect();
    format!("Compared with the {}: {}.", bases_words(&page.bases), parts.join(", "))
}

fn narrowing(page: &ChangesPage) -> (Vec<(String, String, bool)>, String) {
    let base = changes_href(&page.slug, page.number);
    let mut links = vec![(
        base.clone(),
        "All changes".to_owned(),
        page.kind.is_none() && page.node.is_none(),
    )];
    let kinds = Kind::ALL.into_iter().filter(|kind| page.counts.of(*kind) > 0);
    links.extend(kinds.map(|kind| {
        let label = format!("{} {}", kind.label(), page.counts.of(kind));
        (format!("{base}?kind={}", kind.as_str()), label, page.kind == Some(kind))
    }));
    let list = page
        .kind
        .map_or_else(|| base.clone(), |kind| format!("{base}?kind={}", kind.as_str()));
    (links, list)
}

#[component]
fn GroupView(group: ChangeGroup, place: Place) -> impl IntoView {
    let count = u32::try_from(group.changes.len()).unwrap_or(u32::MAX);
    let rows = group
        .changes
        .into_iter()
        .map(|change| view! { <ChangeView change place=place.clone()/> })
        .collect_view();
    view! {
        <section>
            <h2>{group.title}" "<span class="meta" lang="en">{counted(count, "statement", "statements")}</span></h2>
            <ul class="rows rows-ruled" role="list">{rows}</ul>
        </section>
    }
}

fn link(place: &Place, named: &Named) -> AnyView {
    view! { <a class="quiet-link" href=node_href(&place.slug, named.edition, &named.address)>{named.words()}</a> }
        .into_any()
}

#[component]
fn ChangeView(change: Change, place: Place) -> impl IntoView {
    let old = change.before.as_ref().map(|named| link(&place, named));
    let body = match change.kind {
        Kind::New => {
            view! { <p class="difference"><ins>{change.after.first().map(|named| link(&place, named))}</ins></p> }
                .into_any()
        }
        Kind::Retired => view! { <p class="difference"><del>{old}</del></p> }.into_any(),
        Kind::Split | Kind::Merged => {
            let named = change
                .after
                .iter()
                .map(|named| view! { <li>"→ "{link(&place, named)}</li> });
            view! { <p>{old}</p><ul role="list">{named.collect_view()}</ul> }.into_any()
        }
        Kind::Same | Kind::Moved => view! { <p>{change.after.first().map(|named| link(&place, named))}</p> }.into_any(),
        Kind::Reworded => {
            let code = change.after.first().map(|named| {
                let label = if named.code.is_empty() {
                    "In this edition".to_owned()
                } else {
                    named.code.clone()
                };
                view! { <a class="code" href=node_href(&place.slug, named.edition, &named.address)>{label}</a>" " }
            });
            view! { <p>{code}<Difference pieces=change.title/></p> }.into_any()
        }
    };
    let parts = change
        .parts
        .into_iter()
        .map(|(name, pieces)| view! { <dt lang="en">{name}</dt><dd><Difference pieces/></dd> })
        .collect::<Vec<_>>();
    let parts = (!parts.is_empty()).then(|| view! { <dl class="facts">{parts.into_iter().collect_view()}</dl> });
    let moved = change.place.map(|(was, is)| {
        view! { <p class="meta" lang="en">"Moved from "<del>{was}</del>" to "<ins>{is}</ins></p> }
    });
    view! {
        <li class="row">
            <div class="row-main">{body}{parts}{moved}</div>
            <div class="row-end" lang="en"><KindChip kind=change.kind/></div>
        </li>
    }
}
