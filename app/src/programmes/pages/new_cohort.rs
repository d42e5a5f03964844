//! Opening a cohort of a course.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::super::api::{OpenCohort, load_new_cohort};
use super::super::model::{BETWEEN_PEOPLE, CourseChoice, Helpers, MOST_HELPERS, NewCohortForm};
use crate::courses::rules::LONGEST_TITLE;
use crate::id::PersonId;
use crate::lookups::components::{Choices, Finder};
use crate::lookups::model::{Found, Suggestion, What};
use crate::organisations::choosing::components::FindPlace;
use crate::organisations::choosing::model::Purpose;
use crate::paths::segment;
use crate::ui::field::{BoxGroup, Checkbox, SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, Crumb, EmptyState, Icon, Page};

lazy_page!(NEW_COHORT in studio => new_cohort);

fn new_cohort() -> AnyView {
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
        let asked =
            use_query_map().with_untracked(|query| ["course", "with"].map(|name| query.get(name).unwrap_or_default()));
        let kept: Vec<_> = ["course", "with"].into_iter().zip(asked).collect();
        view! {
            <FindPlace choices=needs.organisations.clone() purpose=Purpose::Training page="/studio/cohorts/new" kept/>
            {looked_for.map(|helpers| view! { <FindHelpers helpers with/> })}
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
            <Facilitators form people=needs.facilitators chosen=needs.looked_for.is_some()/>
            <div class="form-actions"><button class="button" type="submit">"Open the cohort"</button></div>
        </ActionForm>
    }
}

/// Where colleagues are many, they are looked for before the form is filled in:
/// whoever is chosen stands in it.
#[component]
fn FindHelpers(helpers: Helpers, with: Vec<PersonId>) -> impl IntoView {
    let asked = |name: &str| use_query_map().with_untracked(|query| query.get(name).unwrap_or_default());
    let (course, organisation) = (asked("course"), asked("organisation"));
    let named = |people: &[PersonId]| {
        let keys: Vec<_> = people.iter().map(PersonId::as_str).collect();
        keys.join(&BETWEEN_PEOPLE.to_string())
    };
    let full = with.len() >= MOST_HELPERS;
    let none = helpers.found.is_empty() && !helpers.query.is_empty();
    let rows = helpers
        .found
        .into_iter()
        .filter(|_| !full)
        .map(|(id, name)| {
            let chosen = named(&[with.as_slice(), &[id]].concat());
            let place = segment(&organisation);
            let href = format!(
                "/studio/cohorts/new?course={}&organisation={place}&with={chosen}",
                segment(&course)
            );
            view! { <li><a href=href>{name}</a></li> }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Who helps to facilitate?"</h2>
            <p>"You do in any case. Choose others before you fill in the form."</p>
            <form class="form-inline" method="get" action="/studio/cohorts/new" role="search" aria-label="Trainers and facilitators">
                <input type="hidden" name="course" value=course.clone()/>
                <input type="hidden" name="organisation" value=organisation.clone()/>
                <input type="hidden" name="with" value=named(&with)/>
                <TextField form=Form::none() name="q" label="Part of a name" kind="search" value=helpers.query maxlength=120/>
                <button class="button quiet" type="submit">"Find"</button>
            </form>
            {none.then(|| view! { <p role="status">"No trainer or facilitator of yours has this in their name."</p> })}
            {full.then(|| view! { <p role="status">"These are as many as can be chosen at once."</p> })}
            <ul class="rows rows-tight" role="list">{rows}</ul>
            {helpers.more.then(|| view! { <p class="meta">"There are more. Another part of the name narrows it down."</p> })}
        </section>
    }
}

/// The viewer facilitates in any case; others may help. `chosen` are those whom
/// one looked for.
#[component]
fn Facilitators(form: Form, people: Vec<(PersonId, String)>, chosen: bool) -> impl IntoView {
    let none = people.is_empty();
    let boxes = people
        .into_iter()
        .enumerate()
        .map(|(place, (id, name))| {
            // Indices keep the list together when the form is sent.
            view! {
                <Checkbox form name=format!("facilitators[{place}]") label=name value=id.to_string() checked=chosen/>
            }
        })
        .collect_view();
    view! {
        <BoxGroup form name="facilitators" legend="Facilitators beside you">
            {if none && chosen {
                view! { <p class="field-hint">"Whom you choose above stands here."</p> }.into_any()
            } else if none {
                view! { <p class="field-hint">"Nobody else at your organisations is a trainer or facilitator yet."</p> }.into_any()
            } else {
                boxes.into_any()
            }}
        </BoxGroup>
    }
}
