//! Pages of this feature.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub struct CohortPage;

#[lazy_route]
impl LazyRoute for CohortPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"CohortPage"</p> }.into_any()
    }
}

pub struct NewCohort;

#[lazy_route]
impl LazyRoute for NewCohort {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"NewCohort"</p> }.into_any()
    }
}

pub struct Studio;

#[lazy_route]
impl LazyRoute for Studio {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"Studio"</p> }.into_any()
    }
}
