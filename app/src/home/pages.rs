//! The page at `/`.

use crate::ui::{LazyPage, lazy_page};
use leptos::prelude::*;

use super::api::{load_front, load_today};
use super::front::FrontView;
use super::today::TodayView;
use crate::start::use_viewer;
use crate::ui::load::{load, loaded};
use crate::viewer::Viewer;

/// A front page for visitors, and for members their day: a first visit
/// downloads nothing of the latter.
pub const HOME: LazyPage = LazyPage::new(|| {
    if use_viewer().with_untracked(Viewer::is_signed_in) {
        TODAY.part()
    } else {
        FRONT.part()
    }
});

lazy_page!(FRONT in home => front);

lazy_page!(TODAY in growth => today);

fn front() -> AnyView {
    let page = load(|| (), |()| load_front());
    loaded(page, |front| view! { <FrontView front/> })
}

fn today() -> AnyView {
    let page = load(|| (), |()| load_today());
    loaded(page, |today| view! { <TodayView today/> })
}
