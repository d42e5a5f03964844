use leptos::prelude::*;

use super::Changes;
use super::goals::level_options;
use crate::lookups::components::{Choices, Finder};
use crate::lookups::model::{Found, Suggestion, What};
use crate::plans::model::{Adding, Offer, Wanted};
use crate::ui::Disclosure;
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors, begins_anew};

/// The ways to add something: what the address asks for, or a form for each
/// kind.
#[component]
pub fn Add(offer: Offer, changes: Changes) -> impl IntoView {
    match offer.adding.clone() {
        Some(wanted) if wanted.planned => view! { <Planned wanted/> }.into_any(),
        Some(wanted) if is_at_the_top(&wanted, &offer.levels) => view! { <Reached wanted/> }.into_any(),
        Some(wanted) => view! { <AddThis wanted levels=offer.levels changes/> }.into_any(),
        None => view! { <AddAny offer changes/> }.into_any(),
    }
}

#[component]
fn Planned(wanted: Wanted) -> impl IntoView {
    view! {
        <section class="sheet no-print">
            <h2>"In your plan already"</h2>
            <p>{wanted.title}</p>
            <p><a href="/me/plan">"Show only my plan"</a></p>
        </section>
    }
}

/// Whether one has the highest level of the scale already.
fn is_at_the_top(wanted: &Wanted, levels: &[String]) -> bool {
    wanted.now.is_some_and(|now| now as usize + 1 >= levels.len())
}

#[component]
fn Reached(wanted: Wanted) -> impl IntoView {
    let again = match &wanted.what {
        Adding::Statement(node) => format!("/me/rate?statement={node}"),
        _ => "/me/rate".to_owned(),
    };
    view! {
        <section class="sheet no-print">
            <h2>"Nothing higher to aim at"</h2>
            <p>{wanted.title}</p>
            <p class="meta">"You have the highest level in this statement already, as you rate yourself."</p>
            <p class="cluster"><a href=again>"Rate it again"</a><a href="/me/plan">"Show only my plan"</a></p>
        </section>
    }
}

/// The forms that differ only in what they name.
macro_rules! form_of {
    ($action:expr, |$form:ident| $fields:expr) => {{
        let $form = Form::of($action);
        let element = begins_anew($action);
        view! {
            <ActionForm action=$action node_ref=element attr:class="form">
                <FormErrors form=$form/>
                {$fields}
            </ActionForm>
        }
        .into_any()
    }};
}

/// One form, filled with what the address asks for.
#[component]
fn AddThis(wanted: Wanted, levels: Vec<String>, changes: Changes) -> impl IntoView {
    let highest = u32::try_from(levels.len()).unwrap_or(1).saturating_sub(1);
    let lowest = wanted.now.map_or(0, |now| now + 1);
    let level = wanted.level.unwrap_or(highest).max(lowest);
    let higher: Vec<(String, String)> = level_options(&levels).into_iter().skip(lowest as usize).collect();
    let reached = wanted.level.zip(wanted.now).is_some_and(|(needed, now)| now >= needed);
    let form = match wanted.what {
        Adding::Statement(node) => form_of!(changes.add_goal, |form| view! {
            <Hidden name="node" value=node.to_string()/>
            <SelectField form name="level" label="Level wanted" options=higher value=level.to_string() id="adding-level"/>
            <DueAndSend form/>
        }),
        Adding::Course(id) => form_of!(changes.add_course, |form| view! {
            <Hidden name="course" value=id.to_string()/>
            <DueAndSend form/>
        }),
        Adding::Resource(id) => form_of!(changes.add_resource, |form| view! {
            <Hidden name="resource" value=id.to_string()/>
            <DueAndSend form/>
        }),
        Adding::Group(id) => form_of!(changes.add_group, |form| view! {
            <Hidden name="group" value=id.to_string()/>
            <DueAndSend form/>
        }),
    };
    view! {
        <section class="sheet no-print">
            <h2>"Add to my plan"</h2>
            <p>{wanted.title}</p>
            {reached.then(|| view! { <p class="meta">"You are at the level that your role needs already; a goal here goes beyond it."</p> })}
            {form}
        </section>
    }
}

#[component]
fn Hidden(name: &'static str, value: String) -> impl IntoView {
    view! {
        <input type="hidden" name=name value=value/>
        <input type="hidden" name="next" value="/me/plan"/>
    }
}

#[component]
fn DueAndSend(form: Form) -> impl IntoView {
    view! {
        <TextField form name="due" label="By (a day, if you like)" kind="date" id="adding-due"/>
        <div class="form-actions">
            <button class="button" type="submit">"Add to my plan"</button>
            <a href="/me/plan">"Not now"</a>
        </div>
    }
}

/// A way for each kind, folded; what was looked up is open.
#[component]
fn AddAny(offer: Offer, changes: Changes) -> impl IntoView {
    let (key, other_key) = (offer.key.clone(), offer.key);
    let looked_up = offer.found.as_ref().map(|found| found.what);
    let course = finder(
        What::Course,
        "Find a course",
        "A word of its title.",
        offer.found.clone(),
    );
    let resource = finder(
        What::Resource,
        "Find a resource",
        "A word of its title.",
        offer.found.clone(),
    );
    let goal = view! {
        {finder(What::Statement, "Find a statement", "A word, or a code such as LM 3.4.", offer.found)}
        <Gaps statements=offer.statements more=offer.more_gaps/>
    };
    let task = form_of!(changes.add_task, |form| view! {
        <OwnWords form key=key label="What will you do at work?" kind="task"/>
    });
    let conversation = form_of!(changes.add_conversation, |form| view! {
        <OwnWords form key=other_key label="With whom, about what?" kind="conversation"/>
    });
    let group = (!offer.groups.is_empty()).then(|| {
        form_of!(changes.add_group, |form| view! {
            <Pick form name="group" label="Study group" options=offer.groups/>
            <ByAndAdd form kind="group"/>
        })
    });
    let refused = |error: Signal<Option<crate::error::AppError>>| error.get_untracked().is_some();
    view! {
        <section class="section no-print" id="add">
            <h2>"Add to my plan"</h2>
            <div class="plan-add">
                <Disclosure summary="A goal: a statement to grow in" open=looked_up == Some(What::Statement)>{goal}</Disclosure>
                <Disclosure summary="A course" open=looked_up == Some(What::Course)>{course}</Disclosure>
                <Disclosure summary="A resource" open=looked_up == Some(What::Resource)>{resource}</Disclosure>
                <Disclosure summary="A task at work" open=refused(Form::of(changes.add_task).error())>{task}</Disclosure>
                <Disclosure summary="A conversation" open=refused(Form::of(changes.add_conversation).error())>{conversation}</Disclosure>
                {group.map(|group| view! {
                    <Disclosure summary="A study group" open=refused(Form::of(changes.add_group).error())>{group}</Disclosure>
                })}
            </div>
        </section>
    }
}

fn finder(what: What, label: &'static str, hint: &'static str, found: Option<Found>) -> AnyView {
    let kind = if what == What::Statement { "node" } else { what.as_str() };
    let to = format!("/me/plan?add={kind}-{{id}}");
    view! { <Finder what label hint action="/me/plan#add" to found/> }.into_any()
}

/// The first gaps of one's role, to begin with.
#[component]
fn Gaps(statements: Vec<Suggestion>, more: bool) -> impl IntoView {
    (!statements.is_empty()).then(|| {
        view! {
            <h3>"Or one of your gaps"</h3>
            <Choices choices=statements to="/me/plan?add=node-{id}"/>
            {more.then(|| view! { <p><a href="/me/gaps">"All my gaps"</a></p> })}
        }
    })
}

#[component]
fn Pick(form: Form, name: &'static str, label: &'static str, mut options: Vec<(String, String)>) -> impl IntoView {
    options.insert(0, (String::new(), "Choose…".into()));
    view! { <SelectField form name label options id=format!("add-{name}")/> }
}

#[component]
fn ByAndAdd(form: Form, kind: &'static str) -> impl IntoView {
    view! {
        <TextField form name="due" label="By (a day, if you like)" kind="date" id=format!("add-{kind}-due")/>
        <div class="form-actions"><button class="button" type="submit">"Add"</button></div>
    }
}

#[component]
fn OwnWords(form: Form, key: String, label: &'static str, kind: &'static str) -> impl IntoView {
    view! {
        <input type="hidden" name="key" value=form.value("key", &key)/>
        <TextField form name="title" label required=true id=format!("add-{kind}-title")/>
        <ByAndAdd form kind/>
    }
}
