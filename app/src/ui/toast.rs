use super::{Icon, IconView};
use leptos::prelude::*;

/// What was just done, often with the way back. It floats over the foot of the
/// page, without a script too, until it is dismissed or the page is left: nobody
/// has to read fast.
#[component]
pub fn Toast(children: Children) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    view! {
        <div class="toasts" role="status" hidden=dismissed>
            <div class="toast">
                <div class="cluster">{children()}</div>
                <button type="button" class="toast-close" on:click=move |_| dismissed.set(true)>
                    <span class="visually-hidden">"Dismiss"</span>
                    <IconView icon=Icon::Close />
                </button>
            </div>
        </div>
    }
    .into_any()
}
