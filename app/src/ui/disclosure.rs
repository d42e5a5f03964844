use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// Something that opens in place.
#[component]
pub fn Disclosure(
    /// What it is called; a function of what changes while the page is open.
    #[prop(into)]
    summary: TextProp,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    /// What leads to it.
    #[prop(optional, into)]
    id: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" id=id open=open>
            <summary>{move || summary.get()}</summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
    .into_any()
}
