use super::{Icon, IconView};
use leptos::prelude::*;

/// Says what belongs here (the children, a sentence or two in `<p>`) and
/// offers the first step (the action, usually a `.button`).
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(default = None, into)] icon: Option<Icon>,
    #[prop(default = None, into)] action: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            {icon.map(|icon| view! { <IconView icon large=true /> })} <p class="empty-title">{title}</p>
            {children()} {action}
        </div>
    }
    .into_any()
}
