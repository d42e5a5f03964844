//! The cohorts of an organisation that somebody may see.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::super::api::load_running_cohorts;
use super::super::model::CohortsPage;
use super::studio::cohort_row;
use crate::organisations::components::back_to;
use crate::ui::load::{load, loaded};
use crate::ui::{EmptyState, Icon, Page, Pager};

pub(super) fn running_cohorts() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let cohorts = load(
        move || {
            let slug = params.with(|params| params.get("organisation").unwrap_or_default());
            let page = query.with(|query| query.get("page").and_then(|page| page.parse().ok()));
            (slug, page)
        },
        |(slug, page)| load_running_cohorts(slug, page),
    );
    loaded(cohorts, |cohorts| view! { <RunningView cohorts/> })
}

#[component]
fn RunningView(cohorts: CohortsPage) -> impl IntoView {
    let (slug, name) = cohorts.organisation;
    let base = format!("/organisations/{slug}/cohorts");
    let body = if cohorts.cohorts.is_empty() {
        view! {
            <EmptyState title="No cohort that you may see" icon=Icon::People>
                <p>"Cohorts stand here from when they are opened to their last day."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = cohorts.cohorts.into_iter().map(cohort_row).collect_view();
        view! { <ul class="rows rows-tight rows-ruled" role="list">{rows}</ul> }.into_any()
    };
    view! {
        <Page
            title=format!("Cohorts of {name}")
            lede="Of this organisation and of what stands beneath it, until their last day.".to_string()
            crumbs=back_to(&slug, &name)
        >
            {body}
            <Pager page=cohorts.page pages=cohorts.pages base=base/>
        </Page>
    }
}
