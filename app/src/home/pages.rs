//! The page at `/`.

use crate::ui::lazy_page;
use leptos::prelude::*;

use super::api::load_home;
use super::front::FrontView;
use super::model;
use super::today::TodayView;
use crate::ui::load::{load, loaded};

lazy_page!(Home in home => home);

fn home() -> AnyView {
    let page = load(|| (), |()| load_home());
    loaded(page, |home| match home {
        model::Home::Front(front) => view! { <FrontView front/> }.into_any(),
        model::Home::Today(today) => view! { <TodayView today/> }.into_any(),
    })
}
