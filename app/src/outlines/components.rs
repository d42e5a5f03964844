//! What the forms that begin a set share.

use leptos::prelude::*;

use crate::ui::{EmptyState, Icon};

/// In place of the form, for somebody who curates nowhere.
#[component]
pub fn NowhereToWrite() -> impl IntoView {
    view! {
        <EmptyState title="No organisation to write for" icon=Icon::Organisation>
            <p>"A set belongs to an organisation. Join one as a curator, then come back."</p>
        </EmptyState>
    }
}
