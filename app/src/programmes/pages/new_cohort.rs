//! Opening a cohort of a course.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::super::api::{OpenCohort, load_new_cohort};
use super::super::model::{CourseChoice, NewCohortForm};
use super::facilitators::{CHOSEN_ABOVE, Facilitators, FindHelpers};
use crate::courses::rules::LONGEST_TITLE;
use crate::id::PersonId;
use crate::lookups::components::{Choices, Finder};
use crate::lookups::model::{Found, Suggestion, What};
use crate::organisations::choosing::components::FindPlace;
use crate::organisations::choosing::model::Purpose;
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, Crumb, EmptyState, Icon, Page};

const PAGE: &str = "/studio/cohorts/new";

pub(super) fn new_cohort() -> AnyView {
    let query = use_query_map();
    let form = load(
        move || {
            let names = ["course", "q", "with", "organisation", "find"];
            query.with(|query| names.map(|name| query.get(name).unwrap_or_default()))
        },
        |[course, q, with, organisation, find]| load_new_cohort(course, q, with, organisation, find),
    );
    let open = ServerAction::new();
    loaded(form, move |needs| view! { <NewCohortView needs open/> })
}

#[component]
fn NewCohortView(needs: NewCohortForm, open: ServerAction<OpenCohort>) -> impl IntoView {
    let body = if let Some(course) = needs.chosen.clone() {
        let with: Vec<PersonId> = needs.facilitators.iter().map(|(id, _)| id.clone()).collect();
        let looked_for = needs.looked_for.clone();
        let asked = |names: [&'static str; 2]| {
            let query = use_query_map();
            let values = names.map(|name| query.with_untracked(|query| query.get(name).unwrap_or_default()));
            names.into_iter().zip(values).collect::<Vec<_>>()
        };
        let (kept, asked) = (asked(["course", "with"]), asked(["course", "organisation"]));
        view! {
            <FindPlace choices=needs.organisations.clone() purpose=Purpose::Training page=PAGE kept/>
            {looked_for.map(|helpers| view! {
                <FindHelpers helpers with page=PAGE kept=asked about="You do in any case. Choose others before you fill in the form."/>
            })}
            <CohortForm needs course open/>
        }
        .into_any()
    } else if needs.courses.is_empty() {
        view! {
            <EmptyState title="No course to run yet" icon=Icon::Courses action=view! { <a class="button" href="/studio/courses/new">"Write a course"</a> }.into_any()>
                <p>"A cohort is one run of a course: write a course first."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ChooseCourse courses=needs.courses found=needs.found/> }.into_any()
    };
    view! {
        <Page
            title="Open a cohort"
            lede="One run of a course, with dates, people, and a private study group of its own.".to_string()
            crumbs=vec![Crumb::new("/studio", "Studio")]
            narrow=true
        >
            {body}
        </Page>
    }
}

/// First of which course: the form comes with the answer.
#[component]
fn ChooseCourse(courses: Vec<Suggestion>, found: Option<Found>) -> impl IntoView {
    const TO: &str = "/studio/cohorts/new?course={word}";
    let some = found.is_none().then(|| {
        view! {
            <section>
                <h2>"Or one of these"</h2>
                <Choices choices=courses to=TO/>
                <p><a href="/studio/courses/new">"Write a new course"</a></p>
            </section>
        }
    });
    view! {
        <section>
            <h2>"Which course?"</h2>
            <Finder what=What::Course label="Find a course" hint="A word of its title." action="/studio/cohorts/new" to=TO found drafts=true/>
        </section>
        {some}
    }
}

#[component]
fn CohortForm(needs: NewCohortForm, course: CourseChoice, open: ServerAction<OpenCohort>) -> impl IntoView {
    let form = Form::of(open);
    let key = form.value("key", needs.key.as_str());
    let zone = needs.organisations.timezone();
    let places = needs.organisations.options();
    let chosen = needs.looked_for.is_some();
    let people: Vec<_> = needs
        .facilitators
        .into_iter()
        .map(|(id, name)| (id, name, chosen))
        .collect();
    let none = if chosen {
        CHOSEN_ABOVE
    } else {
        "Nobody else at your organisations is a trainer or facilitator yet."
    };
    view! {
        <ActionForm action=open attr:class="form">
            <FormErrors form/>
            <input type="hidden" name="key" value=key/>
            <input type="hidden" name="course" value=course.id.to_string()/>
            <p class="chosen">
                <span class="meta">"A run of "</span>
                <b>{course.title}</b>
                {(!course.published).then(|| view! { " " <Chip label="draft"/> })}
                " "<a href="/studio/cohorts/new">"Another course"</a>
            </p>
            <TextField form name="title" label="Title" required=true maxlength=LONGEST_TITLE hint="Such as “Autumn managers 2026”."/>
            <SelectField form name="organisation" label="Organisation" options=places/>
            <div class="form-row">
                <TextField form name="starts" label="First day" kind="date" required=true/>
                <TextField form name="ends" label="Last day" kind="date" required=true/>
            </div>
            <SelectField form name="timezone" label="Time zone" options=needs.zones value=zone
                hint="Days begin and end as they do there."/>
            <Facilitators form legend="Facilitators beside you" people none/>
            <div class="form-actions"><button class="button" type="submit">"Open the cohort"</button></div>
        </ActionForm>
    }
}
