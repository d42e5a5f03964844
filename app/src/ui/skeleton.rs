use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// Where a page will be, as wide and about as high as it will be, while it is
/// loaded. It shows a moment later, so that what comes at once does not flicker.
#[component]
pub fn Skeleton() -> impl IntoView {
    InertElement::new(concat!(
        "<div class=\"page skeletons\"><p class=\"visually-hidden\" role=\"status\">Loading…</p>",
        "<div class=\"skeleton skeleton-head\" aria-hidden=\"true\"></div>",
        "<div class=\"skeleton\" aria-hidden=\"true\"></div>",
        "<div class=\"skeleton\" aria-hidden=\"true\"></div>",
        "<div class=\"skeleton\" aria-hidden=\"true\"></div></div>",
    ))
}
