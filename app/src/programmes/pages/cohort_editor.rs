//! Changing a cohort, and deleting one that nobody has to do with.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::super::api::{DeleteCohort, SaveCohort, load_cohort_draft};
use super::super::model::{CohortDraft, IN_USE};
use super::facilitators::{CHOSEN_ABOVE, Facilitators, FindHelpers};
use crate::courses::rules::LONGEST_TITLE;
use crate::error::AppError;
use crate::id::{CohortId, PersonId};
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Disclosure, Page};

#[derive(Clone, Copy)]
struct Actions {
    save: ServerAction<SaveCohort>,
    delete: ServerAction<DeleteCohort>,
}

pub(super) fn cohort_editor() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let cohort = load(
        move || {
            let cohort = params.with(|params| params.get("cohort").and_then(|cohort| CohortId::parse(&cohort)));
            let asked = query.with(|query| ["q", "with"].map(|name| query.get(name).unwrap_or_default()));
            (cohort, asked)
        },
        |(cohort, [q, with])| async move { load_cohort_draft(cohort.ok_or(AppError::NotFound)?, q, with).await },
    );
    let actions = Actions {
        save: ServerAction::new(),
        delete: ServerAction::new(),
    };
    loaded(cohort, move |cohort| view! { <CohortEditorView cohort actions/> })
}

#[component]
fn CohortEditorView(cohort: CohortDraft, actions: Actions) -> impl IntoView {
    let href = format!("/cohorts/{}", cohort.id);
    let crumbs = vec![
        Crumb::new("/studio", "Studio"),
        Crumb::new(href.clone(), cohort.title.clone()),
    ];
    let with: Vec<PersonId> = cohort.helpers.iter().map(|(id, _)| id.clone()).collect();
    let looking = cohort.looked_for.clone().filter(|_| cohort.has_group).map(|helpers| {
        view! {
            <FindHelpers helpers with page=format!("{href}/edit") kept=Vec::new() about="Choose others before you change the form."/>
        }
    });
    view! {
        <Page title="Change the cohort" lede=format!("A run of {}, {}", cohort.course, cohort.organisation) crumbs=crumbs narrow=true>
            {looking}
            <CohortForm cohort=cohort.clone() action=actions.save/>
            <Deletion cohort action=actions.delete/>
        </Page>
    }
}

#[component]
fn CohortForm(cohort: CohortDraft, action: ServerAction<SaveCohort>) -> impl IntoView {
    let form = Form::of(action);
    let chosen = cohort.looked_for.is_some();
    let leading = cohort.facilitators.into_iter().map(|(id, name)| (id, name, true));
    let others = cohort.helpers.into_iter().map(|(id, name)| (id, name, chosen));
    let people: Vec<_> = leading.chain(others).collect();
    let facilitators = cohort.has_group.then(|| {
        let none = if chosen {
            CHOSEN_ABOVE
        } else {
            "Nobody at your organisations is a trainer or facilitator yet."
        };
        view! { <Facilitators form legend="Facilitators" people none/> }
    });
    view! {
        <ActionForm action attr:class="form">
            <FormErrors form/>
            <input type="hidden" name="cohort" value=cohort.id.to_string()/>
            <TextField form name="title" label="Title" value=cohort.title required=true maxlength=LONGEST_TITLE
                hint="Its study group is renamed with it."/>
            <div class="form-row">
                <TextField form name="starts" label="First day" kind="date" value=cohort.starts required=true/>
                <TextField form name="ends" label="Last day" kind="date" value=cohort.ends required=true
                    hint="An earlier one closes the cohort."/>
            </div>
            <SelectField form name="timezone" label="Time zone" options=cohort.zones value=cohort.timezone
                hint="Days begin and end as they do there."/>
            {facilitators}
            <div class="form-actions">
                <button class="button" type="submit">"Save"</button>
                <a href=format!("/cohorts/{}", cohort.id)>"Cancel"</a>
            </div>
        </ActionForm>
    }
}

/// Deleting takes the cohort's title, so that nobody deletes the wrong one.
#[component]
fn Deletion(cohort: CohortDraft, action: ServerAction<DeleteCohort>) -> impl IntoView {
    let form = Form::of(action);
    let refused = form.error().get_untracked().is_some();
    let body = if cohort.used {
        view! { <p>{IN_USE}</p> }.into_any()
    } else {
        view! {
            <Disclosure summary=format!("Delete “{}”…", cohort.title) open=refused>
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="cohort" value=cohort.id.to_string()/>
                    <p>"Nobody is enrolled. The cohort goes, and with it its study group."</p>
                    <TextField form name="confirm" label="Type the cohort’s title to delete it" required=true maxlength=LONGEST_TITLE/>
                    <div class="form-actions"><button class="button danger small" type="submit">"Delete the cohort"</button></div>
                </ActionForm>
            </Disclosure>
        }
        .into_any()
    };
    view! {
        <section id="delete">
            <h2>"Delete it"</h2>
            {body}
        </section>
    }
}
