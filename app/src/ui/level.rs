use leptos::prelude::*;

/// A level as a word, with blocks beside it for the eye.
#[component]
pub fn LevelDots(
    /// Blocks filled.
    level: u32,
    /// Blocks in all.
    of: u32,
    /// The level's own word, such as "Moderate".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let blocks = (1..=of.min(20))
        .map(|step| view! { <i class=(step <= level).then_some("on")></i> })
        .collect_view();
    view! {
        <span class="level">
            <span class="level-blocks" aria-hidden="true">
                {blocks}
            </span>
            <b>{label}</b>
        </span>
    }
}
