use super::{Count, IconView, NavItem, use_here};
use leptos::prelude::*;

/// The bar at the foot of a phone's screen.
#[component]
pub(super) fn TabBar(tabs: Vec<NavItem>) -> impl IntoView {
    let links = tabs
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
    view! {
        <nav class="tabbar" aria-label="Quick">
            <ul role="list">{links}</ul>
        </nav>
    }
}
