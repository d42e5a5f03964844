use leptos::prelude::*;

/// Reading text that somebody wrote. `html` is put in as it is, so it must
/// have been cleaned on the server.
#[component]
pub fn Prose(
    #[prop(into)] html: String,
    /// The language it is written in, when that is known.
    #[prop(default = None, into)]
    lang: Option<String>,
) -> impl IntoView {
    view! { <div class="prose read" lang=lang inner_html=html></div> }.into_any()
}
