use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;
use std::time::Duration;

// The router writes the new title after the new page; a moment later it is there.
const SETTLED: Duration = Duration::from_millis(150);

/// After going to another page without reloading: moves focus to the main
/// content, as a page load would, and says the new page's title.
#[component]
pub fn RouteAnnouncer(main: NodeRef<html::Main>) -> impl IntoView {
    let pathname = use_location().pathname;
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<String>| {
        let now = pathname.get();
        if before.is_some_and(|before| before != now) {
            set_timeout(
                move || {
                    if let Some(main) = main.get_untracked() {
                        let _ = main.focus();
                    }
                    said.set(document().title());
                },
                SETTLED,
            );
        }
        now
    });
    view! {
        <p class="visually-hidden" aria-live="polite" aria-atomic="true">
            {said}
        </p>
    }
}
