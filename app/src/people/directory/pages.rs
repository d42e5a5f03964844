//! Colleagues by name.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::load_people;
use super::model::{Colleague, Directory, FoundPlaces, Narrowing};
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::Form;
use crate::ui::load::{load, loaded};
use crate::ui::{Avatar, EmptyState, Icon, Page, Pager};
use crate::viewer::Role;

lazy_page!(PEOPLE in people => people_page);

fn people_page() -> AnyView {
    let query = use_query_map();
    let directory = load(
        move || {
            query.with(|query| {
                let text = |name: &str| query.get(name).unwrap_or_default();
                let page = query.get("page").and_then(|page| page.parse().ok());
                (text("organisation"), text("role"), text("q"), text("find"), page)
            })
        },
        |(organisation, role, q, find, page)| load_people(organisation, role, q, find, page),
    );
    loaded(directory, |directory| view! { <DirectoryView directory/> })
}

#[component]
fn DirectoryView(directory: Directory) -> impl IntoView {
    let count = match directory.count {
        1 => "1 person".to_owned(),
        count => format!("{count} people"),
    };
    let base = directory.narrowing.address();
    let (page, pages) = (directory.page, directory.pages);
    let rows = directory.people.clone().into_iter().map(colleague_row).collect_view();
    let list = if directory.people.is_empty() {
        view! {
            <EmptyState title="Nobody found" icon=Icon::People>
                <p>"People of your organisations, and of those above and beneath them, stand here. Try a shorter part of the name, or all organisations."</p>
                <p><a href="/people">"Everyone"</a></p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
    };
    view! {
        <Page title="People" lede="Colleagues of your organisations, and of those above and beneath them.".to_string()>
            <Filters directory/>
            <section>
                <h2>{count}</h2>
                {list}
                <Pager page pages base/>
            </section>
        </Page>
    }
}

/// A plain form: the address says what is shown.
#[component]
fn Filters(directory: Directory) -> impl IntoView {
    let form = Form::none();
    let narrowing = directory.narrowing;
    let finding = directory.found.is_some().then(|| {
        view! { <TextField form name="find" label="Find an organisation" kind="search" value=narrowing.find.clone() maxlength=120/> }
    });
    let found = directory
        .found
        .filter(|_| !narrowing.find.is_empty())
        .map(|found| view! { <FoundOrganisations found narrowing=narrowing.clone()/> });
    let mut places = vec![(String::new(), "All organisations".to_owned())];
    places.extend(directory.organisations);
    if !places.iter().any(|(slug, _)| *slug == narrowing.organisation) {
        places.push((narrowing.organisation.clone(), narrowing.organisation.clone()));
    }
    let role = narrowing.role.map(Role::as_str).unwrap_or_default();
    let roles = directory.may_see_roles.then(|| {
        let mut roles = vec![(String::new(), "All roles".to_owned())];
        roles.extend(Role::ALL.map(|role| (role.as_str().to_owned(), role.label().to_owned())));
        view! { <SelectField form name="role" label="Role" options=roles value=role/> }
    });
    view! {
        <form class="form-inline" method="get" action="/people" role="search" aria-label="People">
            <TextField form name="q" label="Name" kind="search" value=narrowing.words maxlength=120/>
            <SelectField form name="organisation" label="Organisation" options=places value=narrowing.organisation/>
            {finding}
            {roles}
            <button class="button quiet" type="submit">"Show"</button>
        </form>
        {found}
    }
}

/// Those that have what was looked for, each a link to its people.
#[component]
fn FoundOrganisations(found: FoundPlaces, narrowing: Narrowing) -> impl IntoView {
    if found.places.is_empty() {
        let words = format!("No organisation of yours has “{}” in its name.", narrowing.find);
        return view! { <p role="status">{words}</p> }.into_any();
    }
    let rows = found
        .places
        .into_iter()
        .map(|(slug, name)| view! { <li><a href=narrowing.within(&slug).address()>{name}</a></li> })
        .collect_view();
    view! {
        <section>
            <h2>"Of which organisation?"</h2>
            <ul class="rows rows-tight" role="list">{rows}</ul>
            {found.more.then(|| view! { <p class="meta">"There are more. Another part of the name narrows it down."</p> })}
        </section>
    }
    .into_any()
}

fn colleague_row(person: Colleague) -> impl IntoView {
    let places = person
        .organisations
        .into_iter()
        .map(|(slug, name)| view! { <li><a href=format!("/organisations/{slug}")>{name}</a></li> })
        .collect_view();
    let title = (!person.title.is_empty()).then(|| view! { <p class="meta">{person.title}</p> });
    view! {
        <li class="row-media">
            <Avatar name=person.name.clone()/>
            <div class="row">
                <div>
                    <a href=format!("/people/{}", person.id)>{person.name}</a>
                    {title}
                    <ul class="cluster meta" role="list">{places}</ul>
                </div>
            </div>
        </li>
    }
}
