//! The terms of use: read by everyone, accepted by whoever is signed in,
//! written by site administrators.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{AcceptTerms, PublishTerms, load_terms};
use super::model::{MOST_CHARACTERS, TermsPage};
use crate::people::api::SignOut;
use crate::start::use_viewer;
use crate::ui::field::TextArea;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Disclosure, EmptyState, Notice, Page, Prose, Tone, lazy_page};

lazy_page!(
    /// The version that holds, or an earlier one.
    TERMS in people => terms_page
);

fn terms_page() -> AnyView {
    let query = use_query_map();
    let next = query.with_untracked(|query| query.get("next").unwrap_or_default());
    let version = move || query.with(|query| query.get("version").and_then(|version| version.parse().ok()));
    let terms = load(version, load_terms);
    loaded(terms, move |terms| view! { <TermsView terms next=next.clone()/> })
}

#[component]
fn TermsView(terms: TermsPage, next: String) -> impl IntoView {
    let holds = terms.in_force;
    let writing = terms.source.map(|source| view! { <WriteForm source number=holds/> });
    let Some(shown) = terms.shown else {
        return view! {
            <Page title="Terms of use" narrow=true>
                <EmptyState title="No terms are written"><p>"Nothing is asked of anybody here before they use Carrel."</p></EmptyState>
                {writing}
            </Page>
        }
        .into_any();
    };
    let lede = match shown.number == holds {
        true => format!("Version {}, of {}.", shown.number, shown.day),
        false => format!("Version {}, of {}. It does not hold any more.", shown.number, shown.day),
    };
    let asked = (terms.due && shown.number == holds).then(|| view! { <AcceptForm number=holds next/> });
    let accepted = terms
        .accepted
        .map(|day| view! { <p class="meta">{format!("You accepted this version on {day}.")}</p> });
    let others = terms.versions.into_iter().filter(|(number, _)| *number != shown.number);
    let others: Vec<_> = others.collect();
    view! {
        <Page title="Terms of use" lede=lede narrow=true>
            {terms.due.then(|| view! {
                <Notice tone=Tone::Highlight><p>"Please read the terms that hold here. You go on once you have accepted them, at the end of this page."</p></Notice>
            })}
            <Prose html=shown.html.to_string()/>
            {accepted}
            {asked}
            {(!others.is_empty()).then(|| view! { <Others others holds/> })}
            {writing}
        </Page>
    }
    .into_any()
}

/// Plain forms: what one may do changes the whole page.
#[component]
fn AcceptForm(number: u32, next: String) -> impl IntoView {
    let path = <AcceptTerms as ServerFn>::PATH;
    let form = Form::plain(path);
    view! {
        <section>
            <h2>"Do you accept these terms?"</h2>
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <input type="hidden" name="number" value=number/>
                <input type="hidden" name="next" value=form.value("next", &next)/>
                <div class="form-actions"><button class="button" type="submit">"Accept and go on"</button></div>
            </form>
            <form class="form" method="post" action={<SignOut as ServerFn>::PATH}>
                <div class="form-actions"><button class="button quiet" type="submit">"Sign out instead"</button></div>
            </form>
            <p class="meta">"If you do not want to: "<a href="/me/settings">"your settings"</a>" give you a copy of everything about you, and close your account."</p>
        </section>
    }
}

#[component]
fn Others(others: Vec<(u32, String)>, holds: u32) -> impl IntoView {
    let row = move |(number, day): (u32, String)| {
        let holding = (number == holds).then_some(", which holds now");
        view! { <li><a href=format!("/terms?version={number}")>{format!("Version {number}")}</a>{format!(" of {day}")}{holding}</li> }
    };
    view! {
        <section>
            <h2>"Other versions"</h2>
            <ul class="rows rows-tight" role="list">{others.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

#[component]
fn WriteForm(source: String, number: u32) -> impl IntoView {
    let path = <PublishTerms as ServerFn>::PATH;
    let form = Form::plain(path);
    let open = number == 0 || form.error().get_untracked().is_some();
    let resting = use_viewer().with_untracked(|viewer| viewer.terms_due);
    (!resting).then(|| view! {
        <section>
            <Disclosure summary=format!("Write version {}…", number + 1) open=open>
                <p>"Everyone who is signed in is asked to accept it before they go on, you too. What was published stays readable and cannot be changed."</p>
                <form class="form" method="post" action=path>
                    <FormErrors form/>
                    <input type="hidden" name="number" value=number/>
                    <TextArea form name="body" label="The terms" rows=16 required=true maxlength=MOST_CHARACTERS value=source
                        hint="Markdown works: ## heading, **strong**, - list."/>
                    <div class="form-actions"><button class="button" type="submit">{format!("Publish version {}", number + 1)}</button></div>
                </form>
            </Disclosure>
        </section>
    })
}
