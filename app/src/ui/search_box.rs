use super::{Icon, IconView};
use leptos::prelude::*;

/// The search of the whole place: a form that asks for `/search?q=…`. The keys
/// that lead here are `frontend/shell.js`'s.
#[component]
pub fn SearchBox(
    /// What can be found, shown while it is empty.
    #[prop(into)]
    placeholder: String,
) -> impl IntoView {
    view! {
        <form method="get" action="/search" class="search on-laptop" role="search">
            <IconView icon=Icon::Search />
            <input
                type="search"
                name="q"
                aria-label=placeholder.clone()
                placeholder=placeholder
                autocomplete="off"
                aria-keyshortcuts="Control+K"
            />
            <kbd aria-hidden="true">"/"</kbd>
        </form>
    }
    .into_any()
}
