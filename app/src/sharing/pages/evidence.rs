use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::looking::{person, terms};
use crate::error::AppError;
use crate::evidence::components::EvidenceGroups;
use crate::sharing::api::load_shared_evidence;
use crate::sharing::model::{SharedEvidence, What};
use crate::ui::load::{load, loaded};
use crate::ui::{EmptyState, Page, Pager};

lazy_page!(
    /// Somebody's evidence, for those whom it is shown to.
    SHARED_EVIDENCE in growth => shared_evidence
);

fn shared_evidence() -> AnyView {
    let (person, query) = (person(), use_query_map());
    let page = load(
        move || {
            let page = query.with(|query| query.get("page").and_then(|page| page.parse().ok()));
            (person(), page)
        },
        |(person, page)| async move { load_shared_evidence(person.ok_or(AppError::NotFound)?, page).await },
    );
    loaded(page, |shared| view! { <SharedEvidenceView shared/> })
}

#[component]
fn SharedEvidenceView(shared: SharedEvidence) -> impl IntoView {
    let (lede, crumbs, others) = terms(&shared);
    let title = format!("Evidence of {}", shared.name);
    let base = format!("/people/{}/{}", shared.person, What::Evidence.as_str());
    let list = shared.content;
    let none = list.groups.is_empty();
    view! {
        <Page title=title lede=lede crumbs=crumbs>
            {others}
            {none.then(|| view! { <EmptyState title="Nothing put down yet"><p>"Evidence stands here once there is some."</p></EmptyState> })}
            <EvidenceGroups groups=list.groups/>
            <Pager page=list.page pages=list.pages base/>
        </Page>
    }
}
