//! A statement as in a dictionary: the words, what stands behind them, where
//! to learn it. Sections and competencies show what is beneath them instead.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::marked_up::TermData;
use super::statement_side::Side;
use crate::competencies::api::load_node;
use crate::competencies::components::{DetailLists, Outline, Scale};
use crate::competencies::model::{
    BENEATH, EditionState, Learning, Level, Looking, NodeKind, NodeLink, NodePage, Reference, Remarks, edition_href,
    edition_words, level_word, node_href,
};
use crate::start::use_viewer;
use crate::text::lowercase;
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, ChipTo, Crumb, Disclosure, Page, Pager, Prose, Tone};
use crate::viewer::Viewer;

lazy_page!(STATEMENT in reading => statement);

fn statement() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let place = move || {
        let part = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
        let page = |name: &str| query.with(|query| query.get(name).and_then(|page| page.parse().ok()));
        (
            [part("set"), part("edition"), part("code")],
            ["learning", "talk", BENEATH].map(page),
        )
    };
    let node = load(place, |([set, edition, code], [learning, talk, beneath])| {
        load_node(set, edition, code, learning, talk, beneath)
    });
    loaded(node, |node| view! { <StatementView node/> })
}

/// Where the node's page is within its edition.
#[derive(Clone)]
struct Place {
    set: String,
    number: u32,
}

impl Place {
    fn href(&self, node: &NodeLink) -> String {
        node_href(&self.set, self.number, &node.address)
    }
}

fn link_words(node: &NodeLink) -> String {
    if node.code.is_empty() {
        node.title.clone()
    } else {
        format!("{} {}", node.code, node.title)
    }
}

#[component]
fn StatementView(node: NodePage) -> impl IntoView {
    let place = Place {
        set: node.set.clone(),
        number: node.edition.number,
    };
    let crumbs = crumbs(&node, &place);
    let here = node_href(&place.set, place.number, &node.address);
    let kind = if node.kind_label.is_empty() {
        node.kind.as_str().to_owned()
    } else {
        lowercase(&node.kind_label)
    };
    let kicker = if node.code.is_empty() {
        kind
    } else {
        format!("{} · {kind}", node.code)
    };
    let language = Some(node.language.clone()).filter(|language| !language.is_empty());
    let is_statement = node.kind == NodeKind::Statement;
    let chips = view! { <Chips node=node.clone()/> };
    let side = view! { <Side node=node.clone()/> }.into_any();
    // On a phone what stands beside comes last; the main thing to do comes first.
    let open = node.edition.state == EditionState::Published;
    let rate = (is_statement && open && node.mine.is_some()).then(|| {
        let words = if node.mine.as_ref().is_some_and(|mine| mine.said.is_some()) {
            "Rate again"
        } else {
            "Rate myself"
        };
        let href = format!("/me/rate?statement={}", node.id);
        view! { <a class="button on-phone" href=href>{words}</a> }.into_any()
    });
    let marked = view! { <TermData node=node.clone()/> };
    let signed_in = use_viewer().with_untracked(Viewer::is_signed_in);
    let levels = node.levels.clone();
    let described = node.levels.iter().any(|level| !level.description.is_empty());
    let scale = (is_statement && described).then(|| {
        let (scale, lang) = (node.levels.clone(), language.clone());
        view! { <Disclosure summary="How it is rated"><div lang=lang><Scale levels=scale/></div></Disclosure> }
    });
    let learning = (is_statement || !node.learning.is_empty() || node.learning_page > 1)
        .then(|| view! { <Learn learning=node.learning levels=node.levels signed_in/> });
    let beneath = (!node.beneath.is_empty()).then(|| {
        view! {
            <section lang=language.clone()>
                <h2 lang="en">{if node.kind == NodeKind::Section { "In this section" } else { "The statements" }}</h2>
                <Outline nodes=node.beneath set=place.set.clone() number=place.number open_depth=2/>
                <Pager page=node.beneath_page pages=node.beneath_pages base=here.clone() name=BENEATH label="Pages of what stands beneath it"/>
            </section>
        }
    });
    view! {
        <Page title=node.title kicker=kicker crumbs=crumbs side=side actions=rate>
            {marked}
            {chips}
            {(!node.description_html.is_empty()).then(|| view! { <Prose html=node.description_html lang=language.clone()/> })}
            <DetailLists details=node.details lang=language.clone()/>
            <Remarked remarks=node.remarks levels=levels lang=language place=place.clone()/>
            {scale}
            {beneath}
            {learning}
            <Pager page=node.learning_page pages=node.learning_pages base=here name="learning" label="Pages of what serves it"/>
            {(!node.references.is_empty()).then(|| view! { <References references=node.references place=place.clone()/> })}
            <Neighbours previous=node.previous next=node.next place/>
        </Page>
    }
}

fn crumbs(node: &NodePage, place: &Place) -> Vec<Crumb> {
    let edition = format!("{}, {}", node.set_title, edition_words(place.number));
    let mut crumbs = vec![
        Crumb::new("/index", "Index"),
        Crumb::new(edition_href(&place.set, place.number), edition),
    ];
    crumbs.extend(
        node.above
            .iter()
            .map(|above| Crumb::new(place.href(above), above.title.clone())),
    );
    crumbs
}

#[component]
fn Chips(node: NodePage) -> impl IntoView {
    let needed = node.mine.as_ref().and_then(|mine| mine.needed.first());
    let needed = needed.map(|needed| {
        format!(
            "In my role profile: {}",
            lowercase(&level_word(&node.levels, needed.level))
        )
    });
    let used = match node.used_by.len() {
        0 => None,
        1 => Some("1 role profile uses it".to_owned()),
        many => Some(format!("{many} role profiles use it")),
    };
    let state = node.edition.state;
    let state = (state != EditionState::Published).then(|| format!("{} edition", state.label()));
    (needed.is_some() || used.is_some() || state.is_some()).then(|| {
        view! {
            <div class="cluster">
                {needed.map(|label| view! { <Chip label tone=Tone::Accent/> })}
                {state.map(|label| view! { <Chip label tone=Tone::Highlight/> })}
                {used.map(|label| view! { <Chip label/> })}
            </div>
        }
    })
}

/// What curators wrote beside the statement. An address that is none of the
/// web's is not made a link.
#[component]
fn Remarked(remarks: Remarks, levels: Vec<Level>, lang: Option<String>, place: Place) -> impl IntoView {
    let meant = remarks.meant(levels);
    let sources: Vec<_> = remarks
        .sources
        .into_iter()
        .map(|source| {
            let web = source.address.starts_with("https://") || source.address.starts_with("http://");
            let title = match web {
                true => {
                    view! { <a href=source.address rel="noopener noreferrer nofollow">{source.title}</a> }.into_any()
                }
                false => source.title.into_any(),
            };
            view! { <li>{title}{(!source.credit.is_empty()).then(|| format!(", {}", source.credit))}</li> }
        })
        .collect();
    let topic = |topic: String| {
        let looking = Looking::new("", "", &topic, false, None);
        let href = format!("{}?{}", edition_href(&place.set, place.number), looking.query());
        view! { <li><ChipTo href label=topic/></li> }
    };
    let topics: Vec<_> = remarks.topics.into_iter().map(topic).collect();
    let topics = (!topics.is_empty()).then(|| topics.into_iter().collect_view());
    let any_sources = !sources.is_empty();
    view! {
        {(!meant.is_empty()).then(|| view! {
            <section lang=lang.clone()><h2 lang="en">"What the levels mean here"</h2><Scale levels=meant/></section>
        })}
        {(!remarks.notes.is_empty()).then(|| view! {
            <section lang=lang.clone()><h2 lang="en">"Notes"</h2><p class="lines">{remarks.notes}</p></section>
        })}
        {topics.map(|topics| view! {
            <section lang=lang><h2 lang="en">"Topics"</h2><ul class="cluster" role="list">{topics}</ul></section>
        })}
        {any_sources.then(|| view! { <section><h2>"Sources"</h2><ul>{sources}</ul></section> })}
    }
}

#[component]
fn Learn(learning: Vec<Learning>, levels: Vec<Level>, signed_in: bool) -> impl IntoView {
    let none = learning.is_empty();
    let rows = learning
        .into_iter()
        .map(|item| learning_row(item, &levels, signed_in))
        .collect_view();
    view! {
        <section>
            <h2>"Learn this"</h2>
            {if none {
                view! { <p class="meta">"No course or resource serves this statement yet. "<a href="/courses">"See all courses"</a></p> }.into_any()
            } else {
                view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

fn learning_row(item: Learning, levels: &[Level], signed_in: bool) -> impl IntoView {
    let add = signed_in.then(|| {
        let href = format!("/me/plan?add={}", item.subject.to_add());
        view! {
            <span class="row-end"><ChipTo href label="Add to plan" about=format!(": {}", item.title)/></span>
        }
    });
    let brings = (!levels.is_empty()).then(|| lowercase(&level_word(levels, item.level)));
    let facts = if item.facts.is_empty() || brings.is_none() {
        item.facts
    } else {
        format!("{} · ", item.facts)
    };
    let outside = item.href.starts_with("http").then_some("noopener noreferrer");
    view! {
        <li class="row">
            <span class="row-start">{item.kind}</span>
            <div class="row-main">
                <a href=item.href rel=outside>{item.title}</a>
                <p class="meta">{facts}{brings.map(|level| view! { "brings you to "<b>{level}</b> })}</p>
            </div>
            {add}
        </li>
    }
}

#[component]
fn References(references: Vec<Reference>, place: Place) -> impl IntoView {
    let rows = references
        .into_iter()
        .map(|reference| {
            let href = match &reference.elsewhere {
                Some(other) => node_href(&other.set, other.number, &reference.node.address),
                None => place.href(&reference.node),
            };
            let of = reference
                .elsewhere
                .map(|other| view! { <span class="meta">{format!(" {}, {}", other.title, edition_words(other.number))}</span> });
            view! {
                <li class="row">
                    <span class="row-start">{reference.words}</span>
                    <p class="row-main"><a href=href>{link_words(&reference.node)}</a>{of}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Connected"</h2>
            <ul class="rows rows-ruled rows-tight" role="list">{rows}</ul>
        </section>
    }
}

#[component]
fn Neighbours(previous: Option<NodeLink>, next: Option<NodeLink>, place: Place) -> impl IntoView {
    let link = |node: NodeLink, rel: &'static str, words: &'static str| {
        view! { <a href=place.href(&node) rel=rel><span class="meta">{words}": "</span>{link_words(&node)}</a> }
    };
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="split" aria-label="Previous and next statement">
                {previous.map(|node| link(node, "prev", "Previous"))}
                {next.map(|node| link(node, "next", "Next"))}
            </nav>
        }
    })
}
