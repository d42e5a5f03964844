//! Pages of this feature.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub struct ImportPlan;

#[lazy_route]
impl LazyRoute for ImportPlan {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"ImportPlan"</p> }.into_any()
    }
}

pub struct ImportSet;

#[lazy_route]
impl LazyRoute for ImportSet {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"ImportSet"</p> }.into_any()
    }
}

pub struct Index;

#[lazy_route]
impl LazyRoute for Index {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"Index"</p> }.into_any()
    }
}

pub struct SetTree;

#[lazy_route]
impl LazyRoute for SetTree {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"SetTree"</p> }.into_any()
    }
}

pub struct Statement;

#[lazy_route]
impl LazyRoute for Statement {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"Statement"</p> }.into_any()
    }
}
