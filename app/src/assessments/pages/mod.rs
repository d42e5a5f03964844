//! My growth, rating, and gaps.

mod gaps;
mod gaps_table;
mod growth;
mod rate;
mod rate_item;
mod saving;
mod sections;
mod sitting_end;

pub use gaps::GAPS;
pub use growth::GROWTH;
pub use rate::RATE;

use leptos::prelude::*;

use crate::ui::{Crumb, EmptyState, Icon, Page, TabLink, Tabs};

/// The faces of one's growth, for all pages beneath it.
pub fn growth_tabs() -> impl IntoView {
    let tabs = vec![
        TabLink::new("/me", "Roles"),
        TabLink::new("/me/rate", "Rate"),
        TabLink::new("/me/gaps", "Gaps"),
        TabLink::new("/me/plan", "Plan"),
        TabLink::new("/me/record", "Record"),
        TabLink::new("/me/sharing", "Sharing"),
    ];
    view! { <Tabs label="My growth" tabs/> }
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new("/me", "My growth")]
}

/// What stands here before a role profile is chosen.
#[component]
fn NothingChosen(title: &'static str) -> impl IntoView {
    let action = view! { <a class="button" href="/me">"Choose a role profile"</a> }.into_any();
    view! {
        <Page title=title crumbs=crumbs()>
            {growth_tabs()}
            <EmptyState title="Choose a role first" icon=Icon::Growth action=action>
                <p>"A role profile names the statements that a job needs, each with a level. Choose one, and rate yourself in sittings of ten."</p>
                <p><a href="/me/rate?by=section">"Or rate a section of the index without one"</a></p>
            </EmptyState>
        </Page>
    }
}
