use super::icon::{brand_html, icon_html};
use super::rail::{GroupLinks, NavLinks};
use super::{Avatar, Icon, IconView, Menu, PersonBadge, SearchBox};
use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// The bar across the top: on a laptop search and who one is, on a phone
/// also the way home and everything the bar at the foot has no room for.
#[component]
pub(super) fn TopBar(
    places: Memo<String>,
    groups: Memo<String>,
    person: Option<PersonBadge>,
    account: Option<AnyView>,
    sign_in: Signal<String>,
) -> impl IntoView {
    view! {
        <header class="top-bar">
            <PhoneMenu places groups />
            {InertElement::new(brand_html("brand on-phone"))}
            <SearchBox placeholder="Search statements, courses, resources, talk" />
            <div class="top-end">
                {InertElement::new(to_search())}
                {match person {
                    Some(person) => view! { <AccountMenu person account /> }.into_any(),
                    None => view! { <a class="button quiet" href=sign_in>"Sign in"</a> }.into_any(),
                }}
            </div>
        </header>
    }
    .into_any()
}

fn to_search() -> String {
    let icon = icon_html(Icon::Search, false);
    format!("<a class=\"top-link on-phone\" href=\"/search\">{icon}<span class=\"visually-hidden\">Search</span></a>")
}

#[component]
fn PhoneMenu(places: Memo<String>, groups: Memo<String>) -> impl IntoView {
    view! {
        <Menu
            label="Menu"
            face=view! { <IconView icon=Icon::Menu /> }.into_any()
            class="on-phone"
            opens_to_end=true
        >
            <nav aria-label="All places">
                <NavLinks links=places/>
            </nav>
            <GroupLinks groups />
        </Menu>
    }
    .into_any()
}

#[component]
fn AccountMenu(person: PersonBadge, account: Option<AnyView>) -> impl IntoView {
    let name = person.name.clone();
    view! {
        <Menu label=format!("Account of {name}") face=view! { <Avatar name /> }.into_any()>
            <p class="menu-title">{person.name}</p>
            <a href=person.href>
                <IconView icon=Icon::Person />
                "Profile"
            </a>
            <a href=person.settings>
                <IconView icon=Icon::Settings />
                "Settings"
            </a>
            {account}
        </Menu>
    }
    .into_any()
}
