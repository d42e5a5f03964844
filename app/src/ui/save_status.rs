use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What became of the last press of the button beside it, read out as it changes;
/// empty until then.
#[component]
pub fn SaveStatus(#[prop(into)] words: TextProp) -> impl IntoView {
    view! { <span class="meta" role="status">{move || words.get()}</span> }.into_any()
}
