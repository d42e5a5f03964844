use super::rail::NavLinks;
use leptos::prelude::*;

/// The bar at the foot of a phone's screen.
#[component]
pub(super) fn TabBar(tabs: Memo<String>) -> impl IntoView {
    view! {
        <nav class="tabbar" aria-label="Quick">
            <NavLinks links=tabs/>
        </nav>
    }
    .into_any()
}
