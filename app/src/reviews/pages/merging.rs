//! Finding, in the whole draft, what a statement is to be merged with.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::id::ReviewRoundId;
use crate::lookups::components::Choices;
use crate::reviews::model::LookedFor;
use crate::reviews::reviewing_api::FindReviewed;
use crate::ui::{Combobox, Disclosure};

/// A field that finds it, and what a plain search found; what is chosen comes back
/// in the address of the page at `here`, where `at` is the form that it is for.
#[component]
pub(super) fn FarAway(round: ReviewRoundId, looked_for: LookedFor, here: String, at: &'static str) -> impl IntoView {
    let LookedFor { query, found, .. } = looked_for;
    let open = !query.is_empty();
    let to = format!("{here}?other={{id}}#{at}");
    let listed = open.then(|| {
        if found.is_empty() {
            let words = format!("No statement of this draft holds “{query}”. Try another word.");
            return view! { <p role="status">{words}</p> }.into_any();
        }
        view! { <Choices choices=found to=to.clone()/> }.into_any()
    });
    let suggest = format!("{}?round={round}", <FindReviewed as ServerFn>::PATH);
    view! {
        <Disclosure summary="Merge it with a statement that is not listed…" open>
            <Combobox label="Find a statement" of="Statements of the draft" hint="A word or a code, wherever it stands."
                action=format!("{here}#{at}") suggest to=to.clone() value=query.clone() id="find-merged"/>
            {listed}
        </Disclosure>
    }
}
