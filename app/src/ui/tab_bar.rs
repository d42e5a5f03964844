use super::NavItem;
use super::rail::NavLinks;
use leptos::prelude::*;

/// The bar at the foot of a phone's screen.
#[component]
pub(super) fn TabBar(tabs: Signal<Vec<NavItem>>) -> impl IntoView {
    view! {
        <nav class="tabbar" aria-label="Quick">
            <NavLinks nav=tabs />
        </nav>
    }
    .into_any()
}
