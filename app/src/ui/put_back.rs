use super::{Notice, Toast, Tone};
use leptos::prelude::*;

/// Something that was taken out and can be put back.
pub struct TakenOut {
    pub title: String,
    /// Whether it has only just gone.
    pub fresh: bool,
    /// The form that puts it back, with the button of [`undo`].
    pub form: AnyView,
}

/// The button that puts back what has this title.
pub fn undo(title: &str) -> AnyView {
    let hidden = format!(" {title}");
    view! { <button class="link-button" type="submit">"Undo"<span class="visually-hidden">{hidden}</span></button> }
        .into_any()
}

/// What was taken out in the last hour, each with the way back; what has just gone
/// stands in front of the page.
#[component]
pub fn PutBack(removed: Vec<TakenOut>) -> impl IntoView {
    let (fresh, earlier): (Vec<_>, Vec<_>) = removed.into_iter().partition(|removed| removed.fresh);
    let lines = |removed: Vec<TakenOut>| removed.into_iter().map(line).collect_view();
    let toast = (!fresh.is_empty()).then(|| view! { <Toast>{lines(fresh)}</Toast> });
    let notice = (!earlier.is_empty())
        .then(|| view! { <div class="no-print"><Notice tone=Tone::Highlight>{lines(earlier)}</Notice></div> });
    view! {
        {notice}
        {toast}
    }
    .into_any()
}

fn line(removed: TakenOut) -> AnyView {
    view! { <div class="cluster"><span>"Taken out: "{removed.title}</span>{removed.form}</div> }.into_any()
}
