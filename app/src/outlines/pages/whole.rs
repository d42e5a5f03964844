//! What holds for a whole draft: its words, its scale, how its lines are called
//! and numbered.

use leptos::prelude::*;

use crate::outlines::api::SaveFrame;
use crate::outlines::model::{Draft, LONGEST_DESCRIPTION, LONGEST_PREFIX};
use crate::ui::Disclosure;
use crate::ui::field::{Checkbox, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};

#[component]
pub(super) fn Whole(draft: Draft, action: ServerAction<SaveFrame>) -> impl IntoView {
    let form = Form::of(action);
    let open = form.error().get_untracked().is_some();
    let frame = draft.frame;
    let rules = vec![
        ("false".to_owned(), "By hand".to_owned()),
        ("true".to_owned(), "Numbered by place".to_owned()),
    ];
    view! {
        <section id="whole">
            <Disclosure summary="Title, scale, kinds and codes…" open>
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="edition" value=draft.edition.to_string()/>
                    <input type="hidden" name="base" value=form.value("base", &frame.base)/>
                    <TextField form name="title" label="Title of the set" value=frame.title required=true id="whole-title"/>
                    <TextArea form name="description" label="Description" value=frame.description rows=4
                        maxlength=LONGEST_DESCRIPTION id="whole-description"/>
                    <TextField form name="language" label="Language" value=frame.language maxlength=35
                        hint="A language tag, such as en or pl."/>
                    <TextArea form name="levels" label="Proficiency scale" value=frame.levels rows=5 id="whole-levels"
                        hint="A line a level, the lowest first: its name, a colon, what it means."/>
                    <TextArea form name="kinds" label="What the lines are called" value=frame.kinds rows=3
                        hint="A line for each depth from the top, such as Domain, Competency, Statement."/>
                    <SelectField form name="numbered" label="Codes" options=rules value=frame.numbered.to_string()
                        hint="Numbered codes follow when lines move; a code that was written by hand stays."/>
                    <TextField form name="prefix" label="Before the numbers" value=frame.prefix maxlength=LONGEST_PREFIX
                        hint="Such as LM, which makes LM 3.4."/>
                    <Over form/>
                    <div class="form-actions"><button class="button" type="submit">"Save"</button></div>
                </ActionForm>
            </Disclosure>
        </section>
    }
}

/// Where somebody else changed the same in the meantime: whose words stay.
#[component]
pub(crate) fn Over(form: Form) -> impl IntoView {
    let said = form.at("over");
    move || {
        said.get().map(|said| {
            view! {
                <div>
                    <Checkbox form=Form::none() name="over" label="Replace what the other wrote with mine"/>
                    <p class="field-error">{said}</p>
                </div>
            }
        })
    }
}
