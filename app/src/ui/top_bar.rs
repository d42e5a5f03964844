use super::rail::{GroupLinks, NavLinks};
use super::{Avatar, BrandMark, Icon, IconView, Menu, NavGroup, NavItem, PersonBadge, SearchBox};
use leptos::prelude::*;

/// The bar across the top: on a laptop search and who one is, on a phone
/// also the way home and everything the bar at the foot has no room for.
#[component]
pub(super) fn TopBar(
    nav: Signal<Vec<NavItem>>,
    groups: Signal<Vec<NavGroup>>,
    person: Option<PersonBadge>,
    account: Option<AnyView>,
    sign_in: Signal<String>,
) -> impl IntoView {
    view! {
        <header class="top-bar">
            <PhoneMenu nav groups />
            <a class="brand on-phone" href="/">
                <BrandMark />
                "Carrel"
            </a>
            <SearchBox placeholder="Search statements, courses, resources, talk" />
            <div class="top-end">
                <a class="top-link on-phone" href="/search">
                    <IconView icon=Icon::Search />
                    <span class="visually-hidden">"Search"</span>
                </a>
                {match person {
                    Some(person) => view! { <AccountMenu person account /> }.into_any(),
                    None => view! { <a class="button quiet" href=sign_in>"Sign in"</a> }.into_any(),
                }}
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn PhoneMenu(nav: Signal<Vec<NavItem>>, groups: Signal<Vec<NavGroup>>) -> impl IntoView {
    view! {
        <Menu
            label="Menu"
            face=view! { <IconView icon=Icon::Menu /> }.into_any()
            class="on-phone"
            opens_to_end=true
        >
            <nav aria-label="All places">
                <NavLinks nav />
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
