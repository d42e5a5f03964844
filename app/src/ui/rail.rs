use super::{BrandMark, Count, IconView, NavGroup, NavItem, use_here};
use leptos::prelude::*;

/// The column at the start of a laptop's screen.
#[component]
pub(super) fn Rail(nav: Vec<NavItem>, groups: Vec<NavGroup>) -> impl IntoView {
    view! {
        <div class="rail">
            <a class="brand" href="/">
                <BrandMark />
                "Carrel"
            </a>
            <nav aria-label="Main">
                <NavLinks nav />
            </nav>
            <GroupLinks groups />
        </div>
    }
}

/// The places to go, each with what is new there.
#[component]
pub(super) fn NavLinks(nav: Vec<NavItem>) -> impl IntoView {
    let links = nav
        .into_iter()
        .map(|item| {
            let current = use_here(item.href.clone());
            view! {
                <li>
                    <a href=item.href aria-current=current>
                        <IconView icon=item.icon />
                        {item.label}
                        <Count count=item.count />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul role="list">{links}</ul> }
}

/// The groups one belongs to; nothing without any.
#[component]
pub(super) fn GroupLinks(groups: Vec<NavGroup>) -> impl IntoView {
    (!groups.is_empty()).then(|| {
        let links = groups
            .into_iter()
            .map(|group| {
                let current = use_here(group.href.clone());
                view! {
                    <li>
                        <a href=group.href aria-current=current>
                            {group.label}
                            <Count count=group.unread />
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <nav aria-label="My study groups">
                <h2>"My study groups"</h2>
                <ul role="list">{links}</ul>
            </nav>
        }
    })
}
