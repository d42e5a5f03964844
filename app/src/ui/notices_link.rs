use super::{Count, Icon, IconView};
use leptos::prelude::*;

/// The way to what has happened for somebody, with how much of it is new. The
/// header has it once there is such a page (docs/decisions/0023-composer.md).
#[component]
pub fn NoticesLink(#[prop(into)] href: String, count: u32) -> impl IntoView {
    view! {
        <a class="top-link" href=href>
            <IconView icon=Icon::Bell />
            <span class="visually-hidden">"Notifications "</span>
            <Count count />
        </a>
    }
    .into_any()
}
