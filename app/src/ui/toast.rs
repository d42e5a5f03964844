use super::announce::use_voice;
use super::{Icon, IconView};
use leptos::{html, prelude::*};

/// What was just done, often with the way back. It floats over the foot of the
/// page, without a script too, until it is dismissed or the page is left: nobody
/// has to read fast. It is read out by the frame's own live region, since one
/// that comes into the page together with its words mostly is not.
#[component]
pub fn Toast(children: Children) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    let (words, voice) = (NodeRef::<html::Div>::new(), use_voice());
    Effect::new(move |_| {
        if let Some((words, voice)) = words.get().zip(voice) {
            voice.say(words.inner_text());
        }
    });
    view! {
        <div class="toasts" hidden=dismissed>
            <div class="toast">
                <div class="cluster" node_ref=words>{children()}</div>
                <button type="button" class="toast-close" on:click=move |_| dismissed.set(true)>
                    <span class="visually-hidden">"Dismiss"</span>
                    <IconView icon=Icon::Close />
                </button>
            </div>
        </div>
    }
    .into_any()
}
