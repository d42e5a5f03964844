//! Pages of this feature.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub struct Gaps;

#[lazy_route]
impl LazyRoute for Gaps {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"Gaps"</p> }.into_any()
    }
}

pub struct Growth;

#[lazy_route]
impl LazyRoute for Growth {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"Growth"</p> }.into_any()
    }
}

pub struct Rate;

#[lazy_route]
impl LazyRoute for Rate {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"Rate"</p> }.into_any()
    }
}
