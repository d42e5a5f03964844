//! The progress of a cohort: people down, lessons across.

use leptos::prelude::*;

use super::model::{Participant, Step};

/// Who has done what, readable at 30 people by 40 lessons. Columns are
/// numbered; their titles are read out, and listed beneath the grid.
#[component]
pub fn ProgressGrid(steps: Vec<Step>, people: Vec<Participant>, #[prop(into)] caption: String) -> impl IntoView {
    let head = steps
        .iter()
        .enumerate()
        .map(|(place, step)| {
            let title = step.title.clone();
            view! {
                <th scope="col">
                    <a href=step.href.clone() title=title.clone()>
                        {place + 1}<span class="visually-hidden">{format!(" {title}")}</span>
                    </a>
                </th>
            }
        })
        .collect_view();
    let of = steps.len();
    let rows = people
        .into_iter()
        .map(|person| view! { <GridRow person of/> })
        .collect_view();
    let label = caption.clone();
    view! {
        <div class="matrix-wrap" role="region" aria-label=label tabindex="0">
            <table class="matrix">
                <caption class="visually-hidden">{caption}</caption>
                <thead><tr><th scope="col">"Person"</th><th scope="col">"Done"</th>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn GridRow(person: Participant, of: usize) -> impl IntoView {
    let count = person.count();
    let cells = person.done.iter().map(|done| mark(*done)).collect_view();
    view! {
        <tr>
            <th scope="row"><a href=format!("/people/{}", person.person)>{person.name}</a></th>
            <td>{format!("{count} of {of}")}</td>
            {cells}
        </tr>
    }
}

fn mark(done: bool) -> impl IntoView {
    let (class, sign, words) = if done {
        ("mark-done", "✓", "Done")
    } else {
        ("mark-none", "·", "Not done")
    };
    view! { <td class=class><span aria-hidden="true">{sign}</span><span class="visually-hidden">{words}</span></td> }
}

/// The titles behind the numbers of the grid.
#[component]
pub fn StepLegend(steps: Vec<Step>) -> impl IntoView {
    let rows = steps
        .into_iter()
        .map(|step| view! { <li><a href=step.href>{step.title}</a></li> })
        .collect_view();
    view! { <ol class="step-legend">{rows}</ol> }
}
