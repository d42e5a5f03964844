//! People of no organisation, for site administrators.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::load_unplaced;
use super::model::{ADDRESS, Account, Chosen, LONGEST, Unplaced, address_of};
use crate::error::AppError;
use crate::id::PersonId;
use crate::people::suspension::components::{Moderation, notice};
use crate::ui::field::TextField;
use crate::ui::form::Form;
use crate::ui::load::{load, loaded};
use crate::ui::{EmptyState, Icon, Notice, Page, Pager, Tone, lazy_page};

lazy_page!(
    /// Everybody whom no organisation looks after.
    UNPLACED in studio => unplaced_page
);

fn unplaced_page() -> AnyView {
    let query = use_query_map();
    let people = load(
        move || {
            query.with(|query| {
                let person = query.get("person");
                let page = query.get("page").and_then(|page| page.parse().ok());
                // What was done is shown with what came of it.
                let done = query.get("notice").unwrap_or_default();
                (query.get("q").unwrap_or_default(), page, person, done)
            })
        },
        |(q, page, person, _)| async move {
            let person = person.map(|person| PersonId::parse(&person).ok_or(AppError::NotFound));
            load_unplaced(q, page, person.transpose()?).await
        },
    );
    loaded(people, |people| view! { <UnplacedView people/> })
}

#[component]
fn UnplacedView(people: Unplaced) -> impl IntoView {
    let count = match people.count {
        1 => "1 person".to_owned(),
        count => format!("{count} people"),
    };
    let (base, page, pages) = (people.address(), people.page, people.pages);
    let rows = people.people.into_iter().map(account_row).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! {
            <EmptyState title="Nobody found" icon=Icon::People>
                <p>"Whoever has an account and belongs to no organisation stands here. Members of one are found among "<a href="/people">"all people"</a>"."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
    };
    let form = Form::none();
    view! {
        <Page title="People of no organisation" narrow=true lede="Nobody but the site looks after them.".to_string()>
            {people.chosen.map(|chosen| view! { <ChosenView chosen/> })}
            <form class="form-inline" method="get" action=ADDRESS role="search" aria-label="People of no organisation">
                <TextField form name="q" label="Name or address" kind="search" value=people.words maxlength=LONGEST/>
                <button class="button quiet" type="submit">"Show"</button>
            </form>
            <section>
                <h2>{count}</h2>
                {list}
                <Pager page pages base/>
            </section>
        </Page>
    }
}

#[component]
fn ChosenView(chosen: Chosen) -> impl IntoView {
    let query = use_query_map();
    let notice = move || query.with(|query| query.get("notice").as_deref().and_then(notice));
    let moderation = chosen.may_suspend.then(|| {
        let (person, name) = (chosen.person.to_string(), chosen.name.clone());
        view! { <Moderation organisation=None person name held=chosen.suspension/> }
    });
    view! {
        {move || notice().map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
        <section>
            <h2>{chosen.name}</h2>
            <p class="meta">{chosen.email}</p>
        </section>
        {moderation}
    }
}

fn account_row(account: Account) -> impl IntoView {
    let suspended = account
        .suspended
        .then(|| view! { <span class="row-end meta">"suspended"</span> });
    view! {
        <li class="row">
            <div>
                <a href=address_of(&account.person)>{account.name}</a>
                <p class="meta">{account.email}</p>
            </div>
            {suspended}
        </li>
    }
}
