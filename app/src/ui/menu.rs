use leptos::{ev, html, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

/// A small panel that opens on a button: `<details>`, so it works without
/// JavaScript. With it, Escape, a click elsewhere and going to another page
/// close it.
#[component]
pub fn Menu(
    /// The name of the button, for assistive technology.
    #[prop(into)]
    label: String,
    /// What the button shows.
    face: AnyView,
    /// Whether it opens towards the end of the line instead of the start.
    #[prop(optional)]
    opens_to_end: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let summary = NodeRef::<html::Summary>::new();
    close_from_outside(details);
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close(details);
            if let Some(summary) = summary.get_untracked() {
                let _ = summary.focus();
            }
        }
    };
    let side = if opens_to_end { "menu menu-start" } else { "menu" };
    view! {
        <details class=format!("{side} {class}").trim_end().to_string() node_ref=details on:keydown=on_key>
            <summary node_ref=summary>
                {face} <span class="visually-hidden">{label}</span>
            </summary>
            <div class="menu-panel">{children()}</div>
        </details>
    }
    .into_any()
}

/// The same for each line of a long list: it listens to nothing by itself, since
/// there may be hundreds (`frontend/reading.js` closes them).
#[component]
pub fn LineMenu(
    /// The name of the button, for assistive technology.
    #[prop(into)]
    label: String,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="menu">
            <summary>
                <span aria-hidden="true">"⋯"</span> <span class="visually-hidden">{label}</span>
            </summary>
            <div class="menu-panel">{children()}</div>
        </details>
    }
    .into_any()
}

fn close(details: NodeRef<html::Details>) {
    if let Some(details) = details.get_untracked() {
        let _ = details.remove_attribute("open");
    }
}

fn close_from_outside(details: NodeRef<html::Details>) {
    let pathname = use_location().pathname;
    Effect::new(move |_| {
        pathname.track();
        close(details);
    });
    Effect::new(move |_| {
        let listener = window_event_listener(ev::click, move |event| {
            let target = event.target().and_then(|it| it.dyn_into::<web_sys::Node>().ok());
            let inside = details
                .get_untracked()
                .is_some_and(|details| details.contains(target.as_ref()));
            if !inside {
                close(details);
            }
        });
        on_cleanup(move || listener.remove());
    });
}
