//! Pages of this feature.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub struct GroupPage;

#[lazy_route]
impl LazyRoute for GroupPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"GroupPage"</p> }.into_any()
    }
}

pub struct Groups;

#[lazy_route]
impl LazyRoute for Groups {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"Groups"</p> }.into_any()
    }
}

pub struct ThreadPage;

#[lazy_route]
impl LazyRoute for ThreadPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"ThreadPage"</p> }.into_any()
    }
}
