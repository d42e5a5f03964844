use leptos::prelude::*;

/// A moment: the machine's form in the attribute, the reader's words shown.
/// Both come from the server, so that both sides render the same.
#[component]
pub fn Moment(#[prop(into)] iso: String, #[prop(into)] label: String) -> impl IntoView {
    view! { <time datetime=iso>{label}</time> }
}
