//! What is new in the groups of an open page: offered where it would move what
//! somebody reads, counted where it does not.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;

use crate::people::api::load_viewer;
use crate::viewer::Viewer;

/// Pages that show what came mark it as read first.
const SOON: Duration = Duration::from_secs(1);

/// Has the counts beside the page say what is unread now.
pub(crate) fn refresh_counts(viewer: RwSignal<Viewer>) {
    spawn_local(async move {
        if let Ok(fresh) = load_viewer().await {
            viewer.set(fresh);
        }
    });
}

/// The same a moment later, once what is shown counts as read.
pub(crate) fn refresh_counts_soon(viewer: RwSignal<Viewer>) {
    set_timeout(move || refresh_counts(viewer), SOON);
}

/// "1 new discussion", and showing it.
#[component]
pub(crate) fn NewTalk(#[prop(into)] count: Signal<usize>, show: Callback<()>) -> impl IntoView {
    let words = move |count| match count {
        1 => "1 new discussion".to_owned(),
        many => format!("{many} new discussions"),
    };
    view! {
        <div role="status">
            {move || (count.get() > 0).then(|| view! {
                <p class="cluster">
                    <b>{words(count.get())}</b>
                    <button class="button quiet small" type="button" on:click=move |_| show.run(())>"Show"</button>
                </p>
            })}
        </div>
    }
    .into_any()
}

/// Moves the focus to what was just put into the page.
pub(crate) fn focus_on(id: String) {
    request_animation_frame(move || {
        let found = document().get_element_by_id(&id);
        if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _focusable = element.set_attribute("tabindex", "-1");
            let _focused = element.focus();
        }
    });
}
