use super::Tone;
use leptos::prelude::*;

/// A short word about the thing beside it.
#[component]
pub fn Chip(#[prop(into)] label: String, #[prop(optional)] tone: Tone) -> impl IntoView {
    view! { <span class=tone.class("chip")>{label}</span> }
}

/// A way to see the same list differently: sort, filter, compare.
#[component]
pub fn ChipLink(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    /// Whether the list is shown this way now.
    #[prop(optional)]
    current: bool,
) -> impl IntoView {
    view! {
        <a class="chip" href=href aria-current=current.then_some("true")>
            {label}
        </a>
    }
}

/// A way on from the thing beside it.
#[component]
pub fn ChipTo(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    /// What it is about, for those who do not see where it stands.
    #[prop(optional, into)]
    about: Option<String>,
    #[prop(optional)] tone: Tone,
    /// Outside of what the browser code shows.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    let about = about.map(|about| view! { <span class="visually-hidden">{about}</span> });
    view! {
        <a class=tone.class("chip") href=href rel=external.then_some("external")>
            {label}
            {about}
        </a>
    }
    .into_any()
}

/// Copies the text of another element, where scripts run.
#[component]
pub fn CopyButton(
    /// The `id` of what is copied.
    of: &'static str,
) -> impl IntoView {
    view! { <button class="chip needs-script" type="button" data-copy=of>"Copy"</button> }
}

/// A count that asks for attention; nothing at nought. The word is for those
/// who do not see where it stands.
#[component]
pub fn Count(count: u32, #[prop(default = "new")] word: &'static str) -> impl IntoView {
    let shown = if count > 99 {
        "99+".to_string()
    } else {
        count.to_string()
    };
    (count > 0).then(|| {
        view! {
            <span class="count">
                {shown} <span class="visually-hidden">{format!(" {word}")}</span>
            </span>
        }
    })
}
