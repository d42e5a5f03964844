use super::{BrandMark, Count, IconView, NavGroup, NavItem, use_here};
use leptos::prelude::*;

/// The column at the start of a laptop's screen.
#[component]
pub(super) fn Rail(nav: Signal<Vec<NavItem>>, groups: Signal<Vec<NavGroup>>) -> impl IntoView {
    view! {
        <div class="rail">
            <nav aria-label="Main">
                <a class="brand" href="/">
                    <BrandMark />
                    "Carrel"
                </a>
                <NavLinks nav />
            </nav>
            <GroupLinks groups />
        </div>
    }
    .into_any()
}

/// The places to go, each with what is new there.
#[component]
pub(super) fn NavLinks(nav: Signal<Vec<NavItem>>) -> impl IntoView {
    let links = move || {
        nav.get()
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
            .collect_view()
    };
    view! { <ul role="list">{links}</ul> }.into_any()
}

/// The groups one belongs to; nothing without any.
#[component]
pub(super) fn GroupLinks(groups: Signal<Vec<NavGroup>>) -> impl IntoView {
    move || {
        let groups = groups.get();
        (!groups.is_empty()).then(|| {
            view! {
                <nav aria-label="My study groups">
                    <h2>"My study groups"</h2>
                    <ul role="list">{groups.into_iter().map(group_link).collect_view()}</ul>
                </nav>
            }
        })
    }
}

fn group_link(group: NavGroup) -> impl IntoView {
    let current = use_here(group.href.clone());
    view! {
        <li>
            <a href=group.href aria-current=current>
                {group.label}
                <Count count=group.unread />
            </a>
        </li>
    }
}
