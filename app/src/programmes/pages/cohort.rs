//! A cohort: what it is, who is in it, and how far they are.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::super::api::{Enrol, EnrolByEmail, RemoveFromCohort, load_cohort};
use super::super::components::{ProgressGrid, StepLegend};
use super::super::model::{Candidate, Cohort, Participant};
use crate::error::AppError;
use crate::id::{CohortId, PersonId};
use crate::lookups::api::FindColleagues;
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{
    Avatar, Chip, Combobox, Crumb, Disclosure, EmptyState, Icon, Notice, Page, Pager, Progress, Tone, empty_field,
};

lazy_page!(COHORT_PAGE in learning => cohort_page);

#[derive(Clone, Copy)]
struct Actions {
    enrol: ServerAction<Enrol>,
    by_email: ServerAction<EnrolByEmail>,
    remove: ServerAction<RemoveFromCohort>,
}

fn cohort_page() -> AnyView {
    let actions = Actions {
        enrol: ServerAction::new(),
        by_email: ServerAction::new(),
        remove: ServerAction::new(),
    };
    let (params, query) = (use_params_map(), use_query_map());
    let cohort = load(
        move || {
            let cohort = params.with(|params| params.get("cohort").and_then(|cohort| CohortId::parse(&cohort)));
            let page = query.with(|query| query.get("page").and_then(|page| page.parse().ok()));
            let search = query.with(|query| query.get("q").unwrap_or_default());
            // What was done is shown with what came of it.
            let done = query.with(|query| query.get("enrolled"));
            let changes = (
                actions.enrol.version().get(),
                actions.by_email.version().get(),
                actions.remove.version().get(),
            );
            (cohort, page, search, done, changes)
        },
        |(cohort, page, search, ..)| async move { load_cohort(cohort.ok_or(AppError::NotFound)?, page, search).await },
    );
    loaded(cohort, move |cohort| view! { <CohortView cohort actions/> })
}

#[component]
fn CohortView(cohort: Cohort, actions: Actions) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("notice"));
    let done = match done.as_deref() {
        Some("opened") => Some("The cohort is open, and so is its study group. Enrol people next."),
        Some("changed") => Some("The cohort is changed."),
        _ => None,
    };
    let done = done.map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> });
    let enrolled = use_query_map().with_untracked(|query| query.get("enrolled").and_then(|key| PersonId::parse(&key)));
    let enrolled = enrolled.filter(|_| cohort.may_enrol).map(|person| {
        let known = cohort.people.iter().find(|one| one.person == person);
        let words = known.map_or_else(
            || "They are enrolled.".to_owned(),
            |one| format!("{} is enrolled.", one.name),
        );
        view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> }
    });
    let (slug, title) = cohort.course.clone();
    let side = view! { <Overview cohort=cohort.clone()/> }.into_any();
    let kicker = format!("Cohort · {}", cohort.phase);
    let change = cohort.may_enrol.then(|| {
        view! { <a class="button quiet" href=format!("/cohorts/{}/edit", cohort.id)>"Change the cohort"</a> }.into_any()
    });
    let mine = cohort
        .mine
        .clone()
        .map(|mine| view! { <Mine cohort=cohort.clone() mine/> });
    view! {
        <Page
            title=cohort.title.clone()
            kicker=kicker
            lede=format!("{title}, {}", cohort.dates)
            crumbs=vec![Crumb::new("/courses", "Courses"), Crumb::new(format!("/courses/{slug}"), title.clone())]
            actions=change
            side=side
        >
            {done}
            {enrolled}
            {mine}
            <People cohort=cohort.clone() remove=actions.remove/>
            {cohort.may_enrol.then(|| view! { <EnrolForms cohort=cohort.clone() actions/> })}
        </Page>
    }
}

#[component]
fn Overview(cohort: Cohort) -> impl IntoView {
    let facilitators = cohort
        .facilitators
        .iter()
        .map(|(id, name)| view! { <li><a href=format!("/people/{id}")>{name.clone()}</a></li> })
        .collect_view();
    let group = cohort.group.clone().map(|(slug, _)| {
        view! { <p><a class="button quiet" href=format!("/groups/{slug}")>"Go to its study group"</a></p> }
    });
    let has_facilitators = !cohort.facilitators.is_empty();
    view! {
        <section class="stack">
            <h2>"Overview"</h2>
            <dl class="facts">
                <dt>"Dates"</dt><dd>{cohort.dates}</dd>
                <dt>"Time zone"</dt><dd>{cohort.timezone}</dd>
                <dt>"Organisation"</dt><dd>{cohort.organisation}</dd>
                <dt>"People"</dt><dd>{cohort.enrolled}</dd>
            </dl>
            {group}
        </section>
        {has_facilitators.then(|| view! {
            <section><h2>"Facilitators"</h2><ul class="rows rows-tight" role="list">{facilitators}</ul></section>
        })}
    }
}

/// A learner's own row, in words and as a list.
#[component]
fn Mine(cohort: Cohort, mine: Participant) -> impl IntoView {
    let (done, of) = (mine.count(), u32::try_from(cohort.steps.len()).unwrap_or(0));
    let rows = cohort
        .steps
        .into_iter()
        .zip(mine.done)
        .map(|(step, done)| {
            view! {
                <li class="row">
                    <span class="lesson-mark" aria-hidden="true">{if done { "✓" } else { "" }}</span>
                    <a class="row-main" href=step.href>{step.title}</a>
                    <span class="row-end meta">{if done { "Done" } else { "Not done" }}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>"My progress"</h2>
            <Progress done=done of=of label="Lessons I have done" text=format!("{done} of {of} lessons done")/>
            <ol class="rows rows-tight rows-ruled" role="list">{rows}</ol>
        </section>
    }
}

/// Everyone's progress for those who may see it, else everyone's name.
#[component]
fn People(cohort: Cohort, remove: ServerAction<RemoveFromCohort>) -> impl IntoView {
    let base = format!("/cohorts/{}", cohort.id);
    let heading = if cohort.may_see_progress { "Progress" } else { "People" };
    let legend = (cohort.may_see_progress && !cohort.people.is_empty() && !cohort.steps.is_empty()).then(|| {
        let steps = cohort.steps.clone();
        view! { <Disclosure summary="Lessons by number"><StepLegend steps/></Disclosure> }
    });
    let removing = (cohort.may_enrol && !cohort.people.is_empty()).then(|| {
        let rows = cohort.people.iter().cloned();
        let rows = rows
            .map(|person| view! { <RemoveRow cohort=cohort.id.to_string() person action=remove/> })
            .collect_view();
        view! {
            <div class="no-print">
                <Disclosure summary="Take someone out of the cohort">
                    <FormErrors form=Form::of(remove)/>
                    <ul class="rows rows-tight" role="list">{rows}</ul>
                </Disclosure>
            </div>
        }
    });
    let body = match (cohort.people.is_empty(), cohort.may_see_progress) {
        (true, _) => view! {
            <EmptyState title="Nobody is enrolled yet" icon=Icon::People>
                <p>"People who are enrolled stand here, with how far each of them is."</p>
            </EmptyState>
        }
        .into_any(),
        (false, true) => view! {
            <ProgressGrid steps=cohort.steps people=cohort.people caption=format!("Who has done which lesson of {}", cohort.course.1)/>
        }
        .into_any(),
        (false, false) => {
            let rows = cohort.people.into_iter().map(person_row).collect_view();
            view! { <ul class="rows rows-tight rows-ruled" role="list">{rows}</ul> }.into_any()
        }
    };
    view! {
        <section class="stack" id="people">
            <h2>{heading}</h2>
            {body}
            <Pager page=cohort.page pages=cohort.pages base=base/>
            {legend}
            {removing}
        </section>
    }
}

fn person_row(person: Participant) -> impl IntoView {
    view! {
        <li class="row-media">
            <Avatar name=person.name.clone() small=true/>
            <div>
                <a href=format!("/people/{}", person.person)>{person.name}</a>
                <p class="meta">{person.title}</p>
            </div>
        </li>
    }
}

/// Two steps, and the name on the button.
#[component]
fn RemoveRow(cohort: String, person: Participant, action: ServerAction<RemoveFromCohort>) -> impl IntoView {
    view! {
        <li>
            <Disclosure summary=format!("Take {} out…", person.name)>
                <ActionForm action attr:class="stack">
                    <input type="hidden" name="cohort" value=cohort/>
                    <input type="hidden" name="person" value=person.person.to_string()/>
                    <p>{format!("{} leaves the cohort and its study group. What they have done and said stays.", person.name)}</p>
                    <button class="button danger small" type="submit">{format!("Take {} out", person.name)}</button>
                </ActionForm>
            </Disclosure>
        </li>
    }
}

#[component]
fn EnrolForms(cohort: Cohort, actions: Actions) -> impl IntoView {
    let id = cohort.id.to_string();
    let by_email = Form::of(actions.by_email);
    Effect::new(move |_| {
        if matches!(actions.by_email.value().get(), Some(Ok(()))) {
            empty_field("enrol-address");
            empty_field("find-colleague");
        }
    });
    let found = cohort
        .found
        .into_iter()
        .map(|one| view! { <CandidateRow cohort=id.clone() one action=actions.enrol/> });
    let found = found.collect::<Vec<_>>();
    let answer = match (cohort.query.is_empty(), found.is_empty()) {
        (true, _) => ().into_any(),
        (false, true) => {
            let words = format!("Nobody in your organisations is called “{}”.", cohort.query);
            view! { <p role="status">{words}</p> }.into_any()
        }
        (false, false) => view! { <ul class="rows rows-tight rows-ruled" role="list">{found}</ul> }.into_any(),
    };
    let more = cohort
        .more
        .then(|| view! { <p class="meta">"These are the first 20. Type more of the name to see fewer."</p> });
    view! {
        <section class="stack no-print" id="enrol">
            <h2>"Enrol people"</h2>
            <FormErrors form=Form::of(actions.enrol)/>
            <Combobox
                label="Find colleagues by name" of="Colleagues" id="find-colleague" action=format!("/cohorts/{id}#enrol")
                suggest=format!("{}?cohort={id}", <FindColleagues as ServerFn>::PATH)
                to=format!("/cohorts/{id}?q={{word}}#enrol") value=cohort.query
            />
            {answer}
            {more}
            <ActionForm action=actions.by_email attr:class="form">
                <FormErrors form=by_email/>
                <input type="hidden" name="cohort" value=id.clone()/>
                <TextField form=by_email name="email" label="Or enrol by e-mail address" kind="email" required=true maxlength=254
                    id="enrol-address"/>
                <div class="form-actions"><button class="button quiet" type="submit">"Enrol"</button></div>
            </ActionForm>
            <p class="meta">{match cohort.invite {
                Some(href) => view! { "Not here yet? "<a href=href>"Invite people to "{cohort.organisation}</a>" first." }.into_any(),
                None => view! { "Not here yet? An administrator of "{cohort.organisation}" can invite them." }.into_any(),
            }}</p>
        </section>
    }
}

#[component]
fn CandidateRow(cohort: String, one: Candidate, action: ServerAction<Enrol>) -> impl IntoView {
    let label = format!("Enrol {}", one.name);
    let end = if one.enrolled {
        view! { <Chip label="enrolled" tone=Tone::Accent/> }.into_any()
    } else {
        view! {
            <ActionForm action>
                <input type="hidden" name="cohort" value=cohort/>
                <input type="hidden" name="person" value=one.person.to_string()/>
                <button class="button small" type="submit" aria-label=label>"Enrol"</button>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <li class="row">
            <div class="row-main">{one.name}<p class="meta">{one.title}</p></div>
            <div class="row-end">{end}</div>
        </li>
    }
}
