use leptos::prelude::*;

/// Fields that belong together under one name, without an error of their own;
/// `field::BoxGroup` has one.
#[component]
pub fn FieldGroup(
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: Option<String>,
    /// They say something and take nothing.
    #[prop(optional)]
    disabled: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="field" disabled=disabled>
            <legend>{legend}</legend>
            {hint.map(|hint| view! { <p class="field-hint">{hint}</p> })}
            {children()}
        </fieldset>
    }
    .into_any()
}
