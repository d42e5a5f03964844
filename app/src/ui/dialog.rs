use leptos::prelude::*;

/// A native dialog that a script opens over the page (`showModal`): the rest is
/// then out of reach, its first control has the focus, Escape and its button
/// close it. As a sheet it rises from the foot of a phone.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    /// The id of its heading.
    #[prop(into)]
    labelled: String,
    #[prop(optional)] sheet: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
    /// Shown where it stands, not over the page.
    #[prop(optional)]
    open: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let kind = if sheet { "dialog dialog-sheet" } else { "dialog" };
    view! {
        <dialog class=format!("{kind} {class}").trim_end().to_string() id=id open=open aria-labelledby=labelled>
            <form method="dialog"><button class="button quiet small">"Close"</button></form>
            {children.map(|children| children())}
        </dialog>
    }
    .into_any()
}
