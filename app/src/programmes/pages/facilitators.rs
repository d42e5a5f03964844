//! Who facilitates a cohort, in its forms.

use leptos::prelude::*;

use super::super::model::{BETWEEN_PEOPLE, Helpers, MOST_HELPERS};
use crate::id::PersonId;
use crate::paths::segment;
use crate::ui::field::{BoxGroup, Checkbox, TextField};
use crate::ui::form::Form;

/// Said where nobody is to be ticked yet, since one looks for them first.
pub(super) const CHOSEN_ABOVE: &str = "Whom you choose above stands here.";

/// Where colleagues are many, they are looked for before the form is filled in:
/// whoever is chosen stands in it. `kept` is what else the address of the page says.
#[component]
pub(super) fn FindHelpers(
    helpers: Helpers,
    with: Vec<PersonId>,
    #[prop(into)] page: String,
    kept: Vec<(&'static str, String)>,
    about: &'static str,
) -> impl IntoView {
    let named = |people: &[PersonId]| {
        let keys: Vec<_> = people.iter().map(PersonId::as_str).collect();
        keys.join(&BETWEEN_PEOPLE.to_string())
    };
    let full = with.len() >= MOST_HELPERS;
    let none = helpers.found.is_empty() && !helpers.query.is_empty();
    let asked: String = kept
        .iter()
        .map(|(name, value)| format!("{name}={}&", segment(value)))
        .collect();
    let rows = helpers
        .found
        .into_iter()
        .filter(|_| !full)
        .map(|(id, name)| {
            let chosen = named(&[with.as_slice(), &[id]].concat());
            view! { <li><a href=format!("{page}?{asked}with={chosen}")>{name}</a></li> }
        })
        .collect_view();
    let kept = kept
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <section>
            <h2>"Who helps to facilitate?"</h2>
            <p>{about}</p>
            <form class="form-inline" method="get" action=page role="search" aria-label="Trainers and facilitators">
                {kept}
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

/// Boxes of people, each with whether it is ticked; `none` is said where there
/// are none.
#[component]
pub(super) fn Facilitators(
    form: Form,
    legend: &'static str,
    people: Vec<(PersonId, String, bool)>,
    none: &'static str,
) -> impl IntoView {
    let boxes: Vec<_> = people
        .into_iter()
        .enumerate()
        .map(|(place, (id, name, checked))| {
            // Indices keep the list together when the form is sent.
            view! {
                <Checkbox form name=format!("facilitators[{place}]") label=name value=id.to_string() checked/>
            }
        })
        .collect();
    view! {
        <BoxGroup form name="facilitators" legend=legend>
            {if boxes.is_empty() {
                view! { <p class="field-hint">{none}</p> }.into_any()
            } else {
                boxes.into_any()
            }}
        </BoxGroup>
    }
}
