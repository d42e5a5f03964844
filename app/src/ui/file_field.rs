use leptos::prelude::*;

use super::form::Form;

/// A file to send with a plain `multipart/form-data` form. With JavaScript the
/// form shows how far it has got (`frontend/fields.js`).
#[component]
pub fn FileField(
    form: Form,
    name: &'static str,
    #[prop(into)] label: String,
    /// What is taken, and how large it may be.
    #[prop(into)]
    hint: String,
    /// Endings and types, parted by commas.
    accept: &'static str,
    #[prop(optional)] required: bool,
    /// Tells fields of the same name on one page apart.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let error = form.field(name, &id);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    view! {
        <div class="field" data-invalid=move || error.get().map(|_| "")>
            <label for=id.clone()>{label.clone()}</label>
            <input
                id=id name=name type="file" required=required accept=accept
                aria-describedby=format!("{error_id} {hint_id}")
                aria-invalid=move || error.get().map(|_| "true")
            />
            <p class="field-hint" id=hint_id>{hint}</p>
            <p class="field-error" id=error_id>{move || error.get()}</p>
            <Upload label=label/>
        </div>
    }
    .into_any()
}

/// How far a file has got; hidden until it is under way.
#[component]
pub fn Upload(
    #[prop(into)] label: String,
    /// Per cent, for one that is under way.
    #[prop(optional)]
    sent: Option<u32>,
) -> impl IntoView {
    let words = sent.map(|sent| format!("Sending: {sent} %"));
    view! {
        <div class="upload" hidden=sent.is_none()>
            <progress max="100" value=sent.unwrap_or(0).to_string() aria-label=format!("{label}: how far it has got")></progress>
            <p class="meta" role="status">{words}</p>
        </div>
    }
}
