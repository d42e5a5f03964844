//! Opening a cohort of a course.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::super::api::{OpenCohort, load_new_cohort};
use super::super::model::{CourseChoice, NewCohortForm};
use crate::courses::rules::LONGEST_TITLE;
use crate::id::PersonId;
use crate::lookups::components::{Choices, Finder};
use crate::lookups::model::{Found, Suggestion, What};
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, Crumb, EmptyState, Icon, Page};

lazy_page!(NEW_COHORT in studio => new_cohort);

fn new_cohort() -> AnyView {
    let query = use_query_map();
    let form = load(
        move || query.with(|query| ["course", "q"].map(|name| query.get(name).unwrap_or_default())),
        |[course, q]| load_new_cohort(course, q),
    );
    let open = ServerAction::new();
    loaded(form, move |needs| view! { <NewCohortView needs open/> })
}

#[component]
fn NewCohortView(needs: NewCohortForm, open: ServerAction<OpenCohort>) -> impl IntoView {
    let body = if let Some(course) = needs.chosen.clone() {
        view! { <CohortForm needs course open/> }.into_any()
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
    let zone = needs
        .organisations
        .first()
        .map_or("UTC".to_owned(), |place| place.timezone.clone());
    let places: Vec<_> = needs
        .organisations
        .into_iter()
        .map(|place| (place.id.to_string(), place.name))
        .collect();
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
            <Facilitators form people=needs.facilitators/>
            <div class="form-actions"><button class="button" type="submit">"Open the cohort"</button></div>
        </ActionForm>
    }
}

/// The viewer facilitates in any case; others may help.
#[component]
fn Facilitators(form: Form, people: Vec<(PersonId, String)>) -> impl IntoView {
    let error = form.at("facilitators");
    let none = people.is_empty();
    let boxes = people
        .into_iter()
        .enumerate()
        .map(|(place, (id, name))| {
            // Indices keep the list together when the form is sent.
            let field = format!("facilitators[{place}]");
            let checked = form.is_ticked(&field, false);
            view! {
                <label class="choice">
                    <input type="checkbox" name=field value=id.to_string() checked=checked/>
                    <span>{name}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" aria-describedby="field-facilitators-error">
            <legend>"Facilitators beside you"</legend>
            {if none {
                view! { <p class="field-hint">"Nobody else at your organisations is a trainer or facilitator yet."</p> }.into_any()
            } else {
                boxes.into_any()
            }}
            <p class="field-error" id="field-facilitators-error">{move || error.get()}</p>
        </fieldset>
    }
}
