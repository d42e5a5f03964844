//! A derived set beside its source: updates one by one, and what differs.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::offer::OfferView;
use crate::competencies::model::{counted, edition_href, edition_words};
use crate::derivations::api::{LeaveUpdate, TakeUpdate, load_source};
use crate::derivations::model::{Difference, Differing, Shown, SourcePage, source_href};
use crate::editions::model::editions_href;
use crate::editions::pages::{Difference as Words, Narrowing};
use crate::outlines::model::outline_href;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, Crumb, EmptyState, Notice, Page, Pager, Tone, lazy_page};

lazy_page!(SOURCE in studio => source);

/// What the forms of the page ask of the server.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub take: ServerAction<TakeUpdate>,
    pub leave: ServerAction<LeaveUpdate>,
}

fn source() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let actions = Actions {
        take: ServerAction::new(),
        leave: ServerAction::new(),
    };
    let page = load(
        move || {
            let asked = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
            // A refused form stays as it was filled in.
            let taken = actions.take.value().with(|value| !matches!(value, Some(Err(_))));
            (
                params.with(|params| params.get("set").unwrap_or_default()),
                asked("show"),
                asked("page").parse().ok(),
                taken.then(|| actions.take.version().get()),
                actions.leave.version().get(),
            )
        },
        |(set, show, page, ..)| load_source(set, show, page),
    );
    loaded(page, move |page| view! { <SourceView page actions/> })
}

#[component]
fn SourceView(page: SourcePage, actions: Actions) -> impl IntoView {
    let query = use_query_map();
    let derived = move || query.with(|query| query.get("notice").as_deref() == Some("derived"));
    let crumbs = match page.may_curate {
        true => vec![
            Crumb::new("/studio", "Studio"),
            Crumb::new(outline_href(&page.set), page.title.clone()),
        ],
        false => vec![
            Crumb::new("/index", "Index"),
            Crumb::new(
                format!("/index/{}", crate::paths::segment(&page.set)),
                page.title.clone(),
            ),
        ],
    };
    let adapts = page
        .may_curate
        .then_some("Adapt the wording in the outline, leave out or add: it then stands here, word by word.");
    let write = outline_href(&page.set);
    let links = narrowing(&page);
    let base = list_href(&page);
    let (number, pages) = (page.page, page.pages);
    let updates = page.shown == Shown::First;
    let head = head(&page);
    let open = editions_href(&page.set);
    let hint = (updates && !page.draft).then(|| {
        view! {
            <Notice tone=Tone::Highlight>
                <p>"What you take over goes into a draft. "<a href=open>"Open one first"</a>"."</p>
            </Notice>
        }
    });
    let set = page.set.clone();
    let list = if updates {
        let draft = page.draft;
        let offers = page
            .offers
            .into_iter()
            .map(|offer| view! { <OfferView offer set=set.clone() draft actions/> });
        view! { <ul class="rows rows-ruled" role="list">{offers.collect_view()}</ul> }.into_any()
    } else if page.differences.is_empty() {
        view! {
            <EmptyState title="Nothing differs">
                <p>{adapts.unwrap_or("It says just what its source says.")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = page
            .differences
            .into_iter()
            .map(|one| view! { <DifferingView one set=set.clone() actions/> });
        view! { <ul class="rows rows-ruled" role="list">{rows.collect_view()}</ul> }.into_any()
    };
    let (took, left) = (Form::of(actions.take), Form::of(actions.leave));
    view! {
        <Page title=format!("{} and its source", page.title) crumbs=crumbs>
            {move || derived().then(|| { let write = write.clone(); view! {
                <Notice tone=Tone::Accent><p>"Your set is a draft that holds all of its source. "<a href=write>"Adapt it in the outline"</a>"."</p></Notice>
            } })}
            {head}
            <Narrowing links/>
            {hint}
            <FormErrors form=took/>
            <FormErrors form=left/>
            {list}
            <Pager page=number pages base/>
        </Page>
    }
}

fn head(page: &SourcePage) -> AnyView {
    let source = page.source.clone();
    let words = format!("{}, {}", source.title, edition_words(source.number));
    let newer = (page.newest > source.number).then(|| {
        let href = edition_href(&source.slug, page.newest);
        view! { <p>"There is a newer one: the "<a href=href>{edition_words(page.newest)}</a>"."</p> }
    });
    view! {
        <p>"Derived from "<a href=edition_href(&source.slug, source.number)>{words}</a>" by "{source.owner}"."</p>
        {newer}
    }
    .into_any()
}

fn narrowing(page: &SourcePage) -> Vec<(String, String, bool)> {
    let base = source_href(&page.set);
    let all: u32 = page.counts.iter().map(|(_, count)| count).sum();
    let mut links = Vec::new();
    if page.waiting > 0 {
        let words = format!("Updates {}", page.waiting);
        links.push((base.clone(), words, page.shown == Shown::First));
    }
    let mut add = |shown: Shown, words: String| {
        links.push((format!("{base}?show={}", shown.as_str()), words, page.shown == shown));
    };
    add(Shown::All, format!("All differences {all}"));
    for (kind, count) in page.counts.iter().filter(|(_, count)| *count > 0) {
        add(Shown::Only(*kind), format!("{} {count}", kind.label()));
    }
    links
}

fn list_href(page: &SourcePage) -> String {
    let base = source_href(&page.set);
    match page.shown {
        Shown::First => base,
        shown => format!("{base}?show={}", shown.as_str()),
    }
}

#[component]
fn DifferingView(one: Differing, set: String, actions: Actions) -> impl IntoView {
    let tone = match one.kind {
        Difference::Adapted => Tone::Highlight,
        Difference::Added => Tone::Accent,
        Difference::LeftOut => Tone::Danger,
        Difference::Moved => Tone::Plain,
    };
    let fields = one
        .fields
        .into_iter()
        .map(|(name, pieces)| view! { <dt>{name}</dt><dd><Words pieces/></dd> })
        .collect::<Vec<_>>();
    let fields = (!fields.is_empty()).then(|| view! { <dl class="facts">{fields.into_iter().collect_view()}</dl> });
    let moved = one.place.map(|(was, is)| {
        view! { <p class="meta">"Moved from "<del>{was}</del>" to "<ins>{is}</ins></p> }
    });
    let beneath = (one.beneath > 0).then(|| {
        view! { <p class="meta">{format!("With {} beneath it", counted(one.beneath, "entry", "entries"))}</p> }
    });
    let title = if one.kind == Difference::LeftOut {
        view! { <del><a class="quiet-link" href=one.href>{one.words.clone()}</a></del> }.into_any()
    } else {
        view! { <a class="quiet-link" href=one.href>{one.words.clone()}</a> }.into_any()
    };
    let after_all = one.print.map(|print| {
        view! {
            <ActionForm action=actions.take>
                <input type="hidden" name="set" value=set/>
                <input type="hidden" name="node" value=one.node/>
                <input type="hidden" name="looked" value=print/>
                <button class="button small quiet" type="submit">
                    "Take over after all"<span class="visually-hidden">{format!(": {}", one.words)}</span>
                </button>
            </ActionForm>
        }
    });
    view! {
        <li class="row">
            <div class="row-main">
                <p>{title}</p>
                {fields}
                {moved}
                {beneath}
                {after_all}
            </div>
            <div class="row-end"><Chip label=one.kind.label() tone/></div>
        </li>
    }
}
