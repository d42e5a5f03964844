//! Pages of this feature.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub struct Home;

#[lazy_route]
impl LazyRoute for Home {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"Home"</p> }.into_any()
    }
}
