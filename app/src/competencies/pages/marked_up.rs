//! What search engines and other programs read on a page: schema.org with the
//! terms of the Learning Resource Metadata Initiative, as microdata.

use leptos::prelude::*;

use crate::competencies::model::{EditionState, NodePage, OutlineNode, SetPage, Subject, edition_href, node_href};

const TERM: &str = "https://schema.org/DefinedTerm";
const TERM_SET: &str = "https://schema.org/DefinedTermSet";

/// A statement as a defined term, and what teaches it.
#[component]
pub fn TermData(node: NodePage) -> impl IntoView {
    let url = node.url();
    let set = format!("{}{}", node.site, edition_href(&node.set, node.edition.number));
    let site = node.site.clone();
    let taught = node
        .learning
        .iter()
        .map(|item| {
            let kind = match item.subject {
                Subject::Course(_) => "https://schema.org/Course",
                Subject::Resource(_) => "https://schema.org/LearningResource",
            };
            let href = if item.href.starts_with('/') {
                format!("{site}{}", item.href)
            } else {
                item.href.clone()
            };
            view! {
                <div itemscope=true itemtype=kind>
                    <meta itemprop="name" content=item.title.clone()/>
                    <link itemprop="url" href=href/>
                    <link itemprop="teaches" href=url.clone()/>
                </div>
            }
        })
        .collect_view();
    view! {
        <div hidden=true>
            <div itemscope=true itemtype=TERM itemid=url.clone()>
                <meta itemprop="name" content=node.title.clone()/>
                {(!node.code.is_empty()).then(|| view! { <meta itemprop="termCode" content=node.code.clone()/> })}
                {(!node.summary.is_empty()).then(|| view! { <meta itemprop="description" content=node.summary.clone()/> })}
                <meta itemprop="identifier" content=node.identifier.clone()/>
                {(!node.language.is_empty()).then(|| view! { <meta itemprop="inLanguage" content=node.language.clone()/> })}
                <link itemprop="url" href=url.clone()/>
                <link itemprop="inDefinedTermSet" href=set/>
            </div>
            {taught}
        </div>
    }
}

/// The most terms that a set names: its page links to all.
const TERMS: usize = 50;

/// An edition as a set of defined terms, by what stands at its top.
#[component]
pub fn TermSetData(set: SetPage, terms: Vec<OutlineNode>) -> impl IntoView {
    let licence = set.licence.starts_with("https://").then(|| set.licence.clone());
    let (url, creator) = (set.url(), set.author().to_owned());
    let status = (set.shown.state != EditionState::Published).then(|| set.shown.state.label());
    let terms = terms.into_iter().take(TERMS).map(|term| {
        let url = format!("{}{}", set.site, node_href(&set.slug, set.shown.number, &term.address));
        view! {
            <div itemprop="hasDefinedTerm" itemscope=true itemtype=TERM>
                <meta itemprop="name" content=term.title/>
                {(!term.code.is_empty()).then(|| view! { <meta itemprop="termCode" content=term.code/> })}
                <link itemprop="url" href=url/>
            </div>
        }
    });
    view! {
        <div hidden=true itemscope=true itemtype=TERM_SET itemid=set.url()>
            <meta itemprop="name" content=set.title.clone()/>
            {(!set.summary.is_empty()).then(|| view! { <meta itemprop="description" content=set.summary.clone()/> })}
            <meta itemprop="identifier" content=set.identifier.clone()/>
            <meta itemprop="version" content=set.shown.number.to_string()/>
            {status.map(|status| view! { <meta itemprop="creativeWorkStatus" content=status/> })}
            {(!set.language.is_empty()).then(|| view! { <meta itemprop="inLanguage" content=set.language.clone()/> })}
            <link itemprop="url" href=url/>
            {licence.map(|licence| view! { <link itemprop="license" href=licence/> })}
            <div itemprop="creator" itemscope=true itemtype="https://schema.org/Organization">
                <meta itemprop="name" content=creator/>
            </div>
            {terms.collect_view()}
        </div>
    }
}
