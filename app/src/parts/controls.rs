use leptos::prelude::*;

use crate::error::{AppError, FieldErrors};
use crate::ui::field::{Checkbox, Choice, RadioGroup, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Icon, IconView, Menu};

#[component]
pub(super) fn Buttons() -> impl IntoView {
    view! {
        <section>
            <h2>"Buttons"</h2>
            <p class="cluster">
                <button class="button" type="button">"Do it"</button>
                <button class="button quiet" type="button">"Or this"</button>
                <button class="button danger" type="button">"Remove"</button>
                <button class="button" type="button" disabled=true>"Not now"</button>
                <button class="button quiet small" type="button">"Small"</button>
                <button class="link-button" type="button">"Like a link"</button>
                <a class="button quiet" href="/admin/style"><IconView icon=Icon::Download/>"With an icon"</a>
            </p>
            <div class="cluster">
                <Menu label="More to do" face=view! { <IconView icon=Icon::Menu/> }.into_any() opens_to_end=true>
                    <p class="menu-title">"A menu"</p>
                    <a href="/courses">"One way"</a>
                    <a href="/groups">"Another"</a>
                </Menu>
                <button class="button quiet" type="button" popovertarget="specimen-dialog">"Open a dialog"</button>
            </div>
            <dialog class="dialog" id="specimen-dialog" popover="auto" aria-labelledby="specimen-dialog-title">
                <h2 id="specimen-dialog-title">"A dialog"</h2>
                <p>"Escape, the button or a click beside it close it."</p>
                <button class="button" type="button" popovertarget="specimen-dialog" popovertargetaction="hide">"Close"</button>
            </dialog>
        </section>
    }
}

fn levels() -> Vec<Choice> {
    [
        ("0", "No skill", "I have not done this."),
        ("1", "Minimal", "With help."),
        ("2", "Strong", "I show others."),
    ]
    .map(|(value, label, description)| Choice {
        value: value.into(),
        label: label.into(),
        description: description.into(),
    })
    .to_vec()
}

/// Fields as they are, and as they come back refused.
#[component]
pub(super) fn Fields() -> impl IntoView {
    let mut errors = FieldErrors::one("title", "Give it a title.");
    errors.add("text", "Write a sentence at least.");
    errors.add("day", "Enter a day, like 2027-01-15.");
    errors.add("kind", "Choose one.");
    view! {
        <section>
            <h2>"Fields"</h2>
            <div class="columns">
                <FieldSet form=Form::none() name="plain"/>
                <FieldSet form=Form::refused(AppError::Invalid(errors)) name="refused"/>
            </div>
        </section>
    }
}

#[component]
fn FieldSet(form: Form, name: &'static str) -> impl IntoView {
    let id = |field: &str| format!("{name}-{field}");
    let options = vec![
        ("a".to_string(), "Course".to_string()),
        ("b".to_string(), "Resource".to_string()),
    ];
    view! {
        <form class="form" method="get" action="/admin/style">
            <FormErrors form/>
            <TextField form name="title" label="Title" hint="As others will read it." id=id("title")/>
            <TextField form name="day" label="Day" kind="date" id=id("day")/>
            <SelectField form name="kind" label="Kind" options id=id("kind")/>
            <TextArea form name="text" label="Text" rows=3 id=id("text")/>
            <RadioGroup form name="level" legend="Level" choices=levels() value="1" id=id("level")/>
            <Checkbox form name="agree" label="Tell the others" checked=true/>
        </form>
    }
}
