//! What every form that begins a set asks.

use leptos::prelude::*;

use crate::ui::field::SelectField;
use crate::ui::form::Form;
use crate::ui::{EmptyState, Icon};

/// The organisation that the set is to belong to; the first is chosen.
#[component]
pub fn Owner(
    form: Form,
    /// Ids and names of those that one writes sets for.
    organisations: Vec<(String, String)>,
) -> impl IntoView {
    let first = organisations.first().map(|(id, _)| id.clone()).unwrap_or_default();
    view! { <SelectField form name="organisation" label="Organisation" options=organisations value=first/> }
}

/// In place of the form, for somebody who curates nowhere.
#[component]
pub fn NowhereToWrite() -> impl IntoView {
    view! {
        <EmptyState title="No organisation to write for" icon=Icon::Organisation>
            <p>"A set belongs to an organisation. Join one as a curator, then come back."</p>
        </EmptyState>
    }
}
