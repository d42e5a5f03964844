//! The page at `/`.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::api::load_home;
use super::front::FrontView;
use super::model;
use super::today::TodayView;
use crate::error::Result;
use crate::ui::load::loaded;

pub struct Home(Resource<Result<model::Home>>);

#[lazy_route]
impl LazyRoute for Home {
    fn data() -> Self {
        Self(Resource::new(|| (), |()| load_home()))
    }

    fn view(this: Self) -> AnyView {
        loaded(this.0, |home| match home {
            model::Home::Front(front) => view! { <FrontView front/> }.into_any(),
            model::Home::Today(today) => view! { <TodayView today/> }.into_any(),
        })
    }
}
