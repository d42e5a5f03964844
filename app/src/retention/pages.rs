//! For how long things are kept, for site administrators.

use leptos::prelude::*;

use super::api::{SaveRetention, load_retention};
use super::model::{FIXED, Retention, SPANS};
use crate::ui::field::SelectField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Page, SaveStatus, lazy_page};

lazy_page!(
    /// What is kept, and for how long.
    RETENTION in studio => retention_page
);

fn retention_page() -> AnyView {
    let save = ServerAction::new();
    let retention = load(move || save.version().get(), |_| load_retention());
    loaded(retention, move |retention| view! { <RetentionView retention save/> })
}

#[component]
fn RetentionView(retention: Retention, save: ServerAction<SaveRetention>) -> impl IntoView {
    let form = Form::of(save);
    let saved = move || save.value().with(|value| matches!(value, Some(Ok(()))));
    let options = SPANS.map(|(days, words)| (days.to_string(), words.to_owned()));
    let fields = retention.days.into_iter().map(|(kept, days)| {
        view! {
            <SelectField form name=kept.as_str() label=kept.label() hint=kept.hint() options=options.to_vec() value=days.to_string()/>
        }
    });
    let fields = fields.collect_view();
    let fixed = FIXED.map(|(what, long)| view! { <dt>{what}</dt><dd>{long}</dd> });
    view! {
        <Page title="How long things are kept" narrow=true lede="What is past its time is forgotten within a day.".to_string()>
            <section>
                <h2>"What you choose"</h2>
                <ActionForm action=save attr:class="form">
                    <FormErrors form/>
                    {fields}
                    <div class="form-actions">
                        <button class="button" type="submit">"Save"</button>
                        <SaveStatus words=move || if saved() { "Saved." } else { "" }/>
                    </div>
                </ActionForm>
                <p>{format!("The audit log is kept for {} days: ", retention.audit_days)}<a href="/admin/audit">"choose there"</a>"."</p>
            </section>
            <section>
                <h2>"What is fixed"</h2>
                <dl class="facts">{fixed.collect_view()}</dl>
            </section>
        </Page>
    }
}
