//! The words of a job description as they are edited, and removing it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::jobs::api::{RemoveJob, SaveJob, load_job_words};
use crate::jobs::components::crumbs;
use crate::jobs::model::{JobTitle, LONGEST_CONDITION, LONGEST_TEXT, State, WordsForm, job_href};
use crate::outlines::pages::Over;
use crate::ui::field::{TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Disclosure, Page, lazy_page};

lazy_page!(
    /// Its title, texts and conditions.
    JOB_WORDS in people => job_words
);

fn job_words() -> AnyView {
    let params = use_params_map();
    let (save, remove) = (ServerAction::<SaveJob>::new(), ServerAction::<RemoveJob>::new());
    let page = load(
        move || params.with(|params| params.get("job").unwrap_or_default()),
        load_job_words,
    );
    loaded(page, move |page| view! { <WordsView page save remove/> })
}

#[component]
fn WordsView(page: WordsForm, save: ServerAction<SaveJob>, remove: ServerAction<RemoveJob>) -> impl IntoView {
    let title = format!("Words of {}", page.title);
    let crumbs = crumbs(Some((&page.id, page.title.as_str())));
    let removing = page.clone();
    view! {
        <Page title kicker=page.organisation.clone() crumbs narrow=true>
            <SaveForm page save/>
            <RemoveForm page=removing remove/>
        </Page>
    }
}

#[component]
fn SaveForm(page: WordsForm, save: ServerAction<SaveJob>) -> impl IntoView {
    let form = Form::of(save);
    let base = form.value("base", &page.base.to_string());
    let back = job_href(&page.id);
    let texts = page.texts;
    view! {
        <ActionForm action=save attr:class="form">
            <FormErrors form/>
            <input type="hidden" name="job" value=page.id.to_string()/>
            <input type="hidden" name="base" value=base/>
            <TextField form name="title" label="Title" value=page.title required=true
                maxlength=u32::try_from(JobTitle::MOST).unwrap_or(120)/>
            <TextArea form name="purpose" label="Purpose" value=texts.purpose rows=4 maxlength=LONGEST_TEXT
                hint="What the job is there for, in a few sentences."/>
            <TextArea form name="further" label="Further duties" value=texts.further rows=4 maxlength=LONGEST_TEXT
                hint="What no statement says, a line each."/>
            <h2>"Conditions"</h2>
            <TextField form name="hours" label="Hours" value=texts.hours maxlength=LONGEST_CONDITION hint="Such as 37 a week, with every fourth Saturday."/>
            <TextField form name="contract" label="Contract" value=texts.contract maxlength=LONGEST_CONDITION/>
            <TextField form name="grade" label="Pay grade" value=texts.grade maxlength=LONGEST_CONDITION/>
            <TextField form name="place" label="Place" value=texts.place maxlength=LONGEST_CONDITION/>
            <TextField form name="reports_to" label="Reports to" value=texts.reports_to maxlength=LONGEST_CONDITION/>
            <h2 id="advert">"For the advert"</h2>
            <TextArea form name="about" label="About the organisation" value=texts.about rows=4 maxlength=LONGEST_TEXT/>
            <TextArea form name="apply" label="How to apply" value=texts.apply rows=4 maxlength=LONGEST_TEXT/>
            <Over form/>
            <div class="form-actions">
                <button class="button" type="submit">"Save"</button>
                <a href=back>"Cancel"</a>
            </div>
        </ActionForm>
    }
}

#[component]
fn RemoveForm(page: WordsForm, remove: ServerAction<RemoveJob>) -> impl IntoView {
    let form = Form::of(remove);
    let refused = form.error().get_untracked().is_some();
    let body = match page.state {
        State::InUse => {
            view! { <p>"People read this job description. Withdraw it first; then it can be removed."</p> }.into_any()
        }
        State::Draft | State::Withdrawn => view! {
            <ActionForm action=remove attr:class="form">
                <FormErrors form/>
                <p>"It goes with its duties and with what it was in earlier editions. This cannot be taken back."</p>
                <input type="hidden" name="job" value=page.id.to_string()/>
                <TextField form name="confirm" label="Type its title to remove it" required=true
                    hint=format!("It is called {}.", page.title)/>
                <div class="form-actions"><button class="button small" type="submit">"Remove it"</button></div>
            </ActionForm>
        }
        .into_any(),
    };
    view! {
        <section>
            <Disclosure summary="Remove this job description…" open=refused>{body}</Disclosure>
        </section>
    }
}
