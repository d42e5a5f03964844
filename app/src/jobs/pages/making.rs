//! Beginning a job description.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::jobs::api::{MakeJob, load_new_job};
use crate::jobs::components::crumbs;
use crate::jobs::model::{JOBS, JobTitle, NewJobForm};
use crate::organisations::choosing::components::FindPlace;
use crate::organisations::choosing::model::Purpose;
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{EmptyState, Icon, Page, lazy_page};

lazy_page!(
    /// The form that begins a job description.
    NEW_JOB in people => new_job
);

const PAGE: &str = "/jobs/new";

fn new_job() -> AnyView {
    let query = use_query_map();
    let form = load(
        move || {
            let names = ["from", "organisation", "find", "q"];
            query.with(|query| names.map(|name| query.get(name).unwrap_or_default()))
        },
        |[from, organisation, find, q]| load_new_job(from, organisation, find, q),
    );
    let make = ServerAction::<MakeJob>::new();
    loaded(form, move |needs| view! { <NewView needs make/> })
}

#[component]
fn NewView(needs: NewJobForm, make: ServerAction<MakeJob>) -> impl IntoView {
    let query = use_query_map();
    let from = query.with_untracked(|query| query.get("from").unwrap_or_default());
    let body = if needs.organisations.is_empty() {
        view! {
            <EmptyState title="No organisation to write it for" icon=Icon::Organisation>
                <p>"A job description belongs to an organisation. Join one as a manager, then come back."</p>
            </EmptyState>
        }
        .into_any()
    } else if needs.sources.is_empty() {
        view! {
            <EmptyState title="Nothing to build it from" icon=Icon::Index>
                <p>"A job description is built from the statements of a published competency set. None is published yet."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <MakeForm needs make from/> }.into_any()
    };
    view! { <Page title="New job description" crumbs=crumbs(None) narrow=true>{body}</Page> }
}

#[component]
fn MakeForm(needs: NewJobForm, make: ServerAction<MakeJob>, from: String) -> impl IntoView {
    let form = Form::of(make);
    let key = form.value("key", &needs.key);
    let kept = vec![("from", from.clone())];
    let places = needs.organisations.options();
    let first = places.first().map(|(id, _)| id.clone()).unwrap_or_default();
    view! {
        <FindPlace choices=needs.organisations purpose=Purpose::Jobs page=PAGE kept/>
        <ActionForm action=make attr:class="form">
            <FormErrors form/>
            <input type="hidden" name="key" value=key/>
            <TextField form name="title" label="Title" required=true maxlength=u32::try_from(JobTitle::MOST).unwrap_or(120)
                hint="The job, such as Branch manager, Millbrook."/>
            <SelectField form name="organisation" label="Organisation" options=places value=first
                hint="Its people, and those of all organisations beneath it, read it once it is in use."/>
            <SelectField form name="from" label="Build it from" options=needs.sources value=from
                hint="Statements and levels of a role profile are taken over; you can change them then."/>
            <div class="form-actions">
                <button class="button" type="submit">"Begin it"</button>
                <a href=JOBS>"Cancel"</a>
            </div>
        </ActionForm>
    }
}
