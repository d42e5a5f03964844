//! Pages of this feature.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub struct Resources;

#[lazy_route]
impl LazyRoute for Resources {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"Resources"</p> }.into_any()
    }
}
