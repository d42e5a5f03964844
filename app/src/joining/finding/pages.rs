//! Where whoever would join looks for their organisation.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::load_doors;
use super::model::{ADDRESS, Doors, LONGEST, OpenDoor};
use crate::ui::field::TextField;
use crate::ui::form::Form;
use crate::ui::load::{load, loaded};
use crate::ui::{EmptyState, Icon, Page, Pager, lazy_page};

lazy_page!(DOORS in people => doors_page);

fn doors_page() -> AnyView {
    let query = use_query_map();
    let doors = load(
        move || {
            query.with(|query| {
                let page = query.get("page").and_then(|page| page.parse().ok());
                (query.get("q").unwrap_or_default(), page)
            })
        },
        |(q, page)| load_doors(q, page),
    );
    loaded(doors, |doors| view! { <DoorsView doors/> })
}

#[component]
fn DoorsView(doors: Doors) -> impl IntoView {
    let form = Form::none();
    let count = match doors.count {
        1 => "1 organisation".to_owned(),
        count => format!("{count} organisations"),
    };
    let (base, page, pages) = (doors.address(), doors.page, doors.pages);
    let rows = doors.open.into_iter().map(door_row).collect::<Vec<_>>();
    // Nothing was looked for: so nothing more is found with another word.
    let none_at_all = doors.count == 0 && doors.words.is_empty();
    let list = if none_at_all {
        view! {
            <EmptyState title="By invitation, for now" icon=Icon::People>
                <p>"No organisation here takes people who ask. Those that begin to will stand here."</p>
                <p>"Yours may have a link for you: ask whoever looks after Carrel there."</p>
                <p><a class="button quiet" href="/index">"Read the index meanwhile"</a></p>
            </EmptyState>
        }
        .into_any()
    } else if rows.is_empty() {
        view! {
            <EmptyState title="None found" icon=Icon::People>
                <p>"Organisations that take people without an invitation stand here. Try a shorter part of the name, or the place."</p>
                <p>"Yours may take people by invitation alone: ask whoever looks after Carrel there for a link."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
    };
    let lede = match none_at_all {
        true => "Most libraries take people with an invitation link; some also take whoever asks.",
        false => "These take people without an invitation: you ask, or an e-mail address of theirs is enough.",
    };
    let search = (!none_at_all).then(|| {
        view! {
            <form class="form-inline" method="get" action=ADDRESS role="search" aria-label="Organisations">
                <TextField form name="q" label="Name or place" kind="search" value=doors.words maxlength=LONGEST/>
                <button class="button quiet" type="submit">"Show"</button>
            </form>
        }
    });
    view! {
        <Page title="Find your organisation" narrow=true lede=lede.to_string()>
            {search}
            <section>
                {(!none_at_all).then(|| view! { <h2>{count}</h2> })}
                {list}
                <Pager page pages base/>
            </section>
        </Page>
    }
}

fn door_row(door: OpenDoor) -> impl IntoView {
    let address = (!door.by_request).then_some("with an address of theirs");
    view! {
        <li class="row">
            <div>
                <a href=format!("/organisations/{}/join", door.slug)>{door.name}</a>
                {(!door.place.is_empty()).then(|| view! { <p class="meta">{door.place}</p> })}
            </div>
            {address.map(|words| view! { <span class="row-end meta">{words}</span> })}
        </li>
    }
}
