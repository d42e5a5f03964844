use super::{Icon, IconView};
use crate::paths::segment;
use leptos::{ev, html, prelude::*};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

/// The search of the whole place: a form that asks for `/search?q=…`.
#[component]
pub fn SearchBox(
    /// What can be found, shown while it is empty.
    #[prop(into, default = "Search".to_string())]
    placeholder: String,
    /// Whether the slash key moves here as well, besides Ctrl-K (a setting of
    /// the person: keys without a modifier must be possible to switch off).
    #[prop(optional)]
    slash: bool,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    focus_on_keys(input, slash);
    let navigate = use_navigate();
    let search = move |event: ev::SubmitEvent| {
        if let Some(input) = input.get_untracked() {
            event.prevent_default();
            navigate(
                &format!("/search?q={}", segment(&input.value())),
                NavigateOptions::default(),
            );
        }
    };
    view! {
        <form method="get" action="/search" class="search on-laptop" role="search" on:submit=search>
            <IconView icon=Icon::Search />
            <input
                type="search"
                name="q"
                aria-label=placeholder.clone()
                placeholder=placeholder
                autocomplete="off"
                aria-keyshortcuts=if slash { "/ Control+K" } else { "Control+K" }
                node_ref=input
            />
            {slash.then(|| view! { <kbd aria-hidden="true">"/"</kbd> })}
        </form>
    }
    .into_any()
}

/// The box of the results page, which stands there instead of this one.
const OWN: &str = "search-own";

fn focus_on_keys(input: NodeRef<html::Input>, slash: bool) {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            let control = event.ctrl_key() || event.meta_key();
            let asked = match event.key().as_str() {
                "/" => slash && !control,
                "k" => control && !event.shift_key(),
                _ => false,
            };
            if !asked || event.alt_key() || event.default_prevented() || is_typing(&event) {
                return;
            }
            let own = document().get_element_by_id(OWN).and_then(|own| own.dyn_into().ok());
            if let Some(input) = own.or_else(|| input.get_untracked()) {
                event.prevent_default();
                let _ = input.focus();
                input.select();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn is_typing(event: &ev::KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|target| {
            matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                || target.has_attribute("contenteditable")
        })
}
