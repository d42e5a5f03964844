//! What holds for a whole draft: its words, its scale, how its lines are called
//! and numbered.

use leptos::prelude::*;

use super::keeping::{Pause, form_of, said};
use crate::language::options_with;
use crate::outlines::api::SaveFrame;
use crate::outlines::model::{Draft, LONGEST_DESCRIPTION, LONGEST_PREFIX};
use crate::ui::field::{Checkbox, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Disclosure, SaveStatus};

#[component]
pub(super) fn Whole(
    draft: Draft,
    action: ServerAction<SaveFrame>,
    /// Whether it was saved while one stays in its form, which then stays as it is.
    stayed: StoredValue<bool>,
) -> impl IntoView {
    let form = Form::of(action);
    // What keeps it from being published stands open.
    let scaleless = draft.frame.levels.is_empty();
    let open = scaleless || form.error().get_untracked().is_some();
    let scale = match scaleless {
        true => {
            "There is none yet, so nobody could rate themselves by the set. A line a level, the lowest first: its name, a colon, what it means."
        }
        false => "A line a level, the lowest first: its name, a colon, what it means.",
    };
    let base = RwSignal::new(form.value("base", &draft.frame.base));
    // What was saved is what the form is filled with from then on. What was saved
    // before it was shown is in it.
    Effect::new(move |before: Option<()>| {
        let now = action.value().get();
        if let (Some(()), Some(Ok(now))) = (before, now) {
            base.set(now);
        }
    });
    let saved = move || match (action.pending().get(), action.value().get()) {
        (true, _) => "Saving…",
        (false, Some(Ok(_))) if stayed.get_value() => "Saved. The lines show it once this page is loaded again.",
        _ => "",
    };
    let pause = Pause::new();
    let frame = draft.frame;
    let languages = options_with(&frame.language);
    let rules = vec![
        ("false".to_owned(), "By hand".to_owned()),
        ("true".to_owned(), "Numbered by place".to_owned()),
    ];
    view! {
        <section id="whole">
            <Disclosure summary="Title, scale, kinds and codes…" open>
                <ActionForm
                    action attr:class="form"
                    on:input=move |event| {
                        if let Some(form) = form_of(&event) {
                            pause.then(move || save_now(&form, pause, (action, stayed)));
                        }
                    }
                    on:change=move |event| {
                        if let Some(form) = form_of(&event) {
                            save_now(&form, pause, (action, stayed));
                        }
                    }
                    on:submit=move |_| {
                        pause.stop();
                        stayed.set_value(false);
                    }
                >
                    <FormErrors form/>
                    <input type="hidden" name="edition" value=draft.edition.to_string()/>
                    <input type="hidden" name="base" value=move || base.get()/>
                    <TextField form name="title" label="Title of the set" value=frame.title required=true id="whole-title"/>
                    <TextArea form name="description" label="Description" value=frame.description rows=4
                        maxlength=LONGEST_DESCRIPTION id="whole-description"/>
                    <SelectField form name="language" label="Language" options=languages value=frame.language/>
                    <TextArea form name="levels" label="Proficiency scale" value=frame.levels rows=5 id="whole-levels" hint=scale/>
                    <TextArea form name="kinds" label="What the lines are called" value=frame.kinds rows=3
                        hint="A line for each depth from the top, such as Domain, Competency, Statement."/>
                    <SelectField form name="numbered" label="Codes" options=rules value=frame.numbered.to_string()
                        hint="Numbered codes follow when lines move; a code that was written by hand stays."/>
                    <TextField form name="prefix" label="Before the numbers" value=frame.prefix maxlength=LONGEST_PREFIX
                        hint="Such as LM, which makes LM 3.4."/>
                    <Over form/>
                    <div class="form-actions">
                        <button class="button" type="submit">"Save"</button>
                        <SaveStatus words=saved/>
                    </div>
                </ActionForm>
            </Disclosure>
        </section>
    }
}

/// Saves what the form says, and stays in it: after what is being saved already,
/// which the form is filled with then.
fn save_now(
    form: &web_sys::HtmlFormElement,
    pause: Pause,
    (action, stayed): (ServerAction<SaveFrame>, StoredValue<bool>),
) {
    pause.stop();
    if action.pending().get_untracked() {
        let form = form.clone();
        return pause.then(move || save_now(&form, pause, (action, stayed)));
    }
    if let Some(save) = said::<SaveFrame>(form) {
        stayed.set_value(true);
        action.dispatch(SaveFrame { stay: true, ..save });
    }
}

/// Where somebody else changed the same in the meantime: whose words stay.
#[component]
pub(crate) fn Over(form: Form) -> impl IntoView {
    view! { <AllTheSame form name="over" label="Replace what the other wrote with mine"/> }
}

/// What was refused at this box is done all the same once it is ticked. Nothing
/// before it was refused.
#[component]
pub(crate) fn AllTheSame(form: Form, name: &'static str, label: &'static str) -> impl IntoView {
    let said = form.at(name);
    move || {
        said.get().map(|said| {
            view! {
                <div>
                    <Checkbox form=Form::none() name label/>
                    <p class="field-error">{said}</p>
                </div>
            }
        })
    }
}
