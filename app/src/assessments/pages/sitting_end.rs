//! Where one goes on from a sitting.

use leptos::prelude::*;

use super::rate::Place;
use crate::paths::segment;

/// A calm end of a sitting.
#[component]
pub fn End(more: Option<String>, profile: Option<String>) -> impl IntoView {
    let gaps = profile
        .map(|slug| format!("/me/gaps?profile={}", segment(&slug)))
        .unwrap_or_else(|| "/me/gaps".into());
    let words = if more.is_some() {
        "That is enough for one go, if you like."
    } else {
        "Every statement here is rated."
    };
    view! {
        <section class="sheet" id="sitting-end" tabindex="-1">
            <h2>"This sitting is done"</h2>
            <p>"All of it is saved. "{words}</p>
            <p class="cluster">
                <a class="button" href=gaps>"See my gaps"</a>
                {more.map(|more| view! { <a class="button quiet" href=more>"Ten more"</a> })}
                <a class="button quiet" href="/me">"Leave"</a>
            </p>
        </section>
    }
}

/// Where to go on from a statement that is rated alone: to the plan where it is a goal
/// there, and how far that is.
#[component]
pub fn AgainEnd(
    entry: Option<String>,
    profile: Option<String>,
    /// The level to reach, and its word.
    goal: Option<(u32, String)>,
    place: Place,
) -> impl IntoView {
    let gaps = profile
        .map(|slug| format!("/me/gaps?profile={}", segment(&slug)))
        .unwrap_or_else(|| "/me/gaps".into());
    let planned = goal.map(|(goal, words)| {
        let reached = move || match place.has_reached(goal) {
            true => format!("Your goal is reached: {words}."),
            false => format!("Your goal: {words}."),
        };
        view! {
            <p role="status">{reached}</p>
            <p><a class="button" href="/me/plan">"Back to my plan"</a></p>
        }
    });
    view! {
        {planned}
        <p class="cluster">
            {entry.map(|entry| view! { <a class="button quiet" href=entry>"Back to the statement"</a> })}
            <a class="button quiet" href=gaps>"My gaps"</a>
        </p>
    }
}
