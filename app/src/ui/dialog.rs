use leptos::prelude::*;

/// A native dialog that needs no script: a button with `popovertarget` opens
/// it; Escape, its own button or a click beside it close it. As a sheet it
/// rises from the foot of a phone.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(optional)] sheet: bool,
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let (labelled, close) = (title_id.clone(), id.clone());
    let class = if sheet { "dialog dialog-sheet" } else { "dialog" };
    view! {
        <dialog class=class id=id popover="auto" aria-labelledby=labelled>
            <h2 id=title_id>{title}</h2>
            {children()}
            <button class="button" type="button" popovertarget=close popovertargetaction="hide">"Close"</button>
        </dialog>
    }
    .into_any()
}
