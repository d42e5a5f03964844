//! Pages of cohorts, and the studio. Some are one page to the router, which shows
//! what the address names: each costs everyone's first download a little.

mod cohort;
mod cohort_editor;
mod facilitators;
mod new_cohort;
mod running;
mod studio;

pub use cohort::COHORT_PAGE;

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

lazy_page!(COHORT_FORM in studio => cohort_form);
lazy_page!(STUDIO in studio => studio_lists);

/// Of the cohort that the address names, or of a new one.
fn cohort_form() -> AnyView {
    if is_named("cohort") {
        cohort_editor::cohort_editor()
    } else {
        new_cohort::new_cohort()
    }
}

/// The cohorts of the organisation that the address names, or the studio's shelves.
fn studio_lists() -> AnyView {
    if is_named("organisation") {
        running::running_cohorts()
    } else {
        studio::studio()
    }
}

fn is_named(parameter: &str) -> bool {
    use_params_map().with_untracked(|params| params.get(parameter).is_some())
}
