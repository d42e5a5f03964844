use super::{Icon, IconView, Tone};
use leptos::prelude::*;

/// Something to be told about this page: what was saved, what went wrong,
/// what to know before going on. Danger interrupts a screen reader, the
/// other tones wait their turn.
#[component]
pub fn Notice(#[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    let (role, icon) = match tone {
        Tone::Danger => ("alert", Icon::Warning),
        Tone::Accent => ("status", Icon::Check),
        Tone::Highlight => ("status", Icon::Bell),
        Tone::Plain => ("status", Icon::Info),
    };
    view! {
        <div class=tone.class("notice") role=role>
            <IconView icon />
            <div class="notice-body">{children()}</div>
        </div>
    }
    .into_any()
}
