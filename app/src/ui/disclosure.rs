use leptos::prelude::*;

/// Something that opens in place.
#[component]
pub fn Disclosure(
    #[prop(into)] summary: String,
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
            <summary>{summary}</summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
    .into_any()
}
